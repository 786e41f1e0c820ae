/**
 * A process of its own, whose heap, code and threads nobody else has touched. It is asked one question at a time, by
 * message and not on its command line: a URL may hold a password.
 */
export declare class Child {
    #private;
    private constructor();
    /** Starts a module that calls {@link answerParent}. */
    static start(module: URL): Child;
    /** Rejects with the first line of what went wrong there, also where the process ends without an answer. */
    ask<Question extends object, Answer>(question: Question): Promise<Answer>;
    /** Lets go of the process, which then ends. */
    close(): Promise<void>;
}
/** The other side of {@link Child}: answers each question, and ends as soon as the parent lets go or is gone. */
export declare function answerParent<Question>(answer: (question: Question) => Promise<unknown>): void;
