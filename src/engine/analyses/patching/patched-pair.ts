/** A pair that is patched: what all analyses that put one program's activations into the other's run say of its metric and its tokens. */
import { comparison } from '../../../findings/explanation';
import type { BehindToken, PatchingDirection, PatchingMetric } from '../../../protocol/documents/explanation';
import type { CodeTokenizer } from '../../../snippets/tokenizer/tokenizer';
import { outcomeLabel } from '../../../vocabulary/labels';
import type { Program } from '../../reading/program';
import type { Pair } from '../../twins/pair';
import { positionNames } from '../findings';
import type { Reading } from '../reading';

/** The metric of the original and of the variant, from those of the run that is changed and the one that is read. */
export function cleanAndCorrupted(
  direction: PatchingDirection,
  { baseMetric, sourceMetric }: { baseMetric: number; sourceMetric: number },
): [number, number] {
  return direction === 'denoising' ? [sourceMetric, baseMetric] : [baseMetric, sourceMetric];
}

/** Tokens that follow both prompts, because both answers begin with them. */
export function tokensBehind({ metric: { shared } }: Pair, tokenizer: CodeTokenizer): BehindToken[] {
  return shared.map((id) => ({ id, text: tokenizer.tokenText(id) }));
}

/** What sentences call each position of the original, and of the tokens behind it. */
export function namesWith(program: Program, behind: readonly BehindToken[]): string[] {
  return [...positionNames(program), ...behind.map(({ text }) => `\`${text.trim()}\` of the answers`)];
}

/** What the metric compares where that is not plain, and whether it tells the two programs apart; null where there is nothing to say. */
export async function comparisonOf(
  reading: Reading,
  { metric, behind, clean, corrupted }: { metric: PatchingMetric; behind: readonly BehindToken[]; clean: number; corrupted: number },
): Promise<string | null> {
  const actual = await reading.actual();
  const shared = behind.map(({ text }) => text).join('').trim();
  return comparison({ ...metric, shared, clean, corrupted }, actual && outcomeLabel(actual));
}
