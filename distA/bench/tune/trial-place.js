import { Child } from '../child.js';
import { measurable } from '../measure.js';
import { openPeer } from '../peers/registry.js';
import { callsOf, storeValues } from './mix.js';
/** In this process, beside other candidates. Rejects with what refuses a value. */
export async function openHere({ target, mix }, clock) {
    const peer = await openPeer('offloop', target);
    try {
        await storeValues(peer, mix);
    }
    catch (error) {
        await peer.close();
        throw error;
    }
    return { ...measurable(callsOf(peer, mix), clock), close: () => peer.close() };
}
/**
 * In a process of its own. Where several share one, those that leave their garbage to the engine pay for what the others leave alive:
 * 2 MB of records held the event loop 3 or 25 times as long, by who had run before.
 */
export async function openApart({ target, mix }) {
    const child = Child.start(new URL('./trial-process.js', import.meta.url));
    const ask = (question) => child.ask(question);
    const measure = (kind, load) => ask({ kind, load });
    try {
        await ask({ kind: 'open', target, mix });
    }
    catch (error) {
        await child.close();
        throw error;
    }
    return {
        warmUp: (load) => measure('warmUp', load),
        pass: (load) => measure('pass', load),
        wait: (load) => measure('wait', load),
        close: () => child.close(),
    };
}
