/** Patching of single heads between a program and its near twin, with positions named by the original's tokens. */
import { comparison } from '../../findings/explanation';
import { list } from '../../findings/list';
import { percent } from '../../findings/percent';
import { byHead, HEAD_AXES } from '../../methods/patching/heads';
import { openCells, patchUnits, SMALLEST_DIFFERENCE, type PatchingResult } from '../../methods/patching/patching';
import { operations } from '../../methods/patching/plan';
import type { Patch } from '../../methods/patching/sweep';
import type { ModelShape } from '../../architectures';
import type { Part } from '../../protocol/analyses';
import { rounded } from '../session/rounded';
import { explainedMetric, shareOf, type PairedRuns } from '../twins/pair';
import { positionNames } from './findings';
import { roundedEstimate, sweepMade, sweepWork } from './patching';
import type { Run } from './run';
import { canonicalLabel } from '../../vocabulary/labels';

type HeadPatching = Part<'headPatching'>;

export const headPatching: Run<'headPatching'> = {
  cost: async (reading, { site, direction, per, answers }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const pair = await reading.pair(against, answers, topK, asking);
    const runs = pair.runs(direction);
    return sweepWork(headCells(runs, site, per, shape), runs.base.length, shape, per === 'head');
  },
  run: async (reading, { site, direction, per, answers }, { against, topK, signal, onProgress, soFar }) => {
    const { model, tokenizer } = reading.loaded;
    const pair = await reading.pair(against, answers, topK, { signal, onProgress });
    const { base, source, sourceOf, baseOf } = pair.runs(direction);
    const behind = pair.metric.shared.map((id) => ({ id, text: tokenizer.tokenText(id) }));

    const explained = ({ baseMetric, sourceMetric, metric, measured, estimate }: PatchingResult): HeadPatching => {
      const [clean, corrupted] = direction === 'denoising' ? [sourceMetric, baseMetric] : [baseMetric, sourceMetric];
      const columns = per === 'head' ? [0] : baseOf;
      const split = <T>(table: readonly (readonly T[])[]) => byHead(table, per === 'head' ? 1 : base.length);
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
    const key = ['heads', against ?? null, site, direction, per, answers];
    const known = reading.sweep(key);
    const result = await patchUnits(model, HEAD_AXES[per], {
      base, source, sourceOf, metric: pair.logits, site, known, signal,
      onProgress: (done, total, now) => {
        onProgress?.('Patching heads', done, total);
        soFar(() => explained(now), done, total);
      },
    });
    reading.keepSweep(key, result);
    const value = explained(result);
    const actual = await reading.actual();
    const shared = behind.map(({ text }) => text).join('').trim();
    const compared = comparison({ ...value, ...value.metric, shared }, actual && canonicalLabel(actual.label));
    const names = [...positionNames(reading.program), ...behind.map(({ text }) => `\`${text.trim()}\` of the answers`)];
    const made = sweepMade(headCells({ base, source, sourceOf }, site, per, shape), result);
    const findings = [compared, largestHeads(value, names)].filter((sentence) => sentence !== null);
    return { value, findings, operations: known ? 0 : operations(made, base.length, shape) };
  },
};

function headCells(
  runs: Pick<PairedRuns, 'base' | 'source' | 'sourceOf'>,
  site: HeadPatching['site'],
  per: HeadPatching['per'],
  { layers, heads, keyValueHeads, headSize }: ModelShape,
): Patch[] {
  const count = site === 'attn.hook_k' || site === 'attn.hook_v' ? keyValueHeads : heads;
  return openCells(runs, site, HEAD_AXES[per].units([1, runs.base.length, count, headSize]), layers);
}

const PATCHED = {
  'attn.hook_z': 'what they mixed',
  'attn.hook_q': 'their queries',
  'attn.hook_k': 'their keys',
  'attn.hook_v': 'their values',
} as const;

/** Smaller effects are not worth a sentence, and more heads than these make none. */
const NOTICEABLE = 0.1;
const MOST_NAMED = 3;

/** The heads that move the most of the difference, of those that were really patched; null without shares. */
function largestHeads({ site, direction, per, effect, measured }: HeadPatching, names: readonly string[]): string | null {
  if (!effect) return null;
  const cells = effect.flatMap((heads, layer) =>
    heads.flatMap((row, head) =>
      row.flatMap((value, at) => {
        if (value === null || measured?.[layer][head][at] === false) return [];
        return [{ share: direction === 'denoising' ? value : 1 - value, words: `head ${layer}.${head}${per === 'head' ? '' : ` at ${names[at]}`}` }];
      }),
    ),
  );
  if (cells.length === 0) return 'No token of the original has a counterpart in the variant, so nothing could be patched.';
  const patched = `With ${PATCHED[site]} patched at ${per === 'head' ? 'all tokens' : 'one token'}`;
  const top = cells.sort((a, b) => b.share - a.share).slice(0, MOST_NAMED).filter(({ share }) => share >= NOTICEABLE);
  if (top.length === 0) {
    return `${patched}, no single head${measured ? ' that was patched' : ''} moves as much as ${percent(NOTICEABLE)} of the difference.`;
  }
  const shares = top.map(({ share, words }) => `${words} (${percent(share)})`);
  return `${patched}, ${top.length === 1 ? 'this head moves' : 'these heads move'} the most of the difference: ${list(shares)}.`;
}
