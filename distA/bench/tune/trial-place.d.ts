import type { MainCpuClock } from '../main-cpu.js';
import { type Measurable } from '../measure.js';
import type { PeerTarget } from '../peers/peer.js';
import { type Mix } from './mix.js';
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
export declare function openHere({ target, mix }: TrialSetup, clock: MainCpuClock): Promise<TrialPlace>;
/**
 * In a process of its own. Where several share one, those that leave their garbage to the engine pay for what the others leave alive:
 * 2 MB of records held the event loop 3 or 25 times as long, by who had run before.
 */
export declare function openApart({ target, mix }: TrialSetup): Promise<TrialPlace>;
