/** More than the longest fixed part that is written without looking at the room again. */
const MARGIN = 24;
const FIRST_OPS_BYTES = 16_384;
/** A buffer larger than this is not kept for the next call. */
const KEPT_OPS_BYTES = 1 << 20;

/** The bytes that values are written to, and the view of them for numbers of several bytes. */
interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
}

/** One is kept between calls. A call that finds it taken, by an outer call, makes its own. */
let spare: Memory | undefined;

function createMemory(length: number): Memory {
  const bytes = new Uint8Array(length);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** Writes the ops of a segment, as they come. An instance serves one segment. */
export class GraphOps {
  /** The bytes written so far, and room. Another array after the next call of {@link claim}. */
  ops: Uint8Array<ArrayBuffer>;
  /** The same as {@link ops}, for numbers of several bytes. */
  view: DataView<ArrayBuffer>;
  /** How long {@link ops} is so far. */
  position = 0;
  #limit: number;

  constructor() {
    const { bytes, view } = spare ?? createMemory(FIRST_OPS_BYTES);
    spare = undefined;
    this.ops = bytes;
    this.view = view;
    this.#limit = bytes.length - MARGIN;
  }

  /** What has been written; a view of memory that others use once {@link letGo} has been called. */
  get written(): Uint8Array {
    return this.ops.subarray(0, this.position);
  }

  /** Gives the memory back. */
  letGo(): void {
    if (this.ops.length <= KEPT_OPS_BYTES) spare = { bytes: this.ops, view: this.view };
  }

  /** A tag, behind which there is then room for a count or a number. */
  tag(tag: number): void {
    this.makeRoom();
    this.ops[this.position++] = tag;
  }

  /** Eight bytes behind a tag. */
  float64(value: number): void {
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  /** A whole number of 0 to 2^32 - 1, seven bits a byte, the lowest first. */
  count(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.ops[this.position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.ops[this.position++] = rest;
  }

  /** Room for so many bytes: where in {@link ops} they begin. Whoever asks for it writes all of them. */
  claim(bytes: number): number {
    if (this.position + bytes > this.#limit) this.#grow(bytes + MARGIN);
    const start = this.position;
    this.position += bytes;
    return start;
  }

  /** Zeros behind what has been written since `start`, where that is fewer bytes than this. */
  pad(start: number, bytes: number): void {
    const missing = start + bytes - this.position;
    if (missing <= 0) return;
    const at = this.claim(missing);
    this.ops.fill(0, at, at + missing);
  }

  /** Any number of bytes. */
  bytes(bytes: Uint8Array): void {
    const start = this.claim(bytes.length);
    this.ops.set(bytes, start);
  }

  /** Room for a tag and a short fixed part behind it. */
  protected makeRoom(): void {
    if (this.position > this.#limit) this.#grow(MARGIN);
  }

  #grow(room: number): void {
    const { bytes, view } = createMemory(Math.max(this.ops.length * 2, this.position + room + MARGIN));
    bytes.set(this.written);
    this.ops = bytes;
    this.view = view;
    this.#limit = bytes.length - MARGIN;
  }
}
