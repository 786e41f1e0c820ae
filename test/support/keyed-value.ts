/** A value that says which key it was stored under, and as which version, in all of its bytes. */
export interface KeyedValue {
  readonly key: string;
  readonly version: number;
  readonly filling: string;
}

/** A value for a key whose filling has about that many bytes. */
export function keyedValue(key: string, version: number, bytes: number): KeyedValue {
  const mark = `${key}@${version};`;
  return { key, version, filling: mark.repeat(Math.max(1, Math.ceil(bytes / mark.length))) };
}

/** The version of a value that is this key's and whole; undefined where it is anything else. */
export function versionOf(key: string, value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { key: owner, version, filling } = value as Partial<KeyedValue>;
  if (owner !== key || typeof version !== 'number' || typeof filling !== 'string') return undefined;
  const mark = `${key}@${version};`;
  return filling === mark.repeat(filling.length / mark.length) ? version : undefined;
}
