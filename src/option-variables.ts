/** The variable that sets an option: `pool.maxThreads` is `OFFLOOP_POOL_MAX_THREADS`. */
export function environmentName(path: string): string {
  return `OFFLOOP_${path
    .replaceAll('.', '_')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()}`;
}

/** What the text of a variable says of a switch; the text itself where it says neither yes nor no. */
export function switchOf(text: string): boolean | string {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : text;
}
