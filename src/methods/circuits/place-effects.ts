/**
 * Nodes over many pairs, one by one: what each of them really changes where it alone is as in the twin, and what each writer adds to the
 * metric directly.
 */
import { logitDifference, type Model } from '../../model';
import { directComponents, namedComponents } from '../components/components';
import { Ablations } from './ablation';
import { runCircuits, type PlacedNode } from './node-places';
import type { PlacedPair, Working } from './places';

/** Of each pair the change of the metric where one node writes what it writes in the twin, [nodes]; all else runs on from it. */
export async function patchNodes(
  model: Model, pairs: readonly PlacedPair[], nodes: readonly PlacedNode[], options: Working,
): Promise<number[][]> {
  if (nodes.length === 0) return pairs.map(() => []);
  const twins = await Ablations.read(model, 'counterfactual', pairs, { signal: options.signal, runs: options.runs });
  const runs = await runCircuits(model, pairs, nodes.map((node) => ({ nodes: [node], invert: true })), twins, options);
  return runs.map(({ whole, metrics }) => metrics.map((metric) => metric - whole));
}

export interface DirectEffects {
  /** As components are named; what is the same in all programs, as a bias of the end, among them. */
  readonly names: readonly string[];
  /** Of each pair, [names]: what each adds to the metric directly in the base's run and in the source's, in logits. */
  readonly base: readonly (readonly number[])[];
  readonly source: readonly (readonly number[])[];
}

/** Direct logit attribution at the last token of both programs of each pair. */
export async function directEffectsOf(model: Model, pairs: readonly PlacedPair[], { signal, onProgress }: Working): Promise<DirectEffects> {
  let names: string[] = [];
  const [base, source]: [number[][], number[][]] = [[], []];
  for (const pair of pairs) {
    const { positive, negative } = pair.metric;
    for (const [ids, into] of [[pair.base, base], [pair.source, source]] as const) {
      const { components } = await directComponents(model, ids, ids.length - 1, logitDifference(positive, negative), { signal });
      const named = namedComponents(components);
      names = named.map(({ name }) => name);
      into.push(named.map(({ value }) => value));
    }
    onProgress?.(base.length, pairs.length);
  }
  return { names, base, source };
}
