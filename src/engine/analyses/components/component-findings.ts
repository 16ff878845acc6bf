/** Findings about components: who writes most of the answer, beside what as many drawn at random would. */
import { list } from '../../../findings/list';
import { signed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import type { Part } from '../../../protocol/analyses';
import { componentWords, type Component } from '../../../protocol/analyses/components';
import type { Program } from '../../reading/program';
import { namesWith } from '../patching/patched-pair';

type Value = Part<'components'>;

/** So many components at most are named, and none that writes less than this share. */
const MOST_NAMED = 3;
const NOTICEABLE = 0.05;
/** A smaller difference, in logits, is not told in shares. */
const SMALLEST = 0.1;
/** Nor is one of which a single component writes more than so many times as much: the others cancel it, and shares say nothing. */
const MOST_SHARE = 2;

export function componentFindings(value: Value, program: Program): string[] {
  const { metric, sum, components, variant } = value;
  const names = namesWith(program, value.behind);
  const asked = value.reader ? value.reader.name : metric.negative === null ? `the logit of ${metric.positive}` : `logit(${metric.positive}) − logit(${metric.negative})`;
  const inUnit = (amount: number) => (value.reader ? signed(amount) : logits(amount));
  const found = [
    ...(value.reader ? [`The ${metric.description} is ${signed(value.difference)}.`] : []),
    writers(asked, sum, components, (one) => one.value, inUnit), against(sum, components, inUnit),
    ...(value.reader ? [] : [settled(value)]), cap(value), stream(value), ...through(value, names, inUnit), carried(value, names, inUnit),
  ];
  if (variant) {
    const change = sum - variant.sum;
    found.push(writers(`the ${logits(change)} between original and variant of ${asked}`, change, components, (one) => one.value - one.variant!, inUnit));
  }
  return found.filter((sentence) => sentence !== null);
}

/** Who writes most of a sum, and what as many components drawn at random write on average. */
export function writers(
  what: string,
  sum: number,
  components: readonly Component[],
  of: (one: Component) => number,
  inUnit: InUnit,
): string {
  const single = components.filter(({ kind }) => kind !== 'rest');
  const sign = Math.sign(sum) || 1;
  const sorted = single.map((one) => ({ one, share: of(one) * sign })).sort((a, b) => b.share - a.share);
  const largest = [...single].sort((a, b) => Math.abs(of(b)) - Math.abs(of(a))).slice(0, MOST_NAMED);
  const cancels = largest.length > 0 && Math.abs(of(largest[0])) > MOST_SHARE * Math.abs(sum);
  if (Math.abs(sum) < SMALLEST || cancels) {
    const most = largest.map((one) => `${componentWords(one)} ${inUnit(of(one))}`);
    const why = Math.abs(sum) < SMALLEST ? 'too little to be told in shares' : 'as what they write mostly cancels';
    return `Directly, all components together give ${inUnit(sum)} of ${what}, ${why}; the largest are ${list(most)}.`;
  }
  const top = sorted.slice(0, MOST_NAMED).filter(({ share }) => share >= NOTICEABLE * Math.abs(sum));
  if (top.length === 0) return `No single component writes as much as ${percent(NOTICEABLE)} of ${what} directly.`;
  const together = top.reduce((total, { share }) => total + share, 0) / Math.abs(sum);
  const parts = top.map(({ one, share }) => (top.length === 1 ? componentWords(one) : `${componentWords(one)} (${percent(share / Math.abs(sum))})`));
  const writes = top.length === 1 ? 'writes' : 'write';
  const even = top.length / single.length;
  return `Directly, ${list(parts)} ${writes} ${percent(together)} of ${what}${/^the [+−]/.test(what) ? '' : `, ${inUnit(sum)}`}; ` +
    `${top.length === 1 ? 'one component' : `${top.length} components`} of ${single.length} drawn at random ${writes} ${percent(even)} on average.`;
}

/** Who writes against it. */
function against(sum: number, components: readonly Component[], inUnit: InUnit): string | null {
  if (Math.abs(sum) < SMALLEST) return null;
  const opposed = components.filter(({ kind, value }) => kind !== 'rest' && value * Math.sign(sum) <= -NOTICEABLE * Math.abs(sum));
  if (opposed.length === 0) return null;
  const top = opposed.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_NAMED);
  return `Against it ${top.length === 1 ? 'writes' : 'write'} most: ${list(top.map((one) => `${componentWords(one)} (${inUnit(one.value)})`))}.`;
}

