/** Patching of single neurons between a program and its near twin, with positions named by the original's tokens. */
import { list } from '../../../findings/list';
import { fixed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import { Neurons, neuronUnits, type Neuron } from '../../../methods/patching/neurons';
import { SMALLEST_DIFFERENCE } from '../../../methods/patching/patching';
import { Correlation, drawn, operations } from '../../../methods/patching/plan';
import type { Part } from '../../../protocol/analyses';
import { rounded } from '../../session/rounded';
import { explainedMetric, shareOf } from '../../twins/pair';
import { cleanAndCorrupted, comparisonOf, namesWith, tokensBehind } from './patched-pair';
import type { Run } from '../run';

type NeuronPatching = Part<'neuronPatching'>;

export const neuronPatching: Run<'neuronPatching'> = {
  cost: async (reading, { per, direction, layer, top, draws, answers }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const { base } = (await reading.pair(against, answers, topK, asking)).runs(direction);
    const units = neuronUnits(per, base.length);
    // Where they are is not known yet: half-way up, where all layers are asked for.
    const at = Math.min(layer ?? Math.floor(shape.layers / 2), shape.layers - 1);
    const patches = units.flatMap(({ positions: [position] }) => Array.from({ length: top + draws }, () => ({ layer: at, position })));
    // Two backward passes, each some two forward passes, and all at once.
    const passes = Array.from({ length: 6 + draws }, () => ({ layer: 0, position: 0 }));
    return { count: patches.length, unit: 'patches', operations: operations([...patches, ...passes], base.length, shape), atMost: true };
  },
  run: async (reading, { per, direction, layer, top, draws, answers }, { against, topK, signal, onProgress, soFar }) => {
    const { model, tokenizer } = reading.loaded;
    const { layers } = model.shape;
    if (layer !== null && layer >= layers) throw new Error(`There is no layer ${layer}; the model has the layers 0 to ${layers - 1}.`);
    const pair = await reading.pair(against, answers, topK, { signal, onProgress });
    const { base, source, sourceOf, baseOf } = pair.runs(direction);
    const behind = tokensBehind(pair, tokenizer);
    onProgress?.('Attributing to neurons');
    const made = await Neurons.read(model, { base, source, sourceOf, metric: pair.logits, layer: layer ?? undefined, signal });
    const ranked = made.ranked(per);
    const largest = ranked.slice(0, top);
    const others = ranked.slice(top);
    const neurons = [...largest, ...drawn(others, draws)];

    const [clean, corrupted] = cleanAndCorrupted(direction, made);
    const columns = per === 'neuron' ? [0] : baseOf;
    const ofOriginal = (row: readonly (number | null)[], of: (value: number) => number | null) => columns.map((at) => {
      const value = at === null ? null : row[at];
      return value === null || Number.isNaN(value) ? null : of(value);
    });
    const estimated = neurons.map((one) => {
      const each = made.estimate(one);
      return per === 'neuron' ? [each.reduce<number>((sum, value) => sum + (value ?? 0), 0)] : each;
    });
    const share = (value: number) => shareOf(value, clean, corrupted);
    const explained = (metrics: readonly (readonly (number | null)[])[], together: NeuronPatching['together']): NeuronPatching => ({
      per,
      direction,
      metric: explainedMetric(pair.metric, tokenizer),
      clean: rounded(clean),
      corrupted: rounded(corrupted),
      behind,
      neurons: neurons.map((one, i) => ({ ...one, chosen: i < largest.length ? 'largest' : 'random' })),
      of: ranked.length,
      effect: Math.abs(clean - corrupted) >= SMALLEST_DIFFERENCE ? metrics.map((row) => ofOriginal(row, share)) : null,
      logitDifference: metrics.map((row) => ofOriginal(row, rounded)),
      estimates: estimated.map((row) => ofOriginal(row, rounded)),
      together,
      correlation: correlationOf(metrics, estimated, made.baseMetric),
    });
    const metrics = await made.patch(neurons, per, (done, total, now) => {
      onProgress?.('Patching neurons', done, total);
      soFar(() => explained(now, null), done, total);
    });
    const together = await togetherOf(made, largest, others, draws);
    const value = explained(metrics, {
      logitDifference: rounded(together.largest),
      effect: share(together.largest),
      random: together.random.length === 0 ? null : {
        logitDifference: rounded(mean(together.random)), effect: share(mean(together.random)), draws: together.random.length,
      },
    });
    const sentences = [await comparisonOf(reading, value), ...findingsOf(value, namesWith(reading.program, behind))];
    const findings = sentences.filter((sentence) => sentence !== null);
    return { value, findings, problems: problemsOf(value) };
  },
};

/** All of the largest at once, and as many others, so often. */
async function togetherOf(
  made: Neurons,
  largest: readonly Neuron[],
  others: readonly Neuron[],
  draws: number,
): Promise<{ largest: number; random: number[] }> {
  const sets = others.length < largest.length ? [] : Array.from({ length: draws }, (_, seed) => drawn(others, largest.length, seed));
  const random: number[] = [];
  for (const set of sets) random.push(await made.together(set));
  return { largest: await made.together(largest), random };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function correlationOf(
  metrics: readonly (readonly (number | null)[])[],
  estimates: readonly (readonly (number | null)[])[],
  baseMetric: number,
): number | null {
  const correlation = new Correlation();
  metrics.forEach((row, i) => row.forEach((value, at) => {
    const estimate = estimates[i][at];
    if (value !== null && !Number.isNaN(value) && estimate !== null) correlation.add(estimate, value - baseMetric);
  }));
  const { value } = correlation;
  return value === null ? null : rounded(value);
}

/** Smaller effects are not worth a sentence, and more neurons than these make none. */
const NOTICEABLE = 0.02;
const MOST_NAMED = 3;

function findingsOf(part: NeuronPatching, names: readonly string[]): string[] {
  const { per, direction, neurons, effect, together, correlation, of } = part;
  if (!effect || !together || together.effect === null) return [];
  const moved = (share: number) => (direction === 'denoising' ? share : 1 - share);
  const cells = effect.flatMap((row, i) => row.flatMap((value, at) => {
    const words = `neuron ${neurons[i].layer}.${neurons[i].index}${per === 'neuron' ? '' : ` at ${names[at]}`}`;
    return value === null ? [] : [{ words, share: moved(value), chosen: neurons[i].chosen }];
  }));
  const largest = cells.filter(({ chosen }) => chosen === 'largest').sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const random = cells.filter(({ chosen }) => chosen === 'random').map(({ share }) => Math.abs(share));
  const top = largest.slice(0, MOST_NAMED).filter(({ share }) => Math.abs(share) >= NOTICEABLE);
  const where = per === 'neuron' ? 'at all tokens' : 'at one token';
  const beside = random.length === 0 ? '' : `; one drawn at random moves ${percent(Math.max(...random))} at most`;
  const single = top.length === 0
    ? `Patched ${where}, no single neuron that was chosen moves as much as ${percent(NOTICEABLE)} of the difference.`
    : `Patched ${where}, ${top.length === 1 ? 'this neuron moves' : 'these neurons move'} the most of the difference: ` +
      `${list(top.map(({ words, share }) => `${words} (${percent(share)})`))}${beside}.`;
  const count = neurons.filter(({ chosen }) => chosen === 'largest').length;
  const others = together.random?.effect ?? null;
  const all = count < 2 ? [] : [
    `The ${count} largest of ${of}, all at once and at all tokens, move ${percent(moved(together.effect))}` +
    `${others === null ? '' : `; as many others, drawn at random, ${percent(moved(others))} on average`}.`,
  ];
  const agrees = correlation === null ? [] : [`Estimates and patches correlate with r = ${fixed(correlation)}.`];
  return [single, ...all, ...agrees];
}

function problemsOf({ logitDifference, estimates, neurons, per }: NeuronPatching): string[] {
  if (logitDifference.every((row) => row.every((value) => value === null))) {
    return ['No token of the original has a counterpart in the variant, so nothing could be patched.'];
  }
  const same = estimates.filter((row) => row.every((value) => !value)).length;
  const tokens = per === 'neuron' ? '' : ', at any token,';
  return same < neurons.length ? [] : [`No neuron${tokens} is estimated to change anything, so those that were patched are no better than others.`];
}
