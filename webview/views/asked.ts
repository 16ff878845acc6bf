/** What views of analyses are told, and whether they can ask: no elements here. */
import type { AnalysisId } from '../../src/protocol/analyses';
import type { Need } from '../../src/protocol/analyses/analysis';
import { UNASKED, type Answer } from '../../src/protocol/pages/answer';
import type { Explanation } from '../../src/protocol/documents/explanation';
import type { ListedSae } from '../../src/protocol/documents/latents';
import type { Answered, Result } from '../../src/protocol/documents/result';
import type { PartAnswers, Shown } from '../page/page';

export interface AnalysesShown extends Omit<Shown, 'explanation'> {
  result: Result;
  /** Null where the result has no prediction. */
  explanation: Explanation | null;
  /** What came of analyses that were asked for after the explanation. */
  parts: PartAnswers;
  /** Null before they are known. */
  saes: ListedSae[] | null;
  /** Whether the code has changed since it was explained. */
  outdated: boolean;
  /** Whether the code shows what can be shown in it; false where left out. */
  inCode?: boolean;
  /** Whether the reader looks at the view. */
  looking: boolean;
}

/** What an analysis says: when it was asked for after the explanation, else as a part of the result. */
export function answerOf<K extends AnalysisId>({ parts, result }: Pick<AnalysesShown, 'parts' | 'result'>, id: K): Answer<Answered<K>> {
  const answer = parts[id] as Answer<Answered<K>> | undefined;
  const saved = result.parts[id] as Answered<K> | undefined;
  if (answer?.result || !saved) return answer ?? UNASKED;
  return { ...(answer ?? UNASKED), result: saved };
}

/** Whether a view asks of itself when it is looked at: not again after it failed, or when it was said that it takes long. */
export function isUnasked({ result, running, error, cost }: Answer<unknown>): boolean {
  return result === null && running === null && error === null && cost === null;
}

type Askable = Pick<AnalysesShown, 'progress' | 'live' | 'outdated'> & Partial<Pick<AnalysesShown, 'result'>>;

/** Why nothing can be asked; null when it can. */
export function whyNotAsked({ result, progress, live, outdated }: Askable, needs: readonly Need[]): string | null {
  if (!live) return 'This is a saved result without its code at hand. What is not in it cannot be computed here: open the code and explain it there.';
  if (outdated) return 'The code has changed since it was explained. Explain it again first.';
  if (progress === 'running') return 'The explanation comes first.';
  if (progress === 'stopped') return 'The explanation was stopped before it was complete. Explain the code again.';
  if (needs.includes('variant') && !result?.pair) return 'This compares two programs, and there is no variant that the code was compared with.';
  return null;
}
