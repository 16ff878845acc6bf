/** What the Latents view says of latents and of their changes: no elements here. */
import type { ChangedDocument, LatentContext, LatentPage, SaeList, TokenLogit } from '../../src/protocol/documents/latents';
import type { Attributed, Found } from '../../src/protocol/pages/latents-view';
import { DENSE } from '../../src/vocabulary/dense';
import { lineRange } from '../page/page';
import { decimal, percent, plain, shorten, visible } from '../../src/figures/kinds/text';
import type { HistogramBar } from '../figures/histogram';
import type { SiteName } from '../../src/vocabulary/sites';

/** A token between signs that show where it begins and ends. */
export function quoted(token: string): string {
  return `“${visible(token)}”`;
}

export function usableSites({ saes }: SaeList): SiteName[] {
  return saes.flatMap(({ sae, problem }) => (sae && problem === null ? [sae.site] : []));
}

/** What is wrong with SAE folders, a sentence each. */
export function saeProblems({ saes }: SaeList): string[] {
  return saes.flatMap(({ folder, problem, warning }) => (problem ?? warning ? [`${folder}: ${problem ?? warning}`] : []));
}

/** What the list below shows. */
export function foundWords({ search, hits, total, token }: Found): string {
  const count = total ?? hits.length;
  if (search.by === 'here') {
    const where = `at ${quoted(token?.text ?? '')} in line ${token?.line}`;
    if (count === 0) return `No latent is active ${where}.`;
    const shown = count > hits.length ? `, the strongest ${hits.length} shown` : '';
    const known = hits.every(({ maximum }) => maximum);
    return `${latents(count)} active ${where}${shown}, ${known ? 'by the share of the largest activation known' : 'the largest activations of each SAE first'}.`;
  }
  if (count === 0) {
    const what = search.by === 'promotes' ? `promotes a token like “${plain(search.query)}”` : `is described with “${plain(search.query)}”`;
    return `No latent ${what}${search.site === null ? '' : ` at ${search.site}`}.`;
  }
  return `${latents(count)}${count > hits.length ? `, ${hits.length} shown` : ''}. ${ORDERS[search.by]}`;
}

const OFTEN = `${100 * DENSE} %`;
const ORDERS = {
  description: `Those that can add most to a token’s logit first; dense ones (active at over ${OFTEN} of tokens) and those never active last.`,
  promotes: `Those that promote this very token first, by the logit; dense ones (active at over ${OFTEN} of tokens) behind them, those never active last.`,
};

