import type { Task, TaskResult } from './tasks.js';
/** The entry of a worker thread. Every failure comes back as a result: an error would lose its code on the way. */
export default function run(task: Task): Promise<TaskResult>;
