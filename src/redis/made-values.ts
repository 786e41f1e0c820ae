import type { Made, MakeTask, Missing } from '../offload/tasks.js';
import type { BulkLane, Wanted } from './bulk-lane.js';
import { withEndPort } from './end-port.js';
import { type Lanes, LargeReader } from './large-reader.js';
import type { ValueSettings } from './value-settings.js';

/** A function of the user's that makes a value. */
export type Maker = Pick<MakeTask, 'module' | 'exportName' | 'args'>;

/** A value that a worker made, as an object and as its bytes. */
export interface MadeValue {
  readonly value: unknown;
  readonly encoded: Made;
}

/** Values that workers make: main does no more of them than to decode, in slices. */
export class MadeValues {
  readonly #settings: ValueSettings;
  readonly #bulk: BulkLane;
  readonly #large: LargeReader;

  constructor(settings: ValueSettings, lanes: Lanes) {
    this.#settings = settings;
    this.#bulk = lanes.bulk;
    this.#large = new LargeReader(settings, lanes);
  }

  /**
   * Has a worker make a value, however long that takes; undefined where it makes none. It is no operation: nothing on a key waits for
   * it. When the signal fires the worker gives it up: what the function has begun may go on there, and is thrown away.
   */
  async make(maker: Maker, signal: AbortSignal): Promise<MadeValue | undefined> {
    const wanted = {
      get settled(): boolean {
        return signal.aborted;
      },
    };
    const encoded = await this.#encoded(wanted, maker, signal);
    if (encoded.kind === 'missing') return undefined;
    // Decoding does not take the bytes over: they are still to be stored.
    const { value } = await this.#large.decode(wanted, { ...encoded, storedBytes: 0 }, false);
    return { value, encoded };
  }

  #encoded(wanted: Wanted, maker: Maker, signal: AbortSignal): Promise<Made | Missing> {
    const { codec } = this.#settings;
    return withEndPort(signal, (end) => this.#bulk.make(wanted, { ...maker, end, codec }));
  }
}
