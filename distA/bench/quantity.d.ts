/** `1ms` as 1, `2s` as 2,000. Units are us, ms, s, min and h. Throws `ERR_OPTION` that names the option. */
export declare function parseDuration(name: string, text: string): number;
/** `200/s` as 200, `60/min` as 1. Without a unit it is a second's. Throws `ERR_OPTION` that names the option. */
export declare function parseRate(name: string, text: string): number;
