import { describe, describeType, OffloopError } from '../errors.js';

/** What worker threads can be sent. */
export type Plain = Record<string, unknown>;

/** A deep copy of plain data; PEM in Buffers becomes text. Functions and instances are refused by their path. */
export function plainObject(value: unknown, path: string): Plain {
  if (value === undefined) return {};
  const copy = plainCopy(value, path);
  if (typeof copy === 'object' && copy !== null && !Array.isArray(copy)) return copy as Plain;
  throw new OffloopError('ERR_OPTION', `${path} must be an object, received ${describeType(value)}`);
}

function plainCopy(value: unknown, path: string): unknown {
  if (value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)) return value;
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  if (Array.isArray(value)) return value.map((item, index) => plainCopy(item, `${path}[${index}]`));
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, plainCopy(item, `${path}.${key}`)]),
    );
  }
  throw new OffloopError(
    'ERR_OPTION',
    `${path} is ${describe(value)}: worker threads connect by the same settings, so they must be plain data` +
      ' (strings, numbers, booleans, lists, objects). Instead of a function give its result, for instance the' +
      ' password or the certificate itself; for pauses between attempts use reconnectMaxDelayMs',
  );
}
