import { OffloopError } from '../errors.js';
/** `a, b` as two words. */
export function listOf(text) {
    return text.split(',').map((part) => part.trim());
}
/** A number as it was typed, else `ERR_OPTION` that names the flag. Its bounds are checked where it is used. */
export function numberOf(flag) {
    return (text) => {
        const value = Number(text);
        if (text.trim() !== '' && Number.isFinite(value))
            return value;
        throw new OffloopError('ERR_OPTION', `${flag} takes a number; received ${JSON.stringify(text.slice(0, 40))}`);
    };
}
/** The same for a list of numbers. */
export function numbersOf(flag) {
    return (text) => listOf(text).map(numberOf(flag));
}
/** A flag that may be given more than once. */
export function collect(text, before) {
    return [...(before ?? []), text];
}
