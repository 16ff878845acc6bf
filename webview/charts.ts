/** The two plain charts: bars of a prediction, and answers' probabilities by layer. */
import {
  BarController, BarElement, CategoryScale, Chart, Legend, LineController, LineElement, LinearScale, PointElement, Tooltip,
  type ChartOptions, type Plugin,
} from 'chart.js';
import { SERIES, type Theme } from './colours';
import type { Bar } from './model';
import { percent } from './text';

Chart.register(BarController, BarElement, CategoryScale, Legend, LineController, LineElement, LinearScale, PointElement, Tooltip);

/** A background, so that a saved picture is not transparent. */
const background: Plugin = {
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

function common(theme: Theme) {
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false as const,
    color: theme.text,
    font: { family: theme.sans, size: 12 },
  };
}

export function barChart(canvas: HTMLCanvasElement, bars: readonly Bar[], theme: Theme): Chart {
  const colours = SERIES[theme.dark ? 'dark' : 'light'];
  const thick = { maxBarThickness: 18, categoryPercentage: 0.78, barPercentage: 0.95, borderRadius: 3 };
  const options: ChartOptions<'bar'> = {
    ...common(theme),
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
    type: 'bar',
    data: {
      labels: bars.map(({ label, predicted, actual }) => [label, [predicted && '◂ predicted', actual && '✓ true'].filter(Boolean).join(' ')].filter(Boolean)),
      datasets: [
        { label: 'original', data: bars.map(({ original }) => original), backgroundColor: colours[0], ...thick },
        ...(bars[0]?.variant === null ? [] : [{ label: 'variant', data: bars.map(({ variant }) => variant), backgroundColor: colours[1], ...thick }]),
      ],
    },
    options,
    plugins: [background as Plugin<'bar'>, barValues],
  }) as Chart;
}

export interface LineData {
  /** The rows of the lens, bottom first. */
  layers: string[];
  lines: { label: string; values: number[] }[];
}

/** Dashes as well as colours tell the lines apart. */
const DASHES = [[], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3]];

export function lineChart(canvas: HTMLCanvasElement, theme: Theme): Chart<'line', number[]> {
  const options: ChartOptions<'line'> = {
    ...common(theme),
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: { title: { display: true, text: 'layer', color: theme.muted }, ticks: { color: theme.muted }, grid: { display: false } },
      y: {
        min: 0,
        max: 1,
        title: { display: true, text: 'probability', color: theme.muted },
        ticks: { color: theme.muted, callback: (value) => `${Math.round(100 * Number(value))} %`, maxTicksLimit: 6 },
        grid: { color: theme.line },
      },
    },
    plugins: {
      legend: { position: 'bottom', labels: { color: theme.text, usePointStyle: true, pointStyle: 'line', boxWidth: 28 } },
      tooltip: {
        callbacks: {
          title: ([first]) => (/^\d+$/.test(first.label) ? `after layer ${first.label}` : first.label),
          label: ({ dataset, parsed }) => `${dataset.label}: ${percent(Number(parsed.y))}`,
        },
      },
    },
  };
  Object.assign(options.plugins!, { background: { colour: theme.surface } });
  return new Chart(canvas, { type: 'line', data: { labels: [], datasets: [] }, options, plugins: [background as Plugin<'line'>] });
}

export function setLines(chart: Chart<'line', number[]>, { layers, lines }: LineData, theme: Theme): void {
  const colours = SERIES[theme.dark ? 'dark' : 'light'];
  chart.data = {
    labels: layers,
    datasets: lines.map(({ label, values }, i) => ({
      label,
      data: values,
      borderColor: colours[i % colours.length],
      backgroundColor: colours[i % colours.length],
      borderDash: DASHES[i % DASHES.length],
      borderWidth: 2,
      pointRadius: 2.5,
      tension: 0,
    })),
  };
  chart.update('none');
}
