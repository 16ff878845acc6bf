/** The explained code with its tokens' boundaries, coloured on request by what patching does at a layer. */
import type { Explanation } from '../../../src/protocol/documents/explanation';
import { questionWords } from '../../../src/protocol/words/question';
import { ink, scaleColour } from '../../ui/colours';
import { card, el } from '../../ui/dom';
import { patchingGrid } from '../../../src/figures/patching/patching';
import { codeLines } from '../display';
import { useIn } from '../../page/place-actions';
import type { Page, View } from '../../page/page';
import type { Selection } from '../../page/selection';
import { Slot } from '../../ui/slot';
import { shownCode, plain, visible } from '../../../src/figures/kinds/text';
import { currentTheme, onThemeChange } from '../../ui/theme';
import type { Grid } from '../../../src/figures/kinds/grid';

interface Piece {
  element: HTMLElement;
  position: number;
}

export function codeView(page: Page): View {
  const { selection, controls } = page;
  let pieces: Piece[] = [];
  let grid: Grid | null = null;
  let layer: number | null = null;
  let offered = '';
  const uses = new Slot();
  const paint = () => {
    paintPieces(pieces, grid, layer, selection);
    const { position } = selection.value;
    uses.show([position, page.places?.isOpen], () => [position === null ? null : useIn(page, { position, layer: null, head: null })]);
  };
  selection.onChange(paint);
  page.places?.onChange(paint);
  onThemeChange(paint);

  const colours = controls.choice('Colour', (value) => {
    layer = value === '' ? null : Number(value);
    paint();
  });
  const code = new Slot(el('div', { class: 'code', tabindex: '0', role: 'region', 'aria-label': 'The code with its tokens. Arrow keys move from token to token.' }));
  code.element.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const at = pieces.findIndex(({ position }) => position === selection.value.position);
    const next = pieces[Math.min(pieces.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    if (!next) return;
    selection.set({ ...selection.value, position: next.position });
    next.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  const count = el('p', { class: 'muted' });
  return {
    element: card('Code', colours.element, code.element, count, uses.element),
    show: ({ explanation }) => {
      const { source, tokens, actual, template } = explanation;
      code.show([source, tokens, actual], () => {
        pieces = [];
        return lineElements(explanation, selection, pieces);
      });
      const inside = tokens.filter(({ start }) => start !== null).length;
      count.textContent = `${inside} tokens of code, ${questionWords(template).around(tokens.length)}. Click a token to follow it through the other views.`;
      grid = patchingGrid(explanation);
      if (layer !== null && layer >= (grid?.rows.length ?? 0)) layer = null;
      const sites = (grid?.rows ?? []).map(({ site }) => site);
      colours.element.hidden = !grid;
      if (offered !== sites.join()) {
        offered = sites.join();
        const options = sites.map((site, i) => ({ value: String(i), label: `patching at ${visible(site)}` }));
        colours.show([{ value: '', label: 'token boundaries only' }, ...options], layer === null ? '' : String(layer));
      }
      paint();
    },
  };
}

function lineElements(explanation: Explanation, selection: Selection, pieces: Piece[]): HTMLElement[] {
  const { source, tokens, actual } = explanation;
  return codeLines(source, tokens).map(({ number, cell, pieces: parts }) => {
    const text = parts.map(({ text, position }) => {
      const shown = shownCode(text.replace(/\n$/, ''));
      if (position === null) return el('bdi', {}, shown);
      const newline = text.endsWith('\n') && el('span', { class: 'newline', 'aria-hidden': 'true' }, '↵');
      const title = `token ${position}: ${visible(tokens[position].text)} (id ${tokens[position].id})`;
      const element = el('bdi', { class: 'token', 'data-position': String(position), title }, shown, newline);
      element.addEventListener('click', () => selection.set({ ...selection.value, position }));
      pieces.push({ element, position });
      return element;
    });
    const failing = actual?.line === number && (actual.cell ?? source.parts?.at(-1)?.cell) === cell;
    const mark = el('span', { class: 'number', ...(failing && { title: `${plain(actual.label)} on this line` }) }, String(number));
    return el('div', { class: failing ? 'line failing' : 'line' }, mark, el('span', { class: 'text' }, ...text));
  });
}

function paintPieces(pieces: readonly Piece[], grid: Grid | null, layer: number | null, selection: Selection): void {
  const { dark } = currentTheme();
  const values = new Map<number, number | null>();
  if (grid && layer !== null) {
    for (const [column, { position }] of grid.columns.entries()) if (position !== null) values.set(position, grid.values[layer][column]);
  }
  for (const { element, position } of pieces) {
    element.classList.toggle('selected', position === selection.value.position);
    const value = values.get(position) ?? null;
    const colour = value === null ? '' : scaleColour(grid!.scale, value, dark);
    element.style.backgroundColor = colour;
    element.style.color = colour && ink(colour);
  }
}
