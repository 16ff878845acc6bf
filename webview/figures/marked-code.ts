/** Marks in the code: its tokens, coloured by how strong each is. */
import type { MarksFigure } from '../../src/figures/kinds/figure';
import { decimal, shownCode, visible } from '../../src/figures/kinds/text';
import { diverging, ink, sequential } from '../ui/colours';
import { el } from '../ui/dom';
import { currentTheme, onThemeChange } from '../ui/theme';
import type { FigurePainter } from './painter';

/** @param chosen is told the position of a token that the reader points at */
export function markedCode(chosen: (position: number) => void): FigurePainter<MarksFigure> {
  const code = el('div', { class: 'code marks', tabindex: '0', role: 'region' });
  let figure: MarksFigure | null = null;
  const draw = () => {
    if (!figure) return;
    const { marks, unit, title } = figure;
    const { dark } = currentTheme();
    const most = Math.max(1e-9, ...marks.map(({ strength }) => Math.abs(strength)));
    const signed = marks.some(({ strength }) => strength < 0);
    code.setAttribute('aria-label', `${title}: the code, coloured by ${unit}. The same numbers are in the table below.`);
    code.replaceChildren(
      ...marks.flatMap(({ position, text, strength, note }, i) => {
        const element = el('bdi', { class: 'token', 'data-position': String(position), title: `token ${position} ${visible(text)}: ${decimal(strength, 3)}${note && ` · ${note}`}` });
        element.append(shownCode(text.replace(/\r?\n$/, '↵\n')));
        const colour = (signed ? diverging : sequential)(strength / most, dark);
        element.style.backgroundColor = colour;
        element.style.color = ink(colour);
        element.addEventListener('click', () => chosen(position));
        const gap = i > 0 && marks[i - 1].position !== position - 1;
        return gap ? [el('span', { class: 'muted' }, ' … '), element] : [element];
      }),
    );
  };
  onThemeChange(draw);
  return {
    element: code,
    show: (next) => {
      figure = next;
      draw();
    },
    mark: (position) => {
      for (const element of code.querySelectorAll('.token')) element.classList.toggle('selected', element.getAttribute('data-position') === String(position));
    },
    picture: null,
  };
}
