/** What leaving nodes out did, in sentences. */
import { list } from '../../../findings/list';
import { fixed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import type { Tried } from '../../../protocol/analyses/ablation';

const MOST_NAMED = 6;

export function triedFindings(part: Tried): string[] {
  const { whole, without, random, left, programs } = part;
  const where = programs.trying > 0 ? `on average over ${programs.trying} programs` : 'in this program';
  const beside = random === null ? '' : `; without as many others of each kind, drawn at random, to ${fixed(random)}`;
  const share = left.without === null ? '' : ` (${percent(left.without)} of what the model does ${part.nodes.length === 1 ? 'without it' : 'without them'})`;
  return [`Without ${nodesWords(part)} the logit difference goes from ${fixed(whole)} to ${fixed(without)}${share}, ${where}${beside}.`, claimSentence(part)];
}

/** The claim, and how far it holds. */
export function claimSentence({ nodes, programs, claim }: Tried, subject = nodes.length === 1 ? 'it' : 'them'): string {
  const { answer, made, held, interval, before, random } = claim;
  const verb = 2 * before > held.of ? 'stays' : 'becomes';
  const claimed = `without ${subject} the answer ${verb} ${answer}`;
  const beside = random === null ? '' : `, without as many others drawn at random in ${random.count} of ${random.of} runs`;
  if (programs.trying === 0) {
    return `In this program, ${claimed}${beside}; whether it does in others was not tried.`;
  }
  const range = `${percent(interval.low)} to ${percent(interval.high)}`;
  const already = verb === 'becomes' && before > 0 ? `, in ${before} of which it is that anyway` : '';
  return `A claim, made from ${programs.making} programs (${made.count} of ${made.of}): ${claimed}. `
    + `Of ${held.of} programs that it was not made from${already}, it holds in ${held.count} (${percent(held.count / held.of)}; 95 %: ${range})${beside}.`;
}

/** "head 4.2, head 5.0 and MLP 3 at “ a”, and head 1.0 everywhere", "9 nodes": those of one place together. */
export function nodesWords({ nodes }: Pick<Tried, 'nodes'>): string {
  if (nodes.length > MOST_NAMED) return `${nodes.length} nodes (${kindsWords(nodes)})`;
  const byPlace = new Map<string | null, string[]>();
  for (const { words, place } of nodes) byPlace.set(place, [...(byPlace.get(place) ?? []), words]);
  const groups = [...byPlace].map(([place, words]) => `${list(words)}${place === null ? '' : ` at ${JSON.stringify(place)}`}`);
  return nodes.length === groups.length ? list(groups) : groups.join(', and ');
}

/** "3 heads, 2 MLPs". */
function kindsWords(nodes: Tried['nodes']): string {
  const counts = new Map<string, number>();
  for (const { words } of nodes) {
    const kind = /^(head|MLP|latent)/.exec(words)?.[1] ?? 'others';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${count > 1 && kind !== 'others' ? `${kind}s` : kind}`).join(', ');
}

/** @param asked how many random draws were asked for */
export function triedProblems({ programs, draws, answers }: Tried, asked: number): string[] {
  return [
    programs.trying === 0 && 'This was tried in the given pair alone, so it says nothing of other programs: ask for more programs.',
    asked > 0 && draws === 0 && 'There are too few others of each kind to draw as many at random to compare with.',
    answers.some(({ label }) => label.includes(' or ')) && 'Answers are told apart by the token that comes next, which some of them have in common.',
  ].filter((problem) => problem !== false);
}
