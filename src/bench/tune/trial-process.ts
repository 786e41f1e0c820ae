import { answerParent } from '../child.js';
import { openMainCpuClock } from '../main-cpu.js';
import { type Load, type Measurable, measurable } from '../measure.js';
import type { PeerTarget } from '../peers/peer.js';
import { openPeer } from '../peers/registry.js';
import { callsOf, type Mix, storeValues } from './mix.js';

/** What the parent asks for: one candidate with its values first. */
export type TrialQuestion =
  | { readonly kind: 'open'; readonly target: PeerTarget; readonly mix: Mix }
  | { readonly kind: keyof Measurable; readonly load: Load };

const clock = openMainCpuClock();
let candidate: Measurable | undefined;

async function answer(question: TrialQuestion): Promise<unknown> {
  if (question.kind === 'open') {
    const peer = await openPeer('offloop', question.target);
    await storeValues(peer, question.mix);
    candidate = measurable(callsOf(peer, question.mix), clock);
    return undefined;
  }
  if (!candidate) throw new Error('no candidate is open');
  return candidate[question.kind](question.load);
}

answerParent(answer);
