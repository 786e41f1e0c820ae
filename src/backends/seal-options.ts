import { describeType, displayKey, OffloopError } from '../errors.js';
import { KEY_BYTES, KeyRing, type MethodKeys } from '../frame/key-ring.js';
import { isKeyId } from '../frame/seal-block.js';
import type { SealMethod } from '../frame/value-seal.js';
import { type Environment, environmentName, switchOf } from '../option-variables.js';

/** The keys that stored values are sealed by. */
export interface SealOptions {
  /**
   * Keys by an identifier of 1 to 32 letters, digits, `.`, `_` and `-`, which stands readable in what is stored. Each is 32
   * random bytes, or these in hexadecimal or base64; a password is none. A value is opened by the key that it names.
   */
  readonly keys: Readonly<Record<string, Uint8Array | string>>;
  /** The identifier of the key that new values are sealed by. @default the only one */
  readonly current?: string | undefined;
  /** Whether values that are not sealed are read as well, while old ones are still there. @default false */
  readonly allowPlain?: boolean | undefined;
}

const FIELDS: readonly string[] = ['keys', 'current', 'allowPlain'];
/** Most likely a backend has two: the old and the new one. */
const MAX_KEYS = 64;
const HEX = /^[0-9a-f]{64}$/i;

/** The variables that keys come from. */
export const SEAL_VARIABLES: readonly string[] = [...variablesOf('encryption'), ...variablesOf('integrity')];

/** The keys of the options, else of the environment; undefined where neither asks for any. Throws `ERR_OPTION`, which tells no key. */
export function resolveRing(
  given: Readonly<Record<SealMethod, unknown>>,
  environment: Environment,
): KeyRing | undefined {
  const encryption = methodOf('encryption', given.encryption, environment);
  const integrity = methodOf('integrity', given.integrity, environment);
  if (!encryption && !integrity) return undefined;
  const allowPlain = encryption?.allowPlain === true || integrity?.allowPlain === true;
  return new KeyRing({ encryption: encryption?.keys, integrity: integrity?.keys, allowPlain });
}

interface ResolvedMethod {
  readonly keys: MethodKeys;
  readonly allowPlain: boolean;
}

function methodOf(method: SealMethod, option: unknown, environment: Environment): ResolvedMethod | undefined {
  const given = option === undefined ? fromEnvironment(method, environment) : option;
  if (given === undefined) return undefined;
  const options = recordOf(given, method);
  const unknown = Object.keys(options).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined)
    throw wrong(`unknown option ${method}.${displayKey(unknown)}; known are ${FIELDS.join(', ')}`);
  const { allowPlain = false } = options;
  if (typeof allowPlain !== 'boolean')
    throw wrong(`${method}.allowPlain must be a boolean, received ${describeType(allowPlain)}`);
  const entries = Object.entries(recordOf(options.keys, `${method}.keys`));
  if (entries.length === 0 || entries.length > MAX_KEYS)
    throw wrong(`${method}.keys must hold 1 to ${MAX_KEYS} keys, received ${entries.length}`);
  const keys = Object.fromEntries(entries.map(([id, key]) => [id, keyText(method, id, key)]));
  const { current = entries.length === 1 ? entries[0]?.[0] : undefined } = options;
  if (typeof current !== 'string' || !Object.hasOwn(keys, current))
    throw wrong(
      `${method}.current must be one of the identifiers in ${method}.keys, received ${describeType(current)}`,
    );
  return { keys: { current, keys }, allowPlain };
}

/** A key in base64. No message tells what was received, or its identifier, which may be a key in the wrong place. */
function keyText(method: SealMethod, id: string, key: unknown): string {
  if (!isKeyId(id))
    throw wrong(
      `${method}.keys: an identifier must be 1 to 32 of A-Z a-z 0-9 . _ -, received ${describeType(id)}`,
    );
  const bytes =
    key instanceof Uint8Array ? Buffer.from(key) : typeof key === 'string' ? decoded(key) : undefined;
  if (bytes?.length === KEY_BYTES) return bytes.toString('base64');
  const received = key instanceof Uint8Array ? `${key.length} bytes` : describeType(key);
  throw wrong(
    `${method}.keys: a key must be ${KEY_BYTES} bytes, or text of these in hexadecimal or base64, received ${received}`,
  );
}

function decoded(text: string): Buffer | undefined {
  if (HEX.test(text)) return Buffer.from(text, 'hex');
  const plain = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Buffer.from(plain, 'base64');
  // Node leaves out what is no base64.
  return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : undefined;
}

/** What the variables say. One of them is enough to ask for keys: without any, values would be stored in plain text. */
function fromEnvironment(method: SealMethod, environment: Environment): unknown {
  const names = variablesOf(method);
  const given = names.find((name) => environment[name] !== undefined);
  if (given === undefined) return undefined;
  const [list, current, allowPlain] = names.map((name) => environment[name]);
  if (!list)
    throw wrong(
      `${given} is set, and ${names[0]} holds no key: give keys as id:key,id:key, or unset ${names.join(', ')}`,
    );
  const keys = Object.fromEntries(
    list.split(',').map((pair) => {
      const at = pair.indexOf(':');
      return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    }),
  );
  return {
    keys,
    ...(current ? { current } : {}),
    ...(allowPlain ? { allowPlain: switchOf(allowPlain) } : {}),
  };
}

function variablesOf(method: SealMethod): readonly string[] {
  return FIELDS.map((field) => environmentName(`${method}.${field}`));
}

function recordOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value))
    return value as Record<string, unknown>;
  throw wrong(`${name} must be an object, received ${describeType(value)}`);
}

function wrong(message: string): OffloopError {
  return new OffloopError('ERR_OPTION', message);
}
