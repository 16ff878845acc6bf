/** The explained code with its tokens' boundaries, coloured on request by what patching does at a layer. */
import type { Explanation } from '../src/protocol/explanation';
import { ink, scaleColour } from './colours';
import { choice, el } from './dom';
import { codeLines, patchingGrid } from './model';
import type { Selection } from './selection';
import { shownCode, visible } from './text';
import { currentTheme, onThemeChange } from './theme';

export function codeView(explanation: Explanation, selection: Selection): HTMLElement {
  const { source, tokens, actual } = explanation;
  const pieces: { element: HTMLElement; position: number }[] = [];
  const lines = codeLines(source, tokens).map(({ number, pieces: parts }) => {
    const text = parts.map(({ text, position }) => {
      const shown = shownCode(text.replace(/\n$/, ''));
      if (position === null) return el('bdi', {}, shown);
      const newline = text.endsWith('\n') && el('span', { class: 'newline', 'aria-hidden': 'true' }, '↵');
      const element = el('bdi', { class: 'token', title: `token ${position}: ${visible(tokens[position].text)} (id ${tokens[position].id})` }, shown, newline);
      element.addEventListener('click', () => selection.set({ ...selection.value, position }));
      pieces.push({ element, position });
      return element;
    });
    const failing = actual?.line === number;
    const mark = el('span', { class: 'number', ...(failing && { title: `${actual.label} on this line` }) }, String(number));
    return el('div', { class: failing ? 'line failing' : 'line' }, mark, el('span', { class: 'text' }, ...text));
  });

  const grid = patchingGrid(explanation);
  const effects = new Map<number, (layer: number) => number | null>();
  grid?.columns.forEach(({ position }, column) => {
    if (position !== null) effects.set(position, (layer) => grid.values[layer][column]);
  });
  let layer: number | null = null;
  const paint = () => {
    const { dark } = currentTheme();
    for (const { element, position } of pieces) {
      element.classList.toggle('selected', position === selection.value.position);
      const value = layer === null ? null : (effects.get(position)?.(layer) ?? null);
      const colour = value === null ? '' : scaleColour(grid!.scale, value, dark);
      element.style.backgroundColor = colour;
      element.style.color = colour && ink(colour);
    }
  };
  selection.onChange(paint);
  onThemeChange(paint);
  paint();
  const options = [{ value: '', label: 'token boundaries only' }, ...(grid?.rows ?? []).map(({ site }, i) => ({ value: String(i), label: `patching at ${site}` }))];
  const colours = choice('Colour:', options, (value) => {
    layer = value === '' ? null : Number(value);
    paint();
  });
  const inside = tokens.filter(({ start }) => start !== null).length;
  const code = el('div', { class: 'code', tabindex: '0', role: 'region', 'aria-label': 'The code with its tokens' }, ...lines);
  return el(
    'div',
    { class: 'card' },
    el('h2', {}, 'Code'),
    grid && colours,
    code,
    el('p', { class: 'muted' }, `${inside} tokens of code, ${tokens.length} with the question. Click a token to follow it through the views below.`),
  );
}
