/** The script of a report's page: it draws the charts and sorts the tables. Compiled for browsers, and put into the page as it is. */
import type { ChartConfiguration, Chart as ChartOf, Plugin, ScaleOptionsByType } from 'chart.js';
import type { Axis, ChartSpec, Point } from './chart-spec.js';

declare const Chart: typeof ChartOf;

const LABEL_LENGTH = 24;
const BAR_PIXELS = 26;
/** For the axis and its name. */
const AXIS_PIXELS = 64;

interface Drawn {
  readonly figure: HTMLElement;
  readonly spec: ChartSpec;
  readonly hidden: Set<number>;
  chart: ChartOf;
}

function style(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The page's own data, as the report wrote it. */
function readSpecs(): readonly ChartSpec[] {
  return JSON.parse(document.getElementById('charts')?.textContent ?? '[]');
}

function namesOf({ across }: ChartSpec): readonly string[] | undefined {
  return 'ticks' in across ? undefined : across;
}

/** Long names in several lines, at their commas and spaces. */
function wrapped(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LABEL_LENGTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function scale(axis: Axis, { grid, withName }: { grid: boolean; withName: boolean }) {
  const labels = new Map(axis.ticks.map(({ value, label }) => [value, label]));
  return {
    type: axis.log ? 'logarithmic' : 'linear',
    min: axis.min,
    max: axis.max,
    title: { display: withName, text: axis.label, color: style('--muted') },
    border: { color: style('--line') },
    grid: { display: grid, color: style('--line') },
    afterBuildTicks: (built: { ticks: { value: number }[] }) => {
      built.ticks = axis.ticks.map(({ value }) => ({ value }));
    },
    ticks: {
      color: style('--muted'),
      autoSkip: true,
      maxRotation: 0,
      callback: (value: number | string) => labels.get(Number(value)) ?? '',
    },
  } as unknown as ScaleOptionsByType<'linear'>;
}

/** Draws the range over the rounds, and at the end of a bar its figure: what a reader of bars looks for. */
function ranges(spec: ChartSpec): Plugin {
  return {
    id: 'ranges',
    afterDatasetsDraw: (chart) => {
      const { ctx } = chart;
      const bars = namesOf(spec) !== undefined;
      const axis = chart.scales[bars ? 'x' : 'y'];
      ctx.save();
      ctx.font = `12px ${style('--font')}`;
      ctx.textBaseline = 'middle';
      for (const [index, { points, ours }] of spec.series.entries()) {
        if (!axis || !chart.isDatasetVisible(index)) continue;
        ctx.strokeStyle = style(bars ? '--text' : `--s${spec.series[index]?.color ?? 0}`);
        ctx.globalAlpha = bars || ours ? 0.75 : 0.4;
        ctx.lineWidth = 1;
        for (const [place, element] of chart.getDatasetMeta(index).data.entries()) {
          const point = pointAt(spec, { index, place });
          if (!point) continue;
          const [low, high] = [axis.getPixelForValue(point.low), axis.getPixelForValue(point.high)];
          if (points.length > 0 && point.high > point.low) {
            ctx.beginPath();
            if (bars) {
              ctx.moveTo(low, element.y);
              ctx.lineTo(high, element.y);
            } else {
              ctx.moveTo(element.x, low);
              ctx.lineTo(element.x, high);
            }
            ctx.stroke();
          }
          if (bars) {
            ctx.save();
            ctx.globalAlpha = 1;
            ctx.fillStyle = style('--text');
            ctx.fillText(point.text, Math.max(high, element.x) + 5, element.y);
            ctx.restore();
          }
        }
      }
      ctx.restore();
    },
  };
}

function pointAt(spec: ChartSpec, { index, place }: { index: number; place: number }): Point | undefined {
  const points = spec.series[index]?.points;
  return namesOf(spec) ? points?.find(({ x }) => x === place) : points?.[place];
}

function configOf(spec: ChartSpec): ChartConfiguration {
  const names = namesOf(spec);
  const shared = {
    animation: false as const,
    responsive: true,
    maintainAspectRatio: false,
    color: style('--text'),
    font: { family: style('--font') },
    plugins: {
      legend: { display: false },
      tooltip: {
        callbacks: {
          label: ({ datasetIndex, dataIndex }: { datasetIndex: number; dataIndex: number }) =>
            `${spec.series[datasetIndex]?.name}: ${pointAt(spec, { index: datasetIndex, place: dataIndex })?.text}`,
          title: (items: { dataIndex: number; label: string; parsed: { x: number | null } }[]) =>
            items[0] ? whereOf(spec, items[0]) : '',
        },
      },
    },
  };
  if (names) {
    return {
      type: 'bar',
      data: {
        labels: names.map(wrapped),
        datasets: spec.series.map(({ name, color, points }) => ({
          label: name,
          data: names.map((_, place) => points.find(({ x }) => x === place)?.y ?? null),
          backgroundColor: style(`--s${color}`),
          borderRadius: 3,
          categoryPercentage: 0.8,
        })),
      },
      options: {
        ...shared,
        indexAxis: 'y',
        scales: {
          x: scale(spec.value, { grid: true, withName: false }),
          y: {
            grid: { display: false },
            border: { color: style('--line') },
            ticks: { color: style('--text'), autoSkip: false },
          },
        },
      },
      plugins: [ranges(spec)],
    };
  }
  return {
    type: 'line',
    data: {
      datasets: spec.series.map(({ name, color, ours, points }) => ({
        label: name,
        data: points.map(({ x, y }) => ({ x, y })),
        borderColor: style(`--s${color}`),
        backgroundColor: style(`--s${color}`),
        borderWidth: ours ? 3 : 1.5,
        pointRadius: ours ? 4 : 3,
        order: ours ? 0 : 1,
      })),
    },
    options: {
      ...shared,
      interaction: { mode: 'nearest', axis: 'xy', intersect: false },
      scales: {
        x: scale(acrossOf(spec), { grid: false, withName: true }),
        y: scale(spec.value, { grid: true, withName: false }),
      },
    },
    plugins: [ranges(spec)],
  };
}

function acrossOf({ across, value }: ChartSpec): Axis {
  return 'ticks' in across ? across : value;
}

function whereOf(
  spec: ChartSpec,
  { dataIndex, parsed }: { dataIndex: number; parsed: { x: number | null } },
): string {
  const names = namesOf(spec);
  if (names) return names[dataIndex] ?? '';
  return acrossOf(spec).ticks.find(({ value }) => value === parsed.x)?.label ?? '';
}

function draw(figure: HTMLElement, spec: ChartSpec): ChartOf | undefined {
  const canvas = figure.querySelector('canvas');
  const plot = canvas?.parentElement;
  if (!canvas || !plot) return undefined;
  const names = namesOf(spec);
  if (names) {
    const lines = names.reduce(
      (sum, name) => sum + Math.max(1.2, wrapped(name).length * 0.75, spec.series.length * 0.75),
      0,
    );
    plot.style.height = `${AXIS_PIXELS + BAR_PIXELS * lines}px`;
  }
  return new Chart(canvas, configOf(spec));
}

function drawAll(): Drawn[] {
  const specs = new Map(readSpecs().map((spec) => [spec.id, spec]));
  return [...document.querySelectorAll<HTMLElement>('figure[data-chart]')].flatMap((figure): Drawn[] => {
    const spec = specs.get(figure.dataset.chart ?? '');
    const chart = spec && draw(figure, spec);
    return spec && chart ? [{ figure, spec, hidden: new Set(), chart }] : [];
  });
}

/** A legend's buttons show and hide lines. */
function listen(drawn: Drawn): void {
  for (const button of drawn.figure.querySelectorAll<HTMLButtonElement>('.legend button')) {
    button.addEventListener('click', () => {
      const index = Number(button.dataset.series);
      const visible = !drawn.chart.isDatasetVisible(index);
      if (visible) drawn.hidden.delete(index);
      else drawn.hidden.add(index);
      drawn.chart.setDatasetVisibility(index, visible);
      drawn.chart.update();
      button.setAttribute('aria-pressed', String(visible));
    });
  }
}

/** Colours are the page's: where the system changes between light and dark, everything is drawn anew. */
function redraw(drawn: Drawn): void {
  drawn.chart.destroy();
  const chart = draw(drawn.figure, drawn.spec);
  if (!chart) return;
  drawn.chart = chart;
  for (const index of drawn.hidden) chart.setDatasetVisibility(index, false);
  chart.update();
}

function cellValue(row: HTMLTableRowElement, column: number): string {
  return row.cells[column]?.dataset.value ?? '';
}

/** What has no value stands last, whichever way it is sorted. */
function compare(left: string, right: string, sign: number): number {
  if (left === '' || right === '') return left === right ? 0 : left === '' ? 1 : -1;
  const [one, other] = [Number(left), Number(right)];
  const order =
    Number.isNaN(one) || Number.isNaN(other)
      ? left.localeCompare(right, 'en', { numeric: true })
      : one - other;
  return sign * order;
}

function makeSortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  for (const [column, head] of heads.entries()) {
    head.querySelector('button')?.addEventListener('click', () => {
      const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', direction);
      const sign = direction === 'ascending' ? 1 : -1;
      const body = table.tBodies[0];
      const rows = [...(body?.rows ?? [])];
      body?.append(
        ...rows.sort((left, right) => compare(cellValue(left, column), cellValue(right, column), sign)),
      );
    });
  }
}

function makeFilter(input: HTMLInputElement, status: Element | null): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>('table.sortable tbody tr')];
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent?.toLowerCase() ?? '';
      row.hidden = !words.every((word) => text.includes(word));
    }
    if (status) status.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
  });
}

const charts = drawAll();
for (const drawn of charts) listen(drawn);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(redraw));
for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) makeSortable(table);
const filter = document.querySelector<HTMLInputElement>('.filter input');
if (filter) makeFilter(filter, document.querySelector('.filter [role=status]'));
document.documentElement.dataset.ready = 'true';
