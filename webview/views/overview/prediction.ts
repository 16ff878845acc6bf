/** The prediction as bars: the probability of each answer, for the program and its variant. */
import type { Explanation } from '../../../src/protocol/documents/explanation';
import { barChart, type Bar } from '../../figures/charts';
import { card, el } from '../../ui/dom';
import { exportBar } from '../../page/exports';
import { predictionBars } from '../display';
import { fileStem, type Page, type View } from '../../page/page';
import { comparedIn, pictureWords } from '../../page/picture-words';
import { predictionRows } from '../../../src/figures/prediction';
import { TableBehind } from '../../figures/table';
import { decimal, percent, plain } from '../../../src/figures/kinds/text';
import { currentTheme, onThemeChange } from '../../ui/theme';

export function predictionView(page: Page): View {
  let explanation: Explanation | undefined;
  let bars: Bar[] = [];
  let drawn = '';
  let chart: ReturnType<typeof barChart> | undefined;
  const canvas = el('canvas', { role: 'img', 'aria-label': 'Bars: the probability of each answer. The same numbers are in the table below.' });
  const frame = el('div', { class: 'frame', 'data-chart': 'prediction' }, canvas);
  const together = el('p', { class: 'muted', 'data-part': 'together' });
  const height = () => bars.length * (bars[0]?.variant === null ? 27 : 40) + 84;
  const draw = () => {
    chart?.destroy();
    chart = barChart(canvas, bars, currentTheme());
  };
  onThemeChange(draw);

  const table = new TableBehind(() => predictionTable(explanation!));
  const exports = exportBar(page, 'Prediction', () =>
    explanation
      ? {
          name: `${fileStem(explanation)}-prediction`,
          rows: () => predictionRows(explanation!),
          picture: (theme) => ({
            ...pictureWords('Probability of each answer', explanation!, { variant: comparedIn(explanation!).variant }),
            width: Math.max(560, frame.clientWidth),
            height: height(),
            theme,
            draw: (target, ratio) => {
              const still = barChart(target, bars, theme, ratio);
              return () => still.destroy();
            },
          }),
        }
      : null,
  );
  return {
    element: card('Prediction', exports, frame, together, table.element),
    show: (shown) => {
      explanation = shown.explanation;
      bars = predictionBars(explanation);
      const key = JSON.stringify(bars);
      if (key === drawn) return;
      drawn = key;
      const { answers, answersProbability } = explanation.prediction;
      together.textContent = `All ${answers.length} answers together: ${percent(answersProbability)}; anything else: ${percent(Math.max(0, 1 - answersProbability))}.`;
      frame.style.height = `${height()}px`;
      table.refresh();
      draw();
    },
  };
}

function predictionTable({ prediction, counterfactual }: Explanation) {
  return {
    caption: 'Probability and first token’s logit of every answer',
    head: ['answer', 'probability', 'logit', ...(counterfactual ? ['variant: probability', 'variant: logit'] : [])],
    rows: prediction.answers.map(({ label, probability, logit }) => {
      const other = counterfactual?.prediction.answers.find((answer) => answer.label === label);
      return [plain(label), percent(probability), decimal(logit), ...(other ? [percent(other.probability), decimal(other.logit)] : [])];
    }),
  };
}
