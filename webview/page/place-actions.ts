/** What can be done with what the reader has chosen in a chart or in the code: read it, put something there, or use it in a form. */
import { activationIn, chosenIn, type Activation } from '../../src/figures/kinds/cells';
import type { Grid } from '../../src/figures/kinds/grid';
import { usesOf, type Chosen } from '../../src/protocol/pages/uses';
import type { HeatmapEvents } from '../figures/heatmap/heatmap';
import { el, type Child } from '../ui/dom';
import type { Controls } from '../ui/controls';
import type { Page } from './page';
import type { Places } from './places';

/** A menu of the forms that a token or a head can be used in; null where there are none. */
export function useIn({ controls, places }: Pick<Page, 'controls' | 'places'>, chosen: Chosen): HTMLElement | null {
  const uses = places?.isOpen ? usesOf(chosen) : [];
  if (!places || uses.length === 0) return null;
  const options = [{ value: '', label: 'choose …' }, ...uses.map(({ title }, i) => ({ value: String(i), label: title }))];
  const menu = controls.choice('Use in', (value) => {
    if (value === '') return;
    menu.show(options, '');
    const { id, params } = uses[Number(value)];
    places.use(id, params);
  });
  menu.show(options, '');
  menu.element.setAttribute('data-action', 'useIn');
  return menu.element;
}

/** What the cells of a heatmap can be used for; nothing on a page that cannot ask. */
export function placeEvents(page: Pick<Page, 'controls' | 'places'>, grid: () => Grid): Pick<HeatmapEvents, 'actions' | 'keys' | 'onDrag'> {
  const { controls, places } = page;
  if (!places) return {};
  const at = ({ row, column }: { row: number; column: number }) => (places.isOpen ? activationIn(grid(), row, column) : null);
  const take = (cell: Activation | null) => {
    if (cell?.read) places.take(cell);
  };
  const put = (cell: Activation | null) => {
    if (cell) places.put(cell);
  };
  return {
    keys: { r: (cell) => take(at(cell)), p: (cell) => put(at(cell)) },
    onDrag: (from, to) => {
      const [source, target] = [at(from), at(to)];
      if (!source?.read || !target) return;
      places.take(source);
      places.put(target);
    },
    actions: (cell) => {
      const activation = at(cell);
      const buttons = activation ? activationButtons(controls, places, activation) : [];
      const parts = [...buttons, useIn(page, chosenIn(grid(), cell.row, cell.column))];
      return parts.every((part) => part === null) ? null : el('div', { class: 'toolbar', role: 'group', 'aria-label': 'With this cell' }, ...parts);
    },
  };
}

function activationButtons(controls: Controls, places: Places, activation: Activation): Child[] {
  const { source, refusal } = places;
  const read = controls.button('Read this', () => places.take(activation), {
    title: 'Read this activation (R), to put it where another stands; it can also be dragged there', attributes: { 'data-action': 'readThis' },
  });
  read.disabled = activation.read === null;
  const what = source?.read && `“${source.read.label}” in layer ${source.layer} (token ${source.read.position} of the ${source.read.run})`;
  const here = controls.button('Put it here', () => places.put(activation), {
    title: what ? `Put what is read here (P), ${what}, and see what the model says then` : 'First read another cell', attributes: { 'data-action': 'putHere' },
  });
  here.disabled = source === null;
  const words = refusal ?? (what ? `${what} is read.` : null);
  return [read, here, words === null ? null : el('span', { class: 'muted' }, words)];
}
