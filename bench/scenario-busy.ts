import type { Bench } from './bench.js';
import type { ServiceOpened, ServicePhase, ServiceTask } from './busy-service.js';
import { Child } from './child.js';
import type { GeneratorAnswer, GeneratorTask } from './load-generator.js';
import type { Figures, MetricId } from './metrics.js';
import { type PeerId, prefixOf } from './peers/registry.js';
import { type Row, reasonOf, shuffled } from './rounds.js';
import { percentile, summarize } from './statistics.js';

const MB = 1024 * 1024;
const PEERS: readonly PeerId[] = ['offloop', 'ioredis-json', 'ioredis-cbor', 'bentocache', 'worker-pool'];
const REQUESTS_PER_SECOND = 500;
/** Gets and sets of 1 to 8 MB a second: well under what each peer manages on two cores, so that all carry the same. */
export const LARGE_RATE = 8;
const LEAST_BYTES = 512;
const LEAD_MS = 250;

/** Milliseconds of each part of a turn, the lead included. */
const FULL_PHASES = { warmUp: 2_500, idle: 2_250, busy: 4_250, flatOut: 2_750 } as const;
const QUICK_PHASES = { warmUp: 1_000, idle: 1_000, busy: 1_500, flatOut: 1_000 } as const;

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
  const { sameLoad, flatOut } = await measureBusy(bench, { ids: PEERS, largeRate });
  const load = `${REQUESTS_PER_SECOND} requests/s for 1 KB, each peer in a process of its own`;
  bench.emit({
    scenario: 'busy',
    title: `busy service, ${largeRate} gets and sets of 1 to 8 MB of records a second, ${load}`,
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
    columns: FLAT_OUT_COLUMNS,
    rows: flatOut,
  });
}

/** Takes the turns. A peer that fails is out, with the reason in its rows. */
export async function measureBusy(
  bench: Bench,
  { ids, largeRate }: { readonly ids: readonly PeerId[]; readonly largeRate: number },
): Promise<BusyRows> {
  const generator = Child.start('./load-generator.js');
  const services: BusyService[] = [];
  try {
    for (const id of ids) services.push(new BusyService(bench, { id, generator }));
    const phases = bench.scale.quick ? QUICK_PHASES : FULL_PHASES;
    for (const service of services) await service.attempt(() => service.warmUp(phases.warmUp));
    for (let round = 0; round < bench.scale.rounds; round += 1) {
      for (const service of shuffled(services, round)) {
        await service.attempt(() => service.takeTurn({ phases, largeRate }));
      }
    }
    return {
      sameLoad: services.map((service) => service.row(sameLoadFigures)),
      flatOut: services.map((service) => service.row(flatOutFigures)),
    };
  } finally {
    await Promise.all([generator, ...services].map((process) => process.close()));
  }
}

/** One peer's service in its process, with what its turns gave. */
class BusyService {
  readonly #child = Child.start('./busy-service.js');
  readonly #generator: Child;
  readonly #task: ServiceTask & { kind: 'open' };
  readonly #turns: Turn[] = [];
  #opened: ServiceOpened | undefined;
  #failure: string | undefined;

  constructor(bench: Bench, { id, generator }: { readonly id: PeerId; readonly generator: Child }) {
    this.#generator = generator;
    this.#task = {
      kind: 'open',
      id,
      target: { url: bench.url, prefix: `${prefixOf(bench.prefix, id)}busy:` },
    };
  }

  /** Does it unless something failed before; a failure is kept for the row. */
  async attempt(step: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await step();
    } catch (error) {
      this.#failure = reasonOf(error);
    }
  }

  async warmUp(ms: number): Promise<void> {
    this.#opened = await this.#child.ask<ServiceTask, ServiceOpened>(this.#task);
    await this.#phase(ms, 'back to back');
  }

  async takeTurn({
    phases,
    largeRate,
  }: {
    readonly phases: typeof FULL_PHASES | typeof QUICK_PHASES;
    readonly largeRate: number;
  }): Promise<void> {
    const idle = await this.#phase(phases.idle, 'none');
    const busy = await this.#phase(phases.busy, largeRate);
    const flatOut = await this.#phase(phases.flatOut, 'back to back');
    this.#turns.push({ idle, busy, flatOut });
  }

  row(figures: (turns: readonly Turn[]) => Figures): Row {
    const peer = this.#opened?.name ?? this.#task.id;
    if (this.#failure !== undefined) return { peer, figures: {}, failure: this.#failure };
    return { peer, figures: figures(this.#turns) };
  }

  close(): Promise<void> {
    return this.#child.close();
  }

  async #phase(ms: number, large: 'none' | 'back to back' | number): Promise<Phase> {
    const url = this.#opened?.url;
    if (url === undefined) throw new Error('the service is not open');
    const [service, requests] = await Promise.all([
      this.#child.ask<ServiceTask, ServicePhase>({ kind: 'phase', ms, large }),
      this.#generator.ask<GeneratorTask, GeneratorAnswer>({
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
    largeP50Ms: large(({ latenciesMs }) =>
      percentile(
        latenciesMs.toSorted((a, b) => a - b),
        0.5,
      ),
    ),
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
