/** What tells a program from its near twin, over many pairs like these; each effect beside what other words and numbers alone do. */
import { controlPairs } from '../../../methods/circuits/controls';
import { patchPlaces } from '../../../methods/circuits/place-patching';
import { lastMetrics } from '../../../methods/prediction/last-metrics';
import { REPLACEMENTS, replacingHooks } from '../../../methods/latents/without-errors';
import { operations } from '../../../methods/patching/plan';
import type { Hook } from '../../../model';
import type { Part } from '../../../protocol/analyses';
import type { PairsEffect } from '../../../protocol/analyses/pairs';
import type { LoadedSae } from '../../../sae';
import { rounded } from '../../session/rounded';
import { explainedMetric } from '../../twins/pair';
import { pairsOf } from './circuit-pairs';
import { effectOf, known, mean, type Measured } from './pairs-effect';
import { pairsFindings } from './pairs-findings';
import { ofLatents, streamSaes } from './pairs-latents';
import { direct, ofNodes } from './pairs-nodes';
import { Unanswerable } from '../reading';
import type { Run } from '../run';

type PairsPart = Part<'pairs'>;

export const pairs: Run<'pairs'> = {
  cost: async (reading, { prompts, steps, top }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const { base } = (await reading.pair(against, null, topK, asking)).runs('noising');
    const saes = (await streamSaes(reading)).length;
    // Of each pair: a patch for each layer and place, some half of the tokens, twice; passes there and back for scores; patches of nodes.
    const each = shape.layers * base.length / 2 + 6 * Math.max(1, steps) + 2 * top + (saes === 0 ? 0 : 12 + 2 * top + saes);
    const count = Math.round((prompts + 1) * each);
    return { count, unit: 'runs', operations: operations(Array.from({ length: count }, () => ({ layer: 0, position: 0 })), base.length, shape), atMost: true };
  },
  run: async (reading, params, { against, topK, signal, onProgress }) => {
    const { model, tokenizer } = reading.loaded;
    const pair = await reading.pair(against, params.answers, topK, { signal, onProgress });
    const { finding, trying, places, found, problems } = await pairsOf(reading, pair, params, { signal, onProgress });
    if (places.length === 0) throw new Unanswerable('Both programs have no token at which they could differ and be compared.');
    const all = finding === trying ? finding : [...finding, ...trying];
    const measured: Measured = {
      model, pairs: all, controls: controlPairs(all), places: places.length, params,
      working: (stage) => ({ signal, onProgress: (done, total) => onProgress?.(stage, done, total) }),
    };
    const saes = await streamSaes(reading);
    const value: PairsPart = {
      metric: explainedMetric(pair.metric, tokenizer),
      prompts: { asked: params.prompts, found, used: all.length },
      places: [...places],
      ...(await differences(measured, saes)),
      patching: await patched(measured),
      nodes: await ofNodes(measured),
      direct: await direct(measured),
      latents: await ofLatents(reading, measured, saes),
    };
    return { value, findings: pairsFindings(value), problems: saes.length > 0 ? [...problems] : [...problems, NO_SAES] };
  },
};

const NO_SAES = 'There are no SAEs of this model, so nothing is said of latents and error terms: --sae names a folder of some.';

/** The metric in both programs, with all SAEs of a kind in the place of activations, and with all of them. */
async function differences(
  { model, pairs: some, params: { seed }, working }: Measured, saes: readonly LoadedSae[],
): Promise<Pick<PairsPart, 'original' | 'variant' | 'saes'>> {
  const { signal, onProgress } = working('Putting SAEs into the model');
  const asked = (['base', 'source'] as const).flatMap((of) => some.map(({ metric, [of]: tokens }) => ({ tokens, metric })));
  const metrics = (hooks: readonly Hook[]) => lastMetrics(model, asked, hooks, signal);
  const halves = (values: readonly number[]) => ({ original: values.slice(0, some.length), variant: values.slice(some.length) });
  const whole = await metrics([]);
  const kinds = new Map<string, LoadedSae[]>();
  for (const sae of saes) {
    const kind = sae.site.kind === 'block' ? sae.site.site : sae.config.site;
    kinds.set(kind, [...(kinds.get(kind) ?? []), sae]);
  }
  const sets = [...kinds.size > 1 ? [...kinds, ['all', [...saes]] as const] : kinds];
  const rows: PairsPart['saes'] = [];
  for (const [sites, set] of sets) {
    const replaced: Partial<Record<(typeof REPLACEMENTS)[number], PairsPart['saes'][number]['withErrors']>> = {};
    for (const how of REPLACEMENTS) {
      const values = await metrics(replacingHooks(model, set, how, seed));
      const { original, variant } = halves(values);
      const signKept = mean(values.map((value, i) => Number(value > 0 === whole[i] > 0)));
      replaced[how] = { original: rounded(mean(original)), variant: rounded(mean(variant)), signKept: rounded(signKept) };
    }
    rows.push({ sites, count: set.length, ...(replaced as Required<typeof replaced>) });
    onProgress(rows.length, sets.length);
  }
  const { original, variant } = halves(whole);
  const spread = (values: readonly number[]) => {
    const { mean: middle, low, high } = effectOf(values, []);
    return { mean: middle, low, high };
  };
  return { original: spread(original), variant: spread(variant), saes: rows };
}

/** [layer][place] */
async function patched({ model, pairs: some, controls, places, working }: Measured): Promise<PairsPart['patching']> {
  const site = 'hook_resid_pre';
  const { changes, metrics } = await patchPlaces(model, some, places, { site, ...working('Patching places') });
  const other = await patchPlaces(model, controls, places, { site, ...working('Patching places with other words') });
  const difference = mean(metrics.map(({ base, source }) => source - base));
  const share = (value: number | null) => (value === null ? null : rounded(value / difference));
  const cells = Array.from({ length: model.shape.layers }, (_, layer) => Array.from({ length: places }, (__, place) => {
    const at = layer * places + place;
    const values = known(changes.map((own) => own[at]));
    return values.length === 0 ? null : effectOf(values, known(other.changes.map((own) => own[at])));
  }));
  const table = (of: (cell: PairsEffect) => number | null) => cells.map((row) => row.map((cell) => cell && share(of(cell))));
  // A share of a negative difference turns its interval round.
  const [low, high] = difference < 0 ? (['high', 'low'] as const) : (['low', 'high'] as const);
  return {
    mean: table((cell) => cell.mean), low: table((cell) => cell[low]), high: table((cell) => cell[high]),
    control: table((cell) => cell.control && Math.sign(difference) * cell.control),
  };
}
