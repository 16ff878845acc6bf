/** A whole heatmap as a picture, however much of it is in view. */
import { BasicPlatform } from 'chart.js';
import type { Theme } from '../../ui/colours';
import { heatmapLayout, type HeatmapOptions, type HeatmapState } from './layout';
import { HeatmapPainter } from './paint';
import { WIDEST, type Picture } from '../picture';
import type { Grid } from '../../../src/figures/kinds/grid';

/** The title and the legend need some room, however few the columns. */
const NARROWEST = 520;

export function heatmapPicture(
  grid: Grid,
  width: number,
  options: Omit<HeatmapOptions, 'maxHeight'>,
  { selected, numbers }: Pick<HeatmapState, 'selected' | 'numbers'>,
  theme: Theme,
  words: Pick<Picture, 'title' | 'subtitle'>,
): Picture {
  let layout = heatmapLayout(grid, Math.max(NARROWEST, width), { ...options, maxHeight: Infinity });
  if (layout.totalWidth > WIDEST - 100) layout = heatmapLayout(grid, WIDEST - 100, { ...options, maxHeight: Infinity, fit: true });
  layout = { ...layout, width: layout.totalWidth };
  const state = { grid, layout, scroll: { x: 0, y: 0 }, theme, selected, numbers };
  return {
    ...words,
    theme,
    width: Math.max(NARROWEST, layout.width),
    height: layout.height,
    draw: (canvas, ratio) => {
      const painter = new HeatmapPainter(canvas, state, ratio, BasicPlatform);
      return () => painter.destroy();
    },
  };
}
