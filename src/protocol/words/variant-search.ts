/** What a search for the smallest edit says, in sentences. */
import type { VariantSearch } from '../reading/variant-search';

type Percent = (share: number) => string;

/** Of one edit, and of several. */
const REASONS: Readonly<Record<keyof VariantSearch['refused'], readonly [string, string]>> = {
  syntax: ['breaks the syntax', 'break the syntax'],
  errors: ['changes the errors', 'change the errors'],
  type: ['changes the type', 'change the type'],
  undecided: ['could not be judged', 'could not be judged'],
  unread: ['changes nothing that the model reads', 'change nothing that the model reads'],
  answer: ['renames a type that an answer names', 'rename a type that an answer names'],
};

const ENDS: Readonly<Record<VariantSearch['ended'], string>> = {
  found: '', exhausted: ' among these edits and what was made of them', budget: '; the search ended with its budget', time: '; the search ended with its time', stopped: '; the search was not at its end',
};

/** @param named how sentences call an answer */
export function searchWords(search: VariantSearch, named: (label: string) => string, percent: Percent): string[] {
  const { goal, answer, probability, kept, tried, refused, singles, several, refusedSets, ended, best, random } = search;
  const reasons = Object.entries(refused).filter(([, count]) => count > 0).map(([why, count]) => `${count} ${REASONS[why as keyof typeof refused][count === 1 ? 0 : 1]}`);
  const because = reasons.length > 0 ? ` (of the others ${reasons.join(', ')})` : '';
  const sets = refusedSets > 0 ? `; ${plural(refusedSets, 'set')} of edits did not go together` : '';
  const counted = `${plural(tried, 'edit')} of one thing ${tried === 1 ? 'was' : 'were'} tried, and ${kept} of them can be used${because}. The model read ${singles} of them${several > 0 ? `, and ${plural(several, 'set')} of several at once` : ''}${sets}.`;
  if (!best) return [`${counted} So nothing can be said of how small an edit changes its answer.`];
  const by = `${best.edits === 1 ? '' : `${best.edits} edits at once: `}${best.description}`;
  const moves = `${named(answer)} goes from ${percent(probability)} to ${percent(best.probability)}${timesWords(probability, best.probability, percent)}`;
  const what = { wrong: 'makes the model fail', right: 'makes the model right', other: 'changes the model’s answer' }[goal];
  const perhaps = ended === 'found' ? '' : ` A smaller one may be there${ENDS[ended]}.`;
  const first = best.flips
    ? `The smallest edit found that ${what} changes ${plural(best.tokens, 'token')}: ${by}. Then the model says ${named(best.prediction.label)} (${percent(best.prediction.probability)}), and ${moves}.${perhaps}`
    : `No edit was found that ${what}${ENDS[ended]}. The one that goes furthest changes ${plural(best.tokens, 'token')}: ${by}. With it ${moves}.`;
  return [first, counted, ...(random ? [randomWords(random, best, percent)] : [])];
}

function randomWords({ edits, sets, flips, tokens }: NonNullable<VariantSearch['random']>, best: { tokens: number }, percent: Percent): string {
  const drawn = edits === 1 ? plural(sets, 'edit') : `${plural(sets, 'set')} of ${edits} edits`;
  return `Of ${drawn} drawn at random, which change ${Math.round(tokens * 10) / 10} tokens on average where this one changes ${best.tokens}, ${flips} ${flips === 1 ? 'changes' : 'change'} its answer so (${percent(flips / sets)}).`;
}

/** Where both shares look alike in percent: how many times as probable it is. */
function timesWords(before: number, after: number, percent: Percent): string {
  if (percent(before) !== percent(after) || before <= 0 || after <= 0) return '';
  return `, ${(after / before).toPrecision(2)} times as much`;
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
