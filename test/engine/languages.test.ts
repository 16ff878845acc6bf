/** What a language says where its judge cannot: an answer each, with why nothing is known of it, and what stands in the code. */
import { expect, test } from 'vitest';
import { typeScript } from '../../src/engine/languages/typescript';
import type { Program } from '../../src/engine/reading/program';
import { Undecided, type TypeJudge } from '../../src/snippets/judge/judge';

const WHY = 'The type could not be told in 5 s.';
const undecided = () => Promise.reject(new Undecided(WHY));
const { knowledge } = typeScript({ hole: undecided, candidates: undecided, edits: undecided } as unknown as TypeJudge, 'typescript');
const text = 'let a: Deep = 1;';
const program = { text, place: { start: 7, end: 11 } } as Program;

test('a type that the compiler cannot tell', async () => {
  expect(await knowledge.truth(program)).toEqual({ label: 'Deep', message: null, line: null, by: 'the code', note: WHY });
  expect(await knowledge.truth({ ...program, place: { start: 7, end: 7 } })).toBeNull();
  expect(await knowledge.edits(program)).toEqual([]);
  const verdicts = await knowledge.verdicts(program, 'Deep', ['number', 'Deep']);
  expect(verdicts.map(({ undecided: why, checks, exact }) => [why, checks, exact])).toEqual([[WHY, null, null], [WHY, null, null]]);
});

test('any other failure is not hidden', async () => {
  const broken = typeScript({ candidates: () => Promise.reject(new Error('gone')) } as unknown as TypeJudge, 'typescript');
  await expect(broken.knowledge.verdicts(program, null, ['number'])).rejects.toThrow('gone');
});
