/** Explanations with made-up, seeded numbers in the shape of real ones. */
import { Random } from '../../src/corpus/random';
import { alignTokens, singleChange } from '../../src/snippets/twins/align';
import { paramsOf } from '../../src/protocol/analyses';
import { FORMAT, type Result } from '../../src/protocol/documents/result';
import type { LensExplanation, ExplainedPrediction, PromptToken, TokenProbability } from '../../src/protocol/documents/explanation';
import { PYTHON_ERROR_TYPE } from '../../src/snippets/prompts/templates';
import { blockSiteName } from '../../src/vocabulary/sites';

export interface SampleOptions {
  code?: string;
  variant?: string | null;
  file?: string | null;
  message?: string;
  layers?: number;
  predicted?: string;
  actual?: string;
  direction?: 'denoising' | 'noising';
  normalised?: boolean;
}

const LABELS = PYTHON_ERROR_TYPE.answers.map(({ label }) => label);

export function sampleExplanation(options: SampleOptions = {}): LensExplanation {
  const { code = 'print("Temperature: " + 21)', variant = 'print("Temperature: " + "21"', layers = 6 } = options;
  const { predicted = 'TypeError', actual = 'TypeError', direction = 'denoising', normalised = true } = options;
  const random = new Random(`sample/${code}`);
  const tokens = promptTokens(code);
  const rows = layers + 1;
  const sites = ['hook_embed' as const, ...Array.from({ length: layers }, (_, layer) => blockSiteName(layer, 'hook_resid_post'))];
  const top = (text: string, probability: number): TokenProbability => ({ id: 1, text, probability, logit: 10 * probability });
  const words = [' TypeError', ' SyntaxError', ')', '\n', ' the', '"', '1', ' in', ' =', ' NoError'];
  const other = predicted === 'SyntaxError' ? 'TypeError' : 'SyntaxError';
  const lens: LensExplanation['lens'] = {
    layers: rows,
    positions: tokens.length,
    sites,
    labels: LABELS,
    top: sites.map((_, row) =>
      tokens.map((token, at) => {
        const last = at === tokens.length - 1 && row > rows / 2;
        const sure = last ? 0.4 + (0.55 * row) / rows : 0.05 + (0.5 * random.float() * row) / rows;
        const first = last ? ` ${predicted}` : row < 2 ? token.text : random.pick(words);
        return [first, ...words.filter((word) => word !== first)].slice(0, 10).map((text, i) => top(text, sure * 0.45 ** i));
      }),
    ),
    answers: sites.map((_, row) =>
      tokens.map((__, at) =>
        LABELS.map((label) => {
          const progress = row / (rows - 1);
          const peak = label === predicted ? progress ** 3 * 0.94 : label === other ? 0.6 * Math.sin(Math.PI * progress) ** 2 : 0.02 * random.float();
          const probability = at === tokens.length - 1 ? peak : peak * random.float() * 0.2;
          return { logit: Math.log(probability + 1e-6), probability, rank: Math.round(1000 * (1 - probability) ** 8) };
        }),
      ),
    ),
  };
  const prediction = samplePrediction(predicted, other);
  const base: LensExplanation = {
    model: { id: 'python-errors', sha256: '5f'.repeat(32), layers },
    template: PYTHON_ERROR_TYPE.id,
    source: { file: 'file' in options ? options.file! : 'examples/temperature.py', code, start: 0, end: code.length, firstLine: 1, lastLine: code.split('\n').length },
    prompt: code + PYTHON_ERROR_TYPE.suffix,
    tokens,
    prediction,
    actual: { label: actual, message: options.message ?? 'can only concatenate str (not "int") to str', line: 1 },
    lens,
    counterfactual: null,
    patching: null,
    variants: null,
    findings: ['There is no variant whose true error differs.'],
  };
  if (variant === null) return base;

  const variantTokens = promptTokens(variant);
  const alignment = alignTokens(fullRanges(tokens), fullRanges(variantTokens), singleChange(code, variant));
  const partner = new Map(alignment.columns.map((column) => [column.original, column.variant]));
  const edited = tokens.findIndex((token, at) => partner.get(at) === null || variantTokens[partner.get(at)!]?.id !== token.id);
  const restored = Array.from({ length: layers }, (_, layer) =>
    tokens.map((__, at) => {
      if (partner.get(at) === null) return null;
      const moved = layer / (layers - 1);
      const noise = 0.08 * (random.float() - 0.6);
      if (at < edited) return 0;
      if (at === edited) return 0.97 * (1 - moved ** 2) + noise;
      if (at === tokens.length - 1) return 0.98 * moved ** 2 + noise;
      return (at < edited + 4 ? -0.35 * Math.sin(Math.PI * moved) : 0) + noise;
    }),
  );
  const effect = direction === 'denoising' ? restored : restored.map((row) => row.map((value) => (value === null ? null : 1 - value)));
  const [clean, corrupted] = [7.31, -5.02];
  return {
    ...base,
    counterfactual: {
      description: 'put the number 21 in quotes and removed the closing parenthesis of print(…) on line 1',
      kind: 'quote-number-drop-bracket',
      code: variant,
      actual: { label: other, message: "'(' was never closed", line: 1 },
      prediction: samplePrediction(other, predicted),
      prompt: variant + PYTHON_ERROR_TYPE.suffix,
      tokens: variantTokens,
      alignment,
    },
    patching: {
      site: 'hook_resid_pre',
      direction,
      metric: { description: 'logit difference', positive: predicted, negative: other, positiveToken: 5, negativeToken: 6, basis: 'actual' },
      clean,
      corrupted,
      effect: normalised ? effect : null,
      logitDifference: effect.map((row) => row.map((value) => (value === null ? null : corrupted + value * (clean - corrupted)))),
    },
    findings: [
      `${predicted} overtakes ${other} at layer 4.`,
      'The difference sits on `21` until layer 2 and on the last token from layer 3.',
    ],
  };
}

