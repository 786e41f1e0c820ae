import { describe, describeType, OffloopError } from './errors.js';
import { OPTION_SPECS, type OptionSpec } from './option-specs.js';
import { type Environment, environmentName, switchOf } from './option-variables.js';

/** Options that hold more than one word. Of these only the last two can also come from the environment. */
export const STRUCTURED_OPTIONS = [
  'redis',
  'tls',
  'sentinel',
  'cluster',
  'codecs',
  'encryption',
  'integrity',
] as const;

/** A value per path of {@link OPTION_SPECS}. */
export type FlatOptions = ReadonlyMap<string, FlatOption>;

/** What an option can be. */
export type FlatOption = string | number | boolean | readonly number[] | undefined;

/**
 * Merges the layers, the first the strongest, over the environment and the defaults, and checks every value.
 * Throws `ERR_OPTION` naming the option, its bound and what was received.
 */
export function resolveFlatOptions(
  layers: readonly Record<string, unknown>[],
  environment: Environment,
): FlatOptions {
  const flattened = layers.map((layer) => flatten(layer));
  const resolved = new Map<string, FlatOption>();
  for (const spec of OPTION_SPECS) {
    const given = flattened.map((layer) => layer.get(spec.path)).find((value) => value !== undefined);
    // An empty one is as one that is not set.
    const variable = variablesOf(spec.path).find((name) => environment[name]);
    let value: FlatOption = spec.default;
    if (given !== undefined) value = check(spec, given, spec.path);
    else if (variable !== undefined)
      value = check(spec, fromText(spec, environment[variable] ?? '', variable), variable);
    resolved.set(spec.path, value);
  }
  const min = resolved.get('pool.minThreads');
  const max = resolved.get('pool.maxThreads');
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    throw new OffloopError(
      'ERR_OPTION',
      `pool.minThreads must be at most pool.maxThreads (${max}), received ${min}`,
    );
  }
  return resolved;
}

const GROUPS = new Set(
  OPTION_SPECS.filter((spec) => spec.path.includes('.')).map((spec) => spec.path.split('.')[0]),
);
/** `compression: 'gzip'` and `offload: 'never'` are short for these. */
const SHORTHANDS: Readonly<Record<string, readonly string[]>> = {
  compression: ['compression.algorithm'],
  offload: ['offload.encode', 'offload.decode'],
};

/** `false` for the group is short for these. */
const SWITCHES: Readonly<Record<string, string>> = {
  breaker: 'breaker.enabled',
};

/** The variables that set an option, the exact one first: `OFFLOOP_COMPRESSION=gzip` is short as in the constructor. */
function variablesOf(path: string): readonly string[] {
  const [group = ''] = path.split('.');
  const isShort = SHORTHANDS[group]?.includes(path) === true || SWITCHES[group] === path;
  return (isShort ? [path, group] : [path]).map(environmentName);
}

/** All that are read here. */
export const OPTION_VARIABLES: readonly string[] = OPTION_SPECS.flatMap(({ path }) => variablesOf(path));

function flatten(options: Record<string, unknown>): Map<string, unknown> {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OffloopError('ERR_OPTION', `the options must be an object, received ${describe(options)}`);
  }
  const flat = new Map<string, unknown>();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || (STRUCTURED_OPTIONS as readonly string[]).includes(name)) continue;
    if (!GROUPS.has(name)) setKnown(flat, name, value);
    else if (value === false && SWITCHES[name] !== undefined) setKnown(flat, SWITCHES[name], false);
    else if (typeof value === 'string')
      for (const path of SHORTHANDS[name] ?? [name]) setKnown(flat, path, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, innerValue] of Object.entries(value)) {
        if (innerValue !== undefined) setKnown(flat, `${name}.${inner}`, innerValue);
      }
    } else throw new OffloopError('ERR_OPTION', `${name} must be an object, received ${describe(value)}`);
  }
  return flat;
}

function setKnown(flat: Map<string, unknown>, path: string, value: unknown): void {
  if (!OPTION_SPECS.some((spec) => spec.path === path)) {
    const known = OPTION_SPECS.map((spec) => spec.path).concat(STRUCTURED_OPTIONS);
    throw new OffloopError(
      'ERR_OPTION',
      `unknown option ${JSON.stringify(path.slice(0, 60))}; known are ${known.join(', ')}`,
    );
  }
  flat.set(path, value);
}

function fromText(spec: OptionSpec, text: string, variable: string): unknown {
  if (spec.type === 'boolean') return switchOf(text);
  if (spec.type === 'integers') return text.split(',').map((part) => numberOf(part, variable));
  return spec.type === 'integer' || spec.type === 'number' ? numberOf(text, variable) : text;
}

function numberOf(text: string, variable: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isNaN(number)) return number;
  throw new OffloopError(
    'ERR_OPTION',
    `${variable} must be a number, received ${JSON.stringify(text.slice(0, 40))}`,
  );
}

function check(spec: OptionSpec, value: unknown, name: string): FlatOption {
  if (spec.type === 'integers') return checkList(spec, value, name);
  const { type, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = spec;
  if (typeof type === 'object') {
    if (typeof value === 'string' && type.includes(value)) return value;
    const received = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : describe(value);
    throw new OffloopError('ERR_OPTION', `${name} must be one of ${type.join(', ')}, received ${received}`);
  }
  if (type === 'boolean' || type === 'string') {
    if (typeof value === type) return value as string | boolean;
    // A text may be meant to hold a password: the url does.
    const received = type === 'string' ? describeType(value) : describe(value);
    throw new OffloopError('ERR_OPTION', `${name} must be a ${type}, received ${received}`);
  }
  const fits = typeof value === 'number' && value >= min && value <= max;
  if (fits && (type === 'number' || Number.isInteger(value))) return value;
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  const unit = spec.unit ? ` (${spec.unit})` : '';
  throw new OffloopError(
    'ERR_OPTION',
    `${name} must be ${kind} of ${min} to ${max}${unit}, received ${describe(value)}`,
  );
}

function checkList(spec: OptionSpec, value: unknown, name: string): readonly number[] {
  if (!Array.isArray(value)) {
    throw new OffloopError(
      'ERR_OPTION',
      `${name} must be a list of whole numbers, received ${describe(value)}`,
    );
  }
  return value.map((item: unknown) => check({ ...spec, type: 'integer' }, item, name) as number);
}
