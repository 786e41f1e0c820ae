import { OffloopError } from '../errors.js';
import { MAX_BIGINT_BITS, MAX_DEPTH } from './keeps.js';
import { assertBinary, assertItems, assertString, tooDeep } from './limits.js';
const EXT_UNDEFINED = 0x00;
const EXT_BIGINT = 0x42;
const EXT_RECORD = 0x72;
const EXT_SET = 0x73;
const EXT_TYPED_ARRAY = 0x74;
const EXT_DATE = 0xff;
const RECORDS = 64;
const FIRST_RECORD = 0x40;
/** Element sizes by the type byte of a typed array: Int8 … BigUint64, and 16 ArrayBuffer, 17 DataView. */
const ELEMENT_BYTES = new Map([1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8, 0, 0, 0, 0, 0, 1, 1]
    .map((size, type) => [type, size])
    .filter(([, size]) => size > 0));
/** Bytes after the head of the formats of a fixed length, from 0xca (float32) to 0xd3 (int64). */
const NUMBER_BYTES = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8];
const PROTO = Buffer.from('__proto__', 'latin1');
/**
 * Checks that the bytes are one MessagePack value of the kind that this package's packer writes, before any decoder
 * sees them. Throws `ERR_CORRUPT` otherwise, with the position. The guarantees are those of `scanCbor`: nothing over the limits (else `ERR_LIMIT`), lengths
 * within the bytes, nothing left over, bounded nesting, and of the extensions only undefined (0), bigint (0x42),
 * record definitions (0x72), sets (0x73), typed arrays (0x74) and dates (0xff): no errors, RegExps, references,
 * pointers or bundled strings, and no extension that other code registered with msgpackr.
 */
