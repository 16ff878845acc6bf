import { describe, expect, test } from 'vitest';
import { overtaking, patchingFindings, predictionFindings, type PatchingSummary, type PredictionFindingsInput } from '../../src/findings/explanation';
import { editWords, type VariantSummary } from '../../src/findings/answer';

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
const counterfactual: VariantSummary = {
  relation: 'change',
  words: { of: '`)`', instead: 'without it' },
  line: 1,
  description: 'removed the closing parenthesis of print(…) on line 1',
  actual: 'SyntaxError',
  prediction: { label: 'SyntaxError', answers: answers(['SyntaxError', 0.9], ['TypeError', 0.04]) },
};
const input: PredictionFindingsInput = { prediction, actual: { label: 'TypeError', line: 3, python: '3.14.2' }, counterfactual, caution: null };
const sits = (change: Partial<PatchingSummary> = {}, actual = 'TypeError') => patchingFindings({ ...patching, ...change }, actual);

test('a right prediction with its reason, where it is made, and where the difference sits', () => {
  expect([...predictionFindings(input), overtaking('TypeError', lens.labels, lens.logits), ...sits()]).toEqual([
    'The model predicts TypeError (97 %), which is right: in the sandbox, Python 3.14 raises it on line 3. ' +
      'It does so because of `)` on line 1: without it, it predicts SyntaxError, rightly (TypeError 97 % → 4 %).',
    'At the last token, TypeError overtakes SyntaxError at layer 2 and stays ahead.',
    'The difference sits on `130` until layer 1 (94 % to 100 %) and on the last token from layer 2 (90 % to 100 %).',
    'It moves from `130` to the last token in layer 1.',
  ]);
});

describe('whether the prediction is right', () => {
  const first = (change: Partial<PredictionFindingsInput>) => predictionFindings({ ...input, counterfactual: null, ...change })[0];
  test('wrong, with the rank of the truth', () => {
    expect(first({ actual: { label: 'SyntaxError', line: null } })).toBe(
      'The model predicts TypeError (97 %), which is wrong: in the sandbox, Python raises SyntaxError, which the model ranks 2nd (2 %).',
    );
  });
  test('nothing raised', () => {
    expect(first({ actual: { label: 'no error', line: null } })).toBe(
      'The model predicts TypeError (97 %), which is wrong: in the sandbox, Python raises nothing, which the model ranks 3rd (0.5 %).',
    );
    const nothing = { label: 'no error', answers: answers(['no error', 1], ['TypeError', 0]) };
    expect(first({ prediction: nothing, actual: { label: 'no error', line: null } })).toBe(
      'The model predicts no error (100 %), which is right: in the sandbox, Python raises nothing.',
    );
  });
  test('an error that is no answer, no verdict, and no run', () => {
    expect(first({ actual: { label: 'OSError', line: 2 } })).toBe(
      'The model predicts TypeError (97 %), which is wrong: in the sandbox, Python raises OSError on line 2, which is none of the 3 answers.',
    );
    expect(first({ actual: { label: 'Odd', line: 2, unlisted: { base: 'TypeError' } } })).toMatch(/which is none of the 3 answers; it is a kind of TypeError, which is what the model predicts\.$/);
    const unchecked = 'It was stopped, as it ran longer than the limit in the settings.';
    expect(first({ actual: { label: 'timeout', line: null, unchecked } })).toBe(`The model predicts TypeError (97 %); whether that is right is not known. ${unchecked}`);
    expect(first({ actual: null })).toBe('The model predicts TypeError (97 %); the program was not run, so whether that is right is not known.');
  });
  test('that the answers hardly count is said next', () => {
    expect(predictionFindings({ ...input, caution: 'They have little.' })).toEqual([predictionFindings(input)[0], 'They have little.']);
  });
});

