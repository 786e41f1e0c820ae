/** A module's path under `src`, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The rooms from the outermost to the innermost. A module imports from its own room and from those after it.
 * `conformance` stands beside `index`: it has its own entry in package.json, and neither knows the other.
 */
const ROOMS = [
  'cli',
  'bench',
  'index',
  'conformance',
  'manager',
  'backends',
  'redis',
  'offload',
  'codec',
  'frame',
  'kept-shapes',
  'errors',
] as const;
type Room = (typeof ROOMS)[number] | 'options' | 'stats';

/** Modules at the root that several rooms share: who may import them, and what they may import. */
const SHARED = {
  importedBy: ['cli', 'bench', 'index', 'backends', 'redis', 'offload'] as readonly Room[],
  imports: ['codec', 'frame', 'errors'] as readonly Room[],
} as const;

/**
 * The one way back: the thread's entry, with the modules that live in that thread (`worker.ts`, `worker-*.ts`). It runs on the other side
 * of a worker boundary, where nothing of the main thread's side of `offload` is loaded.
 */
const THREAD_ENTRY = 'offload/worker-entry.cts';
const THREAD_SIDE = /^offload\/worker(?:-[a-z-]+)?\.c?ts$/;

/** A package is imported by the one module that wraps it, as types too. */
const WRAPPED: Readonly<Record<string, string>> = {
  ioredis: 'redis/client.ts',
  'cli-progress': 'cli/progress.ts',
  tinybench: 'bench/codec-speed.ts',
  'cli-table3': 'bench/table.ts',
  'chart.js': 'bench/report/page-charts.ts',
  piscina: 'offload/pool.ts',
  'cbor-x': 'codec/cbor.ts',
  msgpackr: 'codec/msgpack.ts',
  'lru-cache': 'backends/memory.ts',
  'classic-level': 'backends/level-store.ts',
};

/** Longer files are two nouns in one. */
const MAX_LINES = 300;

/** Switches off a check that the rest of the code has to pass. */
const ESCAPE =
  /@ts-(?:ignore|nocheck|expect-error)|biome-ignore(?:-\w+)?\s+lint(?!\/)|biome-ignore\S*\s+\S*(?:noExplicitAny|noNonNull)/;

/** Every way in which these files break the rule of the rooms, one sentence each. */
export function ruleViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...importViolations(file), ...textViolations(file)]);
}

/** What a module imports, re-exports or loads, types included. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const statements = /(?:^|[;}\n])\s*(?:import|export)\b(?:[^'"`;()]*?\bfrom)?\s*(['"])([^'"\n]+)\1/g;
  const calls = /\b(?:import|require|import\.meta\.resolve)\s*\(\s*(['"`])([^'"`\n]+)\1/g;
  return [statements, calls].flatMap((form) => [...code.matchAll(form)].map((match) => match[2] ?? ''));
}

/** Strings are matched too, only to be kept: a `//` within one begins no comment. */
function withoutComments(text: string): string {
  const tokens = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(tokens, (token) => (token.startsWith('/') ? ' ' : token));
}

function importViolations({ path, text }: SourceFile): string[] {
  const from = roomOf(path);
  return importsOf(text).flatMap((specifier) => {
    if (!specifier.startsWith('.')) return packageViolation(path, from, specifier);
    const target = resolve(path, specifier);
    const problem = directionViolation(path, from, target);
    return problem === undefined ? [] : [`${path} imports ${target}: ${problem}`];
  });
}

function packageViolation(path: string, room: Room, specifier: string): string[] {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  // Peers are measured as their users set them up, with their own packages.
  if (path.startsWith('bench/peers/')) return [];
  const owner = Object.hasOwn(WRAPPED, name) ? WRAPPED[name] : undefined;
  if (owner !== undefined && owner !== path) return [`${path} imports ${specifier}: only ${owner} does`];
  if ((room === 'codec' || room === 'frame') && /^(?:node:)?worker_threads$/.test(specifier)) {
    return [`${path} imports ${specifier}: ${room} knows no threads`];
  }
  return [];
}

function directionViolation(path: string, from: Room, target: string): string | undefined {
  const to = roomOf(target);
  const threadSide = (module: string): boolean => THREAD_SIDE.test(module);
  if (threadSide(target) && !threadSide(path))
    return `it belongs to the worker thread, behind ${THREAD_ENTRY}`;
  if (from === 'errors') return 'errors imports nothing';
  if (isShared(from)) {
    return isShared(to) || SHARED.imports.includes(to)
      ? undefined
      : `${from} imports only ${SHARED.imports.join(', ')}`;
  }
  if (isShared(to)) return SHARED.importedBy.includes(from) ? undefined : `${from} may not import ${to}`;
  if (from === 'index' && to === 'conformance') return 'they are separate entries';
  if (to === 'redis' && threadSide(path)) return undefined;
  return ROOMS.indexOf(from) <= ROOMS.indexOf(to)
    ? undefined
    : `${to} stands before ${from} (${ROOMS.join(' → ')})`;
}

function isShared(room: Room): room is 'options' | 'stats' {
  return room === 'options' || room === 'stats';
}

function roomOf(path: string): Room {
  const top = path.replace(/\.ts$/, '').split('/')[0];
  // The table of options, their variables and what reads both are one thing in several files.
  const name = top !== undefined && /^option-(?:specs|variables)/.test(top) ? 'options' : top;
  const room = [...ROOMS, 'options' as const, 'stats' as const].find((known) => known === name);
  if (room === undefined)
    throw new Error(`src/${path} is in no room: say in test/support/import-rule.ts where it belongs`);
  return room;
}

/** `../errors.js`, seen from `redis/scan.ts`, is `errors.ts`. */
function resolve(path: string, specifier: string): string {
  const { pathname } = new URL(specifier, `file:///${path}`);
  return pathname.slice(1).replace(/\.js$/, '.ts');
}

function textViolations({ path, text }: SourceFile): string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const long = lines.length > MAX_LINES ? [`${path} has ${lines.length} lines, more than ${MAX_LINES}`] : [];
  const escapes = lines.flatMap((line, index) =>
    ESCAPE.test(line) ? [`${path}:${index + 1} switches a check off by a comment`] : [],
  );
  return [...long, ...escapes];
}
