/** Nodes that a reader names, left out of the model: in half of some pairs like the given one to make a claim, in the others to try it. */
import { scoreFeatures } from '../../../methods/circuits/latent-places';
import { differing } from '../../../methods/circuits/points';
import { ProgramRuns } from '../../../methods/circuits/program-runs';
import { operations } from '../../../methods/patching/plan';
import { parsePlaced } from '../../../protocol/reading/nodes';
import { explainedMetric } from '../../twins/pair';
import { allNodes, checkNames, namedNodes } from './ablation-nodes';
import { pairsOf } from './circuit-pairs';
import type { Run } from '../run';
import { leavingOutLatents, leavingOutParts, triedWithout, type TriedOptions } from './tried';
import { triedFindings, triedProblems } from './tried-findings';

export const ablation: Run<'ablation'> = {
  cost: async (reading, { prompts, draws, answers, without }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    checkNames(shape, without); // before programs are made and run
    const { base } = (await reading.pair(against, answers, topK, asking)).runs('noising');
    const half = Math.max(1, prompts / 2);
    const count = Math.round(half * 4 + half * (3 + draws));
    return { count, unit: 'runs', operations: operations(Array.from({ length: count }, () => ({ layer: 0, position: 0 })), base.length, shape), atMost: true };
  },
  run: async (reading, params, { against, topK, signal, onProgress }) => {
    const { session, question, loaded: { model, tokenizer } } = reading;
    const without = checkNames(model.shape, params.without);
    const pair = await reading.pair(against, params.answers, topK, { signal, onProgress });
    const runs = new ProgramRuns(model);
    const pairs = await pairsOf(reading, pair, params, { signal, onProgress, runs });
    const some = without.map(parsePlaced).flatMap(({ node }) => (node.kind === 'latent' || node.kind === 'error' ? [node.site] : []));
    const saes = some.length === 0 ? [] : await session.saes();
    const { parts, latents, told } = namedNodes(reading, pairs, without, saes);
    const options: TriedOptions = {
      answers: question.answers, shared: pair.metric.shared, ablation: params.ablation, draws: params.draws, seed: params.seed,
      runs, signal,
      onProgress: (done, total) => onProgress?.('Leaving out nodes', done, total),
    };
    const ofParts = async () => {
      const places = new Set(pairs.trying.flatMap((one) => differing(one).flatMap((position) => one.placeOf[position] ?? [])));
      const leaving = await leavingOutParts(model, params.ablation, pairs, { signal, runs });
      return triedWithout(leaving, parts, told, allNodes(model, [...places]), pairs, options);
    };
    const ofLatents = async () => {
      const named = [...new Set(latents.map(({ sae }) => sae))];
      const { nodes } = params.draws === 0 ? { nodes: [] } : await scoreFeatures(model, pairs.finding, named, { signal });
      return triedWithout(leavingOutLatents(model, named, params.ablation, pairs), latents, told, nodes, pairs, options);
    };
    const found = await (latents.length > 0 ? ofLatents() : ofParts());
    const value = { metric: explainedMetric(pair.metric, tokenizer), prompts: { asked: params.prompts, found: pairs.found }, ...found };
    return { value, findings: triedFindings(value), problems: [...pairs.problems, ...triedProblems(value, params.draws)] };
  },
};