const latents = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'latent' : 'latents'}`;

/** Empty without facts, and for a latent that was never active. */
export function histogramBars({ facts, maximum }: LatentPage): HistogramBar[] {
  if (!facts || !maximum || facts.histogram.every((count) => count === 0)) return [];
  const step = maximum / facts.histogram.length;
  return facts.histogram.map((count, i) => ({ from: i * step, to: (i + 1) * step, count }));
}

/** The line of a context that the token is in, short enough for a narrow view; all of it in `whole`. */
export function contextLine({ before, token, after }: LatentContext): { before: string; token: string; after: string; whole: string } {
  const start = before.slice(before.lastIndexOf('\n') + 1);
  const characters = Array.from(start.trimStart());
  const cut = characters.length > BEFORE ? `…${characters.slice(-BEFORE).join('')}` : characters.join('');
  const rest = /\n/.test(token) ? '' : after.split('\n', 1)[0];
  return { before: plain(cut), token: visible(token), after: plain(shorten(rest, AFTER)), whole: `${before}${token}${after}` };
}

const BEFORE = 60;
const AFTER = 40;

export interface LogitBar {
  token: string;
  logit: string;
  /** Of the longest bar in both lists. */
  share: number;
}

export function logitBars(page: LatentPage, of: 'promotes' | 'suppresses'): LogitBar[] {
  const all = [...(page.promotes ?? []), ...(page.suppresses ?? [])];
  const largest = Math.max(...all.map(({ logit }) => Math.abs(logit)), Number.MIN_VALUE);
  const bar = ({ text, logit }: TokenLogit) => ({ token: visible(text), logit: `${logit > 0 ? '+' : ''}${decimal(logit, 3)}`, share: Math.abs(logit) / largest });
  return (page[of] ?? []).map(bar);
}

export interface AnswerBar {
  label: string;
  before: number;
  after: number;
}

/** The answers whose probability is worth a bar, before or after, and always those on top. */
export function answerBars({ before, after }: ChangedDocument, limit = 6): AnswerBar[] {
  const then = new Map(after.answers.map(({ label, probability }) => [label, probability]));
  const bars = before.answers.map(({ label, probability }) => ({ label, before: probability, after: then.get(label) ?? 0 }));
  const weight = (bar: AnswerBar) => (bar.label === before.label || bar.label === after.label ? 1 : 0) + Math.max(bar.before, bar.after);
  const chosen = bars.filter((bar) => weight(bar) >= 0.0005).sort((a, b) => weight(b) - weight(a)).slice(0, limit);
  return chosen.sort((a, b) => b.before - a.before);
}

/** "TypeError 83.0 % → 41.0 %, now NameError." */
export function changeSentence({ before, after }: ChangedDocument): string {
  const of = ({ answers }: ChangedDocument['before'], label: string) => percent(answers.find((answer) => answer.label === label)?.probability ?? NaN);
  const { label } = before;
  const then = after.label === label ? `still ${plain(label)}` : `now ${plain(after.label)} with ${of(after, after.label)}`;
  return `${plain(label)} ${of(before, label)} → ${of(after, label)}, ${then}.`;
}

export interface Outcome {
  head: string[];
  /** Probabilities of the two answers, then their logit difference; each before, after, and how much it changed. */
  rows: string[][];
}

/**
 * Both answers that are compared: those of the bars, where these speak of this code, else the one that was predicted and the one that
 * is now, or was next to it. The difference is left out where answers begin with the same token, whose logit alone is known.
 */
export function outcomeOf({ before, after }: ChangedDocument, attributed: Attributed | null): Outcome {
  const signed = (value: number, digits = 2) => `${value > 0 ? '+' : ''}${decimal(value, digits)}`;
  const { positive, negative } = attributed?.metric ?? { positive: before.label, negative: otherAnswer(before, after) };
  const of = ({ answers }: ChangedDocument['before'], label: string) => answers.find((answer) => answer.label === label);
  const answer = (label: string): string[] | null => {
    const [was, is] = [of(before, label), of(after, label)];
    if (!was || !is) return null;
    return [plain(label), percent(was.probability), percent(is.probability), `${signed(100 * (is.probability - was.probability), 1)}\u00a0points`];
  };
  const difference = (of_: ChangedDocument['before']) => (of(of_, positive)?.logit ?? NaN) - (of(of_, negative)?.logit ?? NaN);
  const [was, is] = [difference(before), difference(after)];
  const compared = Number.isFinite(was) && Number.isFinite(is) && (was !== 0 || is !== 0);
  const logits = compared ? [`logit of ${plain(positive)} − logit of ${plain(negative)}`, decimal(was), decimal(is), signed(is - was)] : null;
  return { head: ['', 'before', 'after', 'change'], rows: [answer(positive), answer(negative), logits].filter((row) => row !== null) };
}

function otherAnswer(before: ChangedDocument['before'], after: ChangedDocument['before']): string {
  if (after.label !== before.label) return after.label;
  const others = before.answers.filter(({ label }) => label !== before.label).sort((a, b) => b.probability - a.probability);
  return others[0]?.label ?? before.label;
}

/** What the bars had said of the latent where it was changed, in logits of their metric; empty where there are none of this code. */
export function barSentences({ changes: [{ positions }], tokens }: ChangedDocument, attributed: Attributed | null): string[] {
  if (!attributed) return [];
  const { nodes, metric: { positive, negative } } = attributed;
  const here = nodes.filter(({ position }) => positions === 'all' || positions.includes(position));
  const metric = `logit of ${plain(positive)} − logit of ${plain(negative)}`;
  if (here.length === 0) return [`The bars list no effect of this latent ${positions === 'all' ? 'anywhere' : 'there'}.`];
  const signed = (value: number) => `${value > 0 ? '+' : ''}${decimal(value)}`;
  return here.map(({ position, clean, corrupted, attribution, patched }) => {
    const measured = patched === null ? '' : `, ${signed(patched)} really patched`;
    return `The bars had said of ${metric} at token ${position}, ${quoted(tokens[position].text)}: ${signed(attribution)} by attribution${measured} (${decimal(clean)} against ${decimal(corrupted)} in the variant).`;
  });
}

/** What was changed and where, and how active it was there. */
export function wasSentence({ changes: [{ latent, positions, change, was }], tokens }: ChangedDocument): string {
  const active = was.filter(({ activation }) => activation !== 0);
  if (positions === 'all') {
    if (active.length === 0) return `Latent ${latent} is active at none of the ${was.length} tokens${unmoved(change.kind)}.`;
    const most = active.reduce((a, b) => (b.activation > a.activation ? b : a));
    return `Latent ${latent} is active at ${active.length} of ${was.length} tokens, most at ${quoted(tokens[most.position].text)} with ${decimal(most.activation)}.`;
  }
  const places = was.map(({ position, activation }) => `${decimal(activation)} at token ${position}, ${quoted(tokens[position].text)}`);
  return `Latent ${latent} has the activation ${places.join('; ')}${active.length === 0 ? unmoved(change.kind) : ''}.`;
}

const unmoved = (kind: string) => (kind === 'ablate' || kind === 'scale' ? ', so this changes nothing' : '');

export function changedTitle({ source }: ChangedDocument): string {
  const file = source.file === null ? 'unsaved code' : source.file.replace(/^.*[/\\]/, '');
  return `${plain(file)}, ${lineRange(source)}`;
}

export function changedTable({ before, after, change }: ChangedDocument) {
  const [then, changes] = [after.answers, change].map((list: readonly { label: string }[]) => new Map(list.map((one) => [one.label, one])));
  return {
    caption: 'Every answer before and after; the change of its first token’s logit',
    head: ['answer', 'before', 'after', 'logit'],
    rows: before.answers.map(({ label, probability }) => {
      const now = then.get(label) as (typeof after.answers)[number] | undefined;
      const by = changes.get(label) as (typeof change)[number] | undefined;
      return [plain(label), percent(probability), percent(now?.probability ?? NaN), by ? `${by.logit > 0 ? '+' : ''}${decimal(by.logit, 3)}` : '–'];
    }),
  };
}
