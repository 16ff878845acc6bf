/** What views of further analyses are told, and whether they can ask: no elements here. */
import type { Need } from '../../src/protocol/analyses/analysis';
import type { PartAnswers, Shown } from '../page/page';

/** What is told besides the explanation. */
export interface AnalysesShown extends Shown {
  parts: PartAnswers;
  /** Whether the code has changed since it was explained. */
  outdated: boolean;
  /** Whether the reader looks at the tab. */
  looking: boolean;
}

/** Why nothing can be asked; null when it can. */
export function whyNotAsked({ explanation, progress, live, outdated }: Omit<AnalysesShown, 'parts' | 'looking'>, needs: readonly Need[]): string | null {
  if (!live) return 'This is a saved result without its code at hand, so nothing more can be computed here. Open the code and explain it there.';
  if (outdated) return 'The code has changed since it was explained. Explain it again first.';
  if (progress === 'running') return 'The explanation comes first.';
  if (progress === 'stopped') return 'The explanation was stopped before it was complete. Explain the code again.';
  if (needs.includes('variant') && !explanation.counterfactual) return 'This compares two programs, and there is no variant that the code was compared with.';
  return null;
}
