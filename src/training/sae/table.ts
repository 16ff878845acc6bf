/** The measures of autoencoders as Markdown, for a model's card. */
import type { LossRecovered } from './evaluate';
import type { SaeChoice } from './train';
import type { SaeReport } from './measure';
import type { LogitDifference, PairMeasures } from './pairs';
import type { ProbeScore } from './probing';
import type { SearchReport } from './search';

export function saeTables({ saes, pairs }: SaeReport): string {
  const measures = table(
    ['Site', 'Latents', 'L0', 'Variance explained', '… at the last token', 'Dead', 'Dense', 'Loss recovered', '… of the answer', 'Answer’s loss: model, zeros, SAE'],
    saes.map(({ site, latents, l0, explained, explainedLast, dead, dense, loss, answerLoss }) => [
      `\`${site}\``, String(latents), l0.toFixed(1), percent(explained), percent(explainedLast), percent(dead), String(dense.length), percent(loss.recovered), percent(answerLoss.recovered), losses(answerLoss),
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

/** What a search tried at each site; the chosen candidate's row is marked. */
export function searchTable({ grid, rows }: SearchReport): string {
  return table(
    ['Site', 'Candidate', 'Latents', 'L0', 'Variance explained', 'Dead', 'Dense', 'Loss recovered', '… of the answer', 'Chosen'],
    rows.map(({ site, candidate, latents, l0, explained, dead, dense, loss, answerLoss, chosen }) => [
      `\`${site}\``, candidateText(grid[candidate]), String(latents), l0.toFixed(1), percent(explained), percent(dead), String(dense.length),
      percent(loss.recovered), percent(answerLoss.recovered), chosen ? 'yes' : '',
    ]),
  );
}

function candidateText({ architecture, latents, active, cap, prefixes }: SaeChoice): string {
  const parts = [architecture, latents && `${latents} latents`, active && `L0 ${active}`, cap && `at most ${percent(cap)} of tokens`];
  return [...parts, prefixes && prefixes.length > 0 && `nested at ${prefixes.map(percent).join(', ')}`].filter(Boolean).join(', ');
}

/** Areas under the curve by property: of the best latents, neurons and directions of the residual stream, and of all of the latter. */
export function probeTable(scores: readonly ProbeScore[]): string {
  const columns = [...new Map(scores.map(({ representation, k }) => [`${representation} ${k}`, { representation, k }])).values()];
  const properties = [...new Set(scores.map(({ property }) => property))];
  const head = columns.map(({ representation, k }) => (representation.endsWith(', all') ? representation : `${representation}: best ${k}`));
  return table(['Property of a token', ...head], properties.map((property) => [property, ...columns.map(({ representation, k }) => {
    const score = scores.find((one) => one.property === property && one.representation === representation && one.k === k);
    return score ? `${score.auc.toFixed(3)} (\`${score.site}\`)` : '';
  })]));
}

/** How well rules tell where latents are active, by site. */
export function ruleTable(sites: readonly RuleMeasures[]): string {
  return table(['Site', 'Active latents', 'With a rule that tells', 'F, median', 'F by chance, median'], sites.map(({ site, active, told, median, chance }) => [
    `\`${site}\``, String(active), percent(told / Math.max(1, active)), median.toFixed(2), chance.toFixed(2),
  ]));
}

export interface RuleMeasures {
  site: string;
  /** Latents that are active somewhere, and those of them whose rule tells well enough to be a description. */
  active: number;
  told: number;
  median: number;
  chance: number;
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
