import { rawCodec } from '../codec/raw.js';
import { readContentType } from '../frame/content-type.js';
import { bytesView, jsonView, textView } from './views.js';
import { encodedPayload } from './worker-encode.js';
import { openFrame } from './worker-fetch.js';
/** Gets another form of a value: its bytes, as a payload of no codec, or its text, as one of the raw codec. */
export async function fetchView(task, { registry, fetcher }) {
    const whole = await fetcher.whole(task);
    if (!whole)
        return { kind: 'missing', found: false };
    const { storedBytes, ...opened } = openFrame(whole);
    const viewed = { ...opened, contentType: readContentType(whole.frame, whole.header).text };
    if (task.view === 'text')
        return encodedPayload(rawCodec, textView(registry, viewed), storedBytes);
    const payload = task.view === 'bytes' ? bytesView(viewed) : jsonView(registry, viewed);
    return { kind: 'payload', codec: 0, payload, lengths: Uint32Array.of(payload.length), storedBytes };
}
