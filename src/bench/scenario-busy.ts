import { type Bench, peersOf } from './bench.js';
import type { LargeLoadKind, ServiceOpened, ServicePhase, ServiceTask } from './busy-service.js';
import { Child } from './child.js';
import type { GeneratorAnswer, GeneratorTask } from './load-generator.js';
import type { Figures, MetricId } from './metrics.js';
import { type PeerId, prefixOf } from './peers/registry.js';
import { type Row, reasonOf, shuffled } from './rounds.js';
import { ascending, percentile, summarize } from './statistics.js';

const MB = 1024 * 1024;
const PEERS: readonly PeerId[] = ['offloop', 'ioredis-json', 'ioredis-cbor', 'bentocache', 'worker-pool'];
const REQUESTS_PER_SECOND = 500;
/** Gets and sets of 1 to 8 MB a second: well under what each peer manages on two cores, so that all carry the same. */
export const LARGE_RATE = 8;
const LEAST_BYTES = 512;
const LEAD_MS = 250;

/** Milliseconds of each part of a turn, the lead included. */
const FULL_PHASES = { warmUp: 2_000, coolDown: 1_000, idle: 2_250, busy: 4_250, flatOut: 2_750 } as const;
const QUICK_PHASES = { warmUp: 1_000, coolDown: 500, idle: 1_000, busy: 1_500, flatOut: 1_000 } as const;

const SAME_LOAD_COLUMNS: readonly MetricId[] = [
  'idleP50Ms',
  'idleP99Ms',
  'idleMaxMs',
  'busyP50Ms',
  'busyP99Ms',
  'busyMaxMs',
  'busyTimesIdle',
  'largePerSecond',
  'largeMbPerSecond',
  'largeP50Ms',
  'mainCpuPercent',
  'processCpuPercent',
  'lateP99Ms',
  'errors',
];
const FLAT_OUT_COLUMNS: readonly MetricId[] = [
  'largePerSecond',
  'largeMbPerSecond',
  'largeP50Ms',
  'busyP50Ms',
  'busyP99Ms',
  'busyMaxMs',
  'mainCpuPercent',
  'processCpuPercent',
  'errors',
];

/** What every peer reached under the same load, and how much it moves when it is let. */
export interface BusyRows {
  readonly sameLoad: readonly Row[];
  readonly flatOut: readonly Row[];
}

interface Phase {
  readonly service: ServicePhase;
  readonly requests: GeneratorAnswer;
}

interface Turn {
  readonly idle: Phase;
  readonly busy: Phase;
  readonly flatOut: Phase;
}

/** An HTTP service that answers small requests from the cache while it moves large values through it. */
export async function runBusy(bench: Bench, largeRate: number): Promise<void> {
  const { sameLoad, flatOut } = await measureBusy(bench, { ids: busyPeers(bench), largeRate });
  const load = `${REQUESTS_PER_SECOND} requests/s for 1 KB, each peer in a process of its own`;
  bench.emit({
    scenario: 'busy',
    title: `busy service, ${largeRate} gets and sets of 1 to 8 MB of records a second, ${load}`,
    facts: { operation: 'busy' },
    columns: SAME_LOAD_COLUMNS,
    rows: sameLoad,
    notes: [
      'requests come by the clock from another process, and their latency counts from when they were due',
      'sent late: how late that process was; where it is near busy p99, the machine had too few cores to tell',
    ],
  });
  bench.emit({
    scenario: 'busy',
    title: `busy service, gets and sets of 1 to 8 MB of records by 2 callers as fast as they can, ${load}`,
    facts: { operation: 'busy' },
    columns: FLAT_OUT_COLUMNS,
    rows: flatOut,
  });
}

/** Those of the run that this is measured with: not who was not asked for, nor who is not installed. */
export function busyPeers(bench: Bench): readonly PeerId[] {
  return peersOf(bench, PEERS).map(({ peer }) => peer);
}

/** Takes the turns. A peer that fails is out, with the reason in its rows. */
export async function measureBusy(
  bench: Bench,
  { ids, largeRate }: { readonly ids: readonly PeerId[]; readonly largeRate: number },
): Promise<BusyRows> {
  const generator = Child.start(new URL('./load-generator.js', import.meta.url));
  try {
    const services = ids.map((id) => new BusyService(bench, { id, generator, largeRate }));
    for (let round = 0; round < bench.scale.rounds; round += 1) {
      for (const service of shuffled(services, round)) {
        bench.signal?.throwIfAborted();
        await service.takeTurn();
        bench.onPass?.();
      }
    }
    return {
      sameLoad: services.map((service) => service.row(sameLoadFigures)),
      flatOut: services.map((service) => service.row(flatOutFigures)),
    };
  } finally {
    await generator.close();
  }
}

interface BusySettings {
  readonly id: PeerId;
  readonly generator: Child;
  readonly largeRate: number;
}

