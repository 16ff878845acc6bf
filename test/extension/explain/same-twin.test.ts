import { expect, it } from 'vitest';
import { numberedTwin, sameTwin, withVariants } from '../../../src/extension/explain/same-twin';
import { explanationOf } from '../../../src/protocol/documents/explanation';
import type { Result } from '../../../src/protocol/documents/result';
import { resultOf } from '../../cli/explanation-fixture';
import { sampleExplanation } from '../../webview/sample';

it('the same twin is a listed variant by its number, another one by its code and what it is called', () => {
  const explanation = sampleExplanation();
  const { code, description } = explanation.counterfactual!;
  expect(sameTwin(explanation)).toEqual({ text: code, description });
  expect(sameTwin({ ...explanation, variants: [{ number: 3, code } as never] })).toEqual({ number: 3 });
  expect(sameTwin({ ...explanation, variants: [{ number: 3, code: 'x' } as never] })).toEqual({ text: code, description });
  expect(sameTwin(sampleExplanation({ variant: null }))).toBeNull();
  const searched = [{ number: 3, code, description, searched: true } as never];
  expect(sameTwin({ ...explanation, variants: searched })).toEqual({ text: code, description });
  expect([numberedTwin({ variants: searched }, 3), numberedTwin({ variants: searched }, 2), numberedTwin(null, 2)]).toEqual([{ text: code, description }, { number: 2 }, { number: 2 }]);
});

it('variants that were listed stay with the same code, and with no other', () => {
  const now = sampleExplanation();
  const before = resultOf({ ...now, variants: [{ number: 3, code: 'x' } as never] });
  const kept = (explanation: typeof now, from: Result | null = before) => withVariants(resultOf(explanation), from);
  const listed = (result: Result) => explanationOf(result).variants;
  expect(kept(now).parts.variants).toBe(before.parts.variants);
  expect(listed(kept(now))).toEqual([{ number: 3, code: 'x' }]);
  expect(kept({ ...now, actual: null, counterfactual: null }).parts.variants).toBe(before.parts.variants); // more comes of it
  expect(listed(kept({ ...now, actual: null }))).toBeNull(); // it is not run any more
  expect(listed(kept(sampleExplanation({ code: 'print(1' })))).toBeNull();
  expect(listed(kept({ ...now, model: { ...now.model, sha256: '00' } }))).toBeNull();
  const result = resultOf(now);
  expect(withVariants(result, null)).toBe(result);
  expect(listed(kept({ ...now, variants: [] }))).toEqual([]);
});
