/** An attribution graph of the explained program: read, pruned, and named. */
import { percent } from '../../../findings/percent';
import { graphScores, prune } from '../../../methods/circuits/influence';
import { outputWeights, replacementGraph, type ReplacementGraph } from '../../../methods/circuits/replacement-model';
import type { Part } from '../../../protocol/analyses';
import type { CircuitEdge, CircuitGraph, CircuitNode, CircuitPlace } from '../../../protocol/graphs/circuit';
import type { LoadedSae } from '../../../sae';
import { shortLatentName } from '../../../vocabulary/latent-name';
import { rounded } from '../../session/rounded';
import { askedOf } from '../components/component-asked';
import { Unanswerable, type Reading } from '../reading';
import type { Run } from '../run';
import { LOGITS, REST } from './circuit-graph';

type Value = Part<'attributionGraph'>;

export const attributionGraph: Run<'attributionGraph'> = {
  run: async (reading, { nodes: most, nodeShare, edgeShare, answers }, context) => {
    const { model } = reading.loaded;
    const { signal, onProgress } = context;
    const transcoders = transcodersOf(await reading.session.saes(), model.shape.layers);
    const { ids, metric: { positive, negative, positiveToken, negativeToken, description } } =
      await askedOf(reading, { position: 'last', token: null, answers }, null, context);
    const graph = await replacementGraph(model, {
      tokens: ids, metric: { positive: positiveToken, negative: negativeToken! }, transcoders, most, signal,
      onProgress: (done, total) => onProgress?.('Reading what latents are given', done, total),
    });
    const weights = outputWeights(graph.effects.size);
    const scores = graphScores(graph.effects, graph.counts, weights);
    const pruned = prune(graph.effects, graph.counts, weights, { nodeShare, edgeShare });
    const { layers: layerCount } = model.shape;
    const value: Value = {
      metric: { description, positive, negative: negative! },
      difference: rounded(graph.difference),
      uncapped: rounded(graph.uncapped),
      active: graph.active,
      latents: graph.counts.latents,
      sums: sumsOf(graph),
      gap: rounded(gapOf(graph)),
      replacement: shareOrNone(scores.replacement),
      completeness: shareOrNone(scores.completeness),
      graph: await graphOf(reading, graph, pruned, transcoders, layerCount),
    };
    const ofTranscoders = await (await reading.session.book()).problems(transcoders);
    return { value, findings: findings(value), problems: [...problems(value), ...ofTranscoders] };
  },
};

/** @throws Unanswerable unless each layer has one */
function transcodersOf(saes: readonly LoadedSae[], layers: number): LoadedSae[] {
  const found = saes.filter(({ isTranscoder }) => isTranscoder);
  const lacking = Array.from({ length: layers }, (_, layer) => layer)
    .filter((layer) => !found.some(({ site }) => site.kind === 'block' && site.layer === layer));
  if (lacking.length === 0) return found;
  const which = lacking.length === layers ? 'None of the open SAEs is a transcoder' : `There is no transcoder of layer ${lacking.join(', ')}`;
  throw new Unanswerable(`${which}, and an attribution graph needs one of each layer’s MLP. Name a folder that holds them with --sae.`);
}

function shareOrNone(value: number): number | null {
  return Number.isFinite(value) ? rounded(value) : null;
}

/** What the logits are given. */
function sumsOf({ effects, counts, biases, rest }: ReplacementGraph): Value['sums'] {
  const row = effects.rows.at(-1)!;
  const sum = (from: number, count: number) => {
    let all = 0;
    for (let i = from; i < from + count; i++) all += row[i];
    return rounded(all);
  };
  const { latents, errors, tokens } = counts;
  return {
    latents: sum(0, latents), errors: sum(latents, errors), tokens: sum(latents + errors, tokens),
    biases: rounded(biases.at(-1)!), rest: rounded(rest.at(-1)!),
  };
}

function gapOf({ latents, effects, biases, rest, uncapped }: ReplacementGraph): number {
  const given = effects.rows.filter((row) => row !== null)
    .map((row, i) => Array.from(row).reduce((sum, value) => sum + value, biases[i] + rest[i]));
  return given.reduce((most, sum, i) => Math.max(most, Math.abs(sum - (i < latents.length ? latents[i].activation : uncapped))), 0);
}

