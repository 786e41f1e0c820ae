/** A decision by a figure that wavers: it stays as it is while the figure is between two bounds (hysteresis). */
export class Threshold {
    #bounds;
    #isOn = false;
    constructor(bounds) {
        this.#bounds = bounds;
    }
    get isOn() {
        return this.#isOn;
    }
    update(figure) {
        const { on, off } = this.#bounds;
        if (figure > on)
            this.#isOn = true;
        else if (figure < off)
            this.#isOn = false;
    }
}
