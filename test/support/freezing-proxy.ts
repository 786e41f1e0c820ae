import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP port in front of another one, of which some connections can be made to hang: open, and silent. */
export class FreezingProxy {
  readonly #target: number;
  readonly #upstreams = new Map<Socket, { sent: string; readonly client: Socket }>();
  #server: Server | undefined;
  port = 0;

  constructor(target: number) {
    this.#target = target;
  }

  async up(): Promise<void> {
    const server = createServer((client) => {
      const upstream = connect(this.#target, '127.0.0.1');
      const state = { sent: '', client };
      this.#upstreams.set(upstream, state);
      client.on('data', (chunk) => {
        if (state.sent.length < 4096) state.sent += chunk.toString('latin1');
      });
      client.pipe(upstream);
      upstream.pipe(client);
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => {
        this.#upstreams.delete(upstream);
        client.destroy();
      });
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  /** Nothing comes back any more over the connections that have sent this word. Answers how many they are. */
  freeze(word: string): number {
    let frozen = 0;
    for (const [upstream, { sent, client }] of this.#upstreams) {
      if (!sent.includes(word)) continue;
      frozen++;
      upstream.unpipe(client);
      upstream.pause();
    }
    return frozen;
  }

  async down(): Promise<void> {
    for (const [upstream, { client }] of this.#upstreams) {
      upstream.destroy();
      client.destroy();
    }
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
