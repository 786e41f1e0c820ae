import type { Result } from './result.js';
/** A result as text. Below our row stands how many times the baseline's each of its figures is. */
export declare function renderTable(result: Result): string;
