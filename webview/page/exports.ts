/** Buttons that save what a view shows: its numbers as CSV and JSON, its picture as PNG and SVG. */
import { el } from '../ui/dom';
import type { Page } from './page';
import { pngPicture, svgPicture, type Picture } from '../figures/picture';
import { PRINTED, type Theme } from '../ui/colours';
import { currentTheme, onThemeChange } from '../ui/theme';
import { csv, type Row } from '../../src/figures/kinds/figure';

export interface Exported {
  /** The file's name without its extension. */
  name: string;
  rows: () => Row[];
  picture: (theme: Theme) => Picture;
}

const NUMBERS = ['csv', 'json'] as const;
const ALL = [...NUMBERS, 'png', 'svg'] as const;

/**
 * `what` names the view for those who hear the buttons only; `exported` gives null when there is nothing to save.
 * @param pictured whether there is a picture, and not numbers alone
 */
export function exportBar({ controls, save, drawing }: Pick<Page, 'controls' | 'save' | 'drawing'>, what: string, exported: () => Exported | null, pictured = true): HTMLElement {
  // A dark ground is for the screen: what is printed has a light one, if the reader wants that.
  const theme = () => (drawing.value.light ? { ...currentTheme(), ...PRINTED } : currentTheme());
  const make = {
    csv: ({ rows }: Exported) => csv(rows()),
    json: ({ rows }: Exported) => JSON.stringify(rows(), null, 1),
    png: ({ picture }: Exported) => pngPicture(picture(theme())),
    svg: ({ picture }: Exported) => svgPicture(picture(theme())),
  };
  const buttons = (pictured ? ALL : NUMBERS).map((kind) => {
    const title = kind === 'csv' || kind === 'json' ? `Save the numbers as ${kind.toUpperCase()}` : `Save the picture as ${kind.toUpperCase()}`;
    const onClick = () => {
      const found = exported();
      if (found) save({ name: found.name, kind, content: make[kind](found) });
    };
    return controls.button(kind.toUpperCase(), onClick, { title, attributes: { 'data-export': kind, 'aria-label': `${what}: ${title}` } });
  });
  return el('div', { class: 'exports', role: 'group', 'aria-label': `Export: ${what}` }, pictured && lightToggle(), ...buttons);

  function lightToggle(): HTMLElement {
    const light = controls.toggle('Light', (on) => drawing.choose({ light: on }), drawing.value.light);
    light.title = 'Save pictures on a light ground, as for print';
    drawing.onChange(() => light.show(drawing.value.light));
    const where = () => (light.hidden = !currentTheme().dark);
    onThemeChange(where);
    where();
    return light;
  }
}
