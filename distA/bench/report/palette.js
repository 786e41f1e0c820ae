/** Gives each name a colour by its number, the same in every chart. The page has ten; from there on lines are dashed. */
export class Palette {
    #names;
    constructor(...first) {
        this.#names = [...first];
    }
    colorOf(name) {
        if (!this.#names.includes(name))
            this.#names.push(name);
        return this.#names.indexOf(name);
    }
}
