import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { METRICS } from '../../../dist/bench/metrics.js';
import type { ChartSpec } from '../../../dist/bench/report/chart-spec.js';
import { bench, type Report, renderReport } from '../../../dist/bench.js';
import { findBrowser } from '../../support/find-browser.js';
import { INSTALL_TIMEOUT_MS } from '../../support/install-package.js';
import { startRedis } from '../../support/redis-server.js';
import { tuneReport } from '../../support/tune-report.js';

const FLAGS = ['no-sandbox', 'disable-gpu', 'disable-quic', 'no-first-run', 'disable-background-networking'];
const HOSTILE = '</script><img src=x onerror="window.hacked=1"><script>window.hacked=2</script>\'"&';
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

let browser: Browser;
let folder: string;
let measured: Report;
let page: Page;
/** What a page must not do: speak on the console, fail, ask for anything but itself. */
let complaints: string[];

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...FLAGS, 'disable-component-update', 'disable-sync'].map((flag) => `--${flag}`),
  });
  folder = mkdtempSync(join(tmpdir(), 'offloop-report-'));
  const server = await startRedis();
  try {
    measured = await bench({
      url: server.url,
      scenarios: ['get', 'set', 'codecs'],
      sizes: ['1KB', '128KB'],
      peers: ['offloop', 'ioredis-json'],
      threads: [1, 2],
      quick: true,
      durationMs: 15,
      command: "offloop bench --threads 1,2 --sample 'a <b>.json'",
    });
  } finally {
    await server.stop();
  }
}, INSTALL_TIMEOUT_MS);

afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(report: Report, viewport = DESKTOP): Promise<void> {
  const file = join(folder, 'report.html');
  writeFileSync(file, await renderReport(report));
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({ viewport, colorScheme: 'light' });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(request.url());
  });
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.drawn);
}

/** How many colours each canvas shows. */
function colorsOfCharts(): Promise<number[]> {
  return page.$$eval('canvas', (canvases) =>
    canvases.map((canvas) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      const colors = new Set<string>();
      for (let at = 0; at < data.length; at += 4) colors.add(Array.from(data.slice(at, at + 4)).join());
      return colors.size;
    }),
  );
}

function specs(): Promise<ChartSpec[]> {
  return page.$eval('#charts', ({ textContent }) => JSON.parse(textContent ?? ''));
}

test('every chart is drawn, and told in words and in a table', async () => {
  await open(measured);
  const drawn = await specs();
  for (const id of [
    'p50Ms-get',
    'waitMeanMs-set',
    'mainCpuMs-get',
    'stored-0',
    'pool-throughput',
    'pool-waitMeanMs',
  ]) {
    expect(drawn.map((spec) => spec.id)).toContain(id);
  }
  const colors = await colorsOfCharts();
  expect(colors).toHaveLength(drawn.length);
  for (const count of colors) expect(count).toBeGreaterThan(5);
  const alternatives = await page.$$eval('figure', (figures) =>
    figures.map((figure) => ({
      words: figure.querySelector('canvas')?.getAttribute('aria-label') ?? '',
      cells: figure.querySelectorAll('td[data-value]').length,
    })),
  );
  for (const [index, { words, cells }] of alternatives.entries()) {
    expect(words).toContain(drawn[index]?.title);
    expect(cells).toBe(drawn[index]?.series.reduce((sum, { points }) => sum + points.length, 0));
  }
});

test('its numbers are those of the JSON', async () => {
  await open(measured);
  const rows = await page.$$eval('table.sortable tbody tr', (list) =>
    list.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.dataset.value ?? '')),
  );
  const expected = measured.results.flatMap(({ title, facts, columns, rows: measuredRows }) =>
    measuredRows.map(({ peer, figures }) => {
      const shown = columns.filter((id) => measuredRows.some((row) => row.figures[id]));
      return [title, String(facts.bytes), peer, ...shown.map((id) => String(figures[id]?.median ?? ''))];
    }),
  );
  // A column that no row of one table has may be another table's.
  const filled = (list: string[][]) =>
    list.map((cells) => cells.filter((cell) => cell !== '').join(' | ')).sort();
  expect(filled(rows)).toEqual(filled(expected));
  const medians = new Set(
    measured.results.flatMap(({ rows: list }) =>
      list.flatMap(({ figures }) => Object.values(figures).map(({ median }) => median)),
    ),
  );
  const points = (await specs()).flatMap(({ series }) => series.flatMap((line) => line.points));
  expect(points.length).toBeGreaterThan(20);
  for (const { y } of points) expect(medians).toContain(y);
});

