/**
 * Edge attribution patching and circuits: the scores of all edges against a forward pass, and circuits of ten sizes, alone and without
 * each, in one batch against the same one by one.
 */
import { EdgeScores } from '../src/methods/circuits/edges';
import { MIB_SIZES } from '../src/methods/circuits/faithfulness';
import { NodeCircuits } from '../src/methods/circuits/node-circuits';
import { rankedNodes, scoreNodes } from '../src/methods/circuits/node-places';
import type { PlacedPair } from '../src/methods/circuits/places';
import { meanReplacement } from '../src/methods/circuits/replacement';
import { Model } from '../src/model';
import { best } from './timing';

export interface EdgeFigures {
  tokens: number;
  edges: number;
  /** Seconds: a plain forward pass, all edges from one gradient, from five points, and all nodes from five. */
  forward: number;
  edgeSeconds: number;
  edgeSecondsFive: number;
  nodeSecondsFive: number;
  /** Ten sizes, with all but these: in one batch, and one by one from the beginning. */
  curve: number;
  curveNaive: number;
  disagreement: number;
}

export async function benchEdges(folder: string, tokens: number, runs: number, threads: number): Promise<EdgeFigures> {
  const model = await Model.load(folder, { threads });
  const { vocabulary } = model.shape;
  const source = Array.from({ length: tokens }, (_, i) => (i * 7919 + 13) % vocabulary);
  const base = source.map((id, i) => (i === 0 ? (id + 1) % vocabulary : id)); // everything can matter from the first token on
  const sourceOf = base.map((_, i) => i);
  const pair: PlacedPair = { base, source, sourceOf, metric: { positive: 5 % vocabulary, negative: 17 % vocabulary }, placeOf: sourceOf };
  const timed = async (run: () => Promise<unknown>) => {
    await run(); // opens the sessions
    return best(runs, run);
  };
  const forward = await timed(() => model.run([base]));
  let edges = 0;
  const edgeSeconds = await timed(async () => {
    const scores = await EdgeScores.read(model, pair);
    edges = scores.readers.reduce((sum, _, reader) => sum + scores.readBy(reader), 0);
  });
  const edgeSecondsFive = await timed(() => EdgeScores.read(model, { ...pair, steps: 5 }));
  const nodeSecondsFive = await timed(() => scoreNodes(model, [pair], tokens, { steps: 5 }));

  const order = rankedNodes(await scoreNodes(model, [pair], tokens, {}), 'absolute');
  const read = await NodeCircuits.read(model, base, pair.metric);
  const replacement = await meanReplacement(model, read.run, [{ tokens: source, sourceOf }]);
  const circuits = MIB_SIZES.flatMap((share) => {
    const kept = order.slice(0, Math.max(1, Math.round(share * order.length)));
    const inside = new Set(kept.map(({ writer, place }) => writer * tokens + place));
    return [false, true].map((invert) => (writer: number, position: number) => inside.has(writer * tokens + position) !== invert);
  });
  let together: number[] = [];
  const curve = await timed(async () => (together = await read.metrics(circuits, replacement)));
  let alone: number[] = [];
  const curveNaive = await timed(async () => {
    alone = [];
    for (const circuit of circuits) alone.push(...(await read.metrics([circuit], replacement)));
  });
  const disagreement = Math.max(...together.map((value, i) => Math.abs(value - alone[i])));
  await model.release();
  return { tokens, edges, forward, edgeSeconds, edgeSecondsFive, nodeSecondsFive, curve, curveNaive, disagreement };
}

export function describeEdges(name: string, figures: EdgeFigures): string {
  const milliseconds = (value: number) => `${(1000 * value).toFixed(0)} ms`;
  const { tokens, edges, forward, edgeSeconds, edgeSecondsFive, nodeSecondsFive, curve, curveNaive, disagreement } = figures;
  return `${name}, ${tokens} tokens: scores of ${edges} edges in ${milliseconds(edgeSeconds)} (${(edgeSeconds / forward).toFixed(0)} forward passes of ` +
    `${milliseconds(forward)}), with five points ${milliseconds(edgeSecondsFive)}, of nodes with five points ${milliseconds(nodeSecondsFive)}; ` +
    `circuits of ten sizes and what they leave out ${milliseconds(curve)}, one by one ${milliseconds(curveNaive)} (within ${disagreement.toExponential(0)} logits)\n`;
}
