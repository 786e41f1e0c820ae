import type { Codec } from './codec.js';
/** What the json codec keeps. */
export declare const JSON_KEEPS: import("./keeps.js").Keeps;
/** JSON text in UTF-8, for values that other programs read too. Refuses all that JSON has no word for. */
export declare const jsonCodec: Codec;
