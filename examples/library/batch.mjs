// Activations of one set of programs put into another: what the model then says. Run: node examples/library/batch.mjs
import { Batch, openModel } from 'latent-lens';

const lens = await openModel(undefined, { python: false });
const question = '\n# When this code is executed, Python will raise a';
const asked = (programs) => new Batch(lens, programs.map((code) => code + question));
const sums = asked(['print("Total: " + 3)', 'name = "Ada"\nprint(name + 7)', 'print("Room " + 12 + "b")']);
const lists = asked(['xs = [1, 2]\nprint(xs[4])', 'print([3, 1, 2][9])', 'row = ["a"]\nprint(row[5])']);

const layers = Array.from({ length: lens.model.shape.layers }, (_, layer) => layer);
const mean = (await sums.collect({ layers, at: -1 })).mean();
const before = await lists.top(1);
console.log(`unpatched: ${before.map(([{ text }]) => text.trim()).join(', ')}`);
for (const layer of layers) {
  const patched = lists.patch([{ from: { layer, at: -1 }, to: { layer, at: -1 } }], mean);
  const after = await patched.top(1);
  const ratio = patched.moved.reduce((sum, one) => sum + one.ratio, 0) / patched.moved.length;
  console.log(`layer ${layer}: ${after.map(([{ text }]) => text.trim()).join(', ')} (changed by ${Math.round(100 * ratio)} %)`);
}
await lens.close();
