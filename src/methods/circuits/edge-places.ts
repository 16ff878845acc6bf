/**
 * Edges at places: what one part reads of another at the tokens of a place, as `EdgeScores` has it; their scores over many pairs of
 * programs, and what circuits of them do alone in each. An edge is a number, as there are many: those of a reader lie together, by writer,
 * then by place.
 */
import type { Model } from '../../model';
import { Ablations, type Ablation } from './ablation';
import { EdgeCircuits } from './edge-circuits';
import { EdgeScores } from './edges';
import { findAmong, type Circuit, type CircuitAsked } from './find';
import { hasRemainder, readersOf, writersOf, writersRead, type EdgeReader, type EdgeWriter } from './graph';
import { runOf, tokensOf, type Answering, type PlacedPair, type Run, type SomeNodes, type Working } from './places';
import { differing, type PairOptions } from './points';
import { ProgramRuns } from './program-runs';
import { greedy, pruned, type EdgeGraph, type Ranking, type Selection } from './selection';

export class PlacedEdges {
  readonly writers: readonly EdgeWriter[];
  readonly readers: readonly EdgeReader[];
  /** Of each reader the first of its pairs with a writer; behind the last one how many pairs there are. */
  private readonly firsts: readonly number[];

  constructor(model: Model, readonly places: number) {
    this.writers = writersOf(model);
    this.readers = readersOf(model);
    const firsts = [0];
    for (const reader of this.readers) firsts.push(firsts[firsts.length - 1] + writersRead(model, reader));
    this.firsts = firsts;
  }

  /** Edges are the numbers below. */
  get count(): number {
    return this.firsts[this.readers.length] * this.places;
  }

  id(writer: number, reader: number, place: number): number {
    return (this.firsts[reader] + writer) * this.places + place;
  }

  of(edge: number): { writer: number; reader: number; place: number } {
    const between = Math.floor(edge / this.places);
    let [low, high] = [0, this.readers.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.firsts[middle] <= between) low = middle;
      else high = middle;
    }
    return { writer: between - this.firsts[low], reader: low, place: edge % this.places };
  }
}

export interface PlacedEdgeScores {
  readonly edges: PlacedEdges;
  /** Of each edge the mean over the pairs that have its place, and differ there, of what the twin's output would change the metric by. */
  readonly mean: Float64Array;
  /** Edges that could matter: those of places at which both programs of any pair can differ, into the logits those of the last token. */
  readonly candidates: readonly number[];
  readonly metrics: readonly { readonly base: number; readonly source: number }[];
}

export async function scoreEdges(
  model: Model,
  pairs: readonly PlacedPair[],
  places: number,
  { signal, steps, runs, onProgress }: Working & Pick<PairOptions, 'steps'>,
): Promise<PlacedEdgeScores> {
  const edges = new PlacedEdges(model, places);
  const { writers, readers } = edges;
  const mean = new Float64Array(edges.count);
  const having = new Float64Array(places);
  const metrics: { base: number; source: number }[] = [];
  for (const [done, pair] of pairs.entries()) {
    const found = await EdgeScores.read(model, { ...pair, steps, signal, runs });
    const known = found.positions.flatMap((position, at) => {
      const place = pair.placeOf[position];
      return place === null ? [] : [{ place, at }];
    });
    readers.forEach((_, reader) => {
      const count = found.readBy(reader);
      for (let writer = 0; writer < count; writer++) {
        const first = edges.id(writer, reader, 0);
        for (const { place, at } of known) mean[first + place] += found.scoreAt(writer, reader, at);
      }
    });
    for (const place of new Set(known.map((one) => one.place))) having[place]++;
    metrics.push({ base: found.baseMetric, source: found.sourceMetric });
    onProgress?.(done + 1, pairs.length);
  }
  const last = new Set(pairs.map(({ base, placeOf }) => placeOf[base.length - 1]));
  // Without a norm behind the heads their sum leaves no remainder, and so no edges of it.
  const writes = writers.map(({ kind }) => kind !== 'remainder' || hasRemainder(model));
  const candidates: number[] = [];
  readers.forEach(({ kind }, reader) => {
    const count = writersRead(model, readers[reader]);
    for (let writer = 0; writer < count; writer++) {
      for (let place = 0; place < places; place++) {
        const edge = edges.id(writer, reader, place);
        if (having[place] > 0) mean[edge] /= having[place];
        if (having[place] > 0 && writes[writer] && (kind !== 'logits' || last.has(place))) candidates.push(edge);
      }
    }
  });
  return { edges, mean, candidates, metrics };
}

