/** A saved result, `.latentlens.json`: checked before it is shown, as it may come from anywhere. */
import type { SavedResult } from '../../protocol/latents';
import { METRIC_BASES, type Explanation } from '../../protocol/explanation';
import { boolean, count, isObject, list, number, oneOf, orNull, shape, text, tokenProbabilities, tokens, type Check } from './checks';
import { latentsDocument } from './latents';

/** A result of 2,000 tokens and 40 layers has about 100 MB; larger files are something else. */
export const MAX_RESULT_BYTES = 200_000_000;

/** @throws a sentence that names the file and the field that is wrong */
export function readResult(json: string, file: string): SavedResult {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`${file} is not valid JSON, so it is no saved result: ${(error as Error).message}.`, { cause: error });
  }
  if (!isObject(value) || value.format !== 'latent-lens/explanation') throw new Error(`${file} is not a result that Latent Lens saved.`);
  if (value.version !== 1) throw new Error(`${file} was saved by another version of Latent Lens (format ${String(value.version)}; this one reads 1). Update Latent Lens.`);
  const wrong = firstWrong({ variants: null, ...value });
  if (wrong) throw new Error(`${file} is damaged: "${wrong}" is not what Latent Lens saves.`);
  return { variants: null, ...value } as unknown as SavedResult;
}

const optional = (check: Check): Check => (value) => value === undefined || check(value);
const actual = orNull(
  shape({
    label: text, message: orNull(text), line: orNull(count), cell: optional(count), unlisted: optional(shape({ base: orNull(text) })),
    note: optional(text), uncalled: optional(list(text)),
  }),
);
const prediction: Check = (value) =>
  shape({
    label: text,
    answers: list(shape({ label: text, probability: number, logit: number })),
    answersProbability: number,
    top: tokenProbabilities,
    continuation: optional(shape({ text, probability: number })),
  })(value) && (value as Explanation['prediction']).answers.some(({ label }) => label === (value as Explanation['prediction']).label);
const variant = shape({
  number: count, kind: text, description: text, line: count, code: text, actual,
  prediction: shape({ label: text, probability: number }),
  tokensKept: boolean, labelChanged: orNull(boolean), control: boolean, repair: optional(boolean),
});

/** The first field that is not as it should be. */
function firstWrong(value: Record<string, unknown>): string | undefined {
  const outer: Record<string, Check> = {
    model: shape({ id: text, sha256: text, layers: count }),
    template: text,
    source: shape({
      file: orNull(text), code: text, start: count, end: count, firstLine: count, lastLine: count, read: optional(text),
      parts: optional(list(shape({ at: count, start: count, line: count, cell: optional(count) }))),
    }),
    prompt: text,
    tokens,
    prediction,
    actual,
    findings: list(text),
    variants: orNull(list(variant)),
  };
  const first = Object.keys(outer).find((name) => !outer[name](value[name]));
  if (first) return first;
  const { length } = value.tokens as unknown[];
  if (length === 0) return 'tokens';
  if (!lens(length)(value.lens)) return 'lens';
  if (!orNull(counterfactual(length))(value.counterfactual)) return 'counterfactual';
  if (!orNull(patching(length, (value.model as { layers: number }).layers))(value.patching)) return 'patching';
  if (value.patching !== null && value.counterfactual === null) return 'counterfactual';
  if (value.latents !== undefined && !latentsDocument(value.latents)) return 'latents';
  return undefined;
}

function lens(positions: number): Check {
  return (value) => {
    if (!isObject(value) || !list(text)(value.sites) || !list(text)(value.labels)) return false;
    const [rows, labels] = [(value.sites as string[]).length, (value.labels as string[]).length];
    return shape({
      layers: oneOf(rows),
      positions: oneOf(positions),
      top: list(list((top) => tokenProbabilities(top) && (top as unknown[]).length > 0, positions), rows),
      answers: list(list(list(shape({ logit: number, probability: number, rank: count }), labels), positions), rows),
    })(value);
  };
}

function counterfactual(positions: number): Check {
  return (value) => {
    const words = { description: text, kind: orNull(text), relation: optional(text) };
    const outer = shape({ ...words, code: text, actual, prediction, prompt: text, tokens });
    if (!outer(value)) return false;
    const others = (value as { tokens: unknown[] }).tokens.length;
    const below = (limit: number) => orNull((at) => count(at) && (at as number) < limit);
    const columns = list(shape({ original: below(positions), variant: below(others) }));
    return shape({ columns, sameLength: boolean })((value as { alignment: unknown }).alignment);
  };
}

const estimate = shape({ cells: count, measuredCells: count, correlation: orNull(number), checked: count, largestMiss: orNull(number) });

function patching(positions: number, layers: number): Check {
  const of = (columns: number) => {
    const cells = list(list(orNull(number), columns), layers);
    return { effect: orNull(cells), logitDifference: cells, measured: optional(list(list(boolean, columns), layers)) };
  };
  const behind: Check = (value) => {
    if (!isObject(value) || !list(shape({ id: count, text }))(value.tokens)) return false;
    const { length } = value.tokens as unknown[];
    return length > 0 && shape(of(length))(value);
  };
  return shape({
    site: text,
    direction: oneOf('denoising', 'noising'),
    metric: shape({
      description: text, positive: text, negative: text, positiveToken: count, negativeToken: count,
      basis: oneOf(...METRIC_BASES),
    }),
    clean: number,
    corrupted: number,
    ...of(positions),
    estimate: optional(estimate),
    behind: optional(behind),
  });
}
