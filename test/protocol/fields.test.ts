import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { ANALYSES, ANALYSIS_IDS, paramsOf } from '../../src/protocol/analyses';
import { bulk, checked, choice, isList, isNumber, jsonSchema, matrix, read, said, text, whole, wordsOf } from '../../src/protocol/fields';
import { askHub } from '../../src/protocol/models/models';

const why = (schema: z.ZodType, value: unknown) => {
  try {
    checked(schema, value, 'It');
  } catch (error) {
    return (error as Error).message;
  }
  return 'right';
};

const shape = z.discriminatedUnion('kind', [z.object({ kind: z.literal('circle'), radius: z.number().min(0) }), z.object({ kind: z.literal('dot') })]);
const schema = z.strictObject({
  count: whole(1, 9).optional(),
  share: z.number().min(0).max(1).optional(),
  from: z.int().min(2).optional(),
  name: text.nullable().optional(),
  mode: choice({ fast: 'at once', slow: 'later' }).default('fast'),
  on: z.boolean().optional(),
  rows: z.array(z.object({ cells: z.array(whole(0, 3)) })).optional(),
  pair: z.tuple([text, text]).optional(),
  shape: shape.optional(),
  either: z.union([z.literal('all'), z.array(whole(0, 3))]).optional(),
  matrix: matrix.optional(),
});

