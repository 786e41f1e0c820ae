import { chooseCodec } from '../codec/auto.js';
import type { CodecRegistry } from '../codec/registry.js';
import { encodeSegments } from '../codec/segments.js';
import type { Made, MakeTask, Missing } from './tasks.js';
import { assertSize } from './worker-fetch.js';
import { loadFunction, whenClosed } from './worker-map.js';

/** Has a function of the user's make a value, and encodes it. What it throws is `ERR_MAP`. */
export async function makeValue(task: MakeTask, registry: CodecRegistry): Promise<Made | Missing> {
  const { codec: name, args, maxValueBytes } = task;
  // A module or a function that never ends would hold its place in the thread for ever.
  const ended = whenClosed(task.end, 'getOrSet');
  const call = await Promise.race([loadFunction(task, 'getOrSet'), ended]);
  const value = await Promise.race([call(...args), ended]);
  if (value === undefined) return { kind: 'missing', found: false };
  const codec = name === 'auto' ? chooseCodec(value) : registry.byName(name);
  const { slabs, lengths, outline } = encodeSegments(codec, value);
  const [only] = slabs;
  const payload = only && slabs.length === 1 ? only : new Uint8Array(Buffer.concat(slabs));
  assertSize(payload.length, maxValueBytes);
  return { kind: 'made', codec: codec.id, payload, lengths, outline };
}