describe('the reason', () => {
  const why = (change: Partial<VariantSummary>, actual = input.actual) =>
    predictionFindings({ ...input, actual, counterfactual: { ...counterfactual, ...change } })[0].replace(/^.*?\. (?=[A-Z])/, '');
  test('two changes at once: the cause is gone, and another mistake is there', () => {
    const pair = { relation: 'pair' as const, line: 3, description: 'put the number 21 in quotes and removed the ) after it on line 3', words: { of: '`21)`', instead: 'with `"21"` there' } };
    expect(why(pair)).toMatch(
      /^It does so because of line 3: with the cause taken away there and another mistake made \(put the number 21 in quotes and removed the \) after it\), it predicts SyntaxError, rightly/,
    );
  });
  test('something missing, something replaced, and what only the description can say', () => {
    expect(why({ relation: 'repair', words: { of: 'the missing `:`', instead: 'with it' } })).toMatch(
      /^It does so because of the missing `:` on line 1: with it, it predicts SyntaxError, rightly/,
    );
    expect(why({ words: null })).toMatch(/^The reason is in line 1: in the variant \(removed the closing .*\) the model predicts SyntaxError, rightly/);
    expect(why({ words: null, description: 'removed the if that begins on line 9', line: 9 })).toMatch(
      /^It does so because of the if that begins on line 9: without it, it predicts SyntaxError, rightly/,
    );
    expect(why({ words: null, description: 'put pass in the place of the loop that begins on line 9', line: 9 })).toMatch(
      /^It does so because of the loop that begins on line 9: with `pass` in its place, it predicts/,
    );
    expect(why({ words: null, description: 'removed a = [1, 2,… that begins on line 9', line: 9 })).toMatch(
      /^It does so because of the statement that begins on line 9: without it, it predicts/,
    );
    expect(why({ words: { of: 'the indentation', instead: null } })).toMatch(/^It does so because of the indentation on line 1: in the variant/);
  });
  test('a model that keeps its answer does so partly because of it, and one that is wrong goes by something else', () => {
    const same = { label: 'TypeError', answers: answers(['TypeError', 0.6], ['no error', 0.2]) };
    expect(why({ prediction: same, actual: 'no error' })).toBe(
      'It does so partly because of `)` on line 1: without it, it still predicts TypeError, though nothing is raised then (97 % → 60 %).',
    );
    expect(why({ prediction: same, actual: 'no error', uncalled: ['main', 'parse'] })).toMatch(/still predicts TypeError, though nothing is raised then, as nothing calls `main` and others \(97/);
    expect(why({ relation: 'read' }, { label: 'NameError', line: 7 })).toMatch(/^It goes by `\)` on line 1 instead: without it,/);
  });
  test('an edit elsewhere is a control, and a mistake no reason', () => {
    expect(why({ relation: 'control' })).toMatch(/^No small change near the error moves this prediction; the edit that moves it most on line 1 is a control: /);
    expect(why({ relation: 'break' })).toMatch(/breaks the syntax there, which hides everything else: /);
    expect(why({ relation: 'mistake' })).toMatch(/^Nothing that was tried to mend the program moves this prediction; another mistake does: without `\)` on line 1, it /);
    expect(why({ relation: 'mistake' }, { label: 'no error', line: null })).toMatch(/^No small edit that makes no mistake moves this prediction; a mistake does: /);
  });
  test('of a variant that the reader chose', () => {
    expect(why({ relation: null, actual: null })).toBe(
      'In the variant (removed the closing parenthesis of print(…) on line 1) the model predicts SyntaxError (it was not run) (TypeError 97 % → 4 %).',
    );
    expect(why({ relation: null, actual: 'timeout' })).toMatch(/predicts SyntaxError, which Python could not judge \(timeout\)/);
  });
  test('the words of an edit', () => {
    const words = (original: string, ...changes: [number, number, string][]) => {
      const [start, end] = [changes[0][0], changes.at(-1)![1]];
      let replacement = '';
      let at = start;
      for (const [from, to, text] of changes) {
        replacement += original.slice(at, from) + text;
        at = to;
      }
      return editWords({ start, end, original, replacement, changes: changes.map(([from, to, text]) => ({ start: from, end: to, replacement: text })) });
    };
    expect(words('f(130)', [2, 2, 'str('], [5, 5, ')'])).toEqual({ of: '`130`', instead: 'with `str(130)` there' });
    expect(words('def f()', [7, 7, ':'])).toEqual({ of: 'the missing `:`', instead: 'with it' });
    expect(words('f(a, b)', [3, 6, ''])).toEqual({ of: '`b`', instead: 'without it' });
    expect(words('  f()', [0, 2, ''])).toEqual({ of: 'the indentation', instead: null });
    expect(words('a\nb', [0, 3, 'c'])).toBeNull();
  });
});

