/** Patching of single heads between a program and its near twin, with positions named by the original's tokens. */
import { list } from '../../../findings/list';
import { percent } from '../../../findings/percent';
import { byHead, headAxis, headShape } from '../../../methods/patching/heads';
import { patchUnits, SMALLEST_DIFFERENCE, type PatchingResult } from '../../../methods/patching/patching';
import { openCells } from '../../../methods/patching/open-cells';
import { wholeRows } from '../../../methods/patching/patterns';
import { operations } from '../../../methods/patching/plan';
import type { Patch } from '../../../methods/patching/sweep';
import type { ModelShape } from '../../../architectures';
import type { Part } from '../../../protocol/analyses';
import { patchesAllHeads, patchesAllTokens } from '../../../protocol/analyses/head-patching';
import { windowWords } from '../../../protocol/analyses/knockout';
import { rounded } from '../../session/rounded';
import { explainedMetric, shareOf, type PairedRuns } from '../../twins/pair';
import { cleanAndCorrupted, comparisonOf, namesWith, tokensBehind } from './patched-pair';
import { roundedEstimate, sweepMade, sweepWork } from './patching';
import type { Run } from '../run';

type HeadPatching = Part<'headPatching'>;

export const headPatching: Run<'headPatching'> = {
  cost: async (reading, { site, direction, per, window, answers }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const pair = await reading.pair(against, answers, topK, asking);
    const runs = pair.runs(direction);
    return sweepWork(headCells(runs, site, per, shape), runs.base.length, shape, patchesAllTokens(per) || window > 1);
  },
  run: async (reading, { site, direction, per, window, answers }, { against, topK, signal, onProgress, soFar }) => {
    if (window > 1 && !patchesAllHeads(per)) {
      throw new Error('Heads of several layers that have the same number have nothing else in common: patch several layers at once with all of their heads, by layer or by layer and position.');
    }
    const { model, tokenizer } = reading.loaded;
    const pair = await reading.pair(against, answers, topK, { signal, onProgress });
    const { base, source, sourceOf, baseOf } = pair.runs(direction);
    const behind = tokensBehind(pair, tokenizer);

    const explained = (result: PatchingResult): HeadPatching => {
      const { metric, measured, estimate } = result;
      const [clean, corrupted] = cleanAndCorrupted(direction, result);
      const columns = patchesAllTokens(per) ? [0] : baseOf;
      const split = <T>(table: readonly (readonly T[])[]) => byHead(table, patchesAllTokens(per) ? 1 : base.length);
      const ofOriginal = <T, U>(table: readonly (readonly T[])[], otherwise: U, of: (value: T) => U) =>
        split(table).map((heads) => heads.map((row) => columns.map((at) => (at === null ? otherwise : of(row[at])))));
      const known = (value: number | null) => (value === null || Number.isNaN(value) ? null : value);
      const difference = ofOriginal(metric, null, known);
      const each = (of: (value: number) => number | null) =>
        difference.map((heads) => heads.map((row) => row.map((value) => (value === null ? null : of(value)))));
      return {
        site,
        direction,
        per,
        heads: difference[0].length,
        ...(window > 1 && { window }),
        metric: explainedMetric(pair.metric, tokenizer),
        clean: rounded(clean),
        corrupted: rounded(corrupted),
        behind,
        effect: Math.abs(clean - corrupted) >= SMALLEST_DIFFERENCE ? each((value) => shareOf(value, clean, corrupted)) : null,
        logitDifference: each(rounded),
        ...(estimate && { measured: ofOriginal(measured, true, Boolean), estimate: roundedEstimate(estimate) }),
      };
    };

    const { shape } = model;
    const key = ['heads', against ?? null, site, direction, per, window, answers];
    const known = reading.sweep(key);
    const result = await patchUnits(model, headAxis(site, per), {
      base, source, sourceOf, metric: pair.logits, site, window, known, signal,
      onProgress: (done, total, now) => {
        onProgress?.('Patching heads', done, total);
        soFar(() => explained(now), done, total);
      },
    });
    reading.keepSweep(key, result);
    const value = explained(result);
    const made = sweepMade(headCells({ base, source, sourceOf }, site, per, shape), result);
    const sentences = [await comparisonOf(reading, value), largestHeads(value, namesWith(reading.program, behind))];
    const findings = sentences.filter((sentence) => sentence !== null);
    const problems = site === 'attn.hook_pattern' ? rowsLeftOut(sourceOf) : [];
    return { value, findings, problems, operations: known ? 0 : operations(made, base.length, shape) };
  },
};

