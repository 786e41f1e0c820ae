import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const PAGES = ['docs/manager.md', 'docs/tags-and-clears.md', 'docs/schemas.md', 'docs/recipes.md'];

let folder: string;
beforeAll(() => {
  // Within the package: so `offloop` is what a user would import.
  mkdirSync(join(root, 'build'), { recursive: true });
  folder = mkdtempSync(join(root, 'build/snippets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function snippetsOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
}

it('every snippet of the pages about the manager compiles by itself', async () => {
  const names = PAGES.flatMap((page) => {
    const snippets = snippetsOf(page);
    expect(snippets.length, page).toBeGreaterThan(0);
    return snippets.map((code, index) => {
      const name = `${page.replace(/\W/g, '-')}-${index}.ts`;
      writeFileSync(join(folder, name), `${code}\nexport {};\n`);
      return name;
    });
  });
  const compilerOptions = { noEmit: true, rootDir: root, noUnusedLocals: false };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: names, exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '-p', folder]);
  const output = await run.then(
    () => '',
    (error: { stdout?: string }) => error.stdout ?? String(error),
  );
  expect(output).toBe('');
});
