/** Edits under an open question that would rename one of its answers. */
import { expect, test } from 'vitest';
import { renamesAnswer } from '../../../src/engine/twins/open-twins';
import type { Question } from '../../../src/engine/reading/question';
import type { ProgramEdit } from '../../../src/snippets/edits';

const asked = (...labels: string[]) => ({ answers: labels.map((label) => ({ label, text: label, ids: [1] })) }) as unknown as Question;
const renaming = (names?: Record<string, string>) => ({ names }) as unknown as ProgramEdit;

test.each([
  ['Point', { Point: 'Handler' }, true],
  ['Map<string, Point[]>', { Point: 'Handler' }, true],
  ['(value: number) => string', { value: '__tmp0' }, false],
  ['(value?: number) => string', { value: '__tmp0' }, false],
  ['(values: Point) => void', { Point: 'Handler' }, true],
  ['Point2', { Point: 'Handler' }, false],
  ['Point', { point: 'q' }, false],
  ['constructor', {}, false],
  ['Point', undefined, false],
])('%s, renamed %o: %s', (label, names, renames) => {
  expect(renamesAnswer(asked('number', label), renaming(names))).toBe(renames);
});
