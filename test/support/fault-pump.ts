import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** What happens to bytes on their way in one direction. All of it holds from the moment it is set. */
export interface Faults {
  /** Milliseconds that each chunk is held; chunks do not wait for each other. @default 0 */
  readonly delayMs?: number;
  /** Of each connection. @default no limit */
  readonly bytesPerSecond?: number;
  /** Bytes are written in pieces of so many, each in a turn of its own. @default as they come */
  readonly pieceBytes?: number;
  /** Whether bytes vanish, while the connection stays. @default false */
  readonly blackHole?: boolean;
  /** The chance that a chunk vanishes, 0 to 1: what follows it is then out of step. @default 0 */
  readonly dropChance?: number;
  /** After so many bytes, over all connections, the connection is reset. @default never */
  readonly resetAfterBytes?: number;
  /** After so many bytes, over all connections, the connection ends in order. @default never */
  readonly endAfterBytes?: number;
}

/** The faults of one direction, with what is left of those that count bytes. */
export interface FaultState {
  readonly faults: Faults;
  /** Bytes that have passed since the faults were set. */
  passed: number;
  /** A number from 0 up to 1. */
  chance(): number;
}

interface Held {
  readonly chunk: Buffer;
  readonly dueAt: number;
}

/** More than this is not read ahead. */
const HELD_BYTES = 1024 * 1024;
/** A limited connection writes so often in a second. */
const WRITES_PER_SECOND = 40;

/** Moves bytes from one socket to another, with the faults that hold at the time. */
export class FaultPump {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #state: () => FaultState;
  readonly #held: Held[] = [];
  #heldBytes = 0;
  #moving = false;
  #ended = false;

  constructor(from: Socket, to: Socket, state: () => FaultState) {
    this.#from = from;
    this.#to = to;
    this.#state = state;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => {
      this.#ended = true;
      void this.#move();
    });
    to.on('drain', () => from.resume());
  }

  #take(chunk: Buffer): void {
    const state = this.#state();
    const { blackHole, dropChance = 0, delayMs = 0 } = state.faults;
    if (blackHole || (dropChance > 0 && state.chance() < dropChance)) return;
    this.#held.push({ chunk, dueAt: performance.now() + delayMs });
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > HELD_BYTES) this.#from.pause();
    void this.#move();
  }

  async #move(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    for (let first = this.#held[0]; first && !this.#to.destroyed; first = this.#held[0]) {
      const wait = first.dueAt - performance.now();
      if (wait > 0) await sleep(wait);
      await this.#write(first.chunk);
      this.#held.shift();
      this.#heldBytes -= first.chunk.length;
      if (this.#heldBytes <= HELD_BYTES && !this.#to.writableNeedDrain) this.#from.resume();
    }
    this.#moving = false;
    if (this.#ended) this.#to.end();
  }

  async #write(chunk: Buffer): Promise<void> {
    let at = 0;
    while (at < chunk.length && !this.#to.destroyed) {
      const state = this.#state();
      const { bytesPerSecond, pieceBytes, resetAfterBytes, endAfterBytes } = state.faults;
      const share = bytesPerSecond && Math.max(1, Math.floor(bytesPerSecond / WRITES_PER_SECOND));
      const left = (resetAfterBytes ?? endAfterBytes ?? Number.POSITIVE_INFINITY) - state.passed;
      const size = Math.min(chunk.length - at, pieceBytes ?? Number.POSITIVE_INFINITY, share ?? left, left);
      if (size > 0 && !this.#to.write(chunk.subarray(at, at + size))) this.#from.pause();
      state.passed += size;
      at += size;
      if (left <= size) {
        await this.#cut(resetAfterBytes !== undefined);
        return;
      }
      if (share) await sleep(1_000 / WRITES_PER_SECOND);
      else if (pieceBytes) await nextTurn();
    }
  }

  async #cut(hard: boolean): Promise<void> {
    // What was written has to arrive before the cut: a reset throws away what is still on its way.
    await sleep(1);
    if (hard) this.#to.resetAndDestroy();
    else this.#to.end();
    this.#from.destroy();
  }
}
