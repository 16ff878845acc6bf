/** Patching of single heads between a program and its near twin, with positions named by the original's tokens. */
import { comparison } from '../../findings/explanation';
import { list } from '../../findings/list';
import { percent } from '../../findings/percent';
import { byHead, HEAD_AXES } from '../../methods/patching/heads';
import { patchUnits, SMALLEST_DIFFERENCE, type PatchingResult } from '../../methods/patching/patching';
import type { Part } from '../../protocol/analyses';
import { rounded } from '../session/rounded';
import { explainedMetric, shareOf } from '../twins/pair';
import { positionNames } from './findings';
import { roundedEstimate } from './patching';
import type { Run } from './run';
import { canonicalLabel } from '../../vocabulary/labels';

type HeadPatching = Part<'headPatching'>;

export const headPatching: Run<'headPatching'> = {
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

    const key = ['heads', against ?? null, site, direction, per, answers];
    const result = await patchUnits(model, HEAD_AXES[per], {
      base, source, sourceOf, metric: pair.logits, site, known: reading.sweep(key), signal,
      onProgress: (done, total, known) => {
        onProgress?.('Patching heads', done, total);
        soFar(() => explained(known), done, total);
      },
    });
    reading.keepSweep(key, result);
    const value = explained(result);
    const actual = await reading.actual();
    const shared = behind.map(({ text }) => text).join('').trim();
    const compared = comparison({ ...value, ...value.metric, shared }, actual && canonicalLabel(actual.label));
    const names = [...positionNames(reading.program), ...behind.map(({ text }) => `\`${text.trim()}\` of the answers`)];
    return { value, findings: [compared, largestHeads(value, names)].filter((sentence) => sentence !== null) };
  },
};

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
