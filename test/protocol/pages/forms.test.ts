import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ANALYSES, ANALYSIS_IDS } from '../../../src/protocol/analyses';
import { choice, said, text, whole } from '../../../src/protocol/fields';
import { formFields, needsNothing } from '../../../src/protocol/pages/forms';

describe('a form', () => {
  const params = z.strictObject({
    layer: whole(0, 5, { title: 'Layer', description: 'which one' }).default(2),
    share: z.number().nullable().default(null),
    site: choice({ z: 'mixed values', q: 'queries' }, { title: 'Site' }).default('q'),
    exact: said(z.boolean(), { title: 'Exact' }).default(true),
    positions: z.array(whole(0, 9)).nullable().default(null),
    name: text.default(''),
    folder: said(text.nullable().default(null), { title: 'Folder', file: { kind: 'folder' } }),
    places: z.array(said(text.regex(/^#/), { words: 'a place', place: 'token' })).nullable().default(null),
    named: said(text.nullable().default(null), { left: 'none' }),
  });

  it('has a control for each number, choice, switch and text, at its default', () => {
    expect(formFields(params)).toEqual([
      { name: 'layer', title: 'Layer', description: 'which one', otherwise: 2, empty: false, kind: 'number', least: 0, most: 5, whole: true },
      { name: 'share', title: 'share', description: '', otherwise: null, empty: true, kind: 'number', least: null, most: null, whole: false },
      { name: 'site', title: 'Site', description: '', otherwise: 'q', empty: false, kind: 'choice', choices: { z: 'mixed values', q: 'queries' } },
      { name: 'exact', title: 'Exact', description: '', otherwise: true, empty: false, kind: 'toggle' },
      { name: 'name', title: 'name', description: '', otherwise: '', empty: false, kind: 'text', list: false, words: 'a text', place: null, left: null },
      { name: 'folder', title: 'Folder', description: '', otherwise: null, empty: true, kind: 'file', file: { kind: 'folder' } },
      { name: 'places', title: 'places', description: '', otherwise: null, empty: true, kind: 'text', list: true, words: 'a place', place: 'token', left: null },
      { name: 'named', title: 'named', description: '', otherwise: null, empty: true, kind: 'text', list: false, words: 'a text', place: null, left: 'none' },
    ]);
  });

  it.each(ANALYSIS_IDS)('of %s asks what the analysis accepts', (id) => {
    const values = Object.fromEntries(formFields(ANALYSES[id].params).map(({ name, otherwise }) => [name, otherwise]));
    if (needsNothing(ANALYSES[id].params)) expect(ANALYSES[id].params.safeParse(values).success).toBe(true);
  });

  it('does not say that what an analysis cannot begin without is chosen by itself', () => {
    const left = (['ablation', 'knockout', 'latentPaths'] as const).map((id) => formFields(ANALYSES[id].params).flatMap((field) => (field.kind === 'text' && field.left) || [])[0]);
    expect(left).toEqual(['none', 'none', 'none']);
  });

  it('is not enough for what has no default', () => {
    expect(needsNothing(params)).toBe(true);
    expect(needsNothing(ANALYSES.intervention.params)).toBe(false);
  });
});
