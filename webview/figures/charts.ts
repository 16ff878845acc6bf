/** The two plain charts, bars of a prediction and answers' probabilities by layer: on the page, or still for a picture. */
import {
  BarController, BarElement, BasicPlatform, CategoryScale, Chart, Legend, LineController, LineElement, LinearScale, PointElement, Tooltip,
  type ChartConfiguration, type ChartOptions, type LegendItem, type Plugin,
} from 'chart.js';
import { SERIES, type Theme } from '../ui/colours';
import { decimal, percent, shorten, plain } from '../../src/figures/kinds/text';

export interface Bar {
  label: string;
  original: number;
  /** Null without a variant. */
  variant: number | null;
  /** Of the original program. */
  predicted: boolean;
  /** How it is marked where it is what is true. */
  mark: string | null;
}

Chart.register(BarController, BarElement, CategoryScale, Legend, LineController, LineElement, LinearScale, PointElement, Tooltip);

/** A background, so that a saved picture is not transparent. */
export const background: Plugin = {
  id: 'background',
  beforeDraw: ({ ctx, width, height }, _, { colour }: { colour?: string }) => {
    ctx.save();
    ctx.fillStyle = colour ?? 'transparent';
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

/** Each bar's value in words at its end. */
const barValues: Plugin<'bar'> = {
  id: 'barValues',
  afterDatasetsDraw: (chart, _, { colour, font }: { colour?: string; font?: string }) => {
    const { ctx, data, chartArea } = chart;
    ctx.save();
    ctx.fillStyle = colour ?? '#888';
    ctx.font = font ?? '11px sans-serif';
    ctx.textBaseline = 'middle';
    data.datasets.forEach((dataset, i) => {
      chart.getDatasetMeta(i).data.forEach((bar, at) => {
        const text = percent(dataset.data[at] as number);
        ctx.textAlign = 'left';
        ctx.fillText(text, Math.min(bar.x + 6, chartArea.right + 6), bar.y);
      });
    });
    ctx.restore();
  },
};

/** How many pixels a picture has for one of its units; undefined on the page, where a chart follows its frame. */
type Still = number | undefined;

export function common(theme: Theme, still?: Still) {
  return {
    ...(still === undefined ? { responsive: true } : { responsive: false, devicePixelRatio: still, events: [] }),
    maintainAspectRatio: false,
    animation: false as const,
    color: theme.text,
    font: { family: theme.sans, size: 12 },
  };
}

/** More characters than these are cut off at the left of the chart. */
const LABEL_LENGTH = 26;

/** The lines beside a bar: what it is, and below what is to be said of it, in one line where that has room. */
export function barLabel({ label, predicted, mark }: Pick<Bar, 'label' | 'predicted' | 'mark'>): string[] {
  const notes = [predicted ? '◂ predicted' : '', mark ?? ''].filter((note) => note !== '');
  const joined = notes.join(' · ');
  return [shorten(plain(label), LABEL_LENGTH), ...(joined.length > LABEL_LENGTH ? notes : joined === '' ? [] : [joined])];
}

export function barChart(canvas: HTMLCanvasElement, bars: readonly Bar[], theme: Theme, still?: Still): Chart {
  const colours = SERIES[theme.dark ? 'dark' : 'light'];
  const thick = { maxBarThickness: 18, categoryPercentage: 0.78, barPercentage: 0.95, borderRadius: 3 };
  // Hollow bars are told from full ones without colours.
  const hollow = { backgroundColor: theme.surface, borderColor: colours[1], borderWidth: 2 };
  const second = theme.highContrast ? hollow : { backgroundColor: colours[1] };
  const options: ChartOptions<'bar'> = {
    ...common(theme, still),
    indexAxis: 'y',
    layout: { padding: { right: 58 } },
    scales: {
      x: {
        min: 0,
        max: 1,
        title: { display: true, text: 'probability', color: theme.muted },
        ticks: { color: theme.muted, callback: (value) => `${Math.round(100 * Number(value))} %`, maxTicksLimit: 6 },
        grid: { color: theme.line },
      },
      y: { ticks: { color: theme.text, autoSkip: false }, grid: { display: false } },
    },
    plugins: {
      legend: { display: bars[0]?.variant !== null, position: 'bottom', labels: { color: theme.text, boxWidth: 14, boxHeight: 10 } },
      tooltip: { callbacks: { label: ({ dataset, parsed }) => `${dataset.label}: ${percent(Number(parsed.x))}` } },
    },
  };
  Object.assign(options.plugins!, { background: { colour: theme.surface }, barValues: { colour: theme.muted, font: `11px ${theme.sans}` } });
  return new Chart(canvas, {
    ...(still !== undefined && { platform: BasicPlatform }),
    type: 'bar',
    data: {
      labels: bars.map(barLabel),
      datasets: [
        { label: 'original', data: bars.map(({ original }) => original), backgroundColor: colours[0], ...thick },
        ...(bars[0]?.variant === null ? [] : [{ label: 'variant', data: bars.map(({ variant }) => variant), ...second, ...thick }]),
      ],
    },
    options,
    plugins: [background as Plugin<'bar'>, barValues],
  }) as Chart;
}

export interface LineData {
  /** What is along the axis: the rows of the lens, bottom first, where nothing else is said. */
  layers: string[];
  /** `low` and `high` are drawn as a band. */
  lines: { label: string; values: number[]; low?: number[]; high?: number[] }[];
  /** What the values are; probabilities where left out. */
  unit?: string;
}

type Band = Pick<LineData['lines'][number], 'low' | 'high'>;

/** The bands around lines that have intervals, below the lines. */
const bands: Plugin<'line'> = {
  id: 'bands',
  beforeDatasetsDraw: ({ ctx, data, scales, chartArea: { left, top, width, height } }) => {
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    for (const { low, high, borderColor } of data.datasets as ((typeof data.datasets)[number] & Band)[]) {
      if (!low || !high) continue;
      const at = (i: number, value: number) => [scales.x.getPixelForValue(i), scales.y.getPixelForValue(value)] as const;
      ctx.beginPath();
      high.forEach((value, i) => ctx.lineTo(...at(i, value)));
      for (let i = low.length - 1; i >= 0; i--) ctx.lineTo(...at(i, low[i]));
      ctx.closePath();
      ctx.globalAlpha = 0.18;
      ctx.fillStyle = borderColor as string;
      ctx.fill();
    }
    ctx.restore();
  },
};

/** Layers by their numbers, after the embedding. */
const areLayers = (points: readonly string[]) => points.slice(1).every((point) => /^\d+$/.test(point));

/** Dashes as well as colours tell the lines apart. */
const DASHES = [[], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3]];

/** Chart.js's own labels have a point's style, which has no dashes. */
function dashedLabels(chart: Chart): LegendItem[] {
  const own = Chart.defaults.plugins.legend.labels.generateLabels(chart);
  const dashes = (set: number) => (chart.data.datasets[set] as { borderDash?: number[] }).borderDash;
  return own.map((label) => ({ ...label, lineWidth: 2, lineDash: dashes(label.datasetIndex!) }));
}

export function lineChart(canvas: HTMLCanvasElement, data: LineData, theme: Theme, still?: Still): Chart<'line', number[]> {
  const { unit = 'probability' } = data;
  const shares = unit === 'probability';
  const written = (value: unknown) => (shares ? percent(Number(value)) : decimal(Number(value)));
  const options: ChartOptions<'line'> = {
    ...common(theme, still),
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: { title: { display: areLayers(data.layers), text: 'layer', color: theme.muted }, ticks: { color: theme.muted }, grid: { display: false } },
      y: {
        ...(shares && { min: 0, max: 1 }),
        title: { display: true, text: unit, color: theme.muted },
        ticks: { color: theme.muted, callback: (value) => (shares ? `${Math.round(100 * Number(value))} %` : decimal(Number(value))), maxTicksLimit: 6 },
        grid: { color: theme.line },
      },
    },
    plugins: {
      legend: { position: 'bottom', labels: { color: theme.text, usePointStyle: true, pointStyle: 'line', pointStyleWidth: 34, generateLabels: dashedLabels } },
      tooltip: {
        callbacks: {
          title: ([first]) => (/^\d+$/.test(first.label) ? `after layer ${first.label}` : first.label),
          label: ({ dataset, parsed }) => `${dataset.label}: ${written(parsed.y)}`,
        },
      },
    },
  };
  Object.assign(options.plugins!, { background: { colour: theme.surface } });
  return new Chart(canvas, {
    ...(still !== undefined && { platform: BasicPlatform }),
    type: 'line',
    data: lineData(data, theme, still),
    options,
    plugins: [background as Plugin<'line'>, bands],
  });
}

export function setLines(chart: Chart<'line', number[]>, data: LineData, theme: Theme): void {
  chart.data = lineData(data, theme, undefined);
  chart.update('none');
}

function lineData({ layers, lines }: LineData, theme: Theme, still: Still): ChartConfiguration<'line', number[]>['data'] {
  const colours = SERIES[theme.dark ? 'dark' : 'light'];
  return {
    labels: layers,
    datasets: lines.map(({ label, values, low, high }, i) => ({
      label: plain(label),
      data: values,
      borderColor: colours[i % colours.length],
      backgroundColor: colours[i % colours.length],
      borderDash: DASHES[i % DASHES.length],
      borderWidth: 2,
      pointRadius: 2.5,
      tension: 0,
      ...(low && high && { low, high }),
      // With styles for segments Chart.js draws the line itself rather than a Path2D, which cannot be read.
      ...(still !== undefined && { segment: {} }),
    })),
  };
}
