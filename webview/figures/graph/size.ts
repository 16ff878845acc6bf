/** How much of a graph is seen: a slider over its sizes, and what was measured at the one that is chosen. */
import type { GraphFigure } from '../../../src/figures/kinds/figure';
import { largestSize, measuredAt, mostShown, sizesOf } from '../../../src/figures/kinds/graph-pruning';
import { decimal } from '../../../src/figures/kinds/text';
import { el } from '../../ui/dom';

/** Milliseconds: while the slider moves, a layout takes longer than a frame. */
const STILL = 120;

/** "12 of 310 nodes". */
export function sizeWords(figure: GraphFigure, size: number): string {
  const [all, most] = [largestSize(figure), mostShown(figure)];
  return `${size} of ${all} ${figure.pruning?.by ?? 'nodes'}${most < all ? ` (${most} are shown at most; the CSV has all)` : ''}`;
}

/** What was measured at a size, or at the one that is nearest. */
export function measuredWords({ pruning }: GraphFigure, size: number): string {
  const found = measuredAt(pruning?.curve ?? [], size);
  if (!found) return 'How faithful so many are has not been measured.';
  const { faithfulness, completeness, random } = found;
  const where = found.size === size ? 'Measured at this size' : `Not measured at this size; at the nearest one that was, ${found.size}`;
  const shares = [
    `faithfulness ${decimal(faithfulness)}`,
    completeness !== null && `completeness ${decimal(completeness)}`,
    random !== null && `faithfulness of as many at random ${decimal(random)}`,
  ];
  return `${where}: ${shares.filter(Boolean).join(', ')}.`;
}

export class SizeChoice {
  private readonly slider = el('input', { type: 'range', min: '0', step: '1', class: 'graph-slider' });
  private readonly count = el('span', { class: 'graph-count' });
  private readonly measured = el('span', { class: 'graph-measured muted', 'aria-live': 'polite' });
  readonly element = el('div', { class: 'graph-size' }, el('label', {}, el('span', {}, 'Show the strongest'), this.slider), this.count, this.measured);
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private sizes: number[] = [];
  private figure: GraphFigure | null = null;

  /** @param choose is told the size, once the slider rests */
  constructor(choose: (size: number) => void) {
    this.slider.addEventListener('input', () => {
      const size = this.sizes[Number(this.slider.value)];
      this.say(size);
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => choose(size), STILL);
    });
  }

  show(figure: GraphFigure, size: number): void {
    this.figure = figure;
    this.sizes = sizesOf(figure);
    this.slider.max = String(Math.max(0, this.sizes.length - 1));
    this.slider.value = String(Math.max(0, this.sizes.findLastIndex((one) => one <= size)));
    this.say(size);
  }

  private say(size: number): void {
    const words = [sizeWords(this.figure!, size), measuredWords(this.figure!, size)];
    [this.count.textContent, this.measured.textContent] = words;
    this.slider.setAttribute('aria-valuetext', words.join('. '));
  }
}
