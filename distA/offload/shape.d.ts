import type { ShapeStats } from '../stats.js';
/** What a value looks like from the outside; what it costs to move depends on that more than on anything but size. */
export type Shape = ShapeStats['shape'];
/** All of them, in the order of reports. */
export declare const SHAPES: readonly Shape[];
/** The shape of a value, by its outside and the first of its elements alone. */
export declare function shapeOf(value: unknown): Shape;
