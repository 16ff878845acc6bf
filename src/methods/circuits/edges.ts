/**
 * Edge attribution patching (Syed et al. 2023, arXiv 2310.10348): by how much the metric would change if one part of the model read of one
 * other part what that writes in the source's run, estimated from one backward pass of the base's.
 *
 *   score(writer → reader) = Σ over tokens of (w_source − w_base) · ∂metric/∂(what the reader reads), through that reader alone
 *
 * Writers are the embedding (with the position's), heads and MLPs; readers the queries of heads, the keys and values of key-value heads,
 * MLPs and the logits, each before its norm, which is part of the reader. With `steps`, gradients are means over points on the straight
 * line between both runs' embeddings (EAP-IG, Hanna et al. 2024, arXiv 2403.17806), at the middles of equal parts.
 *
 * A norm behind attention (Gemma) takes the sum of all heads, so no head writes a share of its own: it is straightened at the base's run,
 * and what that leaves of the change is a writer too, the layer's remainder. So the sums close on every family.
 */
import { floats, type FloatArray } from '../../graph';
import { sliceAxis, type Model } from '../../model';
import { logitDifferences } from '../patching/patching';
import { readerName, readersOf, writersOf, type EdgeReader, type EdgeWriter } from './graph';
import { gradientsThrough, residualsRead } from './reader-gradients';
import { differing, pointsBetween, type PairOptions } from './points';
import { ProgramRuns, tailOf } from './program-runs';
import { changesWritten } from './written';

export interface EdgeOptions extends PairOptions {
  /** Layers that are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** All edges of a model, of one pair of programs, token by token. */
export class EdgeScores {
  private constructor(
    readonly writers: readonly EdgeWriter[],
    readonly readers: readonly EdgeReader[],
    /** Positions of the base at which a writer's output differs, ascending. */
    readonly positions: readonly number[],
    readonly baseMetric: number,
    readonly sourceMetric: number,
    /** Of each reader [positions, those of the writers that it reads, in order]. */
    private readonly byReader: readonly Float32Array[],
    private readonly reads: readonly number[],
  ) {}

  static async read(model: Model, options: EdgeOptions): Promise<EdgeScores> {
    const { base, source, metric, steps, signal, onProgress, runs: kept = new ProgramRuns(model) } = options;
    const { layers, width } = model.shape;
    const [baseRun, sourceRun] = [await kept.of(base, signal), await kept.of(source, signal)];
    const [baseMetric] = await logitDifferences(model, baseRun.resid, [base.length - 1], metric);
    const [sourceMetric] = await logitDifferences(model, sourceRun.resid, [source.length - 1], metric);

    const runs = { base: baseRun, source: sourceRun };
    const positions = differing(options);
    const written = await changesWritten(model, runs, options.sourceOf, positions);
    const [first = 0] = positions;
    const points = steps === undefined ? tailOf(baseRun, first) : await pointsBetween(model, runs, options, steps, residualsRead(model));
    const writers = writersOf(model);
    const found = new Map<string, { scores: Float32Array; reads: number }>();
    const readers = readersOf(model);
    for await (const { layer, some, gradients, reads } of gradientsThrough(model, points, metric, signal)) {
      const scores = await products(
        model, sliceAxis(written, 1, 0, reads), atPositions(gradients, positions.map((at) => at - first), base.length - first, width),
      );
      some.forEach((reader, i) => found.set(readerName(reader), { scores: scores[i], reads }));
      if (some[0].kind === 'head' || layer === layers) onProgress?.(layers - layer + 1, layers + 1);
    }
    const all = readers.map((reader) => found.get(readerName(reader))!);
    const [scores, reads] = [all.map((one) => one.scores), all.map((one) => one.reads)];
    return new EdgeScores(writers, readers, positions, baseMetric, sourceMetric, scores, reads);
  }

  /** How many of the writers a reader reads: the first so many. */
  readBy(reader: number): number {
    return this.reads[reader];
  }

  /** By what the metric would change; 0 where the reader does not read the writer. */
  score(writer: number, reader: number): number {
    let sum = 0;
    for (let at = 0; at < this.positions.length; at++) sum += this.scoreAt(writer, reader, at);
    return sum;
  }

  /** At one token: `at` is an index into `positions`. */
  scoreAt(writer: number, reader: number, at: number): number {
    const count = this.reads[reader];
    return writer < count ? this.byReader[reader][at * count + writer] : 0;
  }

  /** Edges at single tokens with the largest scores; `position` is one of the base. */
  largestAt(count: number): { writer: number; reader: number; position: number; score: number }[] {
    const all = this.readers.flatMap((_, reader) => Array.from({ length: this.reads[reader] }, (_, writer) =>
      this.positions.map((position, at) => ({ writer, reader, position, score: this.scoreAt(writer, reader, at) })))).flat();
    return all.sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, count);
  }

  /** Edges with the largest scores, over all tokens. */
  largest(count: number): { writer: number; reader: number; score: number }[] {
    const all = this.readers.flatMap((_, reader) =>
      Array.from({ length: this.reads[reader] }, (_, writer) => ({ writer, reader, score: this.score(writer, reader) })));
    return all.sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, count);
  }
}

/** [readers, length, width] → [positions, readers, width] */
function atPositions(gradients: Float32Array, positions: readonly number[], length: number, width: number): FloatArray {
  const readers = gradients.length / length / width;
  const data = new Float32Array(positions.length * readers * width);
  positions.forEach((position, i) => {
    for (let reader = 0; reader < readers; reader++) {
      const from = (reader * length + position) * width;
      data.set(gradients.subarray(from, from + width), (i * readers + reader) * width);
    }
  });
  return floats(data, [positions.length, readers, width]);
}

/** Of each reader its products with the writers, [positions, writers]. */
async function products(model: Model, written: FloatArray, gradients: FloatArray): Promise<Float32Array[]> {
  const [positions, writers] = written.shape;
  const [, readers] = gradients.shape;
  const all = positions === 0 ? new Float32Array(0)
    : (await (await model.sessions.products()).run({ a: gradients, b: written })).result.data as Float32Array;
  return Array.from({ length: readers }, (_, reader) => {
    const own = new Float32Array(positions * writers);
    for (let at = 0; at < positions; at++) {
      const from = (at * readers + reader) * writers;
      own.set(all.subarray(from, from + writers), at * writers);
    }
    return own;
  });
}
