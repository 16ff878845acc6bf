/** Patching of single attention weights between a program and its near twin, with positions named by the original's tokens. */
import { list } from '../../../findings/list';
import { percent } from '../../../findings/percent';
import { byHead } from '../../../methods/patching/heads';
import { openCells } from '../../../methods/patching/open-cells';
import { normalizedEffect, patchUnits, type PatchingResult } from '../../../methods/patching/patching';
import { ALL_WEIGHTS, weightAxis } from '../../../methods/patching/patterns';
import { operations } from '../../../methods/patching/plan';
import type { Patch } from '../../../methods/patching/sweep';
import type { Model } from '../../../model';
import type { ModelShape } from '../../../architectures';
import { parseHead } from '../../../protocol/analyses/components';
import type { Part } from '../../../protocol/analyses';
import { blockSite, siteName } from '../../../vocabulary/sites';
import { rounded } from '../../session/rounded';
import { explainedMetric, shareOf, type PairedRuns } from '../../twins/pair';
import { cleanAndCorrupted, comparisonOf, namesWith, tokensBehind } from './patched-pair';
import { roundedEstimate, sweepMade, sweepWork } from './patching';
import type { Run } from '../run';

type PatternPatching = Part<'patternPatching'>;
type Head = PatternPatching['head'];
type Table<T> = readonly (readonly T[])[];

const SITE = 'attn.hook_pattern';

export const patternPatching: Run<'patternPatching'> = {
  cost: async (reading, { head, direction, exact, answers }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const pair = await reading.pair(against, answers, topK, asking);
    const runs = pair.runs(direction);
    // Which head moves most is not known yet: the longest way is from the first layer.
    const { layer } = parseHead(head) ?? { layer: 0 };
    return sweepWork(weightCells(runs, { layer, head: 0 }, shape), runs.base.length, shape, exact);
  },
  run: async (reading, params, { against, topK, signal, onProgress, soFar }) => {
    const { model, tokenizer } = reading.loaded;
    const { direction, exact, answers } = params;
    const pair = await reading.pair(against, answers, topK, { signal, onProgress });
    const runs = pair.runs(direction);
    const { base, source, sourceOf, baseOf } = runs;
    const behind = tokensBehind(pair, tokenizer);
    const options = { base, source, sourceOf, metric: pair.logits, site: SITE, signal } as const;
    const asked = askedHead(params.head, model.shape);

    const togetherKey = ['all weights', against ?? null, direction, answers];
    const together = await patchUnits(model, ALL_WEIGHTS, {
      ...options, known: reading.sweep(togetherKey), onProgress: (done, total) => onProgress?.('Patching whole heads', done, total),
    });
    reading.keepSweep(togetherKey, together);
    const head = asked ?? most(together);
    const inBase = await weightsOf(model, base, head, signal);
    const inSource = await weightsOf(model, source, head, signal);

    /** From a table over the base's positions to one over the original's, each row up to the token itself. */
    const ofOriginal = <T, U>(table: Table<T>, none: U, of: (value: T) => U) =>
      baseOf.map((at, own) => baseOf.slice(0, own + 1).map((read) => (at === null || read === null ? none : of(table[at][read]))));
    const beside = sourceOf.map((at) => sourceOf.map((read) => (at === null || read === null ? null : inSource[at][read])));
    const own = ofOriginal(inBase, null, (value): number | null => value);
    const other = ofOriginal<number | null, number | null>(beside, null, (value) => value);
    const explained = (result: PatchingResult): PatternPatching => {
      const { baseMetric, metric, measured, estimate } = result;
      const [clean, corrupted] = cleanAndCorrupted(direction, result);
      const table = <T>(rows: Table<T>) => byHead([rows[head.layer]], base.length)[0];
      const all = together.metric[head.layer][head.head] ?? baseMetric;
      return {
        head,
        direction,
        metric: explainedMetric(pair.metric, tokenizer),
        clean: rounded(clean),
        corrupted: rounded(corrupted),
        behind,
        together: { logitDifference: rounded(all), effect: shareOf(all, clean, corrupted) },
        logitDifference: ofOriginal(table(metric), null, (value) => (value === null || Number.isNaN(value) ? null : rounded(value))),
        ...(estimate && { measured: ofOriginal(table(measured), true, Boolean), estimate: roundedEstimate(estimate) }),
        weights: direction === 'denoising' ? { original: other, variant: own } : { original: own, variant: other },
      };
    };

    const key = ['weights', against ?? null, head, direction, answers];
    const known = reading.sweep(key);
    const result = await patchUnits(model, weightAxis(head.head), {
      ...options, layer: head.layer, exact, known,
      onProgress: (done, total, now) => {
        onProgress?.('Patching attention weights', done, total);
        soFar(() => explained(now), done, total);
      },
    });
    reading.keepSweep(key, result);
    const value = explained(result);
    const names = namesWith(reading.program, behind);
    const made = sweepMade(weightCells(runs, head, model.shape), result);
    return {
      value,
      findings: [await comparisonOf(reading, value), ...findingsOf(value, names, asked === null)].filter((sentence) => sentence !== null),
      problems: problemsOf(value, result),
      operations: known ? 0 : operations(made, base.length, model.shape),
    };
  },
};

