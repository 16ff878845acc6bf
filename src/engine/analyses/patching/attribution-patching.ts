/** Estimates of what patching each component between a program and its near twin does, beside patches really made. */
import { list } from '../../../findings/list';
import { fixed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import { ComponentAttribution, EMBEDDING, type Component } from '../../../methods/patching/component-attribution';
import { SMALLEST_DIFFERENCE } from '../../../methods/patching/patching';
import { Correlation, drawn, operations } from '../../../methods/patching/plan';
import { patchedWords, type PatchedComponent } from '../../../protocol/analyses/attribution-patching';
import type { Params, Part } from '../../../protocol/analyses';
import { rounded } from '../../session/rounded';
import { explainedMetric } from '../../twins/pair';
import { cleanAndCorrupted } from './patched-pair';
import type { Run } from '../run';

type AttributionPatching = Part<'attributionPatching'>;
type Ranked = Component & { kind: Exclude<Component['kind'], 'embed'> };

export const attributionPatching: Run<'attributionPatching'> = {
  cost: async (reading, { answers, direction, top, neurons, draws, correction }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const { base } = (await reading.pair(against, answers, topK, asking)).runs(direction);
    // A backward pass is some two forward passes, and computes each block anew before it.
    const passes = 3 * (correction === 'grad-drop' ? shape.layers : 1);
    const count = 1 + top + neurons + draws;
    const cells = Array.from({ length: count + passes }, () => ({ layer: 0, position: 0 }));
    return { count, unit: 'patches', operations: operations(cells, base.length, shape) };
  },
  run: async (reading, params, { against, topK, signal, onProgress, soFar }) => {
    const { model, tokenizer } = reading.loaded;
    const { direction, correction, top, neurons, draws } = params;
    const pair = await reading.pair(against, params.answers, topK, { signal, onProgress });
    const { base, source, sourceOf } = pair.runs(direction);
    onProgress?.('Attributing to components');
    const qkFix = correction === 'qk-fix';
    const made = await ComponentAttribution.read(model, {
      base, source, sourceOf, metric: pair.logits, gradDrop: correction === 'grad-drop', qkFix, signal,
      onProgress: (done, total) => onProgress?.('Attributing to components', done, total),
    });
    const ranked = made.largest(['head', 'mlp', 'query', 'key'], Infinity);
    const chosen = {
      top: ranked.slice(0, top),
      neurons: made.largest(['neuron'], neurons),
      random: drawn(ranked.slice(top), draws),
    };
    const all = [EMBEDDING, ...chosen.top, ...chosen.neurons, ...chosen.random];

    const { baseMetric } = made;
    const [clean, corrupted] = cleanAndCorrupted(direction, made);
    const value = (metrics: readonly (number | undefined)[]): AttributionPatching => {
      const patched = (some: readonly Ranked[]) => some.flatMap((one): PatchedComponent[] => {
        const metric = metrics[all.indexOf(one)];
        if (metric === undefined) return [];
        return [{ ...named(one), score: rounded(made.score(one)), change: rounded(metric - baseMetric) }];
      });
      const [largest, others] = [patched(chosen.top), patched(chosen.random)];
      return {
        direction,
        correction,
        metric: explainedMetric(pair.metric, tokenizer),
        clean: rounded(clean),
        corrupted: rounded(corrupted),
        heads: made.scores.head.map((row) => Array.from(row, rounded)),
        mlps: made.scores.mlp.map(([score]) => rounded(score)),
        queries: qkFix ? made.scores.query.map((row) => Array.from(row, rounded)) : null,
        keys: qkFix ? made.scores.key.map((row) => Array.from(row, rounded)) : null,
        top: largest,
        neurons: patched(chosen.neurons),
        random: others,
        agreement: agreementOf([...largest, ...others], correction),
        embed: { score: rounded(made.score(EMBEDDING)), change: metrics[0] === undefined ? null : rounded(metrics[0] - baseMetric) },
      };
    };
    soFar(() => value([]), 0, all.length);
    const metrics = await made.patch(all, (done, total, known) => {
      onProgress?.('Patching components', done, total);
      soFar(() => value(known), done, total);
    });
    const found = value(metrics);
    return { value: found, findings: findingsOf(found), problems: problemsOf(found, params) };
  },
};

function named({ kind, layer, index }: Ranked): Pick<PatchedComponent, 'name' | 'kind' | 'layer' | 'index'> {
  switch (kind) {
    case 'head': return { name: `L${layer}H${index}`, kind, layer, index };
    case 'mlp': return { name: `${layer}_mlp_out`, kind: 'mlp_out', layer, index: null };
    case 'query': return { name: `L${layer}H${index}.q`, kind, layer, index };
    case 'key': return { name: `L${layer}H${index}.k`, kind, layer, index };
    case 'neuron': return { name: `L${layer}N${index}`, kind, layer, index };
  }
}

/** Smaller changes have no sign to agree about. */
const NO_CHANGE = 1e-4;

function agreementOf(
  patched: readonly PatchedComponent[],
  correction: AttributionPatching['correction'],
): AttributionPatching['agreement'] {
  const correlation = new Correlation();
  for (const { score, change } of patched) correlation.add(score, correction === 'grad-drop' ? Math.abs(change) : change);
  const signed = patched.filter(({ change }) => Math.abs(change) >= NO_CHANGE);
  const same = signed.filter(({ score, change }) => Math.sign(score) === Math.sign(change)).length;
  const { value } = correlation;
  return {
    correlation: value === null ? null : rounded(value),
    sameSign: correction === 'grad-drop' ? null : same,
    of: signed.length,
  };
}

const MOST_NAMED = 3;

function findingsOf(part: AttributionPatching): string[] {
  const { direction, clean, corrupted, top, neurons, random, embed, agreement: { correlation, sameSign, of } } = part;
  const difference = Math.abs(clean - corrupted);
  const towards = direction === 'denoising' ? clean - corrupted : corrupted - clean;
  const size = (value: number) => (difference < SMALLEST_DIFFERENCE ? `${fixed(value)} logits` : percent(value / towards));
  const words = (one: PatchedComponent) =>
    `${patchedWords(one)} (${size(one.change)}, estimated ${size(one.score)})`;
  const byChange = (some: readonly PatchedComponent[]) => [...some].sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const mean = random.reduce((sum, { change }) => sum + Math.abs(change), 0) / Math.max(1, random.length);
  const usual = size(towards < 0 ? -mean : mean);
  const beside = random.length === 0 ? '' : `; of ${random.length} others, drawn at random, one moves ${usual} on average`;
  const largest = list(byChange(top).slice(0, MOST_NAMED).map(words));
  const most = `Really patched, of the heads and MLPs with the largest estimates these move the most: ${largest}${beside}.`;
  const signs = sameSign === null ? '' : `, and ${sameSign} of ${of} have the same sign`;
  const agrees = correlation === null ? [] : [`Estimates and patches of these correlate with r = ${fixed(correlation)}${signs}.`];
  const single = neurons.length === 0 ? [] : [`Of single neurons, the most is moved by ${words(byChange(neurons)[0])}.`];
  const whole = embed && embed.change !== null
    ? [`The embedding, which all else is made from, moves ${size(embed.change)} (estimated ${size(embed.score)}).`] : [];
  return [most, ...agrees, ...single, ...whole];
}

function problemsOf({ top, neurons, random }: AttributionPatching, { draws }: Params<'attributionPatching'>): string[] {
  const nothing = [...top, ...neurons].every(({ score, change }) => score === 0 && change === 0);
  return [
    nothing && 'No component is another in the other program at any token that both have, so nothing could be patched.',
    random.length < draws && `Only ${random.length} heads and MLPs are left to draw from at random.`,
  ].filter((problem) => problem !== false);
}
