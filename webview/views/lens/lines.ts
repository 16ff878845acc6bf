/** Lines of the answers' probabilities by layer, at the position that the reader looks at. */
import type { LensExplanation } from '../../../src/protocol/documents/explanation';
import { lineChart, setLines } from '../../figures/charts';
import { el } from '../../ui/dom';
import { exportBar } from '../../page/exports';
import type { Row } from '../../../src/figures/kinds/figure';
import { rowLabel, type Line, type LinesShown } from '../../../src/figures/lens';
import { fileStem, type Page } from '../../page/page';
import { pictureWords } from '../../page/picture-words';
import { TableBehind } from '../../figures/table';
import { percent, plain, visible } from '../../../src/figures/kinds/text';
import { currentTheme, onThemeChange } from '../../ui/theme';

const HEIGHT = 300;

/** What lines are drawn, and what they are called. */
export interface LinesKind {
  /** Lower-case words joined by "-". */
  name: string;
  title: string;
  of: (shown: LinesShown, position: number, limit?: number) => Line[];
  /** The exact numbers of all lines. */
  rows: (shown: LinesShown, position: number) => Row[];
}

export interface LinesView {
  element: HTMLElement;
  show: (explanation: LensExplanation) => void;
}

export function linesView(page: Page, { name, title: called, of, rows }: LinesKind): LinesView {
  const { selection } = page;
  let explanation: LensExplanation | undefined;
  let chart: ReturnType<typeof lineChart> | undefined;
  const canvas = el('canvas', { role: 'img', 'aria-label': 'Lines: the probability of answers by layer. The same numbers are in the table below.' });
  const frame = el('div', { class: 'frame lines-frame', 'data-chart': name }, canvas);
  const heading = el('h3');
  const position = () => Math.min(selection.value.position ?? Infinity, explanation!.tokens.length - 1);
  const data = () => ({ layers: explanation!.lens.sites.map(rowLabel), lines: of(explanation!, position()) });
  const title = () => {
    const last = position() === explanation!.tokens.length - 1 ? ' (the last one, where the answer is given)' : '';
    return `${called} after token ${position()}, ${visible(explanation!.tokens[position()].text)}${last}`;
  };
  const update = () => {
    if (!explanation) return;
    heading.textContent = title();
    if (chart) setLines(chart, data(), currentTheme());
    else chart = lineChart(canvas, data(), currentTheme());
    table.refresh();
  };
  const table = new TableBehind(() => ({
    caption: `Probability of each answer by layer after token ${position()}`,
    head: ['answer', ...data().layers.map((label) => (/^\d+$/.test(label) ? `layer ${label}` : label))],
    rows: of(explanation!, position(), Infinity).map(({ label, values }) => [plain(label), ...values.map(percent)]),
  }));
  selection.onChange(update);
  onThemeChange(() => {
    chart?.destroy();
    chart = undefined;
    update();
  });
  const exports = exportBar(page, called, () =>
    explanation
      ? {
          name: `${fileStem(explanation)}-${name}`,
          rows: () => rows(explanation!, position()),
          picture: (theme) => ({
            ...pictureWords(title(), explanation!),
            width: Math.max(560, frame.clientWidth),
            height: HEIGHT,
            theme,
            draw: (target, ratio) => {
              const still = lineChart(target, data(), theme, ratio);
              return () => still.destroy();
            },
          }),
        }
      : null,
  );
  return {
    element: el('div', { class: 'lines' }, el('div', { class: 'controls' }, heading, exports), frame, table.element),
    show: (next) => {
      const same = next.lens === explanation?.lens;
      explanation = next;
      if (!same) update();
    },
  };
}
