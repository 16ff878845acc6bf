/** Activation patching: a heatmap of layers and aligned tokens, which fills in while the patches are made. */
import type { ExplainedPatching, Explanation } from '../../../src/protocol/documents/explanation';
import { questionWords } from '../../../src/protocol/words/question';
import { isOpenQuestion } from '../../../src/vocabulary/open-questions';
import { estimateWords } from '../../../src/protocol/words/estimate';
import { el } from '../../ui/dom';
import { folding } from '../../ui/folding';
import { exportBar } from '../../page/exports';
import { focusPositions } from '../../page/focus';
import { Heatmap } from '../../figures/heatmap/heatmap';
import { patchingCell, patchingGrid, patchingRows } from '../../../src/figures/patching/patching';
import { fileStem, sameReading, type Page, type PatchRequest, type Shown, type View } from '../../page/page';
import type { PatchingControls } from './controls';
import { placeEvents } from '../../page/place-actions';
import { comparedIn, pictureWords, type PictureWords } from '../../page/picture-words';
import { Slot } from '../../ui/slot';
import { decimal, percent, shownCode, plain, visible } from '../../../src/figures/kinds/text';
import type { Grid } from '../../../src/figures/kinds/grid';

/** @param ask the choices of a page that can patch again */
export function patchingView(page: Page, ask: PatchingControls | null): View {
  const { selection, controls } = page;
  let explanation: Explanation | null = null;
  let grid: Grid | null = null;
  const heatmap = new Heatmap(
    { title: 'Activation patching', minCell: 24, maxCell: 64, controls, drawing: page.drawing },
    {
      ...placeEvents(page, () => grid!),
      describe: ({ row, column }) => patchingCell(explanation!, grid!, row, column),
      onSelect: ({ row, column }) => {
        const position = grid!.columns[column].position;
        if (position !== null) selection.set({ position, layer: row < 0 ? null : row });
      },
    },
  );
  page.places?.onChange(() => heatmap.refresh());
  const selectedCell = () => {
    const { position, layer } = selection.value;
    const column = grid?.columns.findIndex((candidate) => candidate.position === position) ?? -1;
    return position === null || column < 0 ? null : { row: layer ?? -1, column };
  };
  selection.onChange((_, origin) => {
    if (origin === 'reset') heatmap.mark(selectedCell());
    else heatmap.select(selectedCell(), origin === 'editor');
  });
  const exports = exportBar(page, 'Patching', () =>
    explanation && grid
      ? {
          name: `${fileStem(explanation)}-patching`,
          rows: () => patchingRows(explanation!),
          picture: (theme) => heatmap.picture(wordsOf(explanation!), theme)!,
        }
      : null,
  );
  const [why, words] = [new Slot(), new Slot()];
  const progress = el('p', { class: 'muted', 'data-part': 'progress', hidden: '' });
  const everyCell = controls.button(
    'Patch every cell',
    () => {
      const { site, direction, window, metric } = explanation!.patching!;
      const answers: [string, string] | null = metric.basis === 'chosen' ? [metric.positive, metric.negative] : null;
      page.patch?.({ variant: null, site: site as PatchRequest['site'], direction, window, answers, exact: true });
    },
    { title: 'Really patch the cells that are estimated as well, which takes longer', attributes: { 'data-action': 'patchEveryCell', hidden: '' } },
  );
  const toolbar = el('div', { class: 'controls' }, heatmap.choices, everyCell, exports);
  const drawn = el('div', { hidden: '' }, folding('What this shows', words.element), toolbar, progress, heatmap.element);
  const element = el(
    'section',
    { id: 'patching', class: 'card', 'aria-label': 'Patching' },
    el('h2', {}, 'Activation patching'),
    ask && folding('Compare with another variant, site or direction', ask.element),
    why.element,
    drawn,
  );
  return {
    element,
    show: (shown) => {
      const before = explanation;
      explanation = shown.explanation;
      ask?.show(shown);
      const reason = whyNot(shown);
      why.show(reason, () => [reason !== null && el('p', { class: 'muted' }, reason)]);
      const same = sameComparison(before, explanation);
      grid = patchingGrid(explanation);
      drawn.hidden = grid === null;
      if (!grid) return;
      const { patching, counterfactual } = explanation;
      const depends = { ...patching, effect: null, logitDifference: null, description: counterfactual!.description };
      words.show(depends, () => description(explanation!));
      const state = stateWords(patching!, grid);
      progress.hidden = state === null;
      progress.textContent = state;
      everyCell.hidden = !grid.estimated || page.patch === null || !shown.live || shown.progress === 'running';
      // The first patches may be weak ones, so what is strong is known at the end.
      const begins = !same || (shown.progress !== 'running' && heatmap.isAtStart);
      heatmap.show(grid, begins ? firstStrong(grid) : null, focusPositions(explanation, explanation.actual, explanation.counterfactual));
      heatmap.mark(selectedCell());
    },
  };
}

