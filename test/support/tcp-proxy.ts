import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { FaultPump, type FaultState, type Faults } from './fault-pump.js';
import { seeded } from './hostile-bytes.js';

/** What the client sends, or what the server answers. */
export type Direction = 'requests' | 'replies';

const CHANCES = 2 ** 30;

/** A TCP port in front of another one that can go away and come back, and spoils what passes. */
export class TcpProxy {
  readonly #target: number;
  readonly #random: (below: number) => number;
  readonly #sockets = new Set<Socket>();
  readonly #states: Record<Direction, FaultState>;
  #server: Server | undefined;
  /** The port of this side; it stays the same over `down` and `up`. */
  port = 0;

  /** @param seed of what happens by chance. */
  constructor(target: number, seed = 1) {
    this.#target = target;
    this.#random = seeded(seed);
    this.#states = { requests: this.#fresh({}), replies: this.#fresh({}) };
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#sockets.size / 2;
  }

  /** What happens from now on to bytes in a direction, on all connections; nothing where no faults are given. */
  spoil(direction: Direction, faults: Faults = {}): void {
    this.#states[direction] = this.#fresh(faults);
  }

  /** Bytes that have passed in a direction since its faults were set. */
  passed(direction: Direction): number {
    return this.#states[direction].passed;
  }

  /** Accepts connections, on the same port each time. */
  async up(): Promise<void> {
    const server = createServer((client) => this.#accept(client));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  /** Resets every connection, and goes on accepting. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Cuts every connection and accepts none. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  #fresh(faults: Faults): FaultState {
    return { faults, passed: 0, chance: () => this.#random(CHANCES) / CHANCES };
  }

  #accept(client: Socket): void {
    const upstream = connect(this.#target, '127.0.0.1');
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      const direction = socket === client ? 'requests' : 'replies';
      new FaultPump(socket, other, () => this.#states[direction]);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
