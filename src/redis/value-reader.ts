import { selectedOf } from '../codec/value-part.js';
import { frameLength, readHeader } from '../frame/frame.js';
import { unpack } from '../offload/packing.js';
import { planDecode, planRead, type ReadPlan } from '../offload/plan.js';
import type { CommandLane } from './command-lane.js';
import type { Found, LargeReader, Part } from './large-reader.js';
import type { Operation } from './operations.js';
import type { ReadReport } from './read-report.js';
import type { ValueSettings } from './value-settings.js';

/** What readers are made of. */
export interface ReadingParts {
  readonly commands: CommandLane;
  readonly large: LargeReader;
  readonly report: ReadReport;
}

/** The way of a value from Redis to the caller. */
export class ValueReader {
  readonly #settings: ValueSettings;
  readonly #commands: CommandLane;
  readonly #large: LargeReader;
  readonly #report: ReadReport;

  constructor(settings: ValueSettings, { commands, large, report }: ReadingParts) {
    this.#settings = settings;
    this.#commands = commands;
    this.#large = large;
    this.#report = report;
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
    if (arrived === null || arrived.length === 0) return this.#report.missed();
    try {
      const header = readHeader(arrived);
      this.#report.checkSize(header);
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
      return found ? this.#found(plan, found) : this.#report.missed();
    } catch (error) {
      return this.#report.unreadable(key, error);
    }
  }

  /** A part of a value, or undefined where there is none, or none that can be read. */
  async readPart(operation: Operation, part: Part): Promise<unknown> {
    const { inlineLimitBytes, registry } = this.#settings;
    // By the command connection, as every read begins: so it comes after what was called before it on this key.
    const arrived = await this.#commands.head(operation, part.key, inlineLimitBytes);
    if (operation.settled) return undefined;
    if (arrived.length === 0) return this.#report.missed();
    try {
      const header = readHeader(arrived);
      this.#report.checkSize(header);
      if (frameLength(header) <= arrived.length && header.compression === 0 && !header.segmented) {
        const value = registry.byId(header.codec).decode(unpack(arrived, header), false);
        return this.#found('inline', { value: selectedOf(value, part), storedBytes: arrived.length });
      }
      const { hit, ...found } = await this.#large.readPart(operation, part);
      return hit ? this.#found('fetch', found) : this.#report.missed();
    } catch (error) {
      return this.#report.unreadable(part.key, error);
    }
  }

  #found(plan: ReadPlan, found: Found): unknown {
    this.#report.hit();
    return this.#report.read(plan, found);
  }
}