test('says for each work whether a second thread helps', async () => {
  await open(measured);
  const told = await page.$$eval('#pool .verdict', (list) => list.map(({ textContent }) => textContent));
  // Throughput and wait, of get and set, of two sizes.
  expect(told).toHaveLength(8);
  for (const verdict of told) expect(['helps', 'makes it worse', 'makes no difference']).toContain(verdict);
});

test('a table sorts by click and by keyboard, and says so', async () => {
  await open(measured);
  const head = page.locator('table.sortable').first().locator('th', { hasText: METRICS.throughput.label });
  const column = await head.evaluate((cell) => (cell instanceof HTMLTableCellElement ? cell.cellIndex : -1));
  const values = () =>
    page
      .locator('table.sortable')
      .first()
      .locator('tbody tr')
      .evaluateAll(
        (rows, index) =>
          rows.map((row) =>
            row instanceof HTMLTableRowElement ? Number(row.cells[index]?.dataset.value) : Number.NaN,
          ),
        column,
      );
  await head.locator('button').click();
  expect(await head.getAttribute('aria-sort')).toBe('ascending');
  const ascending = await values();
  expect(ascending.length).toBeGreaterThan(8);
  expect(ascending).toEqual(ascending.toSorted((left, right) => left - right));
  await page.locator('table.sortable th button').first().focus();
  for (let step = 0; step < column; step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  expect(await values()).toEqual(ascending.toReversed());
  expect(await page.locator('th[aria-sort]').count()).toBe(1);
});

test('rows can be filtered, and lines hidden, from the keyboard', async () => {
  await open(measured);
  await page.getByLabel('Rows that hold').fill('get ioredis');
  expect(await page.locator('table.sortable tbody tr:visible').count()).toBe(2);
  await expect.poll(() => page.getByRole('status').textContent()).toMatch(/^2 of \d+ rows$/);
  const line = page.locator('.legend button').first();
  await line.focus();
  await page.keyboard.press('Space');
  expect(await line.getAttribute('aria-pressed')).toBe('false');
});

test.each([390, 320])('nothing scrolls sideways at %i pixels', async (width) => {
  await open(measured, { ...PHONE, width });
  const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect((await widths())[0]).toBe(width);
  for (const summary of await page.locator('summary').all()) await summary.click();
  expect((await widths())[0]).toBe(width);
});

test('follows the system between light and dark, charts as well', async () => {
  await open(measured);
  const look = () =>
    page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      document.querySelector('canvas')?.toDataURL(),
    ]);
  const light = await look();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => (await look())[1]).not.toBe(light[1]);
  expect((await look())[0]).not.toBe(light[0]);
  for (const count of await colorsOfCharts()) expect(count).toBeGreaterThan(5);
});

test('of a tuning the choice comes first, and what was tried is there', async () => {
  await open(tuneReport({ source: 'sample.json', command: 'offloop tune --sample sample.json' }), PHONE);
  expect(await page.locator('main h2').first().textContent()).toBe('The choice');
  expect(await page.locator('#choice .chips dd').allTextContents()).toEqual([
    'graph',
    'none',
    '64 KB',
    '2',
    '8',
  ]);
  expect(
    await page
      .locator('#choice .scores [data-value]')
      .evaluateAll((list) => list.map((item) => item.getAttribute('data-value'))),
  ).toEqual(['1', '1.2', '2']);
  expect(await page.locator('#figures tbody tr').count()).toBe(4);
  expect((await specs()).map(({ id }) => id)).toEqual(['stored-pairs', 'pool-throughput', 'pool-waitMeanMs']);
  expect(await page.locator('.command').last().textContent()).toBe('offloop tune --sample sample.json');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test('text of the run is text on the page, whatever it looks like', async () => {
  await open(tuneReport({ source: HOSTILE, command: HOSTILE }));
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await page.locator('h1').textContent()).toBe(`Offloop tune: ${HOSTILE}`);
  expect(await page.locator('img').count()).toBe(0);
});

test('its policy forbids every connection, and scripts that are not its own', async () => {
  await open(measured);
  const tried = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    document.body.append(script);
    return fetch('http://127.0.0.1:9/').then(
      () => 'sent',
      () => 'refused',
    );
  });
  expect(tried).toBe('refused');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  // Both refusals are told on the console, and nothing else is.
  expect(complaints.length).toBeGreaterThanOrEqual(2);
  for (const complaint of complaints.splice(0)) expect(complaint).toMatch(/Content Security Policy/);
});
