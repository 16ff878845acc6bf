/** The logit lens: a grid of layers and tokens, and the answers' probabilities by layer at one position. */
import { hasLens, type LensExplanation } from '../../../src/protocol/explanation';
import { el } from '../../ui/dom';
import { folding } from '../../ui/folding';
import { exportBar } from '../../page/exports';
import { focusPositions } from '../../page/focus';
import { Heatmap } from '../../figures/heatmap/heatmap';
import { linesView } from './lines';
import { lensCell, lensGrid, lensRows } from '../../../src/figures/lens';
import { fileStem, sameReading, type Page, type View } from '../../page/page';
import { pictureWords } from '../../page/picture-words';
import { plain } from '../../../src/figures/text';
import type { Grid } from '../../../src/figures/grid';

export function lensView(page: Page): View {
  const { selection, controls } = page;
  let explanation: LensExplanation | null = null;
  let answer: string | null = null;
  let grid: Grid | null = null;
  const positionOf = (column: number) => grid!.columns[column].position!;
  const layerOfRow = (row: number) => (row < 0 ? null : row - 1); // the first row is the embedding
  const heatmap = new Heatmap(
    { title: 'Logit lens', minCell: 58, maxCell: 92, controls, drawing: page.drawing },
    {
      describe: ({ row, column }) => lensCell(explanation!, row, positionOf(column)),
      onSelect: ({ row, column }) => selection.set({ position: positionOf(column), layer: layerOfRow(row) }),
    },
  );
  const choice = controls.choice('Show', (value) => {
    answer = value || null;
    if (explanation) heatmap.show(gridOf(explanation));
  });
  const gridOf = (of: LensExplanation) => (grid = lensGrid(of, answer));
  const lines = linesView(page);
  const selectedCell = () => {
    const { position, layer } = selection.value;
    const column = grid?.columns.findIndex((candidate) => candidate.position === position) ?? -1;
    return position === null || column < 0 ? null : { row: layer === null ? -1 : layer + 1, column };
  };
  selection.onChange((_, origin) => {
    if (origin === 'reset') heatmap.mark(selectedCell());
    else heatmap.select(selectedCell(), origin === 'editor');
  });
  const exports = exportBar(page, 'Logit lens', () =>
    explanation
      ? {
          name: `${fileStem(explanation)}-lens`,
          rows: () => lensRows(explanation!),
          picture: (theme) => heatmap.picture(pictureWords(`Logit lens: ${grid!.scale.label}`, explanation!), theme)!,
        }
      : null,
  );
  const element = el(
    'section',
    { id: 'lens', class: 'card', 'aria-label': 'Logit lens' },
    el('h2', {}, 'Logit lens'),
    folding('What this shows', el('p', { class: 'muted' }, 'What the model would say next if it stopped after each layer: the final norm and the unembedding, applied to the residual stream there.')),
    el('div', { class: 'controls' }, choice.element, heatmap.choices, exports),
    heatmap.element,
    lines.element,
  );
  return {
    element,
    show: (shown) => {
      if (!hasLens(shown.explanation)) return;
      const before = explanation;
      explanation = shown.explanation;
      const { lens, tokens, actual, counterfactual } = explanation;
      if (lens !== before?.lens || tokens !== before.tokens || actual !== before.actual || counterfactual !== before.counterfactual) {
        if (answer !== null && !lens.labels.includes(answer)) answer = null;
        if (before?.lens.labels.join() !== lens.labels.join()) {
          const options = lens.labels.map((label) => ({ value: label, label: `probability of ${plain(label)}` }));
          choice.show([{ value: '', label: 'top token' }, ...options], answer ?? '');
        }
        const { columns } = gridOf(explanation);
        const more = actual !== before?.actual || counterfactual !== before?.counterfactual; // of what has to be in sight
        const begins = !sameReading(before, explanation) || (more && heatmap.isAtStart);
        heatmap.show(grid!, begins ? columns.length - 1 : null, focusPositions(explanation, actual, counterfactual));
        heatmap.mark(selectedCell());
      }
      lines.show(shown);
    },
  };
}
