/** What a question puts before the code, such as solved examples, folded away: nothing happens there that tells two programs apart. */
import { el } from '../ui/dom';
import type { Controls } from '../ui/controls';
import type { Grid } from '../../src/figures/grid';

/** Fewer columns are not worth folding. */
const LEAST_FOLDED = 8;

/** A grid without the columns before the code, and how many these are; the whole grid where they are few. */
export function foldedGrid(grid: Grid): { grid: Grid; folded: number } {
  const first = grid.columns.findIndex(({ template }) => !template);
  if (first < LEAST_FOLDED) return { grid, folded: 0 };
  const { columns, values, estimated, texts, means } = grid;
  return {
    folded: first,
    grid: {
      ...grid,
      columns: columns.slice(first),
      values: values.map((row) => row.slice(first)),
      ...(estimated && { estimated: estimated.map((row) => row.slice(first)) }),
      texts: texts && texts.map((row) => row.slice(first)),
      means: means && { ...means, columns: means.columns.slice(first) },
    },
  };
}

/** Folds grids until the reader wants to see all of them. */
export class Fold {
  readonly element: HTMLElement;
  private readonly words = el('span', { class: 'muted', 'data-part': 'folded' });
  private all = false;

  constructor(controls: Controls, onChange: () => void) {
    const toggle = controls.toggle('Show them', (on) => {
      this.all = on;
      onChange();
    });
    this.element = el('div', { class: 'controls', hidden: '' }, this.words, toggle);
  }

  grid(whole: Grid): Grid {
    const { grid, folded } = foldedGrid(whole);
    this.element.hidden = folded === 0;
    this.words.textContent = `The question puts ${folded} tokens before the code.`;
    return this.all ? whole : grid;
  }
}