/** One peer's service, and what its turns gave. */
class BusyService {
  readonly #bench: Bench;
  readonly #settings: BusySettings;
  readonly #turns: Turn[] = [];
  #name: string;
  #failure: string | undefined;

  constructor(bench: Bench, settings: BusySettings) {
    this.#bench = bench;
    this.#settings = settings;
    this.#name = settings.id;
  }

  /**
   * In a fresh process each time, which is gone when the next peer's begins: one that is kept collects its garbage
   * seconds later, on the cores of whoever is measured then.
   */
  async takeTurn(): Promise<void> {
    if (this.#failure !== undefined) return;
    const child = Child.start(new URL('./busy-service.js', import.meta.url));
    try {
      this.#turns.push(await this.#measure(child));
    } catch (error) {
      this.#failure = reasonOf(error);
    } finally {
      await child.close();
    }
  }

  row(figures: (turns: readonly Turn[]) => Figures): Row {
    if (this.#failure !== undefined) return { peer: this.#name, figures: {}, failure: this.#failure };
    return { peer: this.#name, figures: figures(this.#turns) };
  }

  async #measure(child: Child): Promise<Turn> {
    const { id, largeRate } = this.#settings;
    const { url, prefix, scale } = this.#bench;
    const target = { url, prefix: `${prefixOf(prefix, id)}busy:` };
    const service = await child.ask<ServiceTask, ServiceOpened>({ kind: 'open', id, target });
    this.#name = service.name;
    const phases = scale.quick ? QUICK_PHASES : FULL_PHASES;
    const phase = (ms: number, large: LargeLoadKind) => this.#phase(child, { url: service.url, ms, large });
    await phase(phases.warmUp, 'back to back');
    // The garbage of the warm-up goes before the idle service is measured.
    await phase(phases.coolDown, 'none');
    const idle = await phase(phases.idle, 'none');
    const busy = await phase(phases.busy, largeRate);
    const flatOut = await phase(phases.flatOut, 'back to back');
    return { idle, busy, flatOut };
  }

  async #phase(
    child: Child,
    { url, ms, large }: { readonly url: string; readonly ms: number; readonly large: LargeLoadKind },
  ): Promise<Phase> {
    const [service, requests] = await Promise.all([
      child.ask<ServiceTask, ServicePhase>({ kind: 'phase', ms, large }),
      this.#settings.generator.ask<GeneratorTask, GeneratorAnswer>({
        url,
        ms,
        perSecond: REQUESTS_PER_SECOND,
        leadMs: LEAD_MS,
        leastBytes: LEAST_BYTES,
      }),
    ]);
    return { service, requests };
  }
}

function sameLoadFigures(turns: readonly Turn[]): Figures {
  const idle = (share: number) => turns.map((turn) => percentile(turn.idle.requests.latenciesMs, share));
  const busy = (share: number) => turns.map((turn) => percentile(turn.busy.requests.latenciesMs, share));
  const idleP99 = idle(0.99);
  const busyP99 = busy(0.99);
  return {
    idleP50Ms: summarize(idle(0.5)),
    idleP99Ms: summarize(idleP99),
    idleMaxMs: summarize(idle(1)),
    ...busyFigures(turns.map((turn) => turn.busy)),
    busyTimesIdle: summarize(busyP99.map((value, round) => value / (idleP99[round] ?? Number.NaN))),
    lateP99Ms: summarize(turns.map((turn) => percentile(turn.busy.requests.lateMs, 0.99))),
    // Those of a quiet service too: they would spoil what it is compared with.
    errors: summarize([sum(turns.map(({ idle, busy }) => errorsOf(idle) + errorsOf(busy)))]),
  };
}

function flatOutFigures(turns: readonly Turn[]): Figures {
  return busyFigures(turns.map((turn) => turn.flatOut));
}

function busyFigures(phases: readonly Phase[]): Figures {
  const small = (share: number) =>
    summarize(phases.map(({ requests }) => percentile(requests.latenciesMs, share)));
  const large = (figure: (phase: ServicePhase) => number) =>
    summarize(phases.map(({ service }) => figure(service)));
  return {
    busyP50Ms: small(0.5),
    busyP99Ms: small(0.99),
    busyMaxMs: small(1),
    largePerSecond: large(({ calls, wallMs }) => (calls / wallMs) * 1000),
    largeMbPerSecond: large(({ bytes, wallMs }) => (bytes / MB / wallMs) * 1000),
    largeP50Ms: large(({ latenciesMs }) => percentile(ascending(latenciesMs), 0.5)),
    mainCpuPercent: large(({ mainCpuShare }) => 100 * mainCpuShare),
    processCpuPercent: large(({ processCpuShare }) => 100 * processCpuShare),
    errors: summarize([sum(phases.map(errorsOf))]),
  };
}

function errorsOf({ service, requests }: Phase): number {
  return service.errors + requests.errors;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
