/** What a knock-out says, in sentences that its numbers support. */
import { answerChange } from '../../../findings/answering';
import { list } from '../../../findings/list';
import { fixed, signed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import type { Part } from '../../../protocol/analyses';
import { windowWords } from '../../../protocol/analyses/knockout';

type Knockout = Part<'knockout'>;

/** So many tokens at most are named. */
const MOST_NAMED = 3;

/** @param names of the tokens, by position */
export function knockoutFindings(part: Knockout, names: readonly string[]): string[] {
  return [answerSentence(part, names), differenceSentence(part), pieceSentence(part)].filter((sentence) => sentence !== null);
}

function answerSentence({ sources, share, before, after, layers, heads }: Knockout, names: readonly string[]): string {
  const what = sources.length <= MOST_NAMED ? list(sources.map((at) => names[at])) : `${sources.length} tokens (${names[sources[0]]} to ${names[sources.at(-1)!]})`;
  const where = heads ? ` in ${heads.length === 1 ? `head ${heads[0].layer}.${heads[0].head}` : `${heads.length} heads`}` : ` in ${windowWords(layers)}`;
  return `When ${what} ${sources.length === 1 ? 'is' : 'are'} not read${where}, ${answerChange(before, after)}. The heads that were masked would have given ${sources.length === 1 ? 'it' : 'them'} ${percent(share)} of their attention.`;
}

function differenceSentence({ metric: { positive, negative }, before, after, random }: Knockout): string {
  const went = `logit(${positive}) − logit(${negative}) goes from ${fixed(before.difference)} to ${fixed(after.difference)}`;
  if (!random) return `${went}.`;
  return `${went}; with as many other tokens instead, drawn at random, to ${fixed(random.difference)} (the mean of ${random.draws} ${random.draws === 1 ? 'draw' : 'draws'}).`;
}

/** The window or head that changes the difference most, beside what random tokens do there. */
function pieceSentence({ before, pieces }: Knockout): string | null {
  const known = pieces.filter(({ difference }) => difference !== null);
  if (known.length === 0) return null;
  const change = (value: number) => value - before.difference;
  const top = known.reduce((a, b) => (Math.abs(change(b.difference!)) > Math.abs(change(a.difference!)) ? b : a));
  const which = top.head === null ? `Of windows of ${top.to - top.from + 1} layers, ${windowWords(top)}` : `Of single heads, ${top.from}.${top.head}`;
  const beside = top.random && `, where random tokens change it by ${signed(change(top.random.difference))}`;
  return `${which} alone ${top.head === null && top.to > top.from ? 'change' : 'changes'} it most, by ${signed(change(top.difference!))}${beside ?? ''}.`;
}
