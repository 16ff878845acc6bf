import type { StudyProgress } from '../../protocol/studies/desk';

/** "Asking · 12 of 40". */
export function progressWords({ stage, done, total }: StudyProgress): string {
  return total === null ? stage : `${stage} · ${done ?? 0} of ${total}`;
}
