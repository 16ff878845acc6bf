import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/corpus/random';
import { diffable } from '../../../src/protocol/documents/diffable';
import { explanationOf, type Explanation } from '../../../src/protocol/documents/explanation';
import { latentsOf, type LatentsDocument } from '../../../src/protocol/documents/latents';
import { allFindings, forScripts, readResult, updated, type Parts, type Result } from '../../../src/protocol/documents/result';
import { madeUp, resultOf } from '../../cli/explanation-fixture';
import { sampleExplanation } from '../../webview/sample';
import { sampleLatents } from '../../webview/sample-latents';

const FILE = 'saved.latentlens.json';
const read = (value: unknown) => readResult(JSON.stringify(value), FILE);
const damaged = (field: string) => `${FILE} is damaged: "${field}" is not what Latent Lens saves.`;

/** The made-up result with other fields in the value of a part. */
function withPart<K extends keyof Parts>(result: Result, id: K, change: object): unknown {
  const part = result.parts[id]!;
  return { ...result, parts: { ...result.parts, [id]: { ...part, value: { ...part.value, ...change } } } };
}

describe('a saved result', () => {
  const made = resultOf(madeUp());

  it('is read as it was saved', () => {
    expect(read(made)).toEqual(made);
    const alone = resultOf(madeUp({ counterfactual: null, patching: null, actual: null, findings: [] }));
    expect(read(alone)).toEqual(alone);
    expect(explanationOf(read(made))).toEqual(madeUp());
    const { lens } = made.parts;
    const asked = (which: string, tuned: boolean) => explanationOf({ ...made, parts: { ...made.parts, lens: {
      ...lens!, params: { ...lens!.params, lens: which }, value: { ...lens!.value, ...(tuned && { tuned: { ...lens!.value, folder: 'lens', divergence: null } }) },
    } } } as Result).tunedAlone;
    expect([asked('tuned', true), asked('both', true), asked('tuned', false)]).toEqual([true, undefined, undefined]);
    const lacking = { ...alone, missing: { patching: 'There is nothing to compare with.' } };
    expect(read(lacking)).toEqual(lacking);
  });

  it('keeps no part of an analysis that is not known, and the others', () => {
    expect(read({ ...made, parts: { ...made.parts, horoscope: { value: 3 } } })).toEqual(made);
  });

  it('keeps what the reader made of graphs, and no other notes', () => {
    const notes = { circuit: { pinned: ['L4H2@3'], names: { 'L4H2@3': 'copies' }, groups: [{ name: 'both', members: ['embed@0', 'L4H2@3'] }] } };
    expect(read({ ...made, notes })).toEqual({ ...made, notes });
    expect(read(JSON.parse(diffable({ ...made, notes })))).toEqual({ ...made, notes });
    for (const [wrong, field] of [[{ pinned: 'all' }, 'pinned'], [{ names: { a: 'x'.repeat(61) } }, 'names.a'], [{ groups: [{ name: 'g', members: [] }] }, 'groups[0].members']] as const) {
      expect(() => read({ ...made, notes: { circuit: { ...notes.circuit, ...wrong } } })).toThrow(damaged(`notes.circuit.${field}`));
    }
  });

  it('may hold what the model would rather write, and tokens behind both prompts', () => {
    const behind = { tokens: [{ id: 1, text: ' Type' }], effect: [[0], [0.5], [1]], logitDifference: [[0], [1], [2]] };
    const held = (change: object) => withPart(made, 'patching', { behind: { ...behind, ...change } });
    expect(read(held({}))).toEqual(held({}));
    expect(() => read(held({ tokens: [] }))).toThrow(damaged('parts.patching.value.behind.tokens'));
    for (const wrong of [{ effect: [[0], [1]] }, { effect: [[0, 1], [1, 1], [2, 2]] }]) expect(() => read(held(wrong))).toThrow(damaged('parts.patching.value.behind.effect'));
    expect(() => read(held({ logitDifference: [[0, 1], [1], [2]] }))).toThrow(damaged('parts.patching.value.behind.logitDifference'));
    const rather = withPart(made, 'prediction', { continuation: { text: ' n error', probability: 0.1 } });
    expect(read(rather)).toEqual(rather);
    expect(() => read(withPart(made, 'prediction', { continuation: { text: 3, probability: 1 } }))).toThrow(damaged('parts.prediction.value.continuation.text'));
  });

  it('may hold estimates beside patches', () => {
    const { patching, tokens } = madeUp();
    const measured = patching!.logitDifference.map((row) => row.map((_, i) => i % 2 === 0));
    const estimate = { cells: 36, measuredCells: 18, correlation: 0.9, checked: 8, largestMiss: 0.01 };
    const held = (change: object) => withPart(made, 'patching', { measured, estimate, ...change });
    expect(read(held({}))).toEqual(held({}));
    expect(read(held({ estimate: { ...estimate, correlation: null, largestMiss: null } }))).toBeDefined();
    for (const wrong of [{ measured: [[true]] }, { measured: measured.map(() => tokens.map(() => 1)) }, { estimate: { cells: 3 } }, { estimate: null }]) {
      expect(() => read(held(wrong)), JSON.stringify(wrong)).toThrow('"parts.patching.value.');
    }
  });

  it('holds the attribution to latents that was shown with it, if that is one', () => {
    const latents = sampleLatents();
    const whole = resultOf(sampleExplanation(), latents);
    expect(latentsOf(read(whole))).toEqual(latents);
    const { length } = latents.tokens;
    const wrong: Record<string, unknown>[] = [
      { latents: [{ ...latents.latents[0], position: length }] }, { errors: [{ ...latents.errors[0], position: length }] }, { positions: [length] },
      { saes: [{ site: 'x' }] }, { errors: null }, { withoutErrorTerms: { clean: 1 } }, { metric: null },
    ];
    for (const field of wrong) expect(() => read(withPart(whole, 'latents', field)), JSON.stringify(field)).toThrow(`"parts.latents.value.${Object.keys(field)[0]}`);
    const part = whole.parts.latents!;
    expect(() => read({ ...whole, parts: { ...whole.parts, latents: { ...part, findings: 'x' } } })).toThrow(damaged('parts.latents.findings'));
    expect(() => read({ ...whole, parts: { ...whole.parts, latents: null } })).toThrow(damaged('parts.latents'));
    expect(() => read({ ...whole, pair: null })).toThrow(damaged('pair'));
  });

  it('is refused with the file’s name and the reason', () => {
    expect(() => readResult('{', 'x.json')).toThrow(/^x\.json is not valid JSON/);
    for (const none of [[], null, 3, {}, { format: 'other' }]) expect(() => read(none)).toThrow('is not a result that Latent Lens saved');
    for (const version of [1, 3, '2', undefined]) expect(() => read({ ...made, version })).toThrow('another version');
    expect(() => read({ ...made, reading: { ...made.reading, tokens: [] } })).toThrow(damaged('reading.tokens'));
    expect(() => read(withPart(made, 'lens', { positions: 3 }))).toThrow(damaged('parts.lens.value.positions'));
    expect(() => read(withPart(made, 'patching', { effect: [[1]] }))).toThrow(damaged('parts.patching.value.effect'));
    expect(() => read(withPart(made, 'prediction', { label: 'Surprise' }))).toThrow(damaged('parts.prediction.value'));
    expect(() => read({ ...made, pair: null })).toThrow(damaged('pair'));
    const alignment = { columns: [{ original: 999, variant: 0 }], sameLength: true };
    expect(() => read({ ...made, pair: { ...made.pair!, alignment } })).toThrow(damaged('pair.alignment'));
  });

  it('with any one value replaced is refused, or still has the shape that is drawn', () => {
    const { variants, ...rest } = sampleExplanation();
    expect(variants).toBeNull();
    const whole = resultOf({ ...rest, variants: [] }, sampleLatents());
    for (const one of [made, whole]) expect(replacing(() => one)).toBeGreaterThan(100);
  });
});

