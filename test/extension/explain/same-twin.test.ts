import { expect, it } from 'vitest';
import { sameTwin, withVariants } from '../../../src/extension/explain/same-twin';
import { sampleExplanation } from '../../webview/sample';

it('the same twin is a listed variant by its number, another one by its code and what it is called', () => {
  const explanation = sampleExplanation();
  const { code, description } = explanation.counterfactual!;
  expect(sameTwin(explanation)).toEqual({ text: code, description });
  expect(sameTwin({ ...explanation, variants: [{ number: 3, code } as never] })).toEqual({ number: 3 });
  expect(sameTwin({ ...explanation, variants: [{ number: 3, code: 'x' } as never] })).toEqual({ text: code, description });
  expect(sameTwin(sampleExplanation({ variant: null }))).toBeNull();
});

it('variants that were listed stay with the same code, and with no other', () => {
  const now = sampleExplanation();
  const before = { ...now, variants: [{ number: 3, code: 'x' } as never] };
  expect(withVariants(now, before).variants).toBe(before.variants);
  expect(withVariants({ ...now, actual: null, counterfactual: null }, before).variants).toBe(before.variants); // more comes of it
  expect(withVariants({ ...now, actual: null }, before).variants).toBeNull(); // it is not run any more
  expect(withVariants(sampleExplanation({ code: 'print(1' }), before).variants).toBeNull();
  expect(withVariants({ ...now, model: { ...now.model, sha256: '00' } }, before).variants).toBeNull();
  expect(withVariants(now, null)).toBe(now);
  expect(withVariants({ ...now, variants: [] }, before).variants).toEqual([]);
});
