import { expect, it } from 'vitest';
import { sameTwin } from '../../src/extension/same-twin';
import { sampleExplanation } from '../webview/sample';

it('the same twin is a listed variant by its number, another program by its code', () => {
  const explanation = sampleExplanation();
  const { code } = explanation.counterfactual!;
  expect(sameTwin(explanation)).toEqual({ text: code });
  expect(sameTwin({ ...explanation, variants: [{ number: 3, code } as never] })).toEqual({ number: 3 });
  expect(sameTwin({ ...explanation, variants: [{ number: 3, code: 'x' } as never] })).toEqual({ text: code });
  expect(sameTwin(sampleExplanation({ variant: null }))).toBeNull();
});