test('a mended program that gets the same wrong answer, and how often the model is right, are said', () => {
  const mended = { description: 'added await on line 2', prediction: { label: 'TypeError', answers: answers(['TypeError', 0.95]) } };
  const said = predictionFindings({ ...input, mended, reads: { right: 3, total: 12 } });
  expect(said[1]).toBe('Mended (added await on line 2), the program still gets TypeError (97 % → 95 %): the model does not go by the error that Python finds.');
  expect(said.at(-1)).toBe('Of 12 variants that the model read to find this one it is right about 3 (25 %).');
  const none = predictionFindings({ ...input, reads: { right: 0, total: 12 } });
  expect(none.at(-1)).toBe('Of 12 variants that the model read to find this one it is right about none.');
});

describe('when the answer takes the lead', () => {
  const leads = (logits: number[][]) => overtaking('TypeError', lens.labels, logits);
  test('from the start, only at the end, and after losing it again', () => {
    expect(leads([[2, 1, 0], [2, 1, 0]])).toBe('At the last token, TypeError is ahead of the other answers from the embedding on.');
    expect(leads([[0, 1, 2], [2, 1, 0], [2, 1, 0]])).toBe('At the last token, TypeError is ahead of the other answers from layer 0 on.');
    expect(leads([[2, 1, 0], [0, 1, 2], [3, 1, 2]])).toBe('At the last token, TypeError overtakes no error at layer 1, the last.');
  });
  test('nothing is said when the first tokens end in another order than the answers', () => {
    expect(leads([[0, 1, 2], [0, 5, 2]])).toBeNull();
  });
});

test('without a variant nothing is said of it', () => {
  expect(predictionFindings({ ...input, counterfactual: null })).toHaveLength(1);
  expect(predictionFindings({ ...input, counterfactual: null })[0]).not.toContain('because');
});

