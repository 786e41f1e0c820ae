import { fork } from 'node:child_process';
import { once } from 'node:events';
import { reasonOf } from './rounds.js';
/**
 * A process of its own, whose heap, code and threads nobody else has touched. It is asked one question at a time, by
 * message and not on its command line: a URL may hold a password.
 */
export class Child {
    #process;
    constructor(child) {
        this.#process = child;
    }
    /** Starts a module that calls {@link answerParent}. */
    static start(module) {
        const stdio = ['ignore', 'ignore', 'inherit', 'ipc'];
        // Advanced, so that typed arrays arrive as such.
        return new Child(fork(module, { stdio: [...stdio], serialization: 'advanced', execArgv: [] }));
    }
    /** Rejects with the first line of what went wrong there, also where the process ends without an answer. */
    async ask(question) {
        const reply = await new Promise((resolve) => {
            const ended = (code) => resolve({ failure: `the process ended with ${code}` });
            this.#process.once('exit', ended);
            this.#process.once('message', (message) => {
                this.#process.off('exit', ended);
                resolve(message);
            });
            if (this.#process.exitCode === null)
                this.#process.send(question);
            else
                ended(this.#process.exitCode);
        });
        if ('failure' in reply)
            throw new Error(reply.failure);
        return reply.value;
    }
    /** Lets go of the process, which then ends. */
    async close() {
        if (this.#process.exitCode !== null)
            return;
        const ended = once(this.#process, 'exit');
        this.#process.disconnect();
        await ended;
    }
}
/** The other side of {@link Child}: answers each question, and ends as soon as the parent lets go or is gone. */
export function answerParent(answer) {
    process.on('message', (question) => {
        const reply = answer(question).then((value) => ({ value }), (error) => ({ failure: reasonOf(error) }));
        void reply.then((message) => process.send?.(message));
    });
    process.once('disconnect', () => process.exit());
}
