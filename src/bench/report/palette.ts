/** Gives each name a colour by its number, the same in every chart. The page has ten; from there on lines are dashed. */
export class Palette {
  readonly #names: string[];

  constructor(...first: readonly string[]) {
    this.#names = [...first];
  }

  colorOf(name: string): number {
    if (!this.#names.includes(name)) this.#names.push(name);
    return this.#names.indexOf(name);
  }
}