async function graphOf(
  { program, session }: Reading,
  { latents, effects, counts, biases, rest }: ReplacementGraph,
  { nodes: kept, edges, cumulative }: ReturnType<typeof prune>,
  transcoders: readonly LoadedSae[],
  layers: number,
): Promise<CircuitGraph> {
  const siteOf = (layer: number) => transcoders.find(({ site }) => site.kind === 'block' && site.layer === layer)!.config.site;
  const { tokens } = counts;
  const length = tokens;
  // Of tokens that both answers begin with there are none in the program.
  const places = Array.from({ length }, (_, position): CircuitPlace => {
    const token = program.tokens[position];
    if (!token) return { tokens: [], label: `answer token ${position - program.ids.length + 1}`, span: null };
    const { text, start, end } = token;
    return { tokens: [position], label: text, span: start === null || end === null ? null : { start, end } };
  });
  const listed = latents.flatMap((one, i) => (kept[i] ? [one] : []));
  const described = await (await session.book()).describe(listed.map(({ layer, latent }) => ({ site: siteOf(layer), latent })));
  const words = new Map(listed.map((one, i) => [one, described[i].description?.text ?? null]));
  const nodeOf = (index: number): CircuitNode => {
    const influence = rounded(cumulative[index]);
    const scored = { score: rounded(1 - cumulative[index]), influence };
    if (index < latents.length) {
      const one = latents[index];
      const { layer, position: place, latent, activation } = one;
      const site = siteOf(layer);
      const label = words.get(one) ?? shortLatentName({ site, latent });
      return { id: `${site}/${latent}@${place}`, kind: 'latent', layer, index: latent, site, place, label, activation: rounded(activation), ...scored };
    }
    const at = index - latents.length;
    if (at < layers * length) {
      const layer = Math.floor(at / length);
      const site = siteOf(layer);
      return { id: `${site}/error@${at % length}`, kind: 'error', layer, index: null, site, place: at % length, label: `${layer} error`, ...scored };
    }
    const special = { layer: null, index: null };
    if (index === effects.size - 1) return { id: LOGITS, kind: 'logits', ...special, place: length - 1, score: null, label: 'logits' };
    return { id: `embed@${at - layers * length}`, kind: 'embed', ...special, place: at - layers * length, label: 'embed', ...scored };
  };
  const all = Array.from({ length: effects.size }, (_, index) => (kept[index] ? nodeOf(index) : null));
  const shown: CircuitEdge[] = [];
  let given = 0;
  effects.rows.forEach((row, to) => {
    if (!row) return;
    // What is not shown, with biases, so that what a node is given sums to what it is.
    let others = biases[given] + rest[given];
    given++;
    const target = all[to];
    if (!target) return;
    for (let from = 0; from < effects.size; from++) {
      if (row[from] === 0) continue;
      const source = edges[to]?.[from] ? all[from] : null;
      if (source) shown.push({ from: source.id, to: target.id, score: rounded(row[from]), input: null, kind: 'edge' });
      else others += row[from];
    }
    shown.push({ from: REST, to: target.id, score: rounded(others), input: null, kind: 'remainder' });
  });
  const remainder: CircuitNode = { id: REST, kind: 'remainder', layer: null, index: null, score: null, place: null, label: 'all others and biases' };
  return { nodes: [...all.filter((node) => node !== null), remainder], edges: shown, places, by: 'nodes', curve: [] };
}

function findings({ replacement, completeness, sums, uncapped, metric, graph, latents }: Value): string[] {
  const kept = graph.nodes.filter(({ kind }) => kind === 'latent').length;
  const number = (value: number) => value.toFixed(2).replace('-', '−');
  return [
    ...(replacement === null || completeness === null ? [] : [
      `${percent(replacement)} of the influence on the answer comes from tokens through latents, the rest from errors of transcoders; ${percent(completeness)} of all that nodes are given does not come from such errors.`,
    ]),
    `${metric.description} is ${number(uncapped)}: latents give ${number(sums.latents)} directly, errors ${number(sums.errors)}, tokens ${number(sums.tokens)}, biases ${number(sums.biases)}.`,
    `${kept} of ${latents} latents have enough influence to be kept.`,
  ];
}

function problems({ active, latents, difference, uncapped }: Value): string[] {
  return [
    ...(latents < active ? [`${active} latents are active, of which the ${latents} most influential are nodes; what the others give is in “all others and biases”. Ask for more latents to see them.`] : []),
    ...(difference === uncapped ? [] : ['The model’s logits have a soft cap; the graph sums to their difference before it.']),
  ];
}
