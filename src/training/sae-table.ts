/** The measures of autoencoders as Markdown, for a model's card. */
import type { LossRecovered } from './sae-evaluate';
import type { SaeReport } from './sae-measure';
import type { LogitDifference, PairMeasures } from './sae-pairs';

export function saeTables({ saes, pairs }: SaeReport): string {
  const measures = table(
    ['Site', 'L0', 'Variance explained', '… at the last token', 'Dead', 'Loss recovered', '… of the answer', 'Answer’s loss: model, zeros, SAE'],
    saes.map(({ site, l0, explained, explainedLast, dead, loss, answerLoss }) => [
      `\`${site}\``, l0.toFixed(1), percent(explained), percent(explainedLast), percent(dead), percent(loss.recovered), percent(answerLoss.recovered), losses(answerLoss),
    ]),
  );
  const differences = table(
    ['SAEs in the model', 'Model: clean, corrupted', 'Without error term', 'Size kept', 'With error term', 'Sign kept'],
    pairs.map((pair) => [
      named(pair.sites), both(pair.model), both(pair.sae), `${percent(kept(pair, 'clean'))}, ${percent(kept(pair, 'corrupted'))}`, both(pair.withError), percent(pair.signKept),
    ]),
  );
  return pairs.length > 0 ? `${measures}\n${differences}` : measures;
}

/** The logit difference with autoencoders in the model as a share of the one without. */
export function kept({ model, sae }: PairMeasures, which: keyof LogitDifference): number {
  return sae[which] / model[which];
}

function named(sites: readonly string[]): string {
  if (sites.length === 1) return `\`${sites[0]}\``;
  const places = [...new Set(sites.map((site) => site.split('.').slice(2).join('.')))];
  return places.length === 1 ? `all ${sites.length} of \`${places[0]}\`` : `all ${sites.length}`;
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const both = ({ clean, corrupted }: LogitDifference) => `${signed(clean)}, ${signed(corrupted)}`;
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
const losses = ({ model, zero, sae }: LossRecovered) => [model, zero, sae].map((value) => value.toFixed(3)).join(', ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
