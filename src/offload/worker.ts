import { GRAPH_KEEPS } from '../codec/graph-keeps.js';
import { assertKeepable } from '../codec/loss.js';
import { CodecRegistry, type CustomCodec, FIRST_CUSTOM_ID } from '../codec/registry.js';
import { OffloopError } from '../errors.js';
import { HEADER_BYTES, readHeader } from '../frame/frame.js';
import { holdsBuffer } from './crossing.js';
import { pack, unpack } from './packing.js';
import { transferring } from './pool.js';
import type {
  FetchGraphTask,
  FetchTask,
  Payload,
  StoreGraphTask,
  StoreTask,
  Task,
  TaskResult,
} from './tasks.js';
import { assertInTime, WorkerConnections } from './worker-connections.js';

const connections = new WorkerConnections();
const registries = new Map<string, Promise<CodecRegistry>>();

/** The entry of a worker thread. Every failure comes back as a result: an error would lose its code on the way. */
export default async function run(task: Task): Promise<TaskResult> {
  try {
    return await perform(task);
  } catch (error) {
    const { code, message } =
      error instanceof OffloopError
        ? error
        : new OffloopError('ERR_WORKER', `a worker failed at ${task.kind}`);
    return { kind: 'failed', code, message };
  }
}

async function perform(task: Task): Promise<TaskResult> {
  switch (task.kind) {
    case 'store':
      return store(task, task.payload);
    case 'storeGraph': {
      const registry = await registryOf(task.codecs);
      return store(task, registry.byId(task.codec).encode(task.value));
    }
    case 'fetch':
      return handOver(await fetch(task));
    case 'fetchGraph':
      return decodeHere(task, await fetch(task));
    case 'unpack':
      return handOver(open(asBuffer(task.frame), task.maxValueBytes));
  }
}

async function store(task: StoreTask | StoreGraphTask, payload: Uint8Array): Promise<TaskResult> {
  const { compression, codec, maxValueBytes, key, ttlMs } = task;
  if (payload.length > maxValueBytes) throw tooLarge(payload.length, maxValueBytes);
  assertInTime(task, 'set');
  const frame = pack({ codec, payload, compression });
  await connections.use(task, 'set', (client) =>
    ttlMs === undefined ? client.set(key, frame) : client.set(key, frame, 'PX', ttlMs),
  );
  return { kind: 'stored', storedBytes: frame.length };
}

async function fetch(task: FetchTask | FetchGraphTask): Promise<Payload | undefined> {
  const { key, maxValueBytes } = task;
  // Never more than may be: the value can have been replaced by a larger one since main saw its head.
  const last = HEADER_BYTES + maxValueBytes;
  const frame = await connections.use(task, 'get', (client) => client.getrangeBuffer(key, 0, last));
  return frame.length > 0 ? open(frame, maxValueBytes) : undefined;
}

function open(frame: Buffer, maxValueBytes: number): Payload {
  const header = readHeader(frame);
  // Before anything is inflated: a few bytes can claim and hold gigabytes.
  if (header.rawLength > maxValueBytes) throw tooLarge(header.rawLength, maxValueBytes);
  const payload = unpack(frame, header);
  return { kind: 'payload', codec: header.codec, payload, storedBytes: frame.length };
}

/** Gives bytes away in a buffer of their own: a reply of ioredis is a view of what other keys' replies share. */
function handOver(result: Payload | undefined): TaskResult {
  if (!result) return { kind: 'missing' };
  const { payload } = result;
  const own =
    payload.byteLength === payload.buffer.byteLength && payload.buffer instanceof ArrayBuffer
      ? payload.buffer
      : new Uint8Array(payload).buffer;
  return transferring({ ...result, payload: new Uint8Array(own) }, [own]);
}

async function decodeHere(task: FetchGraphTask, result: Payload | undefined): Promise<TaskResult> {
  if (!result) return { kind: 'missing' };
  const registry = await registryOf(task.codecs);
  const value = registry.byId(result.codec).decode(result.payload, false);
  // Such a value crosses as its bytes after all.
  return losesByCloning(value, result.codec)
    ? handOver(result)
    : { kind: 'graph', value, storedBytes: result.storedBytes };
}

/** Structured clone makes a Uint8Array of a Buffer, and a plain object of a class instance of a custom codec's. */
function losesByCloning(value: unknown, codec: number): boolean {
  if (codec >= FIRST_CUSTOM_ID) {
    try {
      assertKeepable(value, GRAPH_KEEPS);
    } catch {
      return true;
    }
  }
  return holdsBuffer(value);
}

function registryOf(codecs: readonly CustomCodec[]): Promise<CodecRegistry> {
  const name = JSON.stringify(codecs);
  let registry = registries.get(name);
  if (!registry) {
    const fresh = new CodecRegistry(codecs);
    registry = fresh.load().then(() => fresh);
    registries.set(name, registry);
  }
  return registry;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tooLarge(bytes: number, limit: number): OffloopError {
  return new OffloopError(
    'ERR_VALUE_TOO_LARGE',
    `the value takes ${bytes} bytes, over the limit of ${limit} (maxValueBytes)`,
  );
}
