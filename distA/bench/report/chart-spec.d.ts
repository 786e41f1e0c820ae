/** A place on an axis that is marked, as a reader sees it. */
export interface Tick {
    readonly value: number;
    readonly label: string;
}
/** An axis of numbers. */
export interface Axis {
    readonly label: string;
    readonly log: boolean;
    readonly min: number;
    readonly max: number;
    readonly ticks: readonly Tick[];
}
/** One figure: what the report's JSON has, and how it is told. */
export interface Point {
    /** A number on the axis; of bars, the index of the category. */
    readonly x: number;
    readonly y: number;
    /** The ends of the range over the rounds. */
    readonly low: number;
    readonly high: number;
    readonly text: string;
    /** A bar that stands behind: what ours is compared with. */
    readonly quiet?: boolean;
}
/** One line, or the bars of one colour. */
export interface Series {
    readonly name: string;
    /** A number of the page's palette: the same name has the same colour in charts over the size. */
    readonly color: number;
    /** Drawn in front and thicker: what the report is about. */
    readonly ours: boolean;
    readonly points: readonly Point[];
}
/** A chart, with everything decided but its colours and its size. What the page's script draws, and its table shows. */
export interface ChartSpec {
    readonly id: string;
    readonly title: string;
    /** What lies on the other axis: `x` of lines, the names of bars. */
    readonly across: Axis | readonly string[];
    readonly value: Axis;
    readonly series: readonly Series[];
}
