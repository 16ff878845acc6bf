/**
 * What a circuit of nodes does alone (Wang et al. 2022): the metric of the base's run where all that is no part of the circuit writes
 * what a replacement says, and all parts of it write what they make of that. A node is the embedding, a head or an MLP at one token.
 */
import type { Model } from '../../model';
import { CircuitsAlone, runBase, type BaseRun } from './alone';
import { writersOf, type EdgeWriter } from './graph';
import type { ProgramRuns } from './program-runs';
import type { Replacement } from './replacement';
import { Together } from './together';

/** Whether a circuit has a node: an index into `NodeCircuits.writers`, and a position of the base. */
export type HasNode = (writer: number, position: number) => boolean;

/** Numbers in the residual streams of circuits that are run side by side: bounds memory. */
const NUMBERS_AT_ONCE = 8e6;

export class NodeCircuits extends CircuitsAlone<HasNode> {
  /** Who may belong to a circuit, in the order in which they write; not a layer's remainder (see graph.ts), which the heads leave anew. */
  readonly writers: readonly EdgeWriter[];

  private constructor(model: Model, read: BaseRun) {
    super(model, read);
    this.writers = writersOf(model);
  }

  static async read(
    model: Model, base: readonly number[], metric: BaseRun['metric'], signal?: AbortSignal, runs?: ProgramRuns,
  ): Promise<NodeCircuits> {
    return new NodeCircuits(model, await runBase(model, base, metric, signal, runs));
  }

  async logits(
    circuits: readonly HasNode[],
    tokens: readonly number[],
    replacement: Replacement,
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<number[][]> {
    const { base, model, run, writers } = this;
    const [whole] = await this.read(run.resid, [base.length - 1], tokens);
    const logits = circuits.map(() => whole);
    const kept = circuits.map((has) => keptOf(has, writers, replacement));
    const changed = circuits.flatMap((_, i) => (kept[i].first < base.length ? [i] : []));
    // What stands before the first change is as it was.
    const first = Math.min(base.length - 1, ...changed.map((i) => kept[i].first));
    const atOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / (base.length - first) / model.shape.width));
    const together = new Together(model, run, replacement, first);
    for (let start = 0; start < changed.length; start += atOnce) {
      const some = changed.slice(start, start + atOnce);
      const ends = await together.run(some.map((i) => kept[i].nodes), signal);
      const values = await this.read(ends, some.map((_, row) => row), tokens);
      some.forEach((i, row) => (logits[i] = values[row]));
      onProgress?.(circuits.length - changed.length + start + some.length, circuits.length);
    }
    return logits;
  }
}

/** [writers, positions]: 1 where a circuit has a node, or nothing is known that could stand for it; and the first position with a 0. */
function keptOf(has: HasNode, writers: readonly EdgeWriter[], { known }: Replacement): { nodes: Uint8Array; first: number } {
  const nodes = new Uint8Array(writers.length * known.length).fill(1);
  let first = known.length;
  writers.forEach(({ kind }, writer) => {
    if (kind === 'remainder') return;
    for (let position = 0; position < known.length; position++) {
      if (!known[position] || has(writer, position)) continue;
      nodes[writer * known.length + position] = 0;
      if (position < first) first = position;
    }
  });
  return { nodes, first };
}
