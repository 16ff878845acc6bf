import { describe, expect, it } from 'vitest';
import { readResult } from '../../src/extension/result-file';
import { Random } from '../../src/corpus/random';
import { madeUp } from '../cli/explanation-fixture';
import { sampleLatents } from '../webview/sample-latents';

const read = (value: unknown) => readResult(JSON.stringify(value), 'saved.latentlens.json');

describe('a saved result', () => {
  it('is read as it was saved', () => {
    expect(read(madeUp())).toEqual(madeUp());
    expect(read(madeUp({ counterfactual: null, patching: null, actual: null, findings: [] }))).toMatchObject({ patching: null });
  });

  it('of the command line, which lists no variants, is read as well', () => {
    const { variants, ...saved } = madeUp();
    expect(variants).toBeNull();
    expect(read(saved).variants).toBeNull();
  });

  it('may hold what the model would rather write, and tokens behind both prompts', () => {
    const made = madeUp();
    const behind = { tokens: [{ id: 1, text: ' Type' }], effect: [[0], [0.5], [1]], logitDifference: [[0], [1], [2]] };
    const held = (change: object, continuation: unknown = { text: ' n error', probability: 0.1 }) => {
      return { ...made, prediction: { ...made.prediction, continuation }, patching: { ...made.patching!, behind: { ...behind, ...change } } };
    };
    expect(read(held({}))).toEqual(held({}));
    for (const wrong of [held({ tokens: [] }), held({ effect: [[0], [1]] }), held({ logitDifference: [[0, 1], [1], [2]] })]) expect(() => read(wrong)).toThrow('"patching"');
    expect(() => read(held({}, { text: 3, probability: 1 }))).toThrow('"prediction"');
  });

  it('may hold estimates beside patches', () => {
    const { patching, tokens } = madeUp();
    const measured = patching!.logitDifference.map((row) => row.map((_, i) => i % 2 === 0));
    const estimate = { cells: 36, measuredCells: 18, correlation: 0.9, checked: 8, largestMiss: 0.01 };
    const held = (change: object) => ({ ...madeUp(), patching: { ...patching!, measured, estimate, ...change } });
    expect(read(held({}))).toEqual(held({}));
    expect(read(held({ estimate: { ...estimate, correlation: null, largestMiss: null } }))).toBeDefined();
    for (const wrong of [{ measured: [[true]] }, { measured: measured.map(() => tokens.map(() => 1)) }, { estimate: { cells: 3 } }, { estimate: null }]) {
      expect(() => read(held(wrong)), JSON.stringify(wrong)).toThrow('"patching"');
    }
  });

  it('holds the attribution to latents that was shown with it, if that is one', () => {
    const latents = sampleLatents();
    expect(read({ ...madeUp(), latents }).latents).toEqual(latents);
    const wrong: Record<string, unknown>[] = [
      { latents: [{ ...latents.latents[0], position: latents.tokens.length }] }, { saes: [{ site: 'x' }] }, { errors: null }, { findings: 'x' },
      { withoutErrorTerms: { clean: 1 } }, { counterfactual: null }, { tokens: [] },
    ];
    for (const field of wrong) expect(() => read({ ...madeUp(), latents: { ...latents, ...field } }), JSON.stringify(field)).toThrow('"latents"');
    expect(() => read({ ...madeUp(), latents: null })).toThrow('"latents"');
  });

  it('is refused with the file’s name and the reason', () => {
    expect(() => readResult('{', 'x.json')).toThrow(/^x\.json is not valid JSON/);
    expect(() => read([])).toThrow('is not a result that Latent Lens saved');
    expect(() => read({ ...madeUp(), version: 2 })).toThrow('another version');
    expect(() => read({ ...madeUp(), tokens: [] })).toThrow('"tokens"');
    expect(() => read({ ...madeUp(), lens: { ...madeUp().lens, positions: 3 } })).toThrow('"lens"');
    expect(() => read({ ...madeUp(), patching: { ...madeUp().patching!, effect: [[1]] } })).toThrow('"patching"');
    expect(() => read({ ...madeUp(), counterfactual: null })).toThrow('"counterfactual"');
    const alignment = { columns: [{ original: 999, variant: 0 }], sameLength: true };
    expect(() => read({ ...madeUp(), counterfactual: { ...madeUp().counterfactual!, alignment } })).toThrow('"counterfactual"');
  });

  it('with any one value replaced is refused, or still has the shape that is drawn', () => {
    const random = new Random(7);
    const replacements = [null, -1, 1e300, 'x', true, [], {}, [[]]];
    let refused = 0;
    for (let i = 0; i < 400; i++) {
      const value = JSON.parse(JSON.stringify(madeUp())) as Record<string, unknown>;
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
      try {
        expect(read(value).tokens.length).toBeGreaterThan(0);
      } catch (error) {
        refused++;
        expect((error as Error).message).toMatch(/^saved\.latentlens\.json (is damaged|is not a result|was saved by another)/);
      }
    }
    expect(refused).toBeGreaterThan(150);
  });
});
