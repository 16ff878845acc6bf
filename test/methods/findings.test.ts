import { describe, expect, test } from 'vitest';
import { findings, type FindingsInput } from '../../src/methods/findings';

const answers = (...pairs: [string, number][]) => pairs.map(([label, probability]) => ({ label, probability }));
const prediction = {
  label: 'TypeError',
  answers: answers(['TypeError', 0.97], ['SyntaxError', 0.02], ['no error', 0.005]),
};
const lens = {
  labels: ['TypeError', 'SyntaxError', 'no error'],
  logits: [
    [0, 1, 2],
    [1, 3, 2],
    [1, 3, 2],
    [4, 3, 1],
    [9, 2, 1],
  ],
};
const names = ['`print`', '`130`', '`)`', 'the last token'];
const patching = {
  site: 'hook_resid_pre',
  direction: 'denoising' as const,
  positive: 'TypeError',
  negative: 'SyntaxError',
  basis: 'actual' as const,
  shared: '',
  clean: 5,
  corrupted: -3,
  names,
  effect: [
    [0, 1, 0, 0],
    [0, 0.94, 0.05, 0],
    [0, 0.1, 0, 0.9],
    [0, 0, 0, 1],
  ],
};
const counterfactual = {
  description: 'removed the closing parenthesis of print(…) on line 1',
  actual: 'SyntaxError',
  prediction: { label: 'SyntaxError', answers: answers(['SyntaxError', 0.9]) },
};
const input: FindingsInput = { prediction, actual: { label: 'TypeError', line: 3 }, lens, counterfactual, patching, caution: null };

test('a right prediction, where it is made, and where the difference sits', () => {
  expect(findings(input)).toEqual([
    'The model predicts TypeError (97 %), and that is what Python raises on line 3.',
    'At the last token, TypeError overtakes SyntaxError at layer 2 and stays ahead.',
    'In the variant (removed the closing parenthesis of print(…) on line 1) the model predicts SyntaxError (90 %), which is right.',
    'The difference sits on `130` until layer 1 (94 % to 100 %) and on the last token from layer 2 (90 % to 100 %).',
  ]);
});

describe('whether the prediction is right', () => {
  const first = (change: Partial<FindingsInput>) => findings({ ...input, ...change })[0];
  test('wrong, with the rank of the truth', () => {
    expect(first({ actual: { label: 'SyntaxError', line: null } })).toBe(
      'The model predicts TypeError (97 %), but Python raises SyntaxError, which the model ranks 2nd (2 %).',
    );
  });
  test('nothing raised', () => {
    expect(first({ actual: { label: 'no error', line: null } })).toBe(
      'The model predicts TypeError (97 %), but the program raises nothing, which the model ranks 3rd (0.5 %).',
    );
    const nothing = { label: 'no error', answers: answers(['no error', 1], ['TypeError', 0]) };
    expect(first({ prediction: nothing, actual: { label: 'no error', line: null } })).toBe(
      'The model predicts no error (100 %), and the program indeed raises nothing.',
    );
  });
  test('an error that is no answer, no verdict, and no run', () => {
    expect(first({ actual: { label: 'OSError', line: 2 } })).toBe(
      'The model predicts TypeError (97 %), but Python raises OSError on line 2, which is none of the 3 answers.',
    );
    expect(first({ actual: { label: 'timeout', line: null } })).toBe('The model predicts TypeError (97 %); Python could not judge the program (timeout).');
    expect(first({ actual: null })).toBe('The model predicts TypeError (97 %); the program was not run, so whether that is right is not known.');
  });
  test('that the answers hardly count is said next', () => {
    expect(findings({ ...input, caution: 'They have little.' }).slice(0, 2)).toEqual([findings(input)[0], 'They have little.']);
  });
});

describe('when the answer takes the lead', () => {
  const second = (logits: number[][]) => findings({ ...input, lens: { ...lens, logits } })[1];
  test('from the start, only at the end, and after losing it again', () => {
    expect(second([[2, 1, 0], [2, 1, 0]])).toBe('At the last token, TypeError is ahead of the other answers from the embedding on.');
    expect(second([[0, 1, 2], [2, 1, 0], [2, 1, 0]])).toBe('At the last token, TypeError is ahead of the other answers from layer 0 on.');
    expect(second([[2, 1, 0], [0, 1, 2], [3, 1, 2]])).toBe('At the last token, TypeError overtakes no error at layer 1, the last.');
  });
  test('nothing is said when the first tokens end in another order than the answers', () => {
    expect(second([[0, 1, 2], [0, 5, 2]])).toMatch(/^In the variant/);
  });
});

describe('the variant', () => {
  const third = (change: Partial<NonNullable<FindingsInput['counterfactual']>>) => findings({ ...input, counterfactual: { ...counterfactual, ...change } })[2];
  test('missed by the model, not run, or not judged', () => {
    expect(third({ prediction })).toBe(
      'In the variant (removed the closing parenthesis of print(…) on line 1) Python raises SyntaxError, but the model still predicts TypeError (97 %).',
    );
    expect(third({ actual: null })).toMatch(/the model predicts SyntaxError \(90 %\); it was not run\.$/);
    expect(third({ actual: 'timeout' })).toMatch(/Python could not judge it \(timeout\), but the model predicts/);
  });
  test('without one nothing is said of it or of patching', () => {
    expect(findings({ ...input, counterfactual: null, patching: null })).toHaveLength(2);
  });
});

