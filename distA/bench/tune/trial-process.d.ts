import { type Load, type Measurable } from '../measure.js';
import type { PeerTarget } from '../peers/peer.js';
import { type Mix } from './mix.js';
/** What the parent asks for: one candidate with its values first. */
export type TrialQuestion = {
    readonly kind: 'open';
    readonly target: PeerTarget;
    readonly mix: Mix;
} | {
    readonly kind: keyof Measurable;
    readonly load: Load;
};
