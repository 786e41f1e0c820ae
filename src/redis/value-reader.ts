import { selectedOf } from '../codec/value-part.js';
import { OffloopError } from '../errors.js';
import { type FrameHeader, frameLength, readHeader } from '../frame/frame.js';
import { unpack } from '../offload/packing.js';
import { planDecode, planRead, type ReadPlan } from '../offload/plan.js';
import type { Counters } from '../stats.js';
import type { BulkLane } from './bulk-lane.js';
import type { CommandLane } from './command-lane.js';
import { type Found, LargeReader, type Part } from './large-reader.js';
import type { Operation } from './operations.js';
import type { ValueSettings } from './value-settings.js';

/** What makes a stored value unreadable, as opposed to unreachable. */
const UNREADABLE: readonly string[] = ['ERR_CORRUPT', 'ERR_CODEC', 'ERR_COMPRESSION', 'ERR_MISSING_PACKAGE'];

/** The way of a value from Redis to the caller. */
export class ValueReader {
  readonly #settings: ValueSettings;
  readonly #commands: CommandLane;
  readonly #large: LargeReader;
  readonly #counters: Counters;
  readonly #onUnreadable: (key: string, error: OffloopError) => void;

  constructor(
    settings: ValueSettings,
    lanes: { commands: CommandLane; bulk: BulkLane },
    watch: { counters: Counters; onUnreadable: (key: string, error: OffloopError) => void },
  ) {
    this.#settings = settings;
    this.#commands = lanes.commands;
    this.#large = new LargeReader(settings, lanes.bulk);
    this.#counters = watch.counters;
    this.#onUnreadable = watch.onUnreadable;
  }

  /** The value, or undefined where there is none, or none that can be read. */
  async read(operation: Operation, key: string): Promise<unknown> {
    const { offload, inlineLimitBytes } = this.#settings;
    // Not split into further promises: each would be seen in the throughput of small values.
    const arrived =
      planRead(offload.decode) === 'head'
        ? await this.#commands.head(operation, key, inlineLimitBytes)
        : await this.#commands.whole(operation, key);
    // Nobody waits for it any more: decoding it would take the event loop's time for nothing.
    if (operation.settled) return undefined;
    // GETRANGE answers a missing key with no bytes; no frame is that short.
    if (arrived === null || arrived.length === 0) return this.#missed();
    try {
      const header = readHeader(arrived);
      this.#checkSize(header);
      const whole = arrived.length < inlineLimitBytes || frameLength(header) <= arrived.length;
      const plan = planDecode({
        offload: offload.decode,
        whole,
        compressed: header.compression !== 0,
        rawBytes: header.rawLength,
      });
      if (plan === 'inline' && !header.segmented) {
        const value = this.#settings.registry.byId(header.codec).decode(unpack(arrived, header), false);
        return this.#found(plan, { value, storedBytes: arrived.length });
      }
      const found = await this.#large.read(plan, { operation, key, arrived, header });
      return found ? this.#found(plan, found) : this.#missed();
    } catch (error) {
      return this.#unreadable(key, error);
    }
  }

  /** A part of a value, or undefined where there is none, or none that can be read. */
  async readPart(operation: Operation, part: Part): Promise<unknown> {
    const { inlineLimitBytes, registry } = this.#settings;
    // By the command connection, as every read begins: so it comes after what was called before it on this key.
    const arrived = await this.#commands.head(operation, part.key, inlineLimitBytes);
    if (operation.settled) return undefined;
    if (arrived.length === 0) return this.#missed();
    try {
      const header = readHeader(arrived);
      this.#checkSize(header);
      if (frameLength(header) <= arrived.length && header.compression === 0 && !header.segmented) {
        const value = registry.byId(header.codec).decode(unpack(arrived, header), false);
        return this.#found('inline', { value: selectedOf(value, part), storedBytes: arrived.length });
      }
      const { hit, ...found } = await this.#large.readPart(operation, part);
      return hit ? this.#found('fetch', found) : this.#missed();
    } catch (error) {
      return this.#unreadable(part.key, error);
    }
  }

  #missed(): undefined {
    this.#counters.misses++;
  }

  #found(plan: ReadPlan, { value, storedBytes }: Found): unknown {
    this.#counters.hits++;
    this.#counters.reads[plan]++;
    this.#counters.bytesRead += storedBytes;
    return value;
  }

  #unreadable(key: string, error: unknown): undefined {
    if (!(error instanceof OffloopError) || !UNREADABLE.includes(error.code)) throw error;
    this.#counters.corrupt++;
    this.#onUnreadable(key, error);
    if (this.#settings.onCorrupt === 'throw') throw error;
    return this.#missed();
  }

  #checkSize({ rawLength, storedLength }: FrameHeader): void {
    const { maxValueBytes } = this.#settings;
    const bytes = Math.max(rawLength, storedLength);
    if (bytes <= maxValueBytes) return;
    throw new OffloopError(
      'ERR_VALUE_TOO_LARGE',
      `the stored value takes ${bytes} bytes, over the limit of ${maxValueBytes} (maxValueBytes)`,
    );
  }
}