/** The layer from which on the sum keeps its sign, and by how much it is wrong before. */
function settled({ sum, cumulative }: Value): string | null {
  if (Math.abs(sum) < SMALLEST) return null;
  const wrong = cumulative.findLastIndex((value) => value * sum <= 0);
  const half = cumulative.findLastIndex((value) => value / sum < 0.5);
  const behind = (index: number) => (index === 0 ? 'the embedding' : `layer ${index - 1}`);
  const decided = wrong < 0 ? 'The sum has its sign from the embedding on' : `Up to ${behind(wrong)}, the sum has the other sign`;
  const there = half < 0 ? 'more than half of it is there from the embedding on' : `half of it is there only behind ${behind(half + 1)}`;
  return `${decided}; ${there} (the final norm’s scale is kept as it is in the end).`;
}

function cap({ difference, sum, capFactor }: Value): string | null {
  if (capFactor === null) return null;
  return `The sum is of logits before their soft cap; that makes ${logits(difference)} of ${logits(sum)}, ${percent(capFactor)}.`;
}

/** The tokens through which the one head that was looked at writes. */
function through({ sources: { heads, values }, position }: Value, names: readonly string[], inUnit: InUnit): string[] {
  if (heads.length !== 1) return [];
  const [{ layer, head }] = heads;
  const [row] = values;
  const whole = row.reduce((sum, value) => sum + value, 0);
  const sorted = row.map((value, at) => ({ value, at })).sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const top = sorted.slice(0, MOST_NAMED).filter(({ value }) => Math.abs(value) >= NOTICEABLE * Math.abs(whole));
  if (top.length === 0) return [];
  const parts = top.map(({ value, at }) => `${names[at]} (${inUnit(value)})`);
  const even = inUnit(whole / (position + 1));
  return [
    `Head ${layer}.${head} writes its ${inUnit(whole)} through ${list(parts)}; ` +
      `spread evenly, each of the ${position + 1} tokens up to there would give ${even}.`,
  ];
}

/** Who wrote what a layer's attention carries from one token, and through which head. */
function carried({ loadings, position }: Value, names: readonly string[], inUnit: InUnit): string | null {
  if (!loadings) return null;
  const { layer, from, rows } = loadings;
  const ways = rows.flatMap((row) => [
    ...row.heads.map((value, head) => ({ row, value, way: `head ${layer}.${head}` })),
    ...(from === position ? [{ row, value: row.bypass, way: 'past that attention' }] : []),
  ]);
  const whole = ways.reduce((sum, { value }) => sum + value, 0);
  const top = ways.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_NAMED).filter(({ value }) => value !== 0);
  if (top.length === 0) return `Nothing of what is written at ${names[from]} below layer ${layer} goes through its attention.`;
  const parts = top.map(({ row, value, way }) => `${componentWords(row)} by ${way} (${inUnit(value)})`.replace('by past', 'past'));
  return `Of what is written at ${names[from]} below layer ${layer}, ${inUnit(whole)} come from there; the largest of it: ${list(parts)}.`;
}

/** What the latents of the stream stand for, and what they do not. */
function stream({ components }: Value): string | null {
  const error = components.find(({ kind, site }) => kind === 'error' && site !== undefined && site.includes('hook_resid'));
  if (!error) return null;
  return `The latents, the error and the bias of ${error.site} are all that was written up to there, as it goes straight to what reads; ` +
    'what heads and MLPs behind it make of it is counted as theirs.';
}

type InUnit = (value: number) => string;

function logits(value: number): string {
  return `${signed(value)} logits`;
}
