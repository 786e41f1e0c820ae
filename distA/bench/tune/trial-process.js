import { answerParent } from '../child.js';
import { openMainCpuClock } from '../main-cpu.js';
import { measurable } from '../measure.js';
import { openPeer } from '../peers/registry.js';
import { callsOf, storeValues } from './mix.js';
const clock = openMainCpuClock();
let candidate;
async function answer(question) {
    if (question.kind === 'open') {
        const peer = await openPeer('offloop', question.target);
        await storeValues(peer, question.mix);
        candidate = measurable(callsOf(peer, question.mix), clock);
        return undefined;
    }
    if (!candidate)
        throw new Error('no candidate is open');
    return candidate[question.kind](question.load);
}
answerParent(answer);
