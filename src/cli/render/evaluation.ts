/** Accuracy and calibration, by class, source and length, and the confusion matrix. */
import type { Evaluation, Measured } from '../../engine/evaluation/evaluate';
import { bar } from './bars';
import { cut, padEnd, padStart, width } from './text';
import { heat } from './heatmap';
import type { Style } from './style';

export interface ClassAccuracy {
  label: string;
  right: number;
  total: number;
}

/** Labels that occur, in the order of their frequency, then of the alphabet. */
export function byClass({ rows }: Pick<Evaluation, 'rows'>): ClassAccuracy[] {
  const classes = new Map<string, ClassAccuracy>();
  for (const { label, predicted } of rows) {
    const entry = classes.get(label) ?? { label, right: 0, total: 0 };
    classes.set(label, { label, right: entry.right + Number(label === predicted), total: entry.total + 1 });
  }
  return [...classes.values()].sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1));
}

export function renderEvaluation(evaluation: Evaluation, style: Style, columns: number): string {
  const { accuracy } = evaluation;
  const rows = evaluation.rows.filter(({ unlisted }) => !unlisted);
  const apart = byClass({ rows: evaluation.rows.filter(({ unlisted }) => unlisted) }).map(({ label, total }) => `${label} ${total}`);
  const right = rows.filter(({ label, predicted }) => label === predicted).length;
  const classes = byClass({ rows });
  const name = Math.min(24, Math.max(...classes.map(({ label }) => width(label))));
  const barRoom = Math.max(10, Math.min(40, columns - name - 22));
  const lines = [
    `${style.bold('Accuracy')}  ${(100 * accuracy).toFixed(1)} %  ${style.dim(`${right} of ${rows.length} programs`)}`,
    `${style.bold('Calibration error')}  ${evaluation.calibrationError.toFixed(3)}  ${style.dim('mean gap between probability and share that is right')}`,
    ...(apart.length > 0 ? [style.dim(cut(`Not counted are ${evaluation.unlisted}, none of the answers: ${apart.join(', ')}`, columns))] : []),
    '',
    style.bold(style.cyan('By class')),
    ...classes.map(({ label, right: own, total }) => {
      const share = own / total;
      return `  ${padEnd(cut(label, name), name)}  ${style.paint(padEnd(bar(share, barRoom), barRoom), heat(1))} ${padStart(`${(100 * share).toFixed(0)} %`, 6)}  ${style.dim(`${own}/${total}`)}`;
    }),
    ...groups('By source', evaluation.bySource, style),
    ...groups('By length', evaluation.byLength, style),
    '',
    `${style.bold(style.cyan('Confusion matrix'))}  ${style.dim('rows: what Python does, columns: what the model predicts')}`,
    ...confusion(rows, classes.map(({ label }) => label), style, columns),
  ];
  return `${lines.join('\n')}\n`;
}

function groups(title: string, measured: Readonly<Record<string, Measured>>, style: Style): string[] {
  const entries = Object.entries(measured);
  if (entries.length === 0) return [];
  const name = Math.min(24, Math.max(...entries.map(([key]) => width(key))));
  const percent = (share: number | null) => padStart(share === null ? '–' : `${(100 * share).toFixed(0)} %`, 6);
  return [
    '',
    `${style.bold(style.cyan(title))}  ${style.dim('right, of those without an error, calibration error, programs')}`,
    ...entries.map(([key, { accuracy, noErrorRecall, calibrationError, programs }]) => {
      const numbers = `${percent(accuracy)} ${percent(noErrorRecall)}  ${calibrationError.toFixed(3)}`;
      return `  ${padEnd(cut(key, name), name)} ${numbers}  ${style.dim(String(programs))}`;
    }),
  ];
}

/** Columns have the numbers of the rows; labels that are only predicted come last. */
function confusion(rows: Evaluation['rows'], classes: readonly string[], style: Style, columns: number): string[] {
  const labels = [...classes, ...new Set(rows.map(({ predicted }) => predicted).filter((predicted) => !classes.includes(predicted)))];
  const count = (label: string, predicted: string) => rows.filter((row) => row.label === label && row.predicted === predicted).length;
  const counts = labels.map((label) => labels.map((predicted) => count(label, predicted)));
  const most = Math.max(...counts.flat(), labels.length);
  const cell = String(most).length + 1;
  const name = Math.max(8, Math.min(22, columns - 6 - cell * labels.length));
  const line = (number: string, label: string, cells: string) => `  ${padStart(number, 2)} ${padEnd(cut(label, name), name)}${cells}`;
  const body = labels.map((label, i) => {
    const total = counts[i].reduce((sum, count) => sum + count, 0);
    const cells = counts[i].map((count, j) => {
      const text = padStart(count === 0 ? '·' : String(count), cell);
      if (count === 0) return style.dim(text);
      return style.colours === 'none' ? text : style.paint(text, i === j ? [92, 184, 122] : heat(Math.min(1, 0.4 + count / total)));
    });
    return line(String(i + 1), label, cells.join(''));
  });
  return [style.dim(line('', '', labels.map((_, i) => padStart(String(i + 1), cell)).join(''))), ...body];
}
