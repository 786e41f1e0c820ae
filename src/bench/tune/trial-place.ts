import { Child } from '../child.js';
import type { MainCpuClock } from '../main-cpu.js';
import { type Load, type LoadedWait, type Measurable, measurable, type Pass } from '../measure.js';
import type { PeerTarget } from '../peers/peer.js';
import { openPeer } from '../peers/registry.js';
import { callsOf, type Mix, storeValues } from './mix.js';
import type { TrialQuestion } from './trial-process.js';

/** Where one candidate runs: its values are stored, and it can be measured. */
export interface TrialPlace extends Measurable {
  close(): Promise<void>;
}

/** What a candidate needs to run. */
export interface TrialSetup {
  readonly target: PeerTarget;
  readonly mix: Mix;
}

/** In this process, beside other candidates. Rejects with what refuses a value. */
export async function openHere({ target, mix }: TrialSetup, clock: MainCpuClock): Promise<TrialPlace> {
  const peer = await openPeer('offloop', target);
  try {
    await storeValues(peer, mix);
  } catch (error) {
    await peer.close();
    throw error;
  }
  return { ...measurable(callsOf(peer, mix), clock), close: () => peer.close() };
}

/**
 * In a process of its own. Where several share one, those that leave their garbage to the engine pay for what the others leave alive:
 * 2 MB of records held the event loop 3 or 25 times as long, by who had run before.
 */
export async function openApart({ target, mix }: TrialSetup): Promise<TrialPlace> {
  const child = Child.start(new URL('./trial-process.js', import.meta.url));
  const ask = <Answer>(question: TrialQuestion): Promise<Answer> => child.ask(question);
  const measure = <Answer>(kind: keyof Measurable, load: Load): Promise<Answer> => ask({ kind, load });
  try {
    await ask<undefined>({ kind: 'open', target, mix });
  } catch (error) {
    await child.close();
    throw error;
  }
  return {
    warmUp: (load) => measure<undefined>('warmUp', load),
    pass: (load) => measure<Pass>('pass', load),
    wait: (load) => measure<LoadedWait>('wait', load),
    close: () => child.close(),
  };
}
