import { OffloopError } from '../errors.js';
const DURATIONS = { us: 0.001, µs: 0.001, ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };
const RATES = { '': 1, '/s': 1, '/m': 1 / 60, '/min': 1 / 60, '/h': 1 / 3_600 };
/** `1ms` as 1, `2s` as 2,000. Units are us, ms, s, min and h. Throws `ERR_OPTION` that names the option. */
export function parseDuration(name, text) {
    return parse(text, DURATIONS, `${name} must be a time like 500ms, 2s or 1min`);
}
/** `200/s` as 200, `60/min` as 1. Without a unit it is a second's. Throws `ERR_OPTION` that names the option. */
export function parseRate(name, text) {
    return parse(text, RATES, `${name} must be a rate like 200/s or 30/min`);
}
function parse(text, units, must) {
    const match = /^(\d+(?:\.\d+)?)\s*([a-zµ/]*)$/.exec(text.trim().toLowerCase());
    const unit = match?.[2];
    const factor = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (!match || factor === undefined) {
        throw new OffloopError('ERR_OPTION', `${must}; received ${JSON.stringify(text.slice(0, 40))}`);
    }
    return Number(match[1]) * factor;
}
