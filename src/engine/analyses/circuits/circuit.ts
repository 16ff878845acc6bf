/** A circuit between a program and its near twin: found, tried, its edges drawn and some of them checked. */
import { MOST_LEFT_OUT, type CircuitAsked, type CircuitStage } from '../../../methods/circuits/find';
import { isParallel } from '../../../methods/circuits/graph';
import type { PlacedPair } from '../../../methods/circuits/places';
import { ProgramRuns } from '../../../methods/circuits/program-runs';
import { operations } from '../../../methods/patching/plan';
import type { Part } from '../../../protocol/analyses';
import { rounded } from '../../session/rounded';
import { explainedMetric } from '../../twins/pair';
import { circuitFindings, circuitProblems } from './circuit-findings';
import { ofEdges } from './circuit-edges';
import { orNone } from './circuit-graph';
import { circuitSaes, ofLatents } from './circuit-latents';
import { pairsOf } from './circuit-pairs';
import { ofParts } from './circuit-parts';
import { Unanswerable } from '../reading';
import type { Run } from '../run';

type CircuitPart = Part<'circuit'>;

const STAGE_WORDS: Record<CircuitStage, string> = {
  scores: 'Scoring', sizes: 'Looking for the size', 'leaving out': 'Leaving out', trying: 'Trying the circuit',
};

/** How much longer a run through all SAEs takes than one without, and one in which each reader has a stream of its own. */
const SAES_COST = 5;
const STREAMS_COST = 4;

export const circuit: Run<'circuit'> = {
  cost: async (reading, { of, sites, prompts, steps, draws, check, answers }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const { base } = (await reading.pair(against, answers, topK, asking)).runs('noising');
    const half = Math.max(1, prompts / 2);
    // A backward pass is some two forward passes, and each head's inputs are read apart.
    const parts = half * (2 + 6 * Math.max(1, steps)) + half * (30 + 12 * draws) + 4 * check;
    // With points in between, each SAE is moved by itself, from its layer on; and each run encodes and decodes.
    const latents = (saes: number) => half * (4 + 2 * saes * steps) + SAES_COST * half * (30 + 12 * draws);
    const edges = 4 * parts + STREAMS_COST * half * (100 + 12 * draws);
    const counted = of === 'latents' ? latents((await circuitSaes(reading, sites)).saes.length) : of === 'edges' ? edges : parts;
    const count = Math.round(counted);
    return { count, unit: 'runs', operations: operations(Array.from({ length: count }, () => ({ layer: 0, position: 0 })), base.length, shape), atMost: true };
  },
  run: async (reading, params, { against, topK, signal, onProgress }) => {
    const { model, tokenizer } = reading.loaded;
    const pair = await reading.pair(against, params.answers, topK, { signal, onProgress });
    const runs = new ProgramRuns(model);
    const pairs = await pairsOf(reading, pair, params, { signal, onProgress, runs });
    if (pairs.places.length === 0) throw new Unanswerable('Both programs have no token at which they could differ and be compared, so there is no circuit between them.');
    const asked: CircuitAsked = {
      steps: params.steps === 0 ? undefined : params.steps,
      ranking: params.ranking,
      size: params.size ?? undefined,
      threshold: params.threshold ?? undefined,
      faithfulness: params.faithfulness / 100,
      draws: params.draws,
      leaveOut: params.leaveOut,
      seed: params.seed,
      runs,
      signal,
      onProgress: (stage, done, total) => onProgress?.(STAGE_WORDS[stage], done, total),
    };
    const find = { parts: ofParts, edges: ofEdges, latents: ofLatents }[params.of];
    const { found, graph, ids, errors, linear, check, carried, problems, claim } =
      await find(reading, pairs, params, asked, { signal, onProgress, runs });
    onProgress?.('Trying a claim');
    const { ablation, draws, seed } = params;
    const mechanism = await claim({ answers: reading.question.answers, shared: pair.metric.shared, ablation, draws, seed, signal, runs });
    const [kept, total] = [found.nodes.length, found.ranked.length];
    const nodes = 'ends' in found ? found.ends : { kept, total };
    const { layers, heads, width } = model.shape;
    const value: CircuitPart = {
      metric: explainedMetric(pair.metric, tokenizer),
      of: params.of,
      ablation: params.ablation,
      prompts: {
        asked: params.prompts, found: pairs.found, finding: pairs.finding.length,
        trying: pairs.finding === pairs.trying ? 0 : pairs.trying.length,
      },
      whole: rounded(found.metrics.whole),
      empty: rounded(found.metrics.empty),
      alone: rounded(found.metrics.alone),
      rest: rounded(found.metrics.rest),
      faithfulness: orNone(found.faithfulness),
      completeness: orNone(found.completeness),
      intervals: found.intervals,
      ranked: orNone(found.rankedFaithfulness),
      random: { faithfulness: orNone(found.random.faithfulness), completeness: orNone(found.random.completeness), draws: params.draws },
      nodesKept: rounded(nodes.kept / nodes.total),
      total: nodes.total,
      edgesKept: params.of === 'edges' ? rounded(kept / total) : null,
      totalEdges: params.of === 'edges' ? total : null,
      shape: { layers, heads, parallel: isParallel(model), width },
      graph,
      without: params.leaveOut && found.nodes.length <= MOST_LEFT_OUT
        ? Object.fromEntries(ids.flatMap((id, i) => (id === null ? [] : [[id, orNone(found.without[i])]]))) : null,
      areas: found.areas,
      check,
      carried,
      linear,
      errors,
      mechanism,
    };
    const lacking = pairs.finding.some(lacksTokens);
    const all = [...pairs.problems, ...problems, ...circuitProblems(value, params, lacking)];
    return { value, findings: circuitFindings(value), problems: all };
  },
};

/** Whether one of the programs has tokens without a counterpart, so that no line between embeddings leads from the one to the other. */
function lacksTokens({ source, sourceOf }: PlacedPair): boolean {
  return sourceOf.includes(null) || new Set(sourceOf).size < source.length;
}