/** Why there is nothing to see; null when there is. */
export function whyNot({ explanation, progress }: Shown): string | null {
  if (explanation.patching && explanation.counterfactual) return null;
  if (progress === 'stopped') return 'This was stopped before anything was patched.';
  if (progress === 'running') return explanation.counterfactual ? 'Patching has not begun yet.' : 'A variant to compare with is being looked for.';
  return explanation.counterfactual
    ? 'The answers of the two programs could not be told apart, so there is no difference to patch.'
    : `Nothing was patched: there is no variant that this was compared with.${isOpenQuestion(explanation.template) ? ` ${questionWords(explanation.template).compare}` : ''}`;
}

/** Whether two explanations' heatmaps have the same cells. */
function sameComparison(a: Explanation | null, b: Explanation): boolean {
  return sameReading(a, b) && a?.counterfactual?.code === b.counterfactual?.code && (a?.patching ?? null) !== null;
}

/** The first column with at least half of the largest effect, where reading begins; the edit while nothing is known. */
export function firstStrong({ columns, values }: Grid): number {
  const sizes = columns.map((_, column) => Math.max(0, ...values.map((row) => Math.abs(row[column] ?? 0))));
  const largest = Math.max(0, ...sizes);
  return Math.max(0, largest > 0 ? sizes.findIndex((size) => size >= largest / 2) : columns.findIndex(({ mark }) => mark !== 'same'));
}

/** How many patches are made, of how many. */
export function counted({ columns, values }: Grid): [done: number, all: number] {
  const patchable = columns.flatMap(({ mark }, column) => (mark === 'same' || mark === 'changed' ? [column] : []));
  const done = values.reduce((sum, row) => sum + patchable.filter((column) => row[column] !== null).length, 0);
  return [done, patchable.length * values.length];
}

/** How much of the heatmap is measured; null where all of it is, and there is no estimate to compare with. */
function stateWords({ estimate }: ExplainedPatching, grid: Grid): string | null {
  const [done, all] = counted(grid);
  if (done < all) return `${done} of ${all} patches are done; a ring stands for one that is not.`;
  return estimate ? `${estimateWords(estimate, percent)}${grid.estimated ? ' A dot marks an estimate.' : ''}` : null;
}

function wordsOf(explanation: Explanation): PictureWords {
  const { estimate, direction, site, window } = explanation.patching!;
  const all = !estimate || estimate.measuredCells === estimate.cells;
  const more = all ? [] : [`${estimate.measuredCells} of ${estimate.cells} cells patched, the others estimated`];
  return pictureWords(`Activation patching (${direction}), ${site}${window ? `, ${window} layers at once` : ''}`, explanation, comparedIn(explanation), more);
}

function description({ patching, counterfactual }: Explanation): HTMLElement[] {
  const { metric, clean, corrupted, direction, site, window } = patching!;
  const layers = window ? `, in ${window} layers at once, from that of its row on` : '';
  const into = direction === 'denoising' ? 'from the original put into the variant’s run' : 'from the variant put into the original’s run';
  return [
    el('p', { class: 'muted' }, `Each cell is one run with one activation (${visible(site)}) ${into} (${direction})${layers}. Blue moves the answer the whole way or part of it, the background’s colour does nothing, orange moves it the other way.`),
    el(
      'dl',
      { class: 'facts' },
      fact('Variant', shownCode(counterfactual!.description)),
      fact('Metric', `logit of ${plain(metric.positive)} − logit of ${plain(metric.negative)}${behindText(patching!)}`),
      fact('In the original', decimal(clean)),
      fact('In the variant', decimal(corrupted)),
      fact('Marks', 'tinted: the token differs · hatched: no counterpart'),
    ),
  ];
}

/** Where the metric is read, if not at the prompt's end. */
function behindText({ behind }: ExplainedPatching): string {
  return behind ? `, behind “${visible(behind.tokens.map(({ text }) => text).join(''))}”, with which both begin` : '';
}

function fact(name: string, value: string): HTMLElement {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}
