/** Between which figures a {@link Threshold} turns. */
export interface ThresholdBounds {
    /** It turns on above this. */
    readonly on: number;
    /** It turns off below this, which is less than `on`. */
    readonly off: number;
}
/** A decision by a figure that wavers: it stays as it is while the figure is between two bounds (hysteresis). */
export declare class Threshold {
    #private;
    constructor(bounds: ThresholdBounds);
    get isOn(): boolean;
    update(figure: number): void;
}
