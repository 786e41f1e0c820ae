import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { OffloopError } from '../errors.js';
import { parseUrl } from '../redis/url.js';

/**
 * A way to a server that is farther off: what passes either way comes half a round trip later. In a thread of its own, so that
 * it takes nothing of the event loop that is measured.
 */
export class DelayProxy {
  readonly #worker: Worker;
  /** The URL with this proxy's address in place of the server's. */
  readonly url: string;

  private constructor(worker: Worker, url: string) {
    this.#worker = worker;
    this.url = url;
  }

  /**
   * Opens it before a `redis://` URL; `rttMs` is added to each round trip. Throws `ERR_OPTION` for a URL of another kind: a socket has no
   * host to stand before, and a certificate is not of 127.0.0.1.
   */
  static async open(url: string, rttMs: number): Promise<DelayProxy> {
    const at = parseUrl(url);
    if (at.host === undefined || at.tls) {
      throw new OffloopError(
        'ERR_OPTION',
        'rttMs needs a redis:// URL, without TLS and not of a Unix socket',
      );
    }
    const target = new URL(url);
    const worker = new Worker(new URL('./delay-proxy-thread.js', import.meta.url), {
      workerData: { host: at.host, port: at.port, delayMs: rttMs / 2 },
    });
    const [port]: unknown[] = await once(worker, 'message');
    target.hostname = '127.0.0.1';
    target.port = String(port);
    return new DelayProxy(worker, target.href);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
