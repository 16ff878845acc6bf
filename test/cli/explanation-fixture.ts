/** A made-up explanation, with numbers that are easy to recognise, and explanations as the results that they are views of. */
import type { ExplainedPrediction, LensExplanation } from '../../src/protocol/documents/explanation';
import type { LatentsDocument } from '../../src/protocol/documents/latents';
import { FORMAT, type Answered, type Result } from '../../src/protocol/documents/result';
import { paramsOf, type AnalysisId, type AskedParams, type Part } from '../../src/protocol/analyses';
import { blockSiteName } from '../../src/vocabulary/sites';

const LABELS = ['TypeError', 'SyntaxError', 'NameError', 'no error'];
const LAYERS = 3;

/** print("a: " + 12) against the same without the parenthesis, in tokens that are as long as they are. */
export function madeUp(change: Partial<LensExplanation> = {}): LensExplanation {
  const code = 'print("a: " + 12)\n';
  const pieces: [string, number | null][] = [['<|bos|>', null], ['print', 0], ['("', 5], ['a', 7], [': ', 8], ['"', 10], [' +', 11], [' 12', 13], [')', 16], ['\n', null], ['#', null], [' raise', null], [' a', null]];
  const tokens = pieces.map(([text, start], id) => ({ id, text, start, end: start === null ? null : start + text.length }));
  const variantTokens = tokens.filter(({ text }) => text !== ')');
  const rows = Array.from({ length: LAYERS + 1 }, (_, row) => row);
  return {
    model: { id: 'made-up', sha256: 'ab'.repeat(32), layers: LAYERS },
    template: 'python-error-type',
    source: { file: 'print.py', code, start: 0, end: code.length, firstLine: 1, lastLine: 1 },
    prompt: `${code}# raise a`,
    tokens,
    prediction: predictionOf(['TypeError', 0.91], ['SyntaxError', 0.06], ['NameError', 0.02], ['no error', 0.0004]),
    actual: { label: 'TypeError', message: 'can only concatenate str (not "int") to str', line: 1 },
    lens: {
      layers: LAYERS + 1,
      positions: tokens.length,
      sites: ['hook_embed', ...rows.slice(1).map((row) => blockSiteName(row - 1, 'hook_resid_post'))],
      labels: LABELS,
      top: rows.map(() => tokens.map(() => [{ id: 1, text: ' Type\x1b[31m', probability: 0.25, logit: 3 }])),
      answers: rows.map((row) => tokens.map(() => LABELS.map((_, i) => ({ logit: i === 0 ? row : 1.5, probability: i === 0 ? row / 4 : 0.1, rank: i })))),
    },
    counterfactual: {
      description: 'removed the closing parenthesis of print(…) on line 1',
      kind: 'drop-bracket',
      code: 'print("a: " + 12\n',
      actual: { label: 'SyntaxError', message: "'(' was never closed", line: 1 },
      prediction: predictionOf(['SyntaxError', 0.88], ['TypeError', 0.1]),
      prompt: 'print("a: " + 12\n# raise a',
      tokens: variantTokens,
      alignment: { columns: tokens.map((_, i) => ({ original: i, variant: i === 8 ? null : i - Number(i > 8) })), sameLength: false },
    },
    patching: {
      site: 'hook_resid_pre',
      direction: 'denoising',
      metric: { description: 'logit[" TypeError"] - logit[" SyntaxError"]', positive: 'TypeError', negative: 'SyntaxError', positiveToken: 1, negativeToken: 2, basis: 'actual' },
      clean: 4.5,
      corrupted: -2.25,
      effect: Array.from({ length: LAYERS }, (_, layer) => tokens.map((_, i) => (i === 8 ? null : i === 12 ? layer / 2 : i === 7 ? -0.37 : 0))),
      logitDifference: Array.from({ length: LAYERS }, () => tokens.map((_, i) => (i === 8 ? null : 0))),
    },
    variants: null,
    findings: ['The model predicts TypeError (91 %), and that is what Python raises on line 1.'],
    ...change,
  };
}

/** The result that an explanation is the view of; its findings are the prediction's. */
export function resultOf(explanation: LensExplanation, latents?: LatentsDocument): Result {
  const { model, template, source, prompt, tokens, prediction, actual, lens, counterfactual: pair, patching, variants, findings } = explanation;
  const { site = undefined, direction = undefined } = (patching ?? {}) as { site?: never; direction?: never };
  return {
    format: FORMAT,
    version: 2,
    reading: { model, template, source, prompt, tokens },
    pair,
    parts: {
      prediction: answered('prediction', { ...prediction, actual }, {}, findings),
      lens: answered('lens', lens),
      ...(variants && { variants: answered('variants', { variants }) }),
      ...(patching && { patching: answered('patching', patching, { site, direction }) }),
      ...(latents && { latents: { ...answered('latents', attributionOf(latents), {}, latents.findings), problems: latents.problems } }),
    },
  };
}

function answered<K extends AnalysisId>(id: K, value: Part<K>, params: AskedParams<K> = {} as AskedParams<K>, findings: string[] = []): Answered<K> {
  return { params: paramsOf(id, params), value, findings, problems: [] };
}

/** An attribution without what it is about. */
function attributionOf(document: LatentsDocument): Part<'latents'> {
  const { model: _m, template: _t, source: _s, prompt: _p, tokens: _k, prediction: _r, actual: _a, counterfactual: _c, findings: _f, problems: _b, ...part } = document;
  return part;
}

function predictionOf(...pairs: [string, number][]): ExplainedPrediction {
  return {
    label: pairs[0][0],
    answers: pairs.map(([label, probability]) => ({ label, probability, logit: 10 * probability })),
    answersProbability: 0.99,
    top: [{ id: 1, text: ` ${pairs[0][0]}`, probability: pairs[0][1], logit: 9 }],
  };
}
