import type { CodecRegistry } from '../codec/registry.js';
import type { Made, MakeTask, Missing } from './tasks.js';
/** Has a function of the user's make a value, and encodes it. What it throws is `ERR_MAP`. */
export declare function makeValue(task: MakeTask, registry: CodecRegistry): Promise<Made | Missing>;
