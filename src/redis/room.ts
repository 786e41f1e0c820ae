/** How much may be under way on the command connection. */
export interface RoomLimits {
  readonly maxInFlight: number;
  readonly maxBytesInFlight: number;
}

/** What takes room: the bytes that it has taken, 0 for none. */
export interface Roomer {
  roomBytes: number;
}

interface Waiting {
  readonly roomer: Roomer;
  readonly bytes: number;
  readonly resolve: () => void;
}

/**
 * Room on the command connection, by count and by bytes: what ioredis and the socket have to hold at most. One that is larger than
 * all of it is let in alone. Those that wait are let in one after another, in the order of their coming.
 */
export class Room {
  readonly #limits: RoomLimits;
  readonly #waiting: Waiting[] = [];
  #count = 0;
  #bytes = 0;

  constructor(limits: RoomLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether there was room, which is then taken until {@link leave}. */
  take(roomer: Roomer, bytes: number): boolean {
    if (roomer.roomBytes > 0) return true;
    const { maxInFlight, maxBytesInFlight } = this.#limits;
    if (this.#count > 0 && (this.#count >= maxInFlight || this.#bytes + bytes > maxBytesInFlight))
      return false;
    roomer.roomBytes = bytes;
    this.#count++;
    this.#bytes += bytes;
    return true;
  }

  /** Resolves when there is room, which is then taken until {@link leave}. */
  enter(roomer: Roomer, bytes: number): Promise<void> {
    if (this.#waiting.length === 0 && this.take(roomer, bytes)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ roomer, bytes, resolve }));
  }

  /** Gives room back; does nothing where none was taken. */
  leave(roomer: Roomer): void {
    if (roomer.roomBytes === 0) return;
    this.#count--;
    this.#bytes -= roomer.roomBytes;
    roomer.roomBytes = 0;
    if (this.#waiting.length === 0) return;
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      if (!this.take(first.roomer, first.bytes)) return;
      this.#waiting.shift();
      first.resolve();
    }
  }
}
