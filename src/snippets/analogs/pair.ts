/** A pair of programs: what both have, and what the edit between them put in the place of what. */
import type { Change } from '../edits/types';

/** A program and its near twin; a `ProgramEdit` is one. */
export interface ProgramPair {
  original: string;
  variant: string;
  /** What turns the original into the variant, in source order, without overlaps; UTF-16 offsets in the original. */
  changes: readonly Change[];
}

export type Side = 'original' | 'variant';

/** A stretch that both programs have, or (where it is not kept) one of the edit's, on both sides. */
export interface Run {
  kept: boolean;
  original: { start: number; end: number };
  variant: { start: number; end: number };
}

/**
 * All of a pair in runs, in source order. Those of the edit are its changes; one that begins or ends within a word takes in all of it.
 * @throws when the changes do not lead from the original to the variant
 */
export function runsOf(pair: ProgramPair): Run[] {
  const { original, variant } = pair;
  const runs: Run[] = [];
  let from = 0;
  let at = 0;
  const add = (kept: boolean, end: number, there: number) => {
    if (end > from || there > at) runs.push({ kept, original: { start: from, end }, variant: { start: at, end: there } });
    from = end;
    at = there;
  };
  for (const change of widened(stretchesOf(pair), original, variant)) {
    add(true, change.original.start, change.variant.start);
    add(false, change.original.end, change.variant.end);
  }
  add(true, original.length, variant.length);
  return runs;
}

type Stretches = Omit<Run, 'kept'>;

function stretchesOf({ original, variant, changes }: ProgramPair): Stretches[] {
  let rebuilt = '';
  let from = 0;
  const stretches = changes.map(({ start, end, replacement }): Stretches => {
    if (start < from || end < start) throw new Error('The changes of an edit are not in order, or overlap.');
    rebuilt += original.slice(from, start) + replacement;
    from = end;
    return { original: { start, end }, variant: { start: rebuilt.length - replacement.length, end: rebuilt.length } };
  });
  if (rebuilt + original.slice(from) !== variant) throw new Error('The changes do not lead from the original program to its variant.');
  return stretches;
}

function widened(stretches: readonly Stretches[], original: string, variant: string): Stretches[] {
  const wide: Stretches[] = [];
  for (const [i, stretch] of stretches.entries()) {
    const [here, there] = [{ ...stretch.original }, { ...stretch.variant }];
    const last = wide.at(-1);
    const from = last?.original.end ?? 0;
    const to = stretches[i + 1]?.original.start ?? original.length;
    const goesOn = (text: string, at: number) => isWordSign(text, at - 1) && isWordSign(text, at);
    while (here.start > from && (goesOn(original, here.start) || goesOn(variant, there.start))) {
      here.start--;
      there.start--;
    }
    while (here.end < to && (goesOn(original, here.end) || goesOn(variant, there.end))) {
      here.end++;
      there.end++;
    }
    if (last && here.start === last.original.end && goesOn(original, here.start)) {
      last.original.end = here.end;
      last.variant.end = there.end;
    } else wide.push({ original: here, variant: there });
  }
  return wide;
}

function isWordSign(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /[\p{L}\p{N}\p{M}_\ud800-\udfff]/u.test(text[at]);
}
