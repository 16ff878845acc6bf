/** Which tokens have to be in sight: those of the edit, and those on the line at which Python fails. */
import { codeLinesOf, codeOffset } from '../../src/protocol/reading/code-parts';
import type { ActualOutcome, Counterfactual, ReadProgram } from '../../src/protocol/documents/explanation';

/** By their positions, the edit's first. */
export function focusPositions(of: Pick<ReadProgram, 'source' | 'tokens'>, actual: ActualOutcome | null | undefined, pair: Counterfactual | null): Set<number> {
  return new Set([...(pair ? editedPositions(of, pair) : []), ...failingPositions(of, actual)]);
}

/** Of tokens that the variant has not, or before which it has more. */
function editedPositions({ tokens }: Pick<ReadProgram, 'tokens'>, { tokens: others, alignment: { columns } }: Counterfactual): number[] {
  return columns.flatMap(({ original, variant }, i) => {
    if (original === null) return columns[i + 1]?.original ?? [];
    return variant === null || tokens[original].id !== others[variant].id ? [original] : [];
  });
}

/** A token of white space alone stands on no line. */
export function failingPositions({ source, tokens }: Pick<ReadProgram, 'source' | 'tokens'>, actual: ActualOutcome | null | undefined): Set<number> {
  const failing = new Set<number>();
  if (!actual || actual.line === null) return failing;
  const cell = actual.cell ?? source.parts?.at(-1)?.cell;
  const lines = codeLinesOf(source).map((place) => place.line === actual.line && cell === place.cell);
  const lineOf = (offset: number) => source.code.slice(0, offset).split(/\r\n|\r|\n/).length - 1;
  tokens.forEach(({ start, end }, position) => {
    if (start === null || end === null) return;
    const [from, to] = [codeOffset(source, start), codeOffset(source, end - 1) + 1];
    const text = source.code.slice(from, to);
    if (text.trim() !== '' && lines[lineOf(from + text.length - text.trimStart().length)]) failing.add(position);
  });
  return failing;
}
