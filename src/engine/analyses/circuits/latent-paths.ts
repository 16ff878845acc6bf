/** Edges between latents that a reader names, really patched in the explained program. */
import { signed } from '../../../findings/number';
import { differing } from '../../../methods/circuits/points';
import type { Feature } from '../../../methods/circuits/features';
import { latentEdges } from '../../../methods/circuits/latent-edges';
import { logitDifferences } from '../../../methods/patching/patching';
import { ANALYSES } from '../../../protocol/analyses';
import { parsePlaced } from '../../../protocol/reading/nodes';
import { parseStretch } from '../../../protocol/reading/place';
import { rounded } from '../../session/rounded';
import { explainedMetric } from '../../twins/pair';
import { saeAt } from '../../latents/active';
import { positionsIn } from '../../reading/places';
import { Unanswerable, type Reading } from '../reading';
import type { Run } from '../run';
import { checkedLatentEdges } from './circuit-check';
import { circuitSaes } from './circuit-latents';

/** Each edge takes two runs through the SAEs. */
const MOST_EDGES = 200;

export const latentPaths: Run<'latentPaths'> = {
  run: async (reading, { from, to, sites: asked, answers }, { against, topK, signal, onProgress }) => {
    const { model, tokenizer } = reading.loaded;
    if (from === null) throw new Unanswerable(`Nothing was said whose activations are to be patched. ${ANALYSES.latentPaths.first}`);
    const { saes, sites } = await circuitSaes(reading, asked);
    const pair = await reading.pair(against, answers, topK, { signal, onProgress });
    const { base, source, sourceOf } = pair.runs('noising');
    const changed = differing({ base, source, sourceOf });
    const featuresOf = (name: string, positions: readonly number[]): Feature[] => {
      const { node, at } = parsePlaced(name);
      if (node.kind !== 'latent' && node.kind !== 'error') throw new Error(`${name} is no latent.`); // which the schema has checked
      const sae = saeAt(saes, node.site, model.shape.layers);
      const latent = node.kind === 'error' ? null : node.latent;
      if (latent !== null && latent >= sae.config.dSae) throw new Error(`The SAE of ${node.site} has the latents 0 to ${sae.config.dSae - 1}, and no ${latent}.`);
      const found = placesOf(reading, name, at, positions);
      if (found.length > 0) return found.map((position) => ({ sae, latent, position }));
      throw new Error(`Up to there both programs are the same, so ${name} does the same in both, and nothing could be patched. Name a later token.`);
    };
    const froms = from.flatMap((name) => featuresOf(name, changed));
    const after = base.flatMap((_, position) => (position >= (changed[0] ?? 0) ? [position] : []));
    const tos = to.flatMap((name): (Feature | 'logits')[] => (name === 'logits' ? [name] : featuresOf(name, after)));
    const nodes = [...froms, ...tos];
    const program = { base, source, sourceOf, metric: pair.logits };
    const edges = (await latentEdges(model, { ...program, saes, signal }, nodes))
      .filter((edge) => edge.from !== null && edge.from < froms.length && edge.to >= froms.length);
    if (edges.length === 0) throw new Unanswerable('None of the senders says anything to any of the receivers past the other SAEs: each has to lie before what reads it, and to have another activation in the near twin.');
    if (edges.length > MOST_EDGES) throw new Error(`These are ${edges.length} edges, of which at most ${MOST_EDGES} are patched at once. Name fewer latents, or say at which tokens.`);
    const { check, carried } = await checkedLatentEdges(
      reading, { ...program, placeOf: base.map(() => null) }, saes, { nodes, edges }, edges.length, { signal, onProgress },
    );
    const metricOf = async (ids: readonly number[]) =>
      rounded((await logitDifferences(model, (await model.run([ids], { signal })).resid, [ids.length - 1], pair.logits))[0]);
    const [original, variant] = [await metricOf(base), await metricOf(source)];
    const value = { metric: explainedMetric(pair.metric, tokenizer), sites, original, variant, check, carried };
    const [{ name, change, score }] = [...check.edges].sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
    const most = check.edges.length > 1 ? `Of ${check.edges.length} edges ${name} does most` : name;
    const findings = [
      `${most}: the near twin’s activation changes the logit difference by ${signed(change)} along it (by its score ${signed(score)}), of the ${signed(variant - original)} between both programs.`,
      ...(check.edges.length > 1 ? [`${check.sameSign} of ${check.of} change it in the direction of their score.`] : []),
    ];
    return { value, findings };
  },
};

/** @throws a sentence where there is no such place */
function placesOf({ program }: Reading, name: string, at: string | number | null, positions: readonly number[]): number[] {
  if (at === null) return [...positions];
  if (typeof at === 'number') throw new Error(`${name} names a circuit’s place by its number: name a token as #POSITION or LINE:COLUMN.`);
  return positionsIn(program, parseStretch(at)).filter((position) => positions.includes(position));
}
