import { type RedisProcess, type RedisProcessOptions, startRedisProcess } from './redis-process.js';
import { waitUntil } from './wait-until.js';

/** A server that is killed, stopped and started again, on the same port and with the same files. */
export class MortalRedis {
  readonly #options: RedisProcessOptions;
  #process: RedisProcess;

  private constructor(options: RedisProcessOptions, process: RedisProcess) {
    this.#options = options;
    this.#process = process;
  }

  static async start(options: RedisProcessOptions = {}): Promise<MortalRedis> {
    return new MortalRedis(options, await startRedisProcess(options));
  }

  get port(): number {
    return this.#process.port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get call(): RedisProcess['call'] {
    return this.#process.call;
  }

  /** SIGKILL. Resolves when the process is gone. */
  async kill(): Promise<void> {
    const { pid } = this.#process;
    process.kill(pid, 'SIGKILL');
    await waitUntil('the server is gone', async () => !isAlive(pid));
  }

  /** SIGSTOP: its sockets stay, and nobody answers. */
  freeze(): void {
    process.kill(this.#process.pid, 'SIGSTOP');
  }

  /** SIGCONT. */
  thaw(): void {
    process.kill(this.#process.pid, 'SIGCONT');
  }

  /** Starts it again after `kill`, and resolves when it answers. */
  async restart(): Promise<void> {
    const { port, directory } = this.#process;
    this.#process = await startRedisProcess({ ...this.#options, place: { port, directory } });
  }

  async stop(): Promise<void> {
    if (isAlive(this.#process.pid)) this.thaw();
    await this.#process.stop();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH: there is no such process.
    return false;
  }
}
