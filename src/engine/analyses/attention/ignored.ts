/** Which tokens are not to be read: those that are named, and those that the syntax of the code says. */
import { ANALYSES, type Params } from '../../../protocol/analyses';
import { parseStretch } from '../../../protocol/reading/place';
import { sourceRange } from '../../../snippets/prompts/prompts';
import { asidesOf, otherOccurrences, type Range } from '../../../snippets/syntax/asides';
import { sharedParser } from '../../../snippets/syntax/parse';
import { positionsIn } from '../../reading/places';
import type { Program } from '../../reading/program';
import { Unanswerable } from '../reading';

/** The positions of all tokens that some stretches touch, ascending. @throws a sentence */
export function stretched(program: Program, stretches: readonly string[]): number[] {
  return ascending(stretches.flatMap((given) => positionsIn(program, parseStretch(given))));
}

/** @throws a sentence, Unanswerable where there are none */
export async function ignoredTokens(program: Program, { sources, syntax }: Pick<Params<'knockout'>, 'sources' | 'syntax'>): Promise<number[]> {
  const named = stretched(program, sources ?? []);
  if (syntax === null) {
    if (named.length > 0) return named;
    throw new Unanswerable(`Nothing was said that is not to be read. ${ANALYSES.knockout.first}`);
  }
  const inCode = program.encoded.map((token) => sourceRange(program.prompt, token));
  const tree = (await sharedParser()).parse(program.source.code);
  const touching = (ranges: readonly Range[]) =>
    inCode.flatMap((own, at) => (own && ranges.some(({ start, end }) => own.start < end && own.end > start) ? [at] : []));
  if (syntax !== 'occurrences') {
    const found = touching(asidesOf(tree, syntax));
    if (found.length === 0) throw new Unanswerable(`The code has no ${NAMES[syntax]}.`);
    return ascending([...named, ...found]);
  }
  const others = otherOccurrences(tree, named.flatMap((at) => inCode[at] ?? []));
  if (!others) throw new Unanswerable('Name one place of a variable, function or class as the ignored tokens: there it is still read, and at all other places of that name not.');
  const found = touching(others).filter((at) => !named.includes(at));
  if (found.length === 0) throw new Unanswerable('That name stands nowhere else in the code.');
  return found;
}

const NAMES = { comments: 'comments', docstrings: 'docstrings', uncalled: 'function that it surely never calls' } as const;

function ascending(positions: readonly number[]): number[] {
  return [...new Set(positions)].sort((a, b) => a - b);
}