describe('where the difference sits', () => {
  const rest = (change: Partial<NonNullable<FindingsInput['patching']>>) => findings({ ...input, patching: { ...patching, ...change } }).slice(3);
  test('noising reads the other way round', () => {
    const effect = patching.effect.map((row) => row.map((value) => 1 - value));
    expect(rest({ effect, direction: 'noising' })[0]).toMatch(/^The difference sits on `130` until layer 1 \(94 % to 100 %\) and on the last token from layer 2/);
  });
  test('one place at every layer, a gap in between, tokens without counterpart', () => {
    expect(rest({ effect: [[0, null, 1, 0]] })).toEqual(['The difference sits on `)` at layer 0 (100 %).']);
    expect(rest({ effect: [[0, 1, 0, 0], [0, 0.9, 0, 0]] })).toEqual(['The difference sits on `130` at every layer (90 % to 100 %).']);
    expect(rest({ effect: [[0, 1, 0, 0], [0, 0.3, 0.3, 0.3], [0, 0, 0, 1]] })).toEqual([
      'The difference sits on `130` at layer 0 (100 %), on no single token at layer 1 and on the last token at layer 2 (100 %).',
    ]);
    expect(rest({ effect: [[null, null, null, null]] })).toEqual([
      'No token of the original has a counterpart in the variant, so nothing could be patched.',
    ]);
  });
  test('a place that changes often is told by its beginning and its end', () => {
    const at = (position: number) => [0, 1, 2, 3].map((i) => Number(i === position));
    expect(rest({ effect: [at(0), at(1), at(2), at(1), at(3)] })).toEqual([
      'The difference sits on `print` at layer 0 (100 %) and on the last token at layer 4 (100 %), and changes place in between.',
    ]);
  });
  test('nowhere', () => {
    expect(rest({ effect: [[0, 0.3, 0, 0], [0, 0, 0.4, 0]] })).toEqual(['No single position holds half of the difference; `)` comes closest with 40 % at layer 1.']);
    expect(rest({ effect: [[0, 0.01, -2, 0]] })).toEqual(['No single position holds the difference: no patch moves as much as 10 % of it.']);
  });
  test('a layer without a patch holds nothing, and what was not patched is not spoken of', () => {
    expect(rest({ partly: true, effect: [[0, 1, 0, 0], [null, null, null, null], [0, null, null, 1]] })).toEqual([
      'The difference sits on `130` at layer 0 (100 %), on no single token at layer 1 and on the last token at layer 2 (100 %).',
    ]);
    expect(rest({ partly: true, effect: [[0, 0.01, null, 0]] })).toEqual([
      'No single position holds the difference: no patch that was made moves as much as 10 % of it.',
    ]);
    expect(rest({ partly: true, site: 'hook_attn_out', effect: [[null, 0.05, 0, 0]] })).toEqual([
      'No single hook_attn_out activation that was patched moves as much as 10 % of the difference.',
    ]);
  });
  test('a component has large effects rather than a place', () => {
    expect(rest({ site: 'hook_attn_out', effect: [[0, 0.5, 0, 0], [0, 0, 0.05, 0.7]] })).toEqual([
      'The patches of hook_attn_out that move the most of the difference: 70 % at layer 1 on the last token and 50 % at layer 0 on `130`.',
    ]);
    expect(rest({ site: 'hook_attn_out', effect: [[0, 0.05, 0, 0]] })).toEqual(['No single hook_attn_out activation moves as much as 10 % of the difference.']);
  });
  test('a metric that cannot be normalised, that leans the wrong way, or that compares two answers of one program', () => {
    expect(rest({ effect: null, clean: 0.01, corrupted: 0.02 })).toEqual([
      'logit(TypeError) - logit(SyntaxError) is 0.01 in the original and 0.02 in the variant: too close to express patches as a share of the difference, so only the logits are given.',
    ]);
    expect(rest({ clean: -3, corrupted: 5 })[0]).toMatch(/the model leans the wrong way between the two\.$/);
    expect(rest({ basis: 'predicted' })[0]).toBe(
      'What Python does with the two programs gives no two answers, so patching compares what the model predicts: TypeError and SyntaxError.',
    );
    expect(findings({ ...input, actual: null, patching: { ...patching, basis: 'predicted' } })[3]).toMatch(/^The difference sits/);
    expect(rest({ shared: 'Type' })[0]).toBe(
      'Both answers, TypeError and SyntaxError, begin with `Type`, so that is put after both prompts, and patching compares what comes next.',
    );
    expect(rest({ basis: 'runner-up' })[0]).toBe(
      "Both programs have the same answer, for Python as for the model, so patching measures the model's first choice, TypeError, against its second, SyntaxError.",
    );
  });
});
