import { performance } from 'node:perf_hooks';
import { collectYoungGarbage } from './garbage.js';
import { type MainCpuClock, settle } from './main-cpu.js';
import { type Wait, WaitSampler } from './wait.js';

/** What is called over and over; the index grows by one with each call. */
export type Operation = (index: number) => Promise<unknown>;

/** How hard and how long. */
export interface Load {
  /** Callers at a time; each calls again as soon as its call is answered. */
  readonly callers: number;
  /** Callers begin no call after this many milliseconds. */
  readonly budgetMs: number;
  /**
   * Begins with what others left in the engine's young generation. For passes so short that the engine would collect nothing in them if
   * they began without: who leaves that to the engine would be better in them than in any service. @default false
   */
  readonly keepsGarbage?: boolean | undefined;
}

/** One pass under load, for CPU, latency and throughput. */
export interface Pass {
  /** Calls that were answered. */
  readonly calls: number;
  readonly wallMs: number;
  /** Main-thread CPU per call. */
  readonly mainCpuMs: number;
  /** CPU of all threads of this process per call: what moving work off the main thread costs elsewhere. */
  readonly processCpuMs: number;
  readonly latenciesMs: Float64Array;
}

/** How long others waited while so many calls were answered. */
export interface LoadedWait extends Wait {
  readonly calls: number;
}

/** A load whose CPU is taken by this clock. */
interface ClockedLoad extends Load {
  readonly clock: MainCpuClock;
}

/** Runs the load and takes CPU, latency and throughput. Nothing else may run on the main thread meanwhile. */
export async function measurePass(operation: Operation, load: ClockedLoad): Promise<Pass> {
  const { clock } = load;
  await prepare(load);
  const cpu = clock.now();
  const processCpu = process.cpuUsage();
  const start = performance.now();
  const latencies = await underLoad(operation, load);
  const wallMs = performance.now() - start;
  await settle();
  const mainCpuMs = clock.now() - cpu;
  const { user, system } = process.cpuUsage(processCpu);
  const calls = latencies.length;
  return {
    calls,
    wallMs,
    mainCpuMs: mainCpuMs / calls,
    processCpuMs: (user + system) / 1000 / calls,
    latenciesMs: Float64Array.from(latencies),
  };
}

/** Runs the load with the sampler on, and answers how long the event loop made others wait. */
export async function measureWait(operation: Operation, load: Load): Promise<LoadedWait> {
  await prepare(load);
  const sampler = new WaitSampler();
  sampler.start();
  let wait: Wait;
  let calls = 0;
  try {
    calls = (await underLoad(operation, load)).length;
  } finally {
    // After a failure too: it keeps its thread busy as long as it runs.
    wait = await sampler.stop();
  }
  return { ...wait, calls };
}

async function prepare({ keepsGarbage }: Load): Promise<void> {
  if (keepsGarbage !== true) collectYoungGarbage();
  await settle();
}

/** What can be asked of what is measured, wherever it runs. */
export interface Measurable {
  warmUp(load: Load): Promise<unknown>;
  pass(load: Load): Promise<Pass>;
  wait(load: Load): Promise<LoadedWait>;
}

/** An operation of this process. */
export function measurable(operation: Operation, clock: MainCpuClock): Measurable {
  return {
    warmUp: (load) => underLoad(operation, load),
    pass: (load) => measurePass(operation, { ...load, clock }),
    wait: (load) => measureWait(operation, load),
  };
}

/** Runs the load, every caller at least once, and answers each call's latency. */
export async function underLoad(operation: Operation, load: Load): Promise<number[]> {
  const latencies: number[] = [];
  const deadline = performance.now() + load.budgetMs;
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let now = performance.now(), first = true; first || now < deadline; first = false) {
      const index = next;
      next += 1;
      await operation(index);
      const answered = performance.now();
      latencies.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: load.callers }, caller));
  return latencies;
}