/** Replaces one value at random 400 times. @returns how often that was refused */
function replacing(make: () => unknown): number {
  const random = new Random(7);
  const replacements = [null, -1, 1e300, 'x', true, [], {}, [[]]];
  let refused = 0;
  for (let i = 0; i < 400; i++) {
    const value = JSON.parse(JSON.stringify(make())) as Record<string, unknown>;
    let at: Record<string, unknown> = value;
    for (;;) {
      const keys = Object.keys(at);
      const key = keys[random.int(0, keys.length - 1)];
      const next = at[key];
      if (typeof next === 'object' && next !== null && Object.keys(next).length > 0 && random.float() < 0.85) at = next as Record<string, unknown>;
      else {
        at[key] = replacements[random.int(0, replacements.length - 1)];
        break;
      }
    }
    let result: Result;
    try {
      result = read(value);
    } catch (error) {
      refused++;
      expect((error as Error).message).toMatch(/^saved\.latentlens\.json (is damaged: "[\w.[\]-]+" is not|is not a result|was saved by another)/);
      continue;
    }
    expect(result.reading.tokens.length).toBeGreaterThan(0);
    if (result.parts.prediction && result.parts.lens) expect(explanationOf(result).lens.top.length).toBe(result.parts.lens.value.layers);
  }
  return refused;
}

