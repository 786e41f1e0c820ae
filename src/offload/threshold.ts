/** Between which figures a {@link Threshold} turns. */
export interface ThresholdBounds {
  /** It turns on above this. */
  readonly on: number;
  /** It turns off below this, which is less than `on`. */
  readonly off: number;
}

/** A decision by a figure that wavers: it stays as it is while the figure is between two bounds (hysteresis). */
export class Threshold {
  readonly #bounds: ThresholdBounds;
  #isOn = false;

  constructor(bounds: ThresholdBounds) {
    this.#bounds = bounds;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  update(figure: number): void {
    const { on, off } = this.#bounds;
    if (figure > on) this.#isOn = true;
    else if (figure < off) this.#isOn = false;
  }
}
