/** The study's file: what is said where it is wrong, and the schema that editors check it by. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkedStudy, studySchema } from '../../src/protocol/studies/study';
import { editKinds } from '../../src/studies/programs/prepare';
import { readStudy } from '../../src/studies/running/run';
import { EDIT_KINDS, TYPE_EDIT_KINDS } from '../../src/snippets/edits';

const least = { format: 'latent-lens/study', version: 1, title: 'T', programs: [{ from: 'file', path: 'rows.jsonl' }] };

test('the schema of the package is that of the code', async () => {
  await expect(`${JSON.stringify(studySchema(), null, 1)}\n`).toMatchFileSnapshot('../../schemas/study.json');
  const { contributes: { jsonValidation: [{ fileMatch, url }] } } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { jsonValidation: { fileMatch: string; url: string }[] } };
  expect([fileMatch, url]).toEqual(['*.study.json', './schemas/study.json']);
});

test('what is left out has defaults', () => {
  expect(checkedStudy(least, 'f')).toMatchObject({ models: [''], question: null, edits: null, examples: [], sampling: null, analyses: {}, cluster: 'program', seed: 0 });
});

test.each<[string, object, string]>([
  ['an unknown field', { modles: [] }, 'f has no field "modles"; it has $schema, format, version, title'],
  ['a source that is none', { programs: [{ from: 'web', path: 'x' }] }, 'f: "programs[0].from" is "web"; it must be "file", "folder" or "pair".'],
  ['no source', { programs: [] }, 'f: "programs" is []; it must be a list of sources, at least one.'],
  ['an analysis that is none', { analyses: { lense: {} } }, 'f: "analyses" has no field "lense"; it has prediction, lens'],
  ['a wrong parameter', { analyses: { lens: { topK: 0 } } }, 'f: "analyses.lens.topK" is 0; it must be a whole number from 1 to 100.'],
  ['a temperature', { sampling: { temperature: 0 } }, 'f: "sampling.temperature" is 0; it must be a number from 0.05 to 5.'],
  ['an edit that is not made', { examples: [{ count: 1, edited: 'rename-letter' }] }, 'f: the edit "rename-letter" is used and not made. Add it to "edits.kinds".'],
])('%s is named', (_, fields, message) => {
  expect(() => checkedStudy({ ...least, ...fields }, 'f')).toThrow(message);
});

test('the edits of studies are those that programs have', () => {
  const made = TYPE_EDIT_KINDS.filter((kind) => kind !== 'several-edits'); // a search puts those together
  expect(new Set(editKinds(true))).toEqual(new Set([...made, 'rename-several', 'remove-annotation']));
  expect(editKinds(false)).toBe(EDIT_KINDS);
});

test.each(readdirSync('examples/studies'))('the example %s is a study', (name) => {
  const file = path.join('examples/studies', name);
  expect(name).toMatch(/\.study\.json$/);
  expect(readStudy(file).title).not.toBe('');
  expect((JSON.parse(readFileSync(file, 'utf8')) as { $schema: string }).$schema).toBe('../../schemas/study.json');
});
