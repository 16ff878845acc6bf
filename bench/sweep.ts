/** The residual sweep against the same sweep done naively: one full forward pass for each layer and position. */
import type { ModelShape } from '../src/architectures';
import { Model, readOut } from '../src/model';
import { patchPositions } from '../src/methods/patching/patching';
import { matmulFlops } from './matmul';
import { best } from './timing';
import { blockSite, siteName } from '../src/vocabulary/sites';

export interface SweepFigures {
  layers: number;
  width: number;
  tokens: number;
  /** Where the two prompts first differ: patches before it change nothing and are not computed by the sweep. */
  differAt: number;
  seconds: number;
  naiveSeconds: number;
  ratio: number;
  /** Largest difference between the two results, in logits. */
  disagreement: number;
  /** Of the matrix products that the sweep cannot do without (see sweepFlops). */
  gflops: number;
}

export async function benchSweep(folder: string, tokens: number, differAt: number, runs: number, threads: number): Promise<SweepFigures> {
  const model = await Model.load(folder, { threads });
  const { layers, width, vocabulary } = model.shape;
  const clean = Array.from({ length: tokens }, (_, i) => (i * 7919 + 13) % vocabulary);
  const corrupted = clean.map((id, i) => (i === differAt ? (id + 1) % vocabulary : id));
  const metric = { positive: 5 % vocabulary, negative: 17 % vocabulary };
  const sourceOf = clean.map((_, i) => i);
  const sweep = () => patchPositions(model, { base: corrupted, source: clean, sourceOf, metric, exact: true });
  const naive = () => naiveSweep(model, corrupted, clean, metric);

  const fast = await sweep(); // also opens the sessions
  await model.run([corrupted]);
  const seconds = await best(runs, sweep);
  let slow: number[][] = [];
  const naiveSeconds = await best(Math.max(1, Math.floor(runs / 2)), async () => (slow = await naive()));
  const disagreement = Math.max(...slow.flatMap((row, layer) => row.map((value, at) => Math.abs(value - fast.metric[layer][at]!))));
  await model.release();
  return {
    layers, width, tokens, differAt, seconds, naiveSeconds, ratio: naiveSeconds / seconds, disagreement,
    gflops: sweepFlops(model.shape, tokens, differAt) / seconds / 1e9,
  };
}

async function naiveSweep(
  model: Model,
  base: number[],
  source: number[],
  metric: { positive: number; negative: number },
): Promise<number[][]> {
  const { layers, width } = model.shape;
  const read = Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_pre'));
  const { sites } = await model.run([source], { read });
  const results: number[][] = [];
  for (const site of read) {
    const row: number[] = [];
    for (let at = 0; at < base.length; at++) {
      const from = sites.get(siteName(site))!.data.subarray(at * width, (at + 1) * width);
      const run = await model.run([base], { hooks: [{ site, edit: (x) => void x.data.set(from, at * width) }] });
      const [{ answers }] = await readOut(model, run.resid, [base.length - 1], { topK: 1, answers: [metric.positive, metric.negative] });
      row.push(answers[0].logit - answers[1].logit);
    }
    results.push(row);
  }
  return results;
}

/**
 * Matrix-product operations that the sweep cannot do without: later layers and later positions of each patch. In the last layer all
 * positions need only their keys and values; the read-out of two logits is nothing beside it.
 */
function sweepFlops(shape: ModelShape, tokens: number, differAt: number): number {
  const { layers, width, heads, headSize, keyValueHeads, mlpWidth } = shape;
  const keysAndValues = matmulFlops(1, width, 2 * keyValueHeads * headSize);
  const others = 2 * matmulFlops(1, width, heads * headSize) + 3 * matmulFlops(1, width, mlpWidth);
  let total = 0;
  for (let layer = 0; layer < layers; layer++) {
    for (let at = differAt; at < tokens; at++) {
      total += (layers - 1 - layer) * (tokens - at) * (keysAndValues + others) + (tokens - at) * keysAndValues + others;
    }
  }
  return total;
}
