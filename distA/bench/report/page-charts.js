const COLORS = 10;
const LABEL_LENGTH = 24;
const BAR_PIXELS = 26;
const FIGURE_PIXELS = 74;
/** For the axis and its name. */
const AXIS_PIXELS = 64;
function style(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
function colorName(color) {
    return `--s${color % COLORS}`;
}
/** The page's own data, as the report wrote it. */
function readSpecs() {
    return JSON.parse(document.getElementById('charts')?.textContent ?? '[]');
}
function namesOf({ across }) {
    return 'ticks' in across ? undefined : across;
}
/** Long names in several lines, at their commas and spaces. */
function wrapped(name) {
    const lines = [];
    for (const word of name.split(' ')) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + word.length < LABEL_LENGTH)
            lines[lines.length - 1] = `${last} ${word}`;
        else
            lines.push(word);
    }
    return lines;
}
function scale(axis, { grid, withName }) {
    const labels = new Map(axis.ticks.map(({ value, label }) => [value, label]));
    return {
        type: axis.log ? 'logarithmic' : 'linear',
        min: axis.min,
        max: axis.max,
        title: { display: withName, text: axis.label, color: style('--muted') },
        border: { color: style('--line') },
        grid: { display: grid, color: style('--line') },
        afterBuildTicks: (built) => {
            built.ticks = axis.ticks.map(({ value }) => ({ value }));
        },
        ticks: {
            color: style('--muted'),
            autoSkip: true,
            maxRotation: 0,
            callback: (value) => labels.get(Number(value)) ?? '',
        },
    };
}
/** Draws the range over the rounds, and at the end of a bar its figure: what a reader of bars looks for. */
function ranges(spec) {
    return {
        id: 'ranges',
        afterDatasetsDraw: (chart) => {
            const { ctx } = chart;
            const bars = namesOf(spec) !== undefined;
            const axis = chart.scales[bars ? 'x' : 'y'];
            ctx.save();
            ctx.font = `12px ${style('--font')}`;
            ctx.textBaseline = 'middle';
            for (const [index, { points, ours, color }] of spec.series.entries()) {
                if (!axis || !chart.isDatasetVisible(index))
                    continue;
                ctx.strokeStyle = style(bars ? '--text' : colorName(color));
                ctx.globalAlpha = bars || ours ? 0.75 : 0.4;
                ctx.lineWidth = 1;
                for (const [place, element] of chart.getDatasetMeta(index).data.entries()) {
                    const point = pointAt(spec, { index, place });
                    if (!point)
                        continue;
                    const [low, high] = [axis.getPixelForValue(point.low), axis.getPixelForValue(point.high)];
                    if (points.length > 0 && point.high > point.low) {
                        ctx.beginPath();
                        if (bars) {
                            ctx.moveTo(low, element.y);
                            ctx.lineTo(high, element.y);
                        }
                        else {
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
function pointAt(spec, { index, place }) {
    const points = spec.series[index]?.points;
    return namesOf(spec) ? points?.find(({ x }) => x === place) : points?.[place];
}
function configOf(spec) {
    const names = namesOf(spec);
    const shared = {
        animation: false,
        // Beyond the longest bar, for its figure.
        layout: { padding: { right: names ? FIGURE_PIXELS : 0 } },
        responsive: true,
        maintainAspectRatio: false,
        color: style('--text'),
        font: { family: style('--font') },
        plugins: {
            legend: { display: false },
            tooltip: {
                callbacks: {
                    label: ({ datasetIndex, dataIndex }) => `${spec.series[datasetIndex]?.name}: ${pointAt(spec, { index: datasetIndex, place: dataIndex })?.text}`,
                    title: (items) => items[0] ? whereOf(spec, items[0]) : '',
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
                    backgroundColor: names.map((_, place) => style(points.find(({ x }) => x === place)?.quiet ? '--quiet' : colorName(color))),
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
                borderColor: style(colorName(color)),
                backgroundColor: style(colorName(color)),
                borderWidth: ours ? 3 : 1.5,
                borderDash: color < COLORS ? [] : [6, 4],
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
function acrossOf({ across, value }) {
    return 'ticks' in across ? across : value;
}
function whereOf(spec, { dataIndex, parsed }) {
    const names = namesOf(spec);
    if (names)
        return names[dataIndex] ?? '';
    return acrossOf(spec).ticks.find(({ value }) => value === parsed.x)?.label ?? '';
}
function draw(figure, spec) {
    const canvas = figure.querySelector('canvas');
    const plot = canvas?.parentElement;
    if (!canvas || !plot)
        return undefined;
    const names = namesOf(spec);
    if (names) {
        const lines = names.reduce((sum, name) => sum + Math.max(1.2, wrapped(name).length * 0.75, spec.series.length * 0.75), 0);
        plot.style.height = `${AXIS_PIXELS + BAR_PIXELS * lines}px`;
    }
    return new Chart(canvas, configOf(spec));
}
function drawAll() {
    const specs = new Map(readSpecs().map((spec) => [spec.id, spec]));
    return [...document.querySelectorAll('figure[data-chart]')].flatMap((figure) => {
        const spec = specs.get(figure.dataset.chart ?? '');
        const chart = spec && draw(figure, spec);
        return spec && chart ? [{ figure, spec, hidden: new Set(), chart }] : [];
    });
}
/** A legend's buttons show and hide lines. */
function listen(drawn) {
    for (const button of drawn.figure.querySelectorAll('.legend button')) {
        button.addEventListener('click', () => {
            const index = Number(button.dataset.series);
            const visible = !drawn.chart.isDatasetVisible(index);
            if (visible)
                drawn.hidden.delete(index);
            else
                drawn.hidden.add(index);
            drawn.chart.setDatasetVisibility(index, visible);
            drawn.chart.update();
            button.setAttribute('aria-pressed', String(visible));
        });
    }
}
/** Colours are the page's: where the system changes between light and dark, everything is drawn anew. */
function redraw(drawn) {
    drawn.chart.destroy();
    const chart = draw(drawn.figure, drawn.spec);
    if (!chart)
        return;
    drawn.chart = chart;
    for (const index of drawn.hidden)
        chart.setDatasetVisibility(index, false);
    chart.update();
}
const charts = drawAll();
for (const drawn of charts)
    listen(drawn);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(redraw));
// For whoever has to wait until everything is drawn: a test, or what takes a picture.
document.documentElement.dataset.drawn = String(charts.length);
export {};
