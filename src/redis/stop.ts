/** The end of a work that takes its time, and what it ends with. */
export class Stop {
  #error: Error | undefined;
  #reject: ((error: Error) => void) | undefined;

  /** Whatever is waited for rejects with the error, and so does what would be. */
  end(error: Error): void {
    this.#error ??= error;
    this.#reject?.(this.#error);
  }

  /** Throws where it has come. */
  assertNot(): void {
    if (this.#error) throw this.#error;
  }

  /**
   * What a step comes to, unless this end comes first. One step is waited for at a time. By a callback and not by a race against one
   * long-lived promise, which would keep what each step has come to.
   */
  orEnd<T>(step: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      step.then(resolve, reject);
      if (this.#error) reject(this.#error);
    });
  }
}
