import type { ActualOutcome } from '../explanation';

/** The Python that ran a program, for people: 'Python 3.14', or 'Python' where the document does not say. */
export function pythonName(actual: Pick<ActualOutcome, 'python'> | null): string {
  const version = /^\d+\.\d+/.exec(actual?.python ?? '')?.[0];
  return version ? `Python ${version}` : 'Python';
}
