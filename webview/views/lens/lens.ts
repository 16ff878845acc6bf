/** The logit lens or a tuned lens: a grid of layers and tokens, and the answers' probabilities by layer at one position. */
import { hasLens, type ExplainedLens, type LensExplanation } from '../../../src/protocol/documents/explanation';
import { el } from '../../ui/dom';
import { folding } from '../../ui/folding';
import { exportBar } from '../../page/exports';
import { focusPositions } from '../../page/focus';
import { figureTable } from '../../figures/figure';
import { Heatmap } from '../../figures/heatmap/heatmap';
import { linesView } from './lines';
import { byTunedLens, comparedLines, comparedRows, divergenceTable, lensCell, lensGrid, lensLines, lensRows } from '../../../src/figures/lens';
import { fileStem, sameReading, type Page, type View } from '../../page/page';
import { placeEvents } from '../../page/place-actions';
import { pictureWords } from '../../page/picture-words';
import { plain } from '../../../src/figures/kinds/text';
import type { Grid } from '../../../src/figures/kinds/grid';

const LOGIT = 'Logit lens';
const TUNED = 'Tuned lens';

export function lensView(page: Page): View {
  const { selection, controls } = page;
  let given: LensExplanation | null = null;
  /** What is given, with the lens that is looked at. */
  let explanation: LensExplanation | null = null;
  let tuned = false;
  const isTuned = () => tuned && given?.lens.tuned !== undefined;
  let answer: string | null = null;
  /** The lens whose distances are shown. */
  let measured: ExplainedLens | null = null;
  let grid: Grid | null = null;
  const positionOf = (column: number) => grid!.columns[column].position!;
  const layerOfRow = (row: number) => (row < 0 ? null : row - 1); // the first row is the embedding
  const heatmap = new Heatmap(
    { title: 'Lens', minCell: 58, maxCell: 92, controls, drawing: page.drawing },
    {
      ...placeEvents(page, () => grid!),
      describe: ({ row, column }) => lensCell(explanation!, row, positionOf(column)),
      onSelect: ({ row, column }) => selection.set({ position: positionOf(column), layer: layerOfRow(row) }),
    },
  );
  const choice = controls.choice('Show', (value) => {
    answer = value || null;
    if (explanation) heatmap.show(gridOf(explanation));
  });
  const lens = controls.choice('Lens', (value) => {
    tuned = value === 'tuned';
    if (given) showLens(given);
  });
  const showChoice = () => lens.show([{ value: '', label: 'logit lens' }, { value: 'tuned', label: 'tuned lens' }], tuned ? 'tuned' : '');
  showChoice();
  const gridOf = (of: LensExplanation) => (grid = lensGrid(of, answer));
  const lines = linesView(page, {
    name: 'lens-lines', title: 'Answers by layer', of: lensLines, rows: (shown, at) => lensRows(shown).filter(({ position }) => position === at),
  });
  const compared = linesView(page, { name: 'lenses-compared', title: 'Both lenses by layer', of: comparedLines, rows: comparedRows });
  page.places?.onChange(() => heatmap.refresh());
  const selectedCell = () => {
    const { position, layer } = selection.value;
    const column = grid?.columns.findIndex((candidate) => candidate.position === position) ?? -1;
    return position === null || column < 0 ? null : { row: layer === null ? -1 : layer + 1, column };
  };
  selection.onChange((_, origin) => {
    if (origin === 'reset') heatmap.mark(selectedCell());
    else heatmap.select(selectedCell(), origin === 'editor');
  });
  const heading = el('h2', {}, LOGIT);
  const exports = exportBar(page, 'Lens', () =>
    explanation
      ? {
          name: `${fileStem(explanation)}-${isTuned() ? 'tuned-' : ''}lens`,
          rows: () => lensRows(explanation!),
          picture: (theme) => heatmap.picture(pictureWords(`${isTuned() ? TUNED : LOGIT}: ${grid!.scale.label}`, explanation!), theme)!,
        }
      : null,
  );
  /** How far both are from the model. */
  const distances = el('div', { 'data-region': 'divergence' });
  const element = el(
    'section',
    { id: 'lens', class: 'card', 'aria-label': 'Lens' },
    heading,
    folding('What this shows', el('p', { class: 'muted' }, 'What the model would say next if it stopped after each layer: the final norm and the unembedding, applied to the residual stream there. The tuned lens, where the model has one, first applies an affine map that was trained for the layer, so that middle layers are not judged by the basis of the last.')),
    el('div', { class: 'controls' }, lens.element, choice.element, heatmap.choices, exports),
    heatmap.element,
    lines.element,
    compared.element,
    distances,
  );
  /** The tuned lens in the place of the logit lens, the same object as long as the lens is the same. */
  let translated: { from: ExplainedLens; lens: ExplainedLens } | null = null;
  const looked = (of: LensExplanation): LensExplanation => {
    if (!isTuned()) return of;
    if (translated?.from !== of.lens) translated = { from: of.lens, lens: byTunedLens(of)!.lens };
    return { ...of, lens: translated.lens };
  };
  const showLens = (next: LensExplanation) => {
    const before = explanation;
    if (next.tunedAlone && next.lens !== given?.lens) {
      tuned = true;
      showChoice();
    }
    given = next;
    lens.element.hidden = compared.element.hidden = next.lens.tuned === undefined;
    explanation = looked(next);
    const title = !next.lens.tuned ? LOGIT : isTuned() ? `${TUNED}, beside the logit lens` : `${LOGIT}, beside the tuned lens`;
    heading.textContent = title;
    element.setAttribute('aria-label', title);
    const { lens: { labels }, tokens, actual, counterfactual } = explanation;
    const other = explanation.lens !== before?.lens || tokens !== before.tokens;
    if (other || actual !== before.actual || counterfactual !== before.counterfactual) {
      if (answer !== null && !labels.includes(answer)) answer = null;
      if (before?.lens.labels.join() !== labels.join()) {
        const options = labels.map((label) => ({ value: label, label: `probability of ${plain(label)}` }));
        choice.show([{ value: '', label: 'top token' }, ...options], answer ?? '');
      }
      const { columns } = gridOf(explanation);
      const more = actual !== before?.actual || counterfactual !== before?.counterfactual; // of what has to be in sight
      const begins = !sameReading(before, explanation) || (more && heatmap.isAtStart);
      heatmap.show(grid!, begins ? columns.length - 1 : null, focusPositions(explanation, actual, counterfactual));
      heatmap.mark(selectedCell());
    }
    lines.show(explanation);
    if (next.lens.tuned) compared.show(next);
    if (!next.lens.tuned?.divergence) distances.replaceChildren();
    else if (next.lens !== measured) {
      const figure = divergenceTable(next.lens);
      distances.replaceChildren(el('h3', {}, figure.title), el('p', { class: 'muted' }, figure.about), figureTable(figure));
    }
    measured = next.lens;
  };
  return {
    element,
    show: ({ explanation: next }) => {
      if (hasLens(next)) showLens(next);
    },
  };
}
