import { OffloopError } from '../../dist/errors.js';

/** The code and message of the OffloopError that `run` throws; anything else fails the test that compares it. */
export function thrownBy(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof OffloopError) return { code: error.code, message: error.message };
    return { code: 'not an OffloopError', message: String(error) };
  }
  return { code: 'nothing thrown', message: '' };
}

/** The code alone. */
export function codeThrownBy(run: () => unknown): string {
  return thrownBy(run).code;
}
