import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importsOf, ruleViolations, type SourceFile } from './support/import-rule.js';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

function sources(): SourceFile[] {
  return readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.c?ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(SOURCE, file).split(sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }));
}

/** What the rule says to one module that imports this. */
function importing(path: string, specifier: string): string[] {
  return ruleViolations([{ path, text: `import { a } from '${specifier}';\n` }]);
}

describe('the rooms of src', () => {
  test('imports point one way, each package is wrapped once, and no file is too long', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(10);
    expect(ruleViolations(files)).toEqual([]);
  });
});

describe('the rule itself', () => {
  test.each([
    ['index.ts', './backends/redis.js'],
    ['manager/cache-manager.ts', '../backends/cache-backend.js'],
    ['backends/redis.ts', '../redis/store.js'],
    ['backends/redis.ts', '../options.js'],
    ['redis/bulk-lane.ts', '../offload/pool.js'],
    ['offload/pool.ts', '../codec/registry.js'],
    ['offload/pool.ts', '../stats.js'],
    ['offload/worker-entry.cts', './worker.js'],
    ['offload/worker.ts', '../redis/connection.js'],
    ['offload/worker.ts', './worker-connections.js'],
    ['offload/pool.ts', 'piscina'],
    ['offload/pool.ts', 'node:worker_threads'],
    ['codec/json.ts', './codec.js'],
    ['codec/json.ts', '../errors.js'],
    ['stats.ts', './errors.js'],
    ['conformance.ts', './backends/cache-backend.js'],
  ])('%s may import %s', (path, specifier) => {
    expect(importing(path, specifier)).toEqual([]);
  });

  test.each([
    ['errors.ts', './stats.js'],
    ['codec/json.ts', '../redis/url.js'],
    ['codec/json.ts', '../offload/plan.js'],
    ['codec/json.ts', '../stats.js'],
    ['codec/json.ts', 'node:worker_threads'],
    ['frame/frame.ts', 'worker_threads'],
    ['frame/frame.ts', '../codec/codec.js'],
    ['offload/plan.ts', '../redis/url.js'],
    ['redis/store.ts', '../offload/worker-connections.js'],
    ['redis/store.ts', '../backends/redis.js'],
    ['backends/redis.ts', '../manager/cache-manager.js'],
    ['backends/redis.ts', '../index.js'],
    ['manager/cache-manager.ts', '../stats.js'],
    ['stats.ts', './offload/pool.js'],
    ['options.ts', './redis/url.js'],
    ['index.ts', './conformance.js'],
    ['redis/scan.ts', 'ioredis'],
    ['offload/worker.ts', 'piscina'],
    ['codec/auto.ts', 'cbor-x/decode'],
    ['codec/auto.ts', 'msgpackr'],
    ['backends/redis.ts', 'lru-cache'],
  ])('%s may not import %s', (path, specifier) => {
    expect(importing(path, specifier)).toHaveLength(1);
  });

  test('sees imports in every form, and none in comments', () => {
    const text = [
      "import 'a';",
      "import type { B } from 'b';",
      "import c, { type C } from 'c';",
      "import {\n  d,\n} from 'd';",
      "export * from 'e';",
      "export type { F } from 'f';",
      "const g = await import('g');",
      "type H = import('h').H;",
      "const url = 'http://x'; const i = require('i');",
      "// import 'no';",
      "/* import 'no'; */",
      "/**\n * import { no } from 'no';\n */",
    ].join('\n');
    expect(importsOf(text).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  });

  test('a module in no room is an error that says where to add it', () => {
    expect(() => importing('helpers/a.ts', './b.js')).toThrow('import-rule.ts');
  });

  test('a file of more than 300 lines is named', () => {
    expect(ruleViolations([{ path: 'errors.ts', text: '\n'.repeat(300) }])).toEqual([]);
    expect(ruleViolations([{ path: 'errors.ts', text: '\n'.repeat(301) }])).toHaveLength(1);
  });

  test.each(['ts-ignore', 'ts-nocheck', 'ts-expect-error'])('@%s is named', (directive) => {
    expect(ruleViolations([{ path: 'errors.ts', text: `// @${directive}: because\n` }])).toHaveLength(1);
  });

  test('a lint exception for `any` is named, one for a single other rule is not', () => {
    const file = (rule: string): SourceFile => ({
      path: 'errors.ts',
      text: `// biome-ignore ${rule}: because\n`,
    });
    expect(ruleViolations([file('lint/suspicious/noExplicitAny')])).toHaveLength(1);
    expect(ruleViolations([file('lint')])).toHaveLength(1);
    expect(ruleViolations([file('lint/suspicious/noControlCharactersInRegex')])).toEqual([]);
  });
});