describe('where the difference sits', () => {
  test('noising reads the other way round', () => {
    const effect = patching.effect.map((row) => row.map((value) => 1 - value));
    expect(sits({ effect, direction: 'noising' })[0]).toMatch(/^The difference sits on `130` until layer 1 \(94 % to 100 %\) and on the last token from layer 2/);
  });
  test('one place at every layer, a gap in between, tokens without counterpart', () => {
    expect(sits({ effect: [[0, null, 1, 0]] })).toEqual(['The difference sits on `)` at layer 0 (100 %).']);
    expect(sits({ effect: [[0, 1, 0, 0], [0, 0.9, 0, 0]] })).toEqual(['The difference sits on `130` at every layer (90 % to 100 %).']);
    expect(sits({ effect: [[0, 1, 0, 0], [0, 0.3, 0.3, 0.3], [0, 0, 0, 1]] })).toEqual([
      'The difference sits on `130` at layer 0 (100 %), on no single token at layer 1 and on the last token at layer 2 (100 %).',
      'It moves from `130` to the last token in the layers 0 and 1.',
    ]);
    expect(sits({ effect: [[null, null, null, null]] })).toEqual([
      'No token of the original has a counterpart in the variant, so nothing could be patched.',
    ]);
  });
  test('what lies behind a layer goes through the attention of the next; two moves are told apart', () => {
    const at = (position: number) => [0, 1, 2, 3].map((i) => Number(i === position));
    const moving = (site: string) => sits({ site, effect: [at(0), at(1), at(1), at(3)] })[1];
    expect(moving('hook_resid_pre')).toBe('It moves from `print` to `130` in layer 0 and from `130` to the last token in layer 2.');
    for (const site of ['hook_resid_mid', 'hook_resid_post']) {
      expect(moving(site)).toBe('It moves from `print` to `130` in layer 1 and from `130` to the last token in layer 3.');
    }
  });
  test('a place that changes often is told by its beginning and its end', () => {
    const at = (position: number) => [0, 1, 2, 3].map((i) => Number(i === position));
    expect(sits({ effect: [at(0), at(1), at(2), at(1), at(3)] })).toEqual([
      'The difference sits on `print` at layer 0 (100 %) and on the last token at layer 4 (100 %), and changes place in between.',
      'It moves from token to token in the layers 0, 1, 2 and 3.',
    ]);
  });
  test('nowhere', () => {
    expect(sits({ effect: [[0, 0.3, 0, 0], [0, 0, 0.4, 0]] })).toEqual(['No single position holds half of the difference; `)` comes closest with 40 % at layer 1.']);
    expect(sits({ effect: [[0, 0.01, -2, 0]] })).toEqual(['No single position holds the difference: no patch moves as much as 10 % of it.']);
  });
  test('a layer without a patch holds nothing, and what was not patched is not spoken of', () => {
    expect(sits({ partly: true, effect: [[0, 1, 0, 0], [null, null, null, null], [0, null, null, 1]] })).toEqual([
      'The difference sits on `130` at layer 0 (100 %), on no single token at layer 1 and on the last token at layer 2 (100 %).',
      'It moves from `130` to the last token in the layers 0 and 1.',
    ]);
    expect(sits({ partly: true, effect: [[0, 0.01, null, 0]] })).toEqual([
      'No single position holds the difference: no patch that was made moves as much as 10 % of it.',
    ]);
    expect(sits({ partly: true, site: 'hook_attn_out', effect: [[null, 0.05, 0, 0]] })).toEqual([
      'No single hook_attn_out activation that was patched moves as much as 10 % of the difference.',
    ]);
  });
  test('a component has large effects rather than a place', () => {
    expect(sits({ site: 'hook_attn_out', effect: [[0, 0.5, 0, 0], [0, 0, 0.05, 0.7]] })).toEqual([
      'The patches of hook_attn_out that move the most of the difference: 70 % at layer 1 on the last token and 50 % at layer 0 on `130`.',
    ]);
    expect(sits({ site: 'hook_attn_out', effect: [[0, 0.05, 0, 0]] })).toEqual(['No single hook_attn_out activation moves as much as 10 % of the difference.']);
  });
  test('a pair that hardly tells the programs apart is said so, without shares', () => {
    expect(sits({ clean: 3.2, corrupted: 2.9 })).toEqual([
      'logit(TypeError) - logit(SyntaxError) is 3.20 in the original and 2.90 in the variant, less than 0.5 logits apart: by these two answers ' +
        'the model hardly tells the programs apart, so shares of that difference would say nothing.',
    ]);
    expect(sits({ clean: 5, corrupted: 3 })[0]).toBe(
      'logit(TypeError) - logit(SyntaxError) is 5.00 in the original and 3.00 in the variant: it prefers TypeError to SyntaxError in both, ' +
        'so patching shows what moves that preference, and not what decides it.',
    );
    expect(sits({ clean: -3, corrupted: 5 })[0]).toMatch(/the model leans the wrong way between the two\.$/);
  });
  test('what the two answers are', () => {
    expect(sits({ shared: 'Type' })[0]).toBe(
      'Both answers, TypeError and SyntaxError, begin with `Type`, so that is put after both prompts, and patching compares what comes next.',
    );
    expect(sits({ basis: 'runner-up' })[0]).toBe(
      "Both programs have the same answer, so patching measures the model's first choice, TypeError, against its second, SyntaxError.",
    );
    expect(sits({ basis: 'chosen' })[0]).toBe('Patching compares the answers that were chosen, TypeError and SyntaxError.');
    const wrong = (label: string) => sits({ basis: 'mistake' }, label)[0];
    expect(wrong('SyntaxError')).toBe('Patching compares what the model predicts, TypeError, with what is true, SyntaxError.');
    expect(wrong('NameError')).toBe('Patching compares what the model predicts, TypeError, with what is true of the variant, SyntaxError.');
  });
});
