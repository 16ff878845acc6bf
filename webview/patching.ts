/** Activation patching: a heatmap of layers and aligned tokens. */
import type { Explanation } from '../src/protocol/explanation';
import { el } from './dom';
import { Heatmap } from './heatmap';
import { fitButton } from './lens';
import { patchingCell, patchingGrid } from './model';
import { exportBar } from './overview';
import { patchingRows } from './records';
import type { Selection } from './selection';
import { decimal } from './text';

export function patchingView(explanation: Explanation, selection: Selection, name: string): HTMLElement {
  const section = (...children: (Node | null)[]) =>
    el('section', { id: 'patching', class: 'card', 'aria-label': 'Patching' }, el('h2', {}, 'Activation patching'), ...children);
  const grid = patchingGrid(explanation);
  const { patching } = explanation;
  if (!grid || !patching) {
    const why = explanation.counterfactual
      ? 'The answers of the two programs could not be told apart, so there is no difference to patch.'
      : 'There is no variant to compare with, so nothing was patched.';
    return section(el('p', { class: 'muted' }, why));
  }
  const edit = grid.columns.findIndex(({ mark }) => mark !== 'same');
  const heatmap = new Heatmap(
    grid,
    { minCell: 24, maxCell: 64, fit: false, start: Math.max(0, edit) },
    {
      describe: ({ row, column }) => patchingCell(explanation, grid, row, column),
      onSelect: ({ row, column }) => {
        const { position } = grid.columns[column];
        if (position !== null) selection.set({ position, layer: row < 0 ? null : row });
      },
    },
    'Activation patching',
  );
  const follow = () => {
    const { position, layer } = selection.value;
    const column = grid.columns.findIndex((candidate) => candidate.position === position);
    heatmap.select(position === null || column < 0 ? null : { row: layer ?? -1, column });
  };
  selection.onChange(follow);
  requestAnimationFrame(follow);
  const { metric, clean, corrupted, direction, site } = patching;
  const into = direction === 'denoising' ? 'from the original put into the variant’s run' : 'from the variant put into the original’s run';
  const exports = exportBar(`${name}-patching`, () => patchingRows(explanation), [['PNG', () => heatmap.savePng(`${name}-patching.png`)]]);
  return section(
    el('p', { class: 'muted' }, `Each cell is one run with one activation (${site}) ${into} (${direction}). Blue moves the answer the whole way or part of it, white does nothing, orange moves it the other way.`),
    el(
      'dl',
      { class: 'facts' },
      fact('Metric', `logit of ${metric.positive} − logit of ${metric.negative}`),
      fact('Original', decimal(clean)),
      fact('Variant', decimal(corrupted)),
      fact('Marks', 'tinted: the token differs · hatched: no counterpart'),
    ),
    el('div', { class: 'controls' }, fitButton(heatmap), exports),
    heatmap.element,
  );
}

function fact(name: string, value: string): HTMLElement {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}
