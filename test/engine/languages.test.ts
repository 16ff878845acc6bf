/** What a language says where its judge cannot: an answer each, with why nothing is known of it, and what stands in the code. */
import { afterAll, describe, expect, test } from 'vitest';
import { python } from '../../src/engine/languages/python';
import { typeScript } from '../../src/engine/languages/typescript';
import type { Program } from '../../src/engine/reading/program';
import { TypeJudge, Undecided } from '../../src/snippets/judge/judge';

const WHY = 'The type could not be told in 5 s.';
const undecided = () => Promise.reject(new Undecided(WHY));
const { knowledge } = typeScript({ hole: undecided, candidates: undecided, edits: undecided } as unknown as TypeJudge, 'typescript');
const text = 'let a: Deep = 1;';
const program = { text, source: { code: text, start: 0, firstLine: 1 }, place: { start: 7, end: 11 } } as Program;

test('a type that the compiler cannot tell', async () => {
  expect(await knowledge.truth(program)).toEqual({ label: 'Deep', message: null, line: null, by: 'the code', note: WHY });
  expect(await knowledge.truth({ ...program, place: { start: 7, end: 7 } })).toBeNull();
  expect(await knowledge.edits(program)).toMatchObject({ edits: [], singles: [], why: WHY });
  const verdicts = await knowledge.verdicts(program, 'Deep', ['number', 'Deep']);
  expect(verdicts.map(({ undecided: why, checks, exact }) => [why, checks, exact])).toEqual([[WHY, null, null], [WHY, null, null]]);
});

test('any other failure is not hidden', async () => {
  const broken = typeScript({ candidates: () => Promise.reject(new Error('gone')) } as unknown as TypeJudge, 'typescript');
  await expect(broken.knowledge.verdicts(program, null, ['number'])).rejects.toThrow('gone');
});

describe('several edits at once', () => {
  const judge = new TypeJudge();
  afterAll(() => judge.dispose());
  const holed = (code: string): Program => {
    const start = code.indexOf('‹');
    const end = code.indexOf('›') - 1;
    const plain = code.replace(/[‹›]/g, '');
    return { text: plain, source: { code: plain, start: 0, end: plain.length }, hole: { start, end }, place: { start, end } } as unknown as Program;
  };

  test.each([
    ['TypeScript', typeScript(judge, 'typescript'), holed('export function label(item: ‹string›, prefix: string, amount: number) {\n  const text = prefix + item;\n  return text + amount;\n}\n')],
    ['Python', python(), holed('def label(item: ‹str›, prefix: str, amount: int):\n    text = prefix + item\n    return text * amount\n')],
  ])('of %s that go together are all of their changes, and those that do not are refused', async (_, { knowledge: known }, at) => {
    const { singles, together } = await known.edits(at);
    const of = (kind: string, name: string) => singles.find((edit) => edit.kind === kind && edit.description.includes(`\`${name}\``))!;
    const [one, two] = [of('rename-neutral', 'item'), of('rename-neutral', 'prefix')];
    const removed = of('remove-annotation', 'amount');
    const [both, mixed, twice, same] = await together([[one, two], [removed, one], [one, of('rename-letter', 'item')], [one, one]]);
    const names = (edit: typeof one) => edit.changes[0].replacement;
    const code = at.text.replaceAll(/\bitem\b/g, names(one)).replaceAll(/\bprefix\b/g, names(two));
    expect(both).toMatchObject({ kind: 'rename-neutral', variant: code, description: `${one.description}; ${two.description}` });
    expect(mixed).toMatchObject({ kind: 'several-edits', variant: at.text.replaceAll(/\bitem\b/g, names(one)).replace(/(amount): \w+/, '$1') });
    expect([twice, same]).toEqual([null, null]);
  });
});