/** The largest first, by size or what supports the base's answer first; equal ones stay in the model's order. */
export function rankedEdges({ mean, candidates }: PlacedEdgeScores, ranking: Ranking): number[] {
  const value = (edge: number) => (ranking === 'absolute' ? Math.abs(mean[edge]) : -mean[edge]);
  return [...candidates].sort((a, b) => value(b) - value(a));
}

/** Runs circuits alone in each of the pairs. */
export async function runEdgeCircuits(
  model: Model,
  edges: PlacedEdges,
  pairs: readonly PlacedPair[],
  circuits: readonly SomeNodes<number>[],
  ablations: Ablations,
  options: Answering,
): Promise<Run[]> {
  const { signal, onProgress } = options;
  const sets = circuits.map(({ nodes }) => {
    const inside = new Uint8Array(edges.count);
    for (const edge of nodes) inside[edge] = 1;
    return inside;
  });
  const runs: Run[] = [];
  for (const [i, { base, metric, placeOf }] of pairs.entries()) {
    const read = await EdgeCircuits.read(model, base, metric, signal, ablations.runs);
    const replacement = await ablations.replacement(read.run, pairs[i], i, signal);
    const has = circuits.map(({ invert = false }, c) => (writer: number, reader: number, position: number) => {
      const place = placeOf[position];
      return place === null || (sets[c][edges.id(writer, reader, place)] === 1) !== invert;
    });
    const all = [() => true, (_: number, __: number, position: number) => placeOf[position] === null, ...has];
    runs.push(runOf(await read.logits(all, tokensOf(pairs[i], options), replacement, signal)));
    onProgress?.(i + 1, pairs.length);
  }
  return runs;
}

/** A circuit of edges at places. */
export async function findEdges(
  model: Model,
  finding: readonly PlacedPair[],
  trying: readonly PlacedPair[],
  places: number,
  asked: CircuitAsked & { readonly ablation: Ablation; readonly selection: Selection },
): Promise<Circuit<number> & { readonly scores: PlacedEdgeScores }> {
  const { runs = new ProgramRuns(model), signal, onProgress, ablation, selection, ranking } = asked;
  const scores = await scoreEdges(model, finding, places, {
    signal, runs, steps: asked.steps, onProgress: (done, total) => onProgress?.('scores', done, total),
  });
  const ablations = await Ablations.read(model, ablation, finding, { signal, runs });
  const orders = { absolute: rankedEdges(scores, 'absolute'), signed: rankedEdges(scores, 'signed') };
  const { edges, mean } = scores;
  const graph = { ...edges, of: (edge: number) => edges.of(edge), ...seenIn(finding, places, ablation) };
  const found = await findAmong<number>({
    orders,
    score: (edge) => mean[edge],
    ...(selection === 'greedy' && { taken: greedy(orders[ranking], graph) }),
    pruned: (kept) => pruned(kept, graph),
    run: (pairs, circuits, working) => runEdgeCircuits(model, edges, pairs, circuits, ablations, working),
  }, finding, trying, asked);
  return { ...found, scores };
}

/** Which places heads at a place see, and what is said of tokens without a place: see `EdgeGraph`. */
export function seenIn(
  pairs: readonly PlacedPair[],
  places: number,
  ablation: Ablation,
): Pick<EdgeGraph, 'seen' | 'open' | 'still'> {
  const [first, last] = [0, 1].map(() => pairs.map(() => new Map<number, number>()));
  pairs.forEach(({ placeOf }, i) => placeOf.forEach((place, position) => {
    if (place === null) return;
    if (!first[i].has(place)) first[i].set(place, position);
    last[i].set(place, position);
  }));
  const all = Array.from({ length: places }, (_, place) => place);
  const isSeen = (from: number, at: number) => pairs.some((_, i) => (first[i].get(at) ?? Infinity) <= (last[i].get(from) ?? -1));
  const open = pairs.some((pair) => {
    const [start = Infinity] = differing(pair);
    return pair.base.some((_, position) => position >= start && (pair.placeOf[position] === null || pair.sourceOf[position] === null));
  });
  return { seen: all.map((from) => all.filter((at) => isSeen(from, at))), open, still: ablation === 'counterfactual' && !open };
}
