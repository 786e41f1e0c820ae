import { OURS } from '../peers/registry.js';

/** As many as the page's style has. */
const COLORS = 10;

/** Gives each name a colour, the same in every chart; ours has the first. */
export class Palette {
  readonly #names: string[] = [OURS];

  colorOf(name: string): number {
    if (!this.#names.includes(name)) this.#names.push(name);
    return this.#names.indexOf(name) % COLORS;
  }
}