describe('what is wrong', () => {
  it.each<[object, string]>([
    [{ count: '3' }, 'It: "count" is "3"; it must be a whole number from 1 to 9.'],
    [{ count: 0 }, 'It: "count" is 0; it must be a whole number from 1 to 9.'],
    [{ count: 2.5 }, 'It: "count" is 2.5; it must be a whole number from 1 to 9.'],
    [{ count: NaN }, 'It: "count" is NaN; it must be a whole number from 1 to 9.'],
    [{ share: 2 }, 'It: "share" is 2; it must be a number from 0 to 1.'],
    [{ from: 1 }, 'It: "from" is 1; it must be a whole number from 2 on.'],
    [{ name: 3 }, 'It: "name" is 3; it must be a text or null.'],
    [{ mode: 'odd' }, 'It: "mode" is "odd"; it must be fast or slow.'],
    [{ on: 1 }, 'It: "on" is 1; it must be true or false.'],
    [{ rows: [{ cells: [0] }, { cells: [0, 7] }] }, 'It: "rows[1].cells[1]" is 7; it must be a whole number from 0 to 3.'],
    [{ rows: [{}] }, 'It: "rows[0].cells" is missing; it must be a list, each of it a whole number from 0 to 3.'],
    [{ pair: ['a'] }, 'It: "pair" is ["a"]; it must be a list of 2.'],
    [{ pair: ['a', 1] }, 'It: "pair[1]" is 1; it must be a text.'],
    [{ shape: { kind: 'square' } }, 'It: "shape.kind" is "square"; it must be "circle" or "dot".'],
    [{ shape: {} }, 'It: "shape.kind" is missing; it must be "circle" or "dot".'],
    [{ shape: { kind: 'circle', radius: -1 } }, 'It: "shape.radius" is -1; it must be a number from 0 on.'],
    [{ either: 'some' }, 'It: "either" is "some"; it must be "all" or a list, each of it a whole number from 0 to 3.'],
    [{ either: [1, 9] }, 'It: "either[1]" is 9; it must be a whole number from 0 to 3.'],
    [{ matrix: [[1], [1, 2]] }, 'It: "matrix" is [[1],[1,2]]; it must be as it is described in the schema of results.'],
    [{ other: 1 }, `It has no field "other"; it has ${Object.keys(schema.shape).join(', ')}.`],
  ])('%j is said in a sentence that names the field', (value, sentence) => {
    expect(why(schema, value)).toBe(sentence);
  });

  it('as a whole is said too, and what is right is given its defaults', () => {
    expect(why(schema, null)).toBe('It is null; it must be an object with its fields.');
    expect(why(schema, undefined)).toBe('It is missing; it must be an object with its fields.');
    expect(checked(schema, {}, 'It')).toEqual({ mode: 'fast' });
    expect(read(schema, { rows: [{ cells: ['x'] }] })).toEqual({ wrong: 'rows[0].cells[0]' });
    expect(read(schema, 3)).toEqual({ wrong: '' });
  });

  it('in a nested strict object names the object', () => {
    expect(why(z.object({ inside: schema.optional() }), { inside: { more: 1 } })).toMatch(/^It: "inside" has no field "more"; it has count, share, /);
  });

  it('of a refinement shows the field that it names', () => {
    const ordered = z.object({ from: whole(0, 9), to: whole(0, 9) }).refine(({ from, to }) => from <= to, { path: ['to'], error: 'it must not be before "from"' });
    expect(why(ordered, { from: 5, to: 3 })).toBe('It: "to" is 3; it must not be before "from".');
  });

  it('is shown short, on one line, and without signs that do something', () => {
    const sentence = why(schema, { on: `\u202e\u001b[31m\n\u2028${'x'.repeat(500)}` });
    expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(sentence.length).toBeLessThan(140);
  });

  it('is never written out where it may be a secret', () => {
    const token = 'hf_abcdefghijklmnop';
    const proxy = `ftp://user:${token}@proxy:8080`;
    const wrong = [{ token: [token] }, { token: { token } }, { proxy }, { proxy: [proxy] }, { proxy: { url: proxy } }, { proxy: { url: [proxy] } }];
    for (const field of wrong) {
      const sentence = why(askHub, { reference: 'org/name', ...field });
      expect(sentence, Object.keys(field)[0]).toMatch(/^It: "(?:token|proxy)/);
      expect(sentence).not.toContain(token);
    }
    expect(why(z.object({ key: said(z.object({ inner: text }), { secret: true }) }), { key: { inner: 3 } })).toBe('It: "key.inner" is wrong; it must be a text.');
  });
});

describe('JSON Schema', () => {
  it.each(ANALYSIS_IDS)('of what %s is told is JSON with a title and words for every field', (id) => {
    const { params, part } = ANALYSES[id];
    const made = jsonSchema(params) as { type: string; additionalProperties: boolean; required?: string[]; properties: Record<string, Record<string, unknown>> };
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(made).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(made.properties)).toEqual(Object.keys(params.shape));
    const titleOf = (field: Record<string, unknown>): unknown => field.title ?? (field.anyOf as Record<string, unknown>[] | undefined)?.map(({ title }) => title).find(Boolean);
    for (const [name, field] of Object.entries(made.properties)) expect(titleOf(field), name).toMatch(/^[A-Z]/);
    expect(JSON.parse(JSON.stringify(jsonSchema(part)))).toMatchObject({ type: 'object' });
    if (made.required === undefined) expect(checked(params, {}, id)).toEqual(paramsOf(id));
  });

  it('says the limits, the meaning of choices, and what bulk values are', () => {
    const { properties } = jsonSchema(ANALYSES.prediction.params) as { properties: Record<string, object> };
    expect(properties.topK).toMatchObject({ type: 'integer', minimum: 1, maximum: 100, default: 10 });
    expect(JSON.stringify(jsonSchema(ANALYSES.patching.params))).toContain('hook_mlp_out: what the MLP adds to the residual stream');
    expect(jsonSchema(bulk<number[]>(isList(isNumber), { type: 'array', items: { type: 'number' } }))).toMatchObject({ type: 'array', items: { type: 'number' } });
  });

  it('has words for every field of every analysis', () => {
    for (const { params } of Object.values(ANALYSES)) for (const field of Object.values(params.shape) as z.ZodType[]) expect(wordsOf(field)).toMatch(/^(?:an? |true|'|[\w.]+)/);
  });
});
