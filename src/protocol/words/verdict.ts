/** What a checker says of an answer, in a few words. */
import type { Verdict } from '../reading/verdict';

/** "exact", "the same type", "more general", "checks", "TS2322", or why nothing is known of it; null where there is nothing to say. */
export function verdictWords({ parses, exact, equivalent, overGeneral, checks, error, undecided }: Verdict): string | null {
  if (undecided !== undefined) return 'not told in time';
  if (!parses) return 'no type';
  if (exact) return 'exact';
  if (equivalent) return 'the same type';
  if (overGeneral) return checks === false ? 'more general, and an error' : 'more general';
  if (checks) return 'checks';
  return checks === false ? (error?.code ? `TS${error.code}` : 'an error') : null;
}

/** The same as a sentence, for where there is room. */
export function verdictSentence(verdict: Verdict): string | null {
  const { exact, equivalent, overGeneral, checks, error, parses, undecided } = verdict;
  if (undecided !== undefined) return undecided;
  if (!parses) return 'It is no type.';
  if (exact) return 'It is what stands there.';
  if (equivalent) return 'To the compiler it is the type that stands there.';
  const general = overGeneral ? 'What stands there is assignable to it, but not the other way. ' : '';
  if (checks) return `${general}The program has no new error with it.`;
  if (!error) return general.trim() || null;
  return `${general}With it, ${error.line === null ? '' : `line ${error.line}: `}${error.message}${error.code === null ? '' : ` (TS${error.code})`}`;
}
