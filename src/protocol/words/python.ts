import type { ActualOutcome } from '../documents/explanation';

/**
 * Who says what is true, for people: 'Python 3.14', or 'Python' where the document does not say; 'TypeScript' or 'The code' for types.
 * @param judge who would say it, where nobody did
 */
export function pythonName(actual: Pick<ActualOutcome, 'python' | 'by'> | null, judge = 'Python'): string {
  if (actual === null) return judge;
  if (actual.by !== undefined) return `${actual.by[0].toUpperCase()}${actual.by.slice(1)}`;
  const version = /^\d+\.\d+/.exec(actual.python ?? '')?.[0];
  return version ? `Python ${version}` : 'Python';
}