describe('a result of version 1', () => {
  type V1 = Explanation & { format: string; version: 1; latents?: LatentsDocument & { format: string; version: 1 } };
  const saved = (name: string) => JSON.parse(readFileSync(`test/fixtures/results/${name}.latentlens.json`, 'utf8')) as V1;

  it('opens as the explanation that it was', () => {
    const { format: _, version: _v, ...explanation } = saved('v1-explain');
    const result = read(saved('v1-explain'));
    expect(result).toMatchObject({ format: 'latent-lens/result', version: 2 });
    expect(explanationOf(result)).toEqual(explanation);
    expect(explanation).toMatchObject({ prediction: { label: 'TypeError' }, actual: { label: 'TypeError' }, variants: null });
    expect(result.parts.patching!.params).toEqual({ site: 'hook_resid_pre', direction: 'denoising' });
    expect(read(result)).toEqual(result); // saved again
  });

  it('opens with the variants and the latents that were saved with it', () => {
    const { format: _, version: _v, latents, ...explanation } = saved('v1-latents');
    const { format: _f, version: _w, ...attribution } = latents!;
    const result = read(saved('v1-latents'));
    expect(explanationOf(result)).toEqual(explanation);
    expect(explanation.variants!.length).toBeGreaterThan(10);
    // It listed more tokens; and of what takes part nothing was said.
    expect(latentsOf(result)).toEqual({ ...attribution, layers: null, prediction: explanation.prediction, counterfactual: explanation.counterfactual });
    expect(latentsOf(read(latents))).toEqual({ ...attribution, layers: null }); // of the command line, by itself
    expect(read(result)).toEqual(result);
  });

  it('is refused by the name of the field that is damaged', () => {
    const v1 = saved('v1-explain');
    const latents = saved('v1-latents').latents!;
    const wrong: [string, object][] = [
      ['tokens', { tokens: [] }], ['model', { model: { id: 3 } }], ['lens', { lens: { ...v1.lens, positions: 3 } }], ['lens', { lens: null }],
      ['patching', { patching: { ...v1.patching!, effect: [[1]] } }], ['patching', { patching: 3 }], ['counterfactual', { counterfactual: null }],
      ['counterfactual', { counterfactual: { ...v1.counterfactual!, alignment: { columns: [{ original: 999, variant: 0 }], sameLength: true } } }],
      ['prediction', { prediction: null }], ['prediction', { prediction: { ...v1.prediction, label: 'x' } }], ['variants', { variants: [{ number: 1 }] }],
      ['latents', { latents: { ...latents, saes: [{ site: 'x' }] } }], ['latents', { latents: { ...latents, findings: 'x' } }], ['latents', { latents: null }],
    ];
    for (const [field, change] of wrong) expect(() => read({ ...v1, ...change }), JSON.stringify(Object.keys(change))).toThrow(damaged(field));
    expect(() => read({ ...v1, version: 2 })).toThrow('another version');
  });

  it('with any one value replaced is refused, or still has the shape that is drawn', () => {
    const v1 = saved('v1-latents');
    expect(replacing(() => v1)).toBeGreaterThan(150);
  });
});

describe('a result that is being made', () => {
  const whole = resultOf(madeUp());
  const { prediction, lens, patching } = whole.parts;

  it('is nothing before what was read is known, and takes in what is new', () => {
    expect(updated(null, { parts: { prediction } })).toBeNull();
    const first = updated(null, { reading: whole.reading, parts: { prediction, lens } })!;
    expect(first).toEqual({ ...whole, pair: null, parts: { prediction, lens } });
    const second = updated(first, { pair: whole.pair });
    expect(second).toEqual({ ...whole, parts: { prediction, lens } });
    expect(updated(second, { parts: { patching } })).toEqual(whole);
    const lacking = updated(updated(first, { missing: { latents: 'No.' } }), { missing: { patching: 'Nor this.' } })!;
    expect(lacking.missing).toEqual({ latents: 'No.', patching: 'Nor this.' });
    expect(allFindings(lacking)).toEqual([...prediction!.findings, 'Nor this.', 'No.']);
  });

  it('has for scripts what is asked for most at the top', () => {
    const latents = sampleLatents();
    const { model, tokens, prediction: { label } } = sampleExplanation();
    const flat = forScripts(resultOf(sampleExplanation(), latents));
    expect(flat).toMatchObject({ model, tokens, prediction: { label }, actual: { label: 'TypeError' }, latents: latents.latents, format: 'latent-lens/result', version: 2 });
    expect(flat.findings).toEqual(sampleExplanation().findings);
    expect((flat.patching as Explanation['patching'])!.effect).toEqual(sampleExplanation().patching!.effect);
    expect(read(forScripts(whole))).toEqual(whole); // what --json printed opens again
  });
});
