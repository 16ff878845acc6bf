/** A list of variants for people. */
import type { ActualOutcome } from '../../protocol/documents/explanation';
import type { ListedVariant, VariantList } from '../../protocol/documents/variants';
import { isRight, isUnchecked, uncheckedSentence } from '../../protocol/words/outcome';
import { questionWords } from '../../protocol/words/question';
import { shortPercent } from './bars';
import { cut, harmless, padEnd, padStart, width, wrap } from './text';
import type { Style } from './style';

export function renderVariants(list: VariantList, style: Style, columns: number): string {
  const { source, model, template, actual, prediction, variants, searched } = list;
  const { judge, unknown } = questionWords(template);
  const lines = [
    `${style.bold(harmless(source.file ?? 'code'))} ${style.dim(`· ${model.id}`)}`,
    ...wrap(`${judge}: ${actual ? outcome(actual) : unknown} · model: ${verdict(prediction.label, prediction.answers[0].probability, actual, style)}`, columns),
    '',
    ...searched.flatMap((sentence) => [...wrap(`• ${harmless(sentence)}`, columns)]),
    ...(searched.length > 0 ? [''] : []),
  ];
  if (variants.length === 0) return `${[...lines, 'No edit of this program could be compared with it.'].join('\n')}\n`;
  const number = String(variants.length).length + 1;
  const python = Math.max(width(judge), ...variants.map((variant) => width(variant.actual?.label ?? '–')));
  const predicted = Math.max(5, ...variants.map((variant) => width(variant.prediction.label))) + 9;
  const wanted = columns - number - python - predicted - 7;
  const room = Math.max(24, wanted);
  const row = (cells: readonly string[]) => `${padStart(cells[0], number)}  ${padEnd(cells[1], room)}  ${padEnd(cells[2], python)}  ${cells[3]}`.trimEnd();
  lines.push(style.dim(row(['#', 'edit', judge, 'model'])));
  let group = '';
  for (const variant of variants) {
    const next = groupOf(variant);
    if (next !== group) lines.push(style.cyan(`${' '.repeat(number)}  ${next}`));
    group = next;
    const [first, ...rest] = wrap(`${harmless(variant.description)} [${variant.kind}${variant.repair ? ', mends it' : ''}${variant.searched ? ', found by the search' : ''}]`, room);
    const model = verdict(variant.prediction.label, variant.prediction.probability, variant.actual, style);
    lines.push(row([String(variant.number), cut(first, room), variant.actual?.label ?? '–', model]));
    lines.push(...rest.map((more) => `${' '.repeat(number)}  ${cut(more, room)}`));
  }
  const run = variants.map(({ actual: own, prediction: { label } }) => isRight(own, label)).filter((right) => right !== null);
  if (run.length > 0) {
    lines.push('', `The model is right about ${run.filter(Boolean).length} of ${run.length} variants.`);
  }
  return `${lines.join('\n')}\n`;
}

function groupOf({ tokensKept, labelChanged }: ListedVariant): string {
  const count = tokensKept ? 'same number of tokens' : 'other number of tokens';
  if (labelChanged === null) return count;
  return `${count}, ${labelChanged ? 'other outcome' : 'same outcome'}`;
}

function verdict(label: string, probability: number, actual: ActualOutcome | null, style: Style): string {
  const text = `${label} ${shortPercent(probability)}`;
  const right = isRight(actual, label);
  if (right === null) return text;
  return right ? style.green(`${text} ✓`) : style.yellow(`${text} ✗`);
}

function outcome(actual: ActualOutcome): string {
  const { label, message, line } = actual;
  if (isUnchecked(actual)) return harmless(`not checked. ${uncheckedSentence(actual)}`);
  return harmless(`${label}${message ? `: ${message.split('\n')[0]}` : ''}${line === null ? '' : ` (line ${line})`}`);
}
