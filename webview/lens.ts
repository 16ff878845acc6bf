/** The logit lens: a grid of layers and tokens, and the answers' probabilities by layer at one position. */
import type { Explanation } from '../src/protocol/explanation';
import { lineChart, setLines } from './charts';
import { button, choice, downloadPng, el, tableBehind } from './dom';
import { Heatmap } from './heatmap';
import { lensCell, lensGrid, lensLines, siteLabel } from './model';
import { exportBar } from './overview';
import { lensRows } from './records';
import type { Selection } from './selection';
import { percent, visible } from './text';
import { currentTheme, onThemeChange } from './theme';

export function lensView(explanation: Explanation, selection: Selection, name: string): HTMLElement {
  const { lens } = explanation;
  const layerOfRow = (row: number) => (row < 0 ? null : row - 1); // the first row is the embedding
  const heatmap = new Heatmap(
    lensGrid(explanation, null),
    { minCell: 58, maxCell: 92, fit: false, start: lens.positions - 1 },
    {
      describe: ({ row, column }) => lensCell(explanation, row, column),
      onSelect: ({ row, column }) => selection.set({ position: column, layer: layerOfRow(row) }),
    },
    'Logit lens',
  );
  const show = choice(
    'Show:',
    [{ value: '', label: 'top token' }, ...lens.labels.map((label) => ({ value: label, label: `probability of ${label}` }))],
    (value) => heatmap.show(lensGrid(explanation, value || null)),
  );
  const lines = linesView(explanation, selection, name);
  const follow = () => {
    const { position, layer } = selection.value;
    heatmap.select(position === null ? null : { row: layer === null ? -1 : layer + 1, column: position });
  };
  selection.onChange(follow);
  requestAnimationFrame(follow);
  return el(
    'section',
    { id: 'lens', class: 'card', 'aria-label': 'Logit lens' },
    el('h2', {}, 'Logit lens'),
    el('p', { class: 'muted' }, 'What the model would say next if it stopped after each layer: the final norm and the unembedding, applied to the residual stream there.'),
    el('div', { class: 'controls' }, show, fitButton(heatmap), exportBar(`${name}-lens`, () => lensRows(explanation), [['PNG', () => heatmap.savePng(`${name}-lens.png`)]])),
    heatmap.element,
    lines,
  );
}

/** Switches between readable columns and all columns at once. */
export function fitButton(heatmap: Heatmap): HTMLButtonElement {
  let fit = false;
  const toggle = button('Fit all tokens', () => {
    fit = !fit;
    heatmap.fit = fit;
    toggle.setAttribute('aria-pressed', String(fit));
  });
  toggle.setAttribute('aria-pressed', 'false');
  return toggle;
}

function linesView(explanation: Explanation, selection: Selection, name: string): HTMLElement {
  const { lens, tokens } = explanation;
  const canvas = el('canvas', { role: 'img', 'aria-label': 'Lines: the probability of answers by layer. The same numbers are in the table below.' });
  const heading = el('h3');
  const layers = lens.sites.map(siteLabel);
  const position = () => selection.value.position ?? tokens.length - 1;
  let chart: ReturnType<typeof lineChart> | undefined;
  const update = () => {
    const at = position();
    const last = at === tokens.length - 1 ? ' (the last one, where the answer is given)' : '';
    heading.textContent = `Answers by layer after token ${at}, ${visible(tokens[at].text)}${last}`;
    if (chart) setLines(chart, { layers, lines: lensLines(explanation, at) }, currentTheme());
  };
  const draw = () => {
    chart?.destroy();
    chart = lineChart(canvas, currentTheme());
    update();
  };
  selection.onChange(update);
  onThemeChange(draw);
  requestAnimationFrame(draw);
  const table = tableBehind('Show as a table', () => ({
    caption: `Probability of each answer by layer after token ${position()}`,
    head: ['answer', ...layers.map((label) => (/^\d+$/.test(label) ? `layer ${label}` : label))],
    rows: lensLines(explanation, position(), Infinity).map(({ label, values }) => [label, ...values.map(percent)]),
  }));
  const rows = () => lensRows(explanation).filter((row) => row.position === position());
  const exports = exportBar(`${name}-lens-lines`, rows, [['PNG', () => downloadPng(`${name}-lens-lines.png`, canvas)]]);
  return el('div', { class: 'lines' }, el('div', { class: 'controls' }, heading, exports), el('div', { class: 'frame lines-frame' }, canvas), table);
}
