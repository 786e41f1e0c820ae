/** An average in which old samples fade. With few samples it is their plain mean. */
export declare class MovingAverage {
    #private;
    /** 0 without samples. */
    get value(): number;
    get samples(): number;
    add(sample: number): void;
}
