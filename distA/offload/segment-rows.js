/** Numbers of one row where rows cross between threads: stored length, raw length, checksum. */
export const ROW_NUMBERS = 3;
/** Rows of a frame's table as numbers, which cross between threads for nearly nothing. */
export function numbersOf(rows) {
    const numbers = new Uint32Array(rows.length * ROW_NUMBERS);
    for (const [index, { storedLength, rawLength, checksum }] of rows.entries()) {
        numbers.set([storedLength, rawLength, checksum], index * ROW_NUMBERS);
    }
    return numbers;
}
/** The rows again; `first` is where the first of their segments begins in the frame. */
export function rowsOf(numbers, first) {
    let start = first;
    return Array.from({ length: numbers.length / ROW_NUMBERS }, (_, index) => {
        const [storedLength = 0, rawLength = 0, checksum = 0] = numbers.subarray(index * ROW_NUMBERS);
        const row = { storedLength, rawLength, checksum, start };
        start += storedLength;
        return row;
    });
}
