import { GRAPH_KEEPS } from '../codec/graph-keeps.js';
import { assertKeepable } from '../codec/loss.js';
import { CodecRegistry, FIRST_CUSTOM_ID, type RegistrySettings } from '../codec/registry.js';
import { encodeSegments } from '../codec/segments.js';
import { OffloopError } from '../errors.js';
import { claimedBytes, readHeader } from '../frame/frame.js';
import { ringOf } from '../frame/key-ring.js';
import type { RedisClient } from '../redis/client.js';
import { holdsBuffer } from './crossing.js';
import { decodePayload } from './decode-payload.js';
import { packSegments } from './packing.js';
import { transferring } from './pool.js';
import { answerRollCalls } from './roll-call.js';
import type {
  FetchGraphTask,
  FirstSegments,
  Made,
  Missing,
  Payload,
  StoreGraphTask,
  StoreTask,
  Task,
  TaskResult,
  UnpackTask,
} from './tasks.js';
import { assertInTime, WorkerConnections } from './worker-connections.js';
import { assertSize, FrameFetcher, openerOf, openFrame, Replaced, type WholeFrame } from './worker-fetch.js';
import { makeValue } from './worker-make.js';
import { mapValue } from './worker-map.js';
import { movable } from './worker-memory.js';
import { fetchPart } from './worker-part.js';
import { fetchView } from './worker-view.js';

answerRollCalls();

const MISSING = { kind: 'missing', found: false } as const;

const connections = new WorkerConnections();
const fetcher = new FrameFetcher(connections);
const registries = new Map<string, Promise<CodecRegistry>>();

/** The entry of a worker thread. Every failure comes back as a result: an error would lose its code on the way. */
export default async function run(task: Task): Promise<TaskResult> {
  try {
    return await perform(task);
  } catch (error) {
    if (error instanceof Replaced) return { kind: 'changed' };
    const { code, message, outcome } =
      error instanceof OffloopError
        ? error
        : new OffloopError('ERR_WORKER', `a worker failed at ${task.kind}`);
    return { kind: 'failed', code, message, outcome };
  }
}

async function perform(task: Task): Promise<TaskResult> {
  switch (task.kind) {
    case 'store':
      return store(task, task.payload);
    case 'storeGraph': {
      const registry = await registryOf(task.codecs);
      return store(task, encodeSegments(registry.byId(task.codec), task.value));
    }
    case 'fetch':
      return opened(await fetcher.whole(task));
    case 'fetchFirst':
      return opened(await fetcher.first(task));
    case 'fetchRange':
      return handOver(await fetcher.range(task));
    case 'fetchGraph':
      return decodeHere(task, await fetcher.whole(task));
    case 'fetchPart':
      return sent(await fetchPart(task, { registry: await registryOf(task.codecs), fetcher }));
    case 'fetchView':
      return sent(await fetchView(task, { registry: await registryOf(task.codecs), fetcher }));
    case 'map':
      return sent(await mapValue(task, { registry: await registryOf(task.codecs), fetcher }));
    case 'make':
      return sent(await makeValue(task, await registryOf(task.codecs)));
    case 'unpack':
      return opened(asFrame(task));
  }
}

async function store(task: StoreTask | StoreGraphTask, payload: StoreTask['payload']): Promise<TaskResult> {
  const { maxValueBytes, key, ttlMs, into = key } = task;
  const bytes = payload.lengths.reduce((sum, length) => sum + length, 0);
  assertSize(bytes, maxValueBytes);
  assertInTime(task, 'set');
  const frame = packSegments({ ...task, payload, seal: ringOf(task.ring)?.sealFor(key) });
  const send = (client: RedisClient): Promise<unknown> =>
    ttlMs === undefined ? client.set(into, frame) : client.set(into, frame, 'PX', ttlMs);
  await connections.use(task, { name: 'set', writes: true, send });
  const memory = task.kind === 'store' ? payload.slabs.map(({ buffer }) => buffer as ArrayBuffer) : [];
  return transferring({ kind: 'stored', storedBytes: frame.length, memory }, memory);
}

function opened(found: WholeFrame | FirstSegments | undefined): TaskResult {
  if (!found) return MISSING;
  return handOver('kind' in found ? found : openFrame(found));
}

function sent(result: Payload | Made | Missing): TaskResult {
  return result.kind === 'missing' ? result : handOver(result);
}

/** Gives bytes away, with the memory that they lie in. */
function handOver(result: Payload | FirstSegments | Made): TaskResult {
  const payload = movable(result.payload);
  return transferring({ ...result, payload }, [payload.buffer]);
}

async function decodeHere(task: FetchGraphTask, found: WholeFrame | undefined): Promise<TaskResult> {
  if (!found) return MISSING;
  const registry = await registryOf(task.codecs);
  const result = openFrame(found);
  const value = decodePayload(registry, result);
  // Such a value crosses as its bytes after all.
  return losesByCloning(value, result.codec)
    ? handOver(result)
    : { kind: 'graph', value, storedBytes: result.storedBytes, note: result.note };
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

function registryOf(codecs: RegistrySettings): Promise<CodecRegistry> {
  const name = JSON.stringify(codecs);
  let registry = registries.get(name);
  if (!registry) {
    const fresh = new CodecRegistry(codecs.custom, codecs.limits);
    registry = fresh.load().then(() => fresh);
    registries.set(name, registry);
  }
  return registry;
}

function asFrame(task: UnpackTask): WholeFrame {
  const { buffer, byteOffset, byteLength } = task.frame;
  const frame = Buffer.from(buffer, byteOffset, byteLength);
  const header = readHeader(frame);
  assertSize(claimedBytes(header), task.maxValueBytes);
  return { frame, header, opener: openerOf(task) };
}
