import type { Found } from './search.js';
import type { TuneLoad } from './tuning.js';
/** What the choice costs: what of the machine it takes under the load, and where it is worse than the defaults. */
export declare function costsOf({ choice, defaults }: Found, load: TuneLoad): string[];
