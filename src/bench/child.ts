import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { reasonOf } from './rounds.js';

type Reply = { readonly value: unknown } | { readonly failure: string };

/**
 * A process of its own, whose heap, code and threads nobody else has touched. It is asked one question at a time, by
 * message and not on its command line: a URL may hold a password.
 */
export class Child {
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  /** Starts a module that calls {@link answerParent}. */
  static start(module: URL): Child {
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    // Advanced, so that typed arrays arrive as such.
    return new Child(fork(module, { stdio: [...stdio], serialization: 'advanced', execArgv: [] }));
  }

  /** Rejects with the first line of what went wrong there, also where the process ends without an answer. */
  async ask<Question extends object, Answer>(question: Question): Promise<Answer> {
    const reply = await new Promise<Reply>((resolve) => {
      const ended = (code: number | null): void => resolve({ failure: `the process ended with ${code}` });
      this.#process.once('exit', ended);
      this.#process.once('message', (message: Reply) => {
        this.#process.off('exit', ended);
        resolve(message);
      });
      if (this.#process.exitCode === null) this.#process.send(question);
      else ended(this.#process.exitCode);
    });
    if ('failure' in reply) throw new Error(reply.failure);
    return reply.value as Answer;
  }

  /** Lets go of the process, which then ends. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}

/** The other side of {@link Child}: answers each question, and ends as soon as the parent lets go or is gone. */
export function answerParent<Question>(answer: (question: Question) => Promise<unknown>): void {
  process.on('message', (question: Question) => {
    const reply = answer(question).then(
      (value): Reply => ({ value }),
      (error: unknown): Reply => ({ failure: reasonOf(error) }),
    );
    void reply.then((message) => process.send?.(message));
  });
  process.once('disconnect', () => process.exit());
}
