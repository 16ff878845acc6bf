/** The logit lens at one position, as a table of layers. */
import type { ExplainedLens } from '../../protocol/documents/explanation';
import { shortPercent } from './bars';
import { cut, padEnd, padStart, tokenText, width } from './text';
import type { Style } from './style';

const MOST_ANSWERS = 5;
/** The best of answers that nearly have no probability, as in the embedding, leads nothing. */
const LEADS = 0.01;
const TOKEN = 16;

/** "embedding" for the first row, then the layer. */
export function rowName(row: number): string {
  return row === 0 ? 'embedding' : `layer ${row - 1}`;
}

/** Layer, most probable token of all, and the probability of the answers that matter, the leading one bold. */
export function renderLens(lens: ExplainedLens, labels: readonly string[], style: Style, columns: number): string[] {
  const position = lens.positions - 1;
  const widths = labels.map((label) => Math.max(7, width(label)));
  let room = columns - 13 - TOKEN - 8;
  const fitting = labels.filter((_, i) => (room -= widths[i] + 2) >= 0);
  const shown = (fitting.length > 0 ? fitting : labels.slice(0, 1)).map((label) => lens.labels.indexOf(label));
  const lines = [
    style.dim(`  ${padEnd('', 9)}  ${padEnd('top token', TOKEN + 8)}${shown.map((i, column) => `  ${padStart(lens.labels[i], widths[column])}`).join('')}`),
  ];
  for (let row = 0; row < lens.layers; row++) {
    const [top] = lens.top[row][position];
    const answers = lens.answers[row][position];
    const best = Math.max(...answers.map(({ logit }) => logit));
    const cells = shown.map((i, column) => {
      const text = padStart(shortPercent(answers[i].probability), widths[column]);
      return answers[i].logit === best ? style.bold(text) : style.dim(text);
    });
    const token = cut(tokenText(top.text), TOKEN);
    lines.push(`  ${padEnd(rowName(row), 9)}  ${padEnd(token, TOKEN)}${style.dim(padStart(shortPercent(top.probability), 8))}${cells.map((cell) => `  ${cell}`).join('')}`);
  }
  return lines;
}

/** The answers worth a column: those that end on top, and every one that leads at some layer; the final order. */
export function lensLabels(lens: ExplainedLens, ranked: readonly string[], actual: string | null): string[] {
  const position = lens.positions - 1;
  const leaders = lens.answers.flatMap((row) => {
    const logits = row[position].map(({ logit }) => logit);
    const leader = logits.indexOf(Math.max(...logits));
    return row[position][leader].probability >= LEADS ? [lens.labels[leader]] : [];
  });
  const known = actual !== null && lens.labels.includes(actual) ? [actual] : [];
  const wanted = new Set([...ranked.slice(0, 2), ...known, ...leaders.reverse(), ...ranked]);
  return [...wanted].slice(0, MOST_ANSWERS);
}
