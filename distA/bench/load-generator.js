import { Agent, get } from 'node:http';
import { answerParent } from './child.js';
import { Metronome } from './metronome.js';
import { clockMs } from './metronome-clock.js';
import { ascending } from './statistics.js';
// More than are under way in a stall of a tenth of a second; what is over waits here, and its wait counts.
const SOCKETS = 64;
const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
const metronome = Metronome.start();
/**
 * An open loop: a request is sent when it is due, whether those before it were answered or not, and its latency
 * counts from then. A generator that waits for answers asks nothing of a stalled service, and so does not see it.
 */
async function generate(task) {
    const latencies = [];
    const late = [];
    const underWay = [];
    let errors = 0;
    const countedFrom = clockMs() + task.leadMs;
    await (await metronome).beat(task, (dueMs) => {
        const counts = dueMs >= countedFrom;
        if (counts)
            late.push(clockMs() - dueMs);
        const answered = request(task).then(() => void (counts && latencies.push(clockMs() - dueMs)), () => {
            errors += 1;
        });
        underWay.push(answered);
    });
    await Promise.all(underWay);
    return { latenciesMs: ascending(latencies), lateMs: ascending(late), errors };
}
function request({ url, leastBytes }) {
    return new Promise((resolve, reject) => {
        const asked = get(url, { agent }, (response) => {
            let bytes = 0;
            response.on('data', (chunk) => {
                bytes += chunk.length;
            });
            response.once('error', reject);
            response.once('end', () => {
                if (response.statusCode === 200 && bytes >= leastBytes)
                    resolve();
                else
                    reject(new Error(`answered ${response.statusCode} with ${bytes} bytes`));
            });
        });
        asked.once('error', reject);
    });
}
answerParent(generate);
