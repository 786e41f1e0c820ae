/** A key as it stands in generated code: quoted, so that no key can be more than a string in it. */
export function quotedKey(key: string): string {
  return JSON.stringify(key).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** A key as the name of a property in a literal: computed, where a plain one would set the prototype. */
export function propertyName(key: string): string {
  return key === '__proto__' ? `[${quotedKey(key)}]` : quotedKey(key);
}

/** A function of generated code; undefined where the process forbids that. */
export function compileFunction(parameters: readonly string[], body: string): unknown {
  try {
    return new Function(...parameters, body);
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}
