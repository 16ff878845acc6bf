/** Buttons that save what a view shows: its numbers as CSV and JSON, its picture as PNG and SVG. */
import { el } from '../ui/dom';
import type { Page } from './page';
import { pngPicture, svgPicture, type Picture } from '../figures/picture';
import { csv, type Row } from '../../src/figures/figure';

export interface Exported {
  /** The file's name without its extension. */
  name: string;
  rows: () => Row[];
  picture: () => Picture;
}

const NUMBERS = ['csv', 'json'] as const;
const ALL = [...NUMBERS, 'png', 'svg'] as const;

/**
 * `what` names the view for those who hear the buttons only; `exported` gives null when there is nothing to save.
 * @param pictured whether there is a picture, and not numbers alone
 */
export function exportBar({ controls, save }: Page, what: string, exported: () => Exported | null, pictured = true): HTMLElement {
  const make = {
    csv: ({ rows }: Exported) => csv(rows()),
    json: ({ rows }: Exported) => JSON.stringify(rows(), null, 1),
    png: ({ picture }: Exported) => pngPicture(picture()),
    svg: ({ picture }: Exported) => svgPicture(picture()),
  };
  const buttons = (pictured ? ALL : NUMBERS).map((kind) => {
    const title = kind === 'csv' || kind === 'json' ? `Save the numbers as ${kind.toUpperCase()}` : `Save the picture as ${kind.toUpperCase()}`;
    const onClick = () => {
      const found = exported();
      if (found) save({ name: found.name, kind, content: make[kind](found) });
    };
    return controls.button(kind.toUpperCase(), onClick, { title, attributes: { 'data-export': kind, 'aria-label': `${what}: ${title}` } });
  });
  return el('div', { class: 'exports', role: 'group', 'aria-label': `Export: ${what}` }, ...buttons);
}