/** The same as a result. */
export function sampleResult(options: SampleOptions = {}): Result {
  const { prediction, actual, lens, counterfactual, patching, variants: _, findings, ...reading } = sampleExplanation(options);
  const none = { findings: [], problems: [] };
  return {
    format: FORMAT,
    version: 2,
    reading,
    pair: counterfactual,
    parts: {
      prediction: { params: paramsOf('prediction'), value: { ...prediction, actual }, findings, problems: [] },
      lens: { params: paramsOf('lens'), value: lens, ...none },
      ...(patching && { patching: { params: paramsOf('patching'), value: patching, ...none } }),
    },
  };
}

function samplePrediction(label: string, second: string): ExplainedPrediction {
  const share = (name: string, i: number) => (name === label ? 0.932 : name === second ? 0.051 : 0.012 * 0.5 ** i);
  const answers = LABELS.map((name, i) => ({ label: name, probability: share(name, i), logit: Math.log(share(name, i)) + 12 }));
  answers.sort((a, b) => b.probability - a.probability);
  const answersProbability = answers.reduce((sum, { probability }) => sum + probability, 0);
  return { label, answers, answersProbability, top: answers.map(({ label: name, ...rest }, id) => ({ ...rest, id, text: ` ${name}` })) };
}

/** Tokens as a byte-level tokenizer would cut them, roughly: words with their space, digits, single signs. */
function promptTokens(code: string): PromptToken[] {
  const text = code + PYTHON_ERROR_TYPE.suffix;
  return [...text.matchAll(/ ?[A-Za-z_]+|\d|\n(?: {4})*|[^]/g)].map(({ 0: token, index }): PromptToken => {
    const inside = index < code.length;
    return { id: hash(token), text: token, start: inside ? index : null, end: inside ? index + token.length : null };
  });
}

/** With template tokens placed after the code, as the prompt has them. */
function fullRanges(tokens: readonly PromptToken[]) {
  let at = 0;
  return tokens.map(({ id, text }) => ({ id, text, start: at, end: (at += text.length) }));
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 8191, 7);
}