function headCells(
  runs: Pick<PairedRuns, 'base' | 'source' | 'sourceOf'>,
  site: HeadPatching['site'],
  per: HeadPatching['per'],
  shape: ModelShape,
): Patch[] {
  const units = headAxis(site, per).units(headShape(site, runs.base.length, shape), runs.sourceOf);
  return openCells(runs, site, units, shape.layers);
}

/** A sentence where rows of patterns could not be patched. */
function rowsLeftOut(sourceOf: readonly (number | null)[]): string[] {
  const [whole, all] = [wholeRows(sourceOf), sourceOf.length];
  if (whole === all) return [];
  return [
    `Patterns were patched in ${whole} of ${all} rows: behind these, one program has a token that the other lacks, so a row of the one does ` +
    'not fit the other. A variant with the same number of tokens has no such rows; Pattern Patching patches single weights in all.',
  ];
}

const PATCHED = {
  'attn.hook_z': 'what they mixed',
  'attn.hook_q': 'their queries',
  'attn.hook_k': 'their keys',
  'attn.hook_v': 'their values',
  'attn.hook_pattern': 'what they read',
} as const;

/** Smaller effects are not worth a sentence, and more heads than these make none. */
const NOTICEABLE = 0.1;
const MOST_NAMED = 3;

/** The heads that move the most of the difference, of those that were really patched; null without shares. */
function largestHeads({ site, direction, per, window = 1, effect, measured }: HeadPatching, names: readonly string[]): string | null {
  if (!effect) return null;
  const all = patchesAllHeads(per);
  const cells = effect.flatMap((heads, layer) =>
    heads.flatMap((row, head) =>
      row.flatMap((value, at) => {
        if (value === null || measured?.[layer][head][at] === false) return [];
        const which = all ? windowWords({ from: layer, to: Math.min(layer + window, effect.length) - 1 }) : `head ${layer}.${head}`;
        const words = `${which}${patchesAllTokens(per) ? '' : ` at ${names[at]}`}`;
        return [{ share: direction === 'denoising' ? value : 1 - value, words }];
      }),
    ),
  );
  if (cells.length === 0) {
    return site === 'attn.hook_pattern'
      ? 'Not even the first token stands side by side in both programs, so no row of a pattern could be patched.'
      : 'No token of the original has a counterpart in the variant, so nothing could be patched.';
  }
  const where = patchesAllTokens(per) ? 'all tokens' : 'one token';
  const patched = `With ${PATCHED[site]} patched at ${where}${all ? `, of all heads of ${window > 1 ? `${window} layers` : 'a layer'} at once` : ''}`;
  const top = cells.sort((a, b) => b.share - a.share).slice(0, MOST_NAMED).filter(({ share }) => share >= NOTICEABLE);
  if (top.length === 0) {
    return `${patched}, no ${all ? 'layer' : 'single head'}${measured ? ' that was patched' : ''} moves as much as ${percent(NOTICEABLE)} of the difference.`;
  }
  const shares = top.map(({ share, words }) => `${words} (${percent(share)})`);
  return `${patched}, ${top.length === 1 ? `this ${all ? '' : 'head '}moves` : `these ${all ? '' : 'heads '}move`} the most of the difference: ${list(shares)}.`;
}
