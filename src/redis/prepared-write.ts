import type { SegmentedPayload } from '../codec/segments.js';
import { keepShape } from '../kept-shapes.js';
import type { Shape } from '../offload/shape.js';

/** A whole frame, for the command connection. A class, not a literal, as it lives as long as the write: see `Running`. */
export class InlineWrite {
  readonly way = 'inline';
  readonly frame: Buffer;

  constructor(frame: Buffer) {
    this.frame = frame;
  }
}

/** A value on its way, by the lane that it takes. */
export type PreparedWrite =
  | InlineWrite
  | {
      readonly way: 'bytes';
      readonly codec: number;
      readonly payload: SegmentedPayload;
      readonly contentType: string | undefined;
      readonly note: Uint8Array | undefined;
      readonly shape: Shape;
      /** Of the payload. */
      readonly bytes: number;
    }
  | {
      readonly way: 'graph';
      readonly codec: number;
      readonly value: unknown;
      readonly note: Uint8Array | undefined;
    }
  /** Still being encoded; which way it then goes depends on its size. */
  | {
      readonly way: 'sliced';
      readonly encoded: Promise<PreparedWrite>;
      /** Of the part that is encoded already. */
      readonly bytes: number;
      /** Gives its place among the encoded ones back, once it is stored or nobody waits for it. */
      leave(): void;
    };

/** Bytes that a prepared write holds. */
export function heldBytes(write: PreparedWrite): number {
  if (write.way === 'inline') return write.frame.length;
  return write.way === 'graph' ? 0 : write.bytes;
}

keepShape(new InlineWrite(Buffer.alloc(0)));
