import { BUFFER, HEAD_BYTES, withHead } from './raw-kinds.js';
import { NO_OUTLINE, SEGMENT_BYTES } from './segments.js';
import { takeSlab } from './slabs.js';
/** The raw payload of one Buffer whose bytes come in chunks of any size. Each byte is copied once. */
export class RawChunks {
    #full = [];
    #slab = withHead(BUFFER, SEGMENT_BYTES - HEAD_BYTES);
    #used = HEAD_BYTES;
    #bytes = HEAD_BYTES;
    /** Bytes so far, head included. */
    get bytes() {
        return this.#bytes;
    }
    add(chunk) {
        for (let from = 0; from < chunk.length;) {
            if (this.#used === this.#slab.length) {
                this.#full.push(this.#slab);
                this.#slab = takeSlab();
                this.#used = 0;
            }
            const piece = chunk.subarray(from, from + this.#slab.length - this.#used);
            this.#slab.set(piece, this.#used);
            this.#used += piece.length;
            from += piece.length;
        }
        this.#bytes += chunk.length;
    }
    /** All of it. Nobody else holds it. */
    take() {
        const lengths = new Uint32Array(Math.ceil(this.#bytes / SEGMENT_BYTES)).fill(SEGMENT_BYTES);
        lengths[lengths.length - 1] = this.#bytes - SEGMENT_BYTES * (lengths.length - 1);
        const slabs = [...this.#full, this.#slab.subarray(0, this.#used)];
        return { slabs, owned: true, lengths, outline: NO_OUTLINE };
    }
}
