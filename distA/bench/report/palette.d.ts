/** Gives each name a colour by its number, the same in every chart. The page has ten; from there on lines are dashed. */
export declare class Palette {
    #private;
    constructor(...first: readonly string[]);
    colorOf(name: string): number;
}
