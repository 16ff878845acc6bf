import type { Random } from '../random';
import { calls } from './edits-calls';
import { flow } from './edits-flow';
import { layout } from './edits-layout';
import { names } from './edits-names';
import { syntax } from './edits-syntax';
import { values } from './edits-values';
import { isDelicate } from './ending';
import type { Edit } from './swap';

export const edits: readonly Edit[] = [...syntax, ...layout, ...names, ...values, ...calls, ...flow];

const RISKY = new Set([
  'zero',
  'another value',
  'other comparison',
  'other operator',
  'delete a line',
  'dedent a line',
]);

/** One random edit that changes the program, or undefined after twelve tries. */
export function edit(code: string, random: Random): string | undefined {
  const delicate = isDelicate(code);
  const weights = edits.map((e) => (delicate && RISKY.has(e.name) ? 0 : e.weight));
  for (let attempt = 0; attempt < 12; attempt++) {
    const fresh = random.weighted(edits, weights).apply(code, random);
    if (fresh !== undefined && fresh !== code && fresh.trim() !== '') return fresh;
  }
  return undefined;
}
