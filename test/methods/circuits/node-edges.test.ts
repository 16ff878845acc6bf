/** Edges between nodes at tokens: summed over tokens they are the edges of the whole parts, on every kind of family. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { EdgeScores } from '../../../src/methods/circuits/edges';
import { nodeEdges, type Node } from '../../../src/methods/circuits/node-edges';
import { Model } from '../../../src/model';
import { PAIRS } from '../patching/pairs';

const metric = { positive: 4, negative: 21 };

test.each(['llama-gqa', 'llama-mqa', 'families/gpt2', 'families/gpt_neox', 'families/gemma2', 'families/qwen3'])('%s', async (fixture) => {
  const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  const { keyValueHeads, heads } = model.shape;
  for (const [, base, source, sourceOf] of PAIRS) {
    const scores = await EdgeScores.read(model, { base, source, sourceOf, metric });
    const nodes: Node[] = scores.writers.flatMap((one, writer) => (one.kind === 'remainder' ? [] : base.map((_, position) => ({ writer, position }))));
    nodes.push({ writer: 'logits', position: base.length - 1 });
    const edges = await nodeEdges(model, { base, source, sourceOf, metric }, nodes);
    const sums = new Map<string, number>();
    for (const { from, to, input, score } of edges) {
      const target = nodes[to].writer;
      const own = target === 'logits' ? null : scores.writers[target];
      const reader = scores.readers.findIndex((one) => (own === null || own.kind === 'embed' ? one.kind === 'logits'
        : own.kind === 'mlp' ? one.kind === 'mlp' && one.layer === own.layer
          : one.kind === 'head' && own.kind === 'head' && one.layer === own.layer && one.input === input
            && one.head === (input === 'q' ? own.head : Math.floor((own.head * keyValueHeads) / heads))));
      const key = `${from === null ? 'rest' : nodes[from].writer} ${reader}`;
      sums.set(key, (sums.get(key) ?? 0) + score);
    }
    const most = Math.abs(scores.largest(1)[0].score);
    let compared = 0;
    scores.readers.forEach((_, reader) => {
      let rest = 0;
      for (let writer = 0; writer < scores.readBy(reader); writer++) {
        const expected = scores.score(writer, reader);
        if (scores.writers[writer].kind === 'remainder') rest += expected;
        else {
          expect(Math.abs((sums.get(`${writer} ${reader}`) ?? 0) - expected)).toBeLessThan(1e-4 * most + 1e-6);
          compared++;
        }
      }
      expect(Math.abs((sums.get(`rest ${reader}`) ?? 0) - rest)).toBeLessThan(1e-4 * most + 1e-5);
    });
    expect(compared).toBeGreaterThan(20);
  }
  await model.release();
});
