import { OffloopError } from './errors.js';

/** The variables of a process, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What every variable begins with that sets an option; none that begins so may be anything else. */
const PREFIX = 'OFFLOOP_';
const SHOWN_CHARACTERS = 60;

/** The variable that sets an option: `pool.maxThreads` is `OFFLOOP_POOL_MAX_THREADS`. */
export function environmentName(path: string): string {
  return `${PREFIX}${path
    .replaceAll('.', '_')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()}`;
}

/** What the text of a variable says of a switch; the text itself where it says neither yes nor no. */
export function switchOf(text: string): boolean | string {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : text;
}

/**
 * Refuses, with `ERR_OPTION`, a variable that begins as ours do and is none of the known ones: a mistyped one would be ignored in
 * silence. The message has its name, never its text, and the known name that is most like it.
 */
export function assertKnownVariables(environment: Environment, known: readonly string[]): void {
  const unknown = Object.keys(environment).find(
    (name) => name.startsWith(PREFIX) && !known.includes(name) && !isOfService(name, environment),
  );
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw new OffloopError(
    'ERR_OPTION',
    `unknown variable ${unknown.slice(0, SHOWN_CHARACTERS)}${near === undefined ? '' : `; the nearest known one is ${near}`}`,
  );
}

/** Kubernetes sets variables for every service in every pod: those of a service `offloop-redis` begin as ours do. */
function isOfService(name: string, environment: Environment): boolean {
  const hosts = Object.keys(environment).filter((host) => host.endsWith('_SERVICE_HOST'));
  const services = hosts.map((host) => host.slice(0, -'_SERVICE_HOST'.length));
  return services.some(
    (service) => name.startsWith(`${service}_SERVICE_`) || name.startsWith(`${service}_PORT`),
  );
}

/** The known name with the fewest changes, where these are no more than half of the letters. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const shown = name.slice(0, SHOWN_CHARACTERS);
  const [best] = known
    .map((candidate) => ({ candidate, changes: changesBetween(shown, candidate) }))
    .sort((a, b) => a.changes - b.changes);
  return best && best.changes <= (shown.length - PREFIX.length) / 2 ? best.candidate : undefined;
}

/** How many letters to add, to drop or to replace make one name of the other (Levenshtein). */
function changesBetween(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const letter of from) {
    let diagonal = above[0] ?? 0;
    let left = diagonal + 1;
    const row = [left];
    for (const [index, other] of [...to].entries()) {
      const straight = above[index + 1] ?? 0;
      left = Math.min(left + 1, straight + 1, diagonal + (letter === other ? 0 : 1));
      diagonal = straight;
      row.push(left);
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