/** @throws a sentence where there is no such head */
function askedHead(given: string, { layers, heads }: ModelShape): Head | null {
  const asked = parseHead(given);
  if (!asked || (asked.layer < layers && asked.head < heads)) return asked;
  throw new Error(`There is no head ${given}; the model has the layers 0 to ${layers - 1} with the heads 0 to ${heads - 1}.`);
}

/** The head all of whose weights move the metric most. */
function most({ baseMetric, metric }: PatchingResult): Head {
  const moved = (value: number | null) => Math.abs((value ?? baseMetric) - baseMetric);
  const all = metric.flatMap((row, layer) => row.map((value, head) => ({ layer, head, moved: moved(value) })));
  const { layer, head } = all.reduce((a, b) => (b.moved > a.moved ? b : a));
  return { layer, head };
}

function weightCells(runs: Pick<PairedRuns, 'base' | 'source' | 'sourceOf'>, { layer, head }: Head, { layers, heads }: ModelShape): Patch[] {
  const { length } = runs.base;
  const units = weightAxis(head).units([1, heads, length, length], runs.sourceOf);
  return openCells(runs, SITE, units, layers).filter((cell) => cell.layer === layer);
}

/** [position][position up to there]; null behind it. */
async function weightsOf(model: Model, ids: readonly number[], { layer, head }: Head, signal?: AbortSignal): Promise<(number | null)[][]> {
  const site = blockSite(layer, SITE);
  const { data } = (await model.run([ids], { read: [site], until: layer + 1, signal })).sites.get(siteName(site))!;
  return ids.map((_, at) => ids.map((__, read) => (read > at ? null : rounded(data[(head * ids.length + at) * ids.length + read]))));
}

/** Smaller effects are not worth a sentence, and more weights than these make none. */
const NOTICEABLE = 0.05;
const MOST_NAMED = 3;

function findingsOf(part: PatternPatching, names: readonly string[], chosen: boolean): string[] {
  const { head, direction, clean, corrupted, logitDifference, measured, together, weights } = part;
  if (together.effect === null) return [];
  const moved = (share: number) => (direction === 'denoising' ? share : 1 - share);
  const name = `head ${head.layer}.${head.head}`;
  const how = chosen ? `Of all heads, the weights of ${name} move most` : `All weights of ${name}`;
  const whole = `${how}${chosen ? '; all at once,' : ', at once,'} they move ${percent(moved(together.effect))} of the difference.`;
  const cells = logitDifference.flatMap((row, at) => row.flatMap((value, read) => {
    return value === null || measured?.[at][read] === false ? [] : [{ at, read, share: moved(normalizedEffect(value, clean, corrupted)) }];
  }));
  if (cells.length === 0) return [whole];
  const mean = cells.reduce((sum, { share }) => sum + Math.abs(share), 0) / cells.length;
  const sorted = [...cells].sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const top = sorted.slice(0, MOST_NAMED).filter(({ share }) => Math.abs(share) >= NOTICEABLE);
  const which = measured ? ' that was patched' : '';
  if (top.length === 0) return [whole, `Alone, no weight${which} moves as much as ${percent(NOTICEABLE)}.`];
  const weight = (value: number | null) => (value === null ? 'none' : percent(value));
  const words = top.map(({ at, read, share }) => {
    const [original, variant] = [weights.original[at][read], weights.variant[at][read]].map(weight);
    return `what ${names[at]} reads of ${names[read]} (${percent(share)}; its weight is ${original} in the original, ${variant} in the variant)`;
  });
  return [whole, `Alone, ${top.length === 1 ? 'this moves' : 'these move'} most: ${list(words)}. One weight${which} moves ${percent(mean)} on average.`];
}

function problemsOf({ logitDifference, head }: PatternPatching, { cells }: PatchingResult): string[] {
  const none = logitDifference.every((row) => row.every((value) => value === null));
  if (none) return ['No token of the original has a counterpart in the variant, so nothing could be patched.'];
  if (cells > 0) return [];
  return [`No weight of head ${head.layer}.${head.head} can change anything: up to the last token at which it is read, both programs are the same.`];
}
