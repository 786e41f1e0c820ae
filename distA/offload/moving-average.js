/** What the last sample counts for once there are many: about the last sixteen decide. */
const SMOOTHING = 1 / 8;
/** An average in which old samples fade. With few samples it is their plain mean. */
export class MovingAverage {
    #value = 0;
    #samples = 0;
    /** 0 without samples. */
    get value() {
        return this.#value;
    }
    get samples() {
        return this.#samples;
    }
    add(sample) {
        this.#samples++;
        this.#value += (sample - this.#value) * Math.max(SMOOTHING, 1 / this.#samples);
    }
}
