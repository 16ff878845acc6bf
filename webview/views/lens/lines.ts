/** Lines of the answers' probabilities by layer, at the position that the reader looks at. */
import { hasLens, type LensExplanation } from '../../../src/protocol/explanation';
import { lineChart, setLines } from '../../figures/charts';
import { el } from '../../ui/dom';
import { exportBar } from '../../page/exports';
import { lensLines, lensRows } from '../../../src/figures/lens';
import { siteLabel } from '../../../src/figures/tokens';
import { fileStem, type Page, type View } from '../../page/page';
import { pictureWords } from '../../page/picture-words';
import { TableBehind } from '../../figures/table';
import { percent, plain, visible } from '../../../src/figures/text';
import { currentTheme, onThemeChange } from '../../ui/theme';

const HEIGHT = 300;

export function linesView(page: Page): View {
  const { selection } = page;
  let explanation: LensExplanation | undefined;
  let chart: ReturnType<typeof lineChart> | undefined;
  const canvas = el('canvas', { role: 'img', 'aria-label': 'Lines: the probability of answers by layer. The same numbers are in the table below.' });
  const frame = el('div', { class: 'frame lines-frame', 'data-chart': 'lens-lines' }, canvas);
  const heading = el('h3');
  const position = () => Math.min(selection.value.position ?? Infinity, explanation!.tokens.length - 1);
  const data = () => ({ layers: explanation!.lens.sites.map(siteLabel), lines: lensLines(explanation!, position()) });
  const title = () => {
    const last = position() === explanation!.tokens.length - 1 ? ' (the last one, where the answer is given)' : '';
    return `Answers by layer after token ${position()}, ${visible(explanation!.tokens[position()].text)}${last}`;
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
    rows: lensLines(explanation!, position(), Infinity).map(({ label, values }) => [plain(label), ...values.map(percent)]),
  }));
  selection.onChange(update);
  onThemeChange(() => {
    chart?.destroy();
    chart = undefined;
    update();
  });
  const exports = exportBar(page, 'Answers by layer', () =>
    explanation
      ? {
          name: `${fileStem(explanation)}-lens-lines`,
          rows: () => lensRows(explanation!).filter((row) => row.position === position()),
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
    show: (shown) => {
      if (!hasLens(shown.explanation)) return;
      const same = shown.explanation.lens === explanation?.lens;
      explanation = shown.explanation;
      if (!same) update();
    },
  };
}
