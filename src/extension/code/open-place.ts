/** The place that an open question is about: where it is now, and which code an answer to it depends on. Knows nothing of VS Code. */
import type { OffsetChange, OffsetRange } from './tracked-range';
import type { ReadProgram } from '../../protocol/reading/reading';
import { isOpenQuestion, type OpenQuestion } from '../../vocabulary/open-questions';

/** A place in the text, UTF-16; empty at a cursor. */
export interface OpenPlace extends OffsetRange {
  ask: OpenQuestion;
  /** The editor's name for the language, of a question about a type. */
  language?: string;
  /** Whether what is behind it is read too, by the model's sentinels. */
  fim?: boolean;
  /** What may be answered besides what the model itself would. */
  answers?: string[];
}

/**
 * Whether a cursor is asked about with what is behind it: where code follows, if the model can read it and the setting does not say
 * otherwise.
 */
export function readsAround(setting: 'automatic' | 'before', fillsHoles: boolean, behind: string): boolean {
  return setting === 'automatic' && fillsHoles && behind.trim() !== '';
}

/** The code that the answer depends on: all before the place; of a text of so many characters all, where what is behind is read too. */
export function countedCode({ start, fim }: OpenPlace, length: number): OffsetRange {
  return { start: 0, end: fim ? length : start };
}

/** The place that a result is about; null where the question is none of those about places. */
export function openPlace(question: string, { behind, others, ...range }: NonNullable<ReadProgram['place']>): OpenPlace | null {
  if (!isOpenQuestion(question)) return null;
  return { ask: question, ...range, ...(behind && { fim: true }), ...(others && { answers: others }) };
}

/** The place after changes, which VS Code orders so that an earlier one does not move a later one. Its ends are typed at outside of it. */
export function trackedPlace<P extends OffsetRange>(place: P, changes: readonly OffsetChange[]): P {
  let { start, end } = place;
  for (const { rangeOffset: from, rangeLength, text } of changes) {
    const to = from + rangeLength;
    const grown = text.length - rangeLength;
    if (from >= end) continue;
    if (to <= start) {
      start += grown;
      end += grown;
    } else {
      start = Math.min(start, from);
      end = Math.max(end, to) + grown;
    }
  }
  return { ...place, start: place.start === place.end ? end : start, end };
}