export function scanMsgpack(bytes, limits) {
    new MsgpackScanner(bytes, limits).scan();
}
class MsgpackScanner {
    #bytes;
    #limits;
    /** Items of all containers so far. */
    #items = 0;
    #position = 0;
    /** Items left to read in each open container, outermost first. */
    #left = new Float64Array(MAX_DEPTH + 1);
    #depth = 0;
    /** Number of keys of each record that these bytes defined; -1 where none. */
    #recordKeys;
    constructor(bytes, limits) {
        this.#bytes = bytes;
        this.#limits = limits;
    }
    scan() {
        const left = this.#left;
        left[0] = 1;
        for (;;) {
            let remaining = left[this.#depth] ?? 0;
            while (remaining === 0) {
                if (this.#depth === 0) {
                    if (this.#position !== this.#bytes.length)
                        this.#fail('bytes are left over after the value');
                    return;
                }
                remaining = left[--this.#depth] ?? 0;
            }
            left[this.#depth] = remaining - 1;
            this.#scanItem(this.#take());
        }
    }
    #scanItem(head) {
        if (head < FIRST_RECORD || head >= 0xe0)
            return;
        if (head < 0x80)
            this.#scanRecord(head - FIRST_RECORD);
        else if (head < 0x90)
            this.#open(head - 0x80, 2);
        else if (head < 0xa0)
            this.#open(head - 0x90, 1);
        else if (head < 0xc0)
            this.#skip(head - 0xa0);
        else if (head >= 0xca && head <= 0xd3)
            this.#skip(NUMBER_BYTES[head - 0xca] ?? 0);
        else if (head >= 0xd4 && head <= 0xd8)
            this.#scanExtension(1 << (head - 0xd4), head === 0xd4);
        else
            this.#scanLongItem(head);
    }
    #scanLongItem(head) {
        switch (head) {
            case 0xc0:
            case 0xc2:
            case 0xc3:
                break;
            case 0xc4:
            case 0xc5:
            case 0xc6:
                this.#skipBinary(this.#unsigned(1 << (head - 0xc4)));
                break;
            case 0xc7:
            case 0xc8:
            case 0xc9:
                this.#scanExtension(this.#unsigned(1 << (head - 0xc7)), false);
                break;
            case 0xd9:
            case 0xda:
            case 0xdb:
                this.#skipText(this.#unsigned(1 << (head - 0xd9)));
                break;
            case 0xdc:
            case 0xdd:
                this.#open(this.#unsigned(head === 0xdc ? 2 : 4), 1);
                break;
            case 0xde:
            case 0xdf:
                this.#open(this.#unsigned(head === 0xde ? 2 : 4), 2);
                break;
            default:
                this.#fail('a format is none that Offloop writes');
        }
    }
    #scanRecord(id) {
        const keys = this.#recordKeys?.[id] ?? -1;
        if (keys < 0)
            this.#fail('a record was never defined');
        this.#open(keys, 1);
    }
    #scanExtension(length, isMarker) {
        const type = this.#take();
        if (isMarker) {
            this.#scanMarker(type, this.#take());
            return;
        }
        const start = this.#position;
        this.#skipBinary(length);
        if (type === EXT_BIGINT && length > 0 && length <= MAX_BIGINT_BITS / 8 + 8)
            return;
        if (type === EXT_DATE && (length === 4 || length === 8 || length === 12))
            return;
        if (type !== EXT_TYPED_ARRAY || length === 0)
            this.#fail(`extension ${type} is none that Offloop writes`);
        const elementBytes = ELEMENT_BYTES.get(this.#bytes[start] ?? 255);
        if (elementBytes === undefined)
            this.#fail('a typed array is of an unknown type');
        if ((length - 1) % elementBytes !== 0)
            this.#fail('a typed array has a part of an element');
    }
    /** An extension of one byte; for records and sets, what it marks comes after it. */
    #scanMarker(type, data) {
        if (type === EXT_RECORD)
            this.#scanDefinition(data - FIRST_RECORD);
        else if (type === EXT_SET && data === 0)
            this.#open(this.#arrayLength(), 1);
        else if (type === EXT_UNDEFINED && data === 0)
            return;
        else if (type !== EXT_BIGINT && type !== EXT_DATE)
            this.#fail(`extension ${type} is none that Offloop writes`);
    }
    /** After the head: `[key, …]`, then the values of the first record. */
    #scanDefinition(id) {
        if (id < 0 || id >= RECORDS)
            this.#fail('a record is defined with a number out of bounds');
        const keys = this.#arrayLength();
        for (let index = 0; index < keys; index++)
            this.#scanKey();
        this.#recordKeys ??= new Int32Array(RECORDS).fill(-1);
        this.#recordKeys[id] = keys;
        this.#open(keys, 1);
    }
    #scanKey() {
        const head = this.#take();
        let length = head - 0xa0;
        if (head >= 0xd9 && head <= 0xdb)
            length = this.#unsigned(1 << (head - 0xd9));
        else if (head < 0xa0 || head > 0xbf)
            this.#fail('a key is no text');
        const start = this.#position;
        this.#skipText(length);
        if (length === PROTO.length && PROTO.equals(this.#bytes.subarray(start, start + length))) {
            this.#fail('a key is __proto__');
        }
    }
    #arrayLength() {
        const head = this.#take();
        if (head >= 0x90 && head < 0xa0)
            return head - 0x90;
        if (head !== 0xdc && head !== 0xdd)
            this.#fail('an extension is on an item of the wrong kind');
        return this.#unsigned(head === 0xdc ? 2 : 4);
    }
    #open(count, itemsEach) {
        const items = count * itemsEach;
        // Each item takes at least one byte, so no count can make a decoder allocate more than the bytes justify.
        if (items > this.#bytes.length - this.#position)
            this.#fail('a length is beyond the end');
        if (this.#depth >= this.#limits.maxDepth)
            throw tooDeep('msgpack', this.#limits);
        this.#items += count;
        assertItems(this.#items, this.#limits);
        this.#left[++this.#depth] = items;
    }
    #unsigned(size) {
        let value = 0;
        for (let index = 0; index < size; index++)
            value = value * 0x100 + this.#take();
        return value;
    }
    #take() {
        if (this.#position >= this.#bytes.length)
            this.#fail('truncated');
        return this.#bytes[this.#position++] ?? 0;
    }
    #skipText(length) {
        this.#skip(length);
        assertString(length, this.#limits);
    }
    #skipBinary(length) {
        this.#skip(length);
        assertBinary(length, this.#limits);
    }
    #skip(length) {
        this.#position += length;
        if (this.#position > this.#bytes.length)
            this.#fail('truncated');
    }
    #fail(reason) {
        throw new OffloopError('ERR_CORRUPT', `msgpack payload: ${reason} (at byte ${this.#position} of ${this.#bytes.length})`);
    }
}
