/** Why the module of a user cannot be imported, for a message. What it threw may quote anything: its code or its name alone. */
export function importFailure(module: string, error: unknown): string {
  return isMissing(module, error)
    ? 'it is missing'
    : `it fails to load (${codeOf(error) ?? nameOfThrown(error)})`;
}

const SHOWN_NAME = /^[A-Za-z_$][\w$]{0,47}$/;

/** What a user's code threw, for a message: its name alone. */
export function nameOfThrown(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no Error';
  const { name } = error;
  return typeof name === 'string' && SHOWN_NAME.test(name) ? name : 'an Error';
}

/** Whether it is the module itself that is not there, and not one that it imports. */
function isMissing(module: string, error: unknown): boolean {
  if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') return false;
  const url = error instanceof Error && 'url' in error ? error.url : undefined;
  return url === resolved(module);
}

/** Of a package that is not installed there is none, and none in the error. */
function resolved(module: string): string | undefined {
  try {
    return import.meta.resolve(module);
  } catch {
    return undefined;
  }
}

const NODE_CODE = /^ERR_[A-Z0-9_]{1,48}$/;

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && NODE_CODE.test(error.code) ? error.code : undefined;
}
