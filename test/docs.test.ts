import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { typeTableMarkdown } from '../dist/codec/type-table.js';
import { optionsTable } from './support/options-table.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
];

it('the README has the options as the code has them', () => {
  expect(readme).toContain(optionsTable());
});

it('docs/types.md has the type table as the code has it', () => {
  expect(readFileSync(join(root, 'docs/types.md'), 'utf8')).toContain(typeTableMarkdown().trim());
});

it('the README names every error code', () => {
  const codes = readFileSync(join(root, 'src/errors.ts'), 'utf8').match(/ERR_[A-Z_]+/g) ?? [];
  for (const code of new Set(codes)) expect(readme).toContain(`\`${code}\``);
});

it.each(PAGES)('no link of %s leads nowhere', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
    if (!/^https?:/.test(target)) expect(existsSync(join(root, dirname(page), target)), target).toBe(true);
  }
});

it('what the pages of the package link to is in the package', () => {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed]: { files: { path: string }[] }[] = JSON.parse(said);
  const files = new Set(packed?.files.map(({ path }) => path));
  const pages = [...files].filter((path) => path.endsWith('.md') && !path.startsWith('dist/'));
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/handles.md']));
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (!/^https?:/.test(target)) expect(files, page).toContain(join(dirname(page), target));
    }
  }
});
