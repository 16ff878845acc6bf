/** How often a latent has which activation, as bars over an axis of activations. */
import { BarController, BarElement, Chart, LinearScale, Tooltip, type ChartOptions, type Plugin } from 'chart.js';
import { background, common } from './charts';
import { SERIES, type Theme } from '../ui/colours';
import { el } from '../ui/dom';
import { TableBehind } from './table';
import { decimal } from '../../src/figures/kinds/text';
import { currentTheme, onThemeChange } from '../ui/theme';

export interface HistogramBar {
  from: number;
  to: number;
  count: number;
}

Chart.register(BarController, BarElement, LinearScale, Tooltip);

export class Histogram {
  readonly element: HTMLElement;
  private readonly canvas = el('canvas', { role: 'img' });
  private readonly table = new TableBehind(() => ({
    caption: 'Tokens by activation',
    head: ['activation', 'tokens'],
    rows: this.bars.map(({ from, to, count }) => [range(from, to), count.toLocaleString('en-US')]),
  }));
  private bars: HistogramBar[] = [];
  private chart?: Chart;

  constructor() {
    this.element = el('div', {}, el('div', { class: 'frame histogram', 'data-chart': 'histogram' }, this.canvas), this.table.element);
    onThemeChange(() => this.draw());
  }

  show(bars: HistogramBar[]): void {
    if (JSON.stringify(bars) === JSON.stringify(this.bars)) return;
    this.bars = bars;
    const largest = bars.reduce((a, b) => (b.count > a.count ? b : a));
    const words = `Histogram of activations from 0 to ${decimal(bars.at(-1)!.to)}, most often ${range(largest.from, largest.to)}.`;
    this.canvas.setAttribute('aria-label', `${words} The same numbers are in the table below.`);
    this.table.refresh();
    this.draw();
  }

  private draw(): void {
    this.chart?.destroy();
    this.chart = this.bars.length > 0 ? histogramChart(this.canvas, this.bars, currentTheme()) : undefined;
  }
}

/** Between three and seven steps to the end of the axis, of 1, 2 or 5 times a power of ten. */
function step(end: number): number {
  const power = 10 ** Math.floor(Math.log10(end / 3));
  return power * [5, 2, 1].find((times) => (times * power * 3) <= end)!;
}

const range = (from: number, to: number) => `${decimal(from)} to ${decimal(to)}`;

function histogramChart(canvas: HTMLCanvasElement, bars: readonly HistogramBar[], theme: Theme): Chart {
  const axis = (text: string) => ({ title: { display: true, text, color: theme.muted, padding: 2 }, beginAtZero: true });
  const whole = (value: string | number) => (Number.isInteger(Number(value)) ? Number(value).toLocaleString('en-US') : '');
  const colour = SERIES[theme.dark ? 'dark' : 'light'][0];
  const options: ChartOptions<'bar'> = {
    ...common(theme),
    scales: {
      x: {
        ...axis('activation'),
        type: 'linear',
        offset: false,
        max: bars.at(-1)!.to,
        ticks: { color: theme.muted, maxTicksLimit: 6, maxRotation: 0, includeBounds: false, stepSize: step(bars.at(-1)!.to) },
        grid: { display: false, offset: false },
      },
      y: { ...axis('tokens'), ticks: { color: theme.muted, maxTicksLimit: 5, callback: whole }, grid: { color: theme.line } },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        displayColors: false,
        callbacks: {
          title: ([{ dataIndex }]) => `activation ${range(bars[dataIndex].from, bars[dataIndex].to)}`,
          label: ({ dataIndex }) => `${bars[dataIndex].count.toLocaleString('en-US')} tokens`,
        },
      },
    },
  };
  Object.assign(options.plugins!, { background: { colour: theme.surface } });
  return new Chart(canvas, {
    type: 'bar',
    data: {
      datasets: [{
        data: bars.map(({ from, to, count }) => ({ x: (from + to) / 2, y: count })) as never,
        backgroundColor: theme.highContrast ? theme.surface : colour,
        borderColor: colour,
        borderWidth: theme.highContrast ? 1.5 : 0,
        barPercentage: 0.94,
        categoryPercentage: 1,
      }],
    },
    options,
    plugins: [background as Plugin<'bar'>],
  }) as Chart;
}
