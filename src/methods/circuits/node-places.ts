/** Nodes at places: their scores over many pairs of programs, and what circuits of them do alone in each. */
import type { Model } from '../../model';
import { Ablations, type Ablation } from './ablation';
import { findAmong, type Circuit, type CircuitAsked } from './find';
import { writersOf, type EdgeWriter } from './graph';
import { NodeCircuits } from './node-circuits';
import { nodeScoresOf } from './node-scores';
import { runOf, tokensOf, type Answering, type PlacedPair, type Run, type SomeNodes, type Working } from './places';
import type { PairOptions } from './points';
import { ProgramRuns } from './program-runs';
import type { Ranking } from './selection';

/** A part at a place: an index into `writersOf`, and a place. */
export interface PlacedNode {
  readonly writer: number;
  readonly place: number;
}

export interface NodeScores {
  readonly writers: readonly EdgeWriter[];
  readonly places: number;
  /** Means over the pairs, [writers, places], of what the twin's activation would change the metric by; 0 for a layer's remainder. */
  readonly mean: Float64Array;
  /** The same of each pair; NaN where it lacks the place, or all is the same there in both programs. */
  readonly byPair: readonly Float64Array[];
  readonly metrics: readonly { readonly base: number; readonly source: number }[];
}

/** A circuit of parts of the model at places. */
export async function findNodes(
  model: Model,
  finding: readonly PlacedPair[],
  trying: readonly PlacedPair[],
  places: number,
  asked: CircuitAsked & { readonly ablation: Ablation },
): Promise<Circuit<PlacedNode> & { readonly scores: NodeScores }> {
  const { runs = new ProgramRuns(model), signal, onProgress } = asked;
  const scores = await scoreNodes(model, finding, places, {
    signal, runs, steps: asked.steps, onProgress: (done, total) => onProgress?.('scores', done, total),
  });
  const ablations = await Ablations.read(model, asked.ablation, finding, { signal, runs });
  const found = await findAmong({
    orders: { absolute: rankedNodes(scores, 'absolute'), signed: rankedNodes(scores, 'signed') },
    score: ({ writer, place }) => scores.mean[writer * places + place],
    run: (pairs, circuits, working) => runCircuits(model, pairs, circuits, ablations, working),
  }, finding, trying, asked);
  return { ...found, scores };
}

/** Scores of all nodes: of each pair the sum over a place's tokens. */
export async function scoreNodes(
  model: Model,
  pairs: readonly PlacedPair[],
  places: number,
  options: Working & Pick<PairOptions, 'steps'>,
): Promise<NodeScores> {
  const writers = writersOf(model);
  const byPair: Float64Array[] = [];
  const metrics: { base: number; source: number }[] = [];
  for (const [done, pair] of pairs.entries()) {
    const found = await nodeScoresOf(model, { ...pair, steps: options.steps, signal: options.signal, runs: options.runs });
    const own = new Float64Array(writers.length * places).fill(NaN);
    found.positions.forEach((position, at) => {
      const place = pair.placeOf[position];
      if (place === null) return;
      writers.forEach(({ kind }, writer) => {
        if (kind === 'remainder') return;
        const node = writer * places + place;
        own[node] = (Number.isNaN(own[node]) ? 0 : own[node]) + found.scores[writer][at];
      });
    });
    byPair.push(own);
    metrics.push({ base: found.baseMetric, source: found.sourceMetric });
    options.onProgress?.(done + 1, pairs.length);
  }
  const mean = new Float64Array(writers.length * places).map((_, node) => {
    const known = byPair.flatMap((own) => (Number.isNaN(own[node]) ? [] : [own[node]]));
    return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return { writers, places, mean, byPair, metrics };
}

/**
 * All nodes that a circuit may have, those with the largest mean first: by size, or only what supports the base's answer first. Where all
 * is the same in both programs of every pair there are none, as nothing there could matter.
 */
export function rankedNodes({ writers, places, mean, byPair }: NodeScores, ranking: Ranking): PlacedNode[] {
  const index = ({ writer, place }: PlacedNode) => writer * places + place;
  const each = (writer: number) => Array.from({ length: places }, (_, place): PlacedNode => ({ writer, place }));
  const nodes = writers.flatMap(({ kind }, writer) => (kind === 'remainder' ? []
    : each(writer).filter((node) => byPair.some((own) => !Number.isNaN(own[index(node)])))));
  // A patch from the twin takes the answer away, so what supports it has a negative score.
  const value = (node: PlacedNode) => (ranking === 'absolute' ? Math.abs(mean[index(node)]) : -mean[index(node)]);
  return nodes.sort((a, b) => value(b) - value(a));
}

/** Runs circuits alone in each of the pairs. */
export async function runCircuits(
  model: Model,
  pairs: readonly PlacedPair[],
  circuits: readonly SomeNodes<PlacedNode>[],
  ablations: Ablations,
  options: Answering,
): Promise<Run[]> {
  const places = 1 + Math.max(-1, ...pairs.flatMap(({ placeOf }) => placeOf.map((place) => place ?? -1)));
  const sets = circuits.map(({ nodes }) => {
    const inside = new Uint8Array(writersOf(model).length * places);
    for (const { writer, place } of nodes) if (place < places) inside[writer * places + place] = 1;
    return inside;
  });
  const runs: Run[] = [];
  for (const [i, pair] of pairs.entries()) {
    const read = await NodeCircuits.read(model, pair.base, pair.metric, options.signal, ablations.runs);
    const replacement = await ablations.replacement(read.run, pair, i, options.signal);
    const has = circuits.map(({ invert = false }, c) => (writer: number, position: number) => {
      const place = pair.placeOf[position];
      return place === null || (sets[c][writer * places + place] === 1) !== invert;
    });
    const all = [() => true, (_: number, position: number) => pair.placeOf[position] === null, ...has];
    runs.push(runOf(await read.logits(all, tokensOf(pair, options), replacement, options.signal)));
    options.onProgress?.(i + 1, pairs.length);
  }
  return runs;
}
