/** Charts that are painted once for each state, at a size that is given: Chart.js neither measures, animates nor listens. */
import type { Chart } from 'chart.js';

export function paintedOptions(pixelRatio: number) {
  return {
    responsive: false,
    maintainAspectRatio: false,
    animation: false as const,
    events: [],
    devicePixelRatio: pixelRatio,
    layout: { autoPadding: false },
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
  };
}

/** Paints what the chart's data and options say now. */
export function repaint(chart: Pick<Chart, 'width' | 'height' | 'resize' | 'update'>, { width, height }: { width: number; height: number }): void {
  if (chart.width !== width || chart.height !== height) chart.resize(width, height);
  chart.update('none');
}
