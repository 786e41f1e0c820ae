import { answerParent } from '../child.js';
import { openMainCpuClock } from '../main-cpu.js';
import {
  type Load,
  type LoadedWait,
  measurePass,
  measureWait,
  type Operation,
  type Pass,
  underLoad,
} from '../measure.js';
import type { PeerTarget } from '../peers/peer.js';
import { openPeer } from '../peers/registry.js';
import { callsOf, type Mix, storeValues } from './mix.js';

/** What the parent asks for: one candidate with its values first. */
export type TrialQuestion =
  | { readonly kind: 'open'; readonly target: PeerTarget; readonly mix: Mix }
  | { readonly kind: 'warm up' | 'pass' | 'wait'; readonly load: Load };

const clock = openMainCpuClock();
let calls: Operation | undefined;

async function answer(question: TrialQuestion): Promise<Pass | LoadedWait | undefined> {
  if (question.kind === 'open') {
    const peer = await openPeer('offloop', question.target);
    await storeValues(peer, question.mix);
    calls = callsOf(peer, question.mix);
    return undefined;
  }
  if (!calls) throw new Error('no candidate is open');
  if (question.kind === 'pass') return measurePass(calls, { ...question.load, clock });
  if (question.kind === 'wait') return measureWait(calls, question.load);
  await underLoad(calls, question.load);
  return undefined;
}

answerParent(answer);
