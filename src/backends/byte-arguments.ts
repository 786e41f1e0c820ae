import { types } from 'node:util';
import { isDetached } from '../codec/detached.js';
import { describe, displayKey, OffloopError } from '../errors.js';
import { isContentType } from '../frame/content-type.js';
import type { Call } from '../redis/call.js';
import type { RetrySettings } from '../redis/retry.js';
import { ttlToMilliseconds } from './arguments.js';
import { type BytesOptions, callOf } from './redis-arguments.js';

/** The options of a `setBytes` or `setStream`, checked. Throws `ERR_OPTION` and `ERR_TTL`. */
export function readBytesOptions(
  options: BytesOptions | undefined,
  name: 'setBytes' | 'setStream',
  retry: RetrySettings,
): {
  readonly ttlMs: number | undefined;
  readonly call: Call | undefined;
  readonly contentType: string | undefined;
} {
  const call = callOf(options, name, retry);
  const contentType: unknown = options?.contentType;
  if (contentType === undefined || (typeof contentType === 'string' && isContentType(contentType))) {
    return { ttlMs: ttlToMilliseconds(options?.ttl), call, contentType };
  }
  throw new OffloopError(
    'ERR_OPTION',
    `${name}: contentType must be 1 to 255 printable ASCII characters, received ${describe(contentType)}`,
  );
}

/** The bytes of a `setBytes`, as a view of them. Throws `ERR_VALUE`. */
export function bytesGiven(bytes: unknown): Buffer {
  const buffer = types.isUint8Array(bytes) ? bytes.buffer : bytes;
  if (types.isAnyArrayBuffer(buffer) && isDetached(buffer)) {
    throw new OffloopError('ERR_VALUE', 'setBytes: the bytes are detached: they were transferred away');
  }
  if (types.isUint8Array(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (types.isArrayBuffer(bytes)) return Buffer.from(bytes);
  throw new OffloopError(
    'ERR_VALUE',
    `setBytes: the bytes must be a Buffer, Uint8Array or ArrayBuffer, received ${describe(bytes)}`,
  );
}

/** What a `map` names. */
export interface MapTarget {
  readonly module: string;
  readonly exportName: string;
  readonly args: readonly unknown[];
}

/** The function of a `map`, or of another call that names one, checked as far as main can. Throws `ERR_OPTION` and `ERR_VALUE`. */
export function moduleTarget(
  { module, exportName, args }: { readonly [N in keyof MapTarget]: unknown },
  call: string,
): MapTarget {
  const url = module instanceof URL ? module.href : module;
  if (typeof url !== 'string' || !url.startsWith('file:///') || !URL.canParse(url)) {
    const received = typeof url === 'string' ? displayKey(url) : describe(url);
    throw new OffloopError(
      'ERR_OPTION',
      `${call}: the module must be a file: URL, received ${received}. For a file beside yours: new URL('./report.js', import.meta.url)`,
    );
  }
  if (typeof exportName !== 'string' || exportName === '') {
    throw new OffloopError(
      'ERR_OPTION',
      `${call}: the export must be a non-empty string, received ${describe(exportName)}`,
    );
  }
  if (!Array.isArray(args))
    throw new OffloopError(
      'ERR_OPTION',
      `${call}: the arguments must be an array, received ${describe(args)}`,
    );
  return { module: url, exportName, args: ownArguments(args, call) };
}

/** Copies, which later changes of the caller's do not reach: they are sent when a worker has room. */
function ownArguments(args: readonly unknown[], call: string): readonly unknown[] {
  if (args.length === 0) return args;
  try {
    return structuredClone(args);
  } catch {
    // What an accessor of theirs throws may quote them.
    throw new OffloopError(
      'ERR_VALUE',
      `${call}: the arguments cannot be sent to a worker: structured clone refuses them`,
    );
  }
}
