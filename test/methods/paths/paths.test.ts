/** Path patching: what arrives equals the source's where all is sent, the slow way by hooks on every family, and what is known on paper. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { directComponents, dot } from '../../../src/methods/components/components';
import type { Reader, Writer } from '../../../src/methods/nodes';
import type { StreamChange } from '../../../src/methods/paths/change';
import { Paths, type PathOptions, type Sender } from '../../../src/methods/paths/paths';
import { gradientsOf, logitDifference, Model, residualsBefore, type Hook } from '../../../src/model';
import { parseReader } from '../../../src/protocol/reading/nodes';
import { blockSite, siteName, type BlockSite } from '../../../src/vocabulary/sites';
import { CANCELLING, cancellingModel, INDUCTION, inductionModel } from '../../planted/circuits';
import { ORIGINAL, PAIRS, type PromptPair } from '../patching/pairs';

const metric = { positive: 4, negative: 21 };
/** A share of a change, small enough for a straight line and large enough for float32. */
const SMALL = 0.1;

/** Grouped, multi-query and plain heads; parallel blocks; norms behind what is written; norms of queries and keys; windows; caps. */
const FAMILIES = ['gpt2', 'gpt_neox', 'gptj', 'gemma2', 'gemma3', 'qwen3', 'gpt_bigcode', 'phi3'];
const FIXTURES = ['llama-gqa', 'llama-mqa', ...FAMILIES.map((name) => `families/${name}`)];

/** By what the one receiver's input changes. */
async function arriving(paths: Paths, sets: readonly (readonly Sender[])[]): Promise<StreamChange> {
  const climb = paths['climb'](sets);
  await climb.run();
  return climb.change;
}

describe.each(FIXTURES)('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  const read = ([, base, source, sourceOf]: PromptPair, receiver: Reader, rest: Partial<PathOptions> = {}) =>
    Paths.read(model, { base, source, sourceOf, metric, receivers: [receiver], throughMlps: false, ...rest });
  const receivers = (): Reader[] => {
    const layer = model.shape.layers - 1;
    const head = model.shape.keyValueHeads - 1;
    return [
      { kind: 'logits' },
      { kind: 'head', layer, head: model.shape.heads - 1, input: 'q' },
      { kind: 'head', layer, head, input: 'k' },
      { kind: 'head', layer, head, input: 'v' },
      { kind: 'mlp', layer },
      { kind: 'mlp', layer: 0 },
    ];
  };
  const parallel = () => !model.architecture.sites.includes('hook_resid_mid');

  async function activation(prompt: readonly number[], layer: number, site: BlockSite, hooks: readonly Hook[] = []): Promise<FloatArray> {
    const where = blockSite(layer, site);
    return (await model.run([prompt], { read: [where], hooks })).sites.get(siteName(where))!;
  }
  async function difference(prompt: readonly number[], hooks: readonly Hook[] = []): Promise<number> {
    const { data } = await model.logits(await model.run([prompt], { hooks }), [prompt.length - 1]);
    return data[metric.positive] - data[metric.negative];
  }
  const inputOf = (receiver: Reader): [number, BlockSite] =>
    receiver.kind === 'logits' ? [model.shape.layers - 1, 'hook_resid_post']
      : [receiver.layer, receiver.kind === 'mlp' && !parallel() ? 'hook_resid_mid' : 'hook_resid_pre'];

  test.each(PAIRS)('all that write give a receiver the source\'s input at aligned tokens: %s', async (...pair) => {
    const [, base, source, sourceOf] = pair;
    const { width } = model.shape;
    for (const receiver of receivers()) {
      for (const throughMlps of [false, true]) {
        const paths = await read(pair, receiver, { throughMlps });
        const arrived = (await arriving(paths, [paths.writers()])).data;
        const [own, other] = [await activation(base, ...inputOf(receiver)), await activation(source, ...inputOf(receiver))];
        const largest = Math.max(...other.data.map(Math.abs));
        expect(paths.positions.length).toBeGreaterThan(0);
        paths.positions.forEach((position, at) => {
          for (let i = 0; i < width; i++) {
            const input = own.data[position * width + i] + arrived[at * width + i];
            expect(Math.abs(input - other.data[sourceOf[position]! * width + i])).toBeLessThan(1e-5 * largest * 4);
          }
        });
      }
    }
  });

  test('all that write give the logits of the source, and a head its own queries, keys and values', async () => {
    const [pair] = PAIRS;
    const paths = await read(pair, { kind: 'logits' });
    expect((await paths.patch([paths.writers()]))[0].metric).toBeCloseTo(await difference(pair[2]), 4);
    for (const receiver of receivers()) {
      if (receiver.kind !== 'head') continue;
      const [, base, source, sourceOf] = pair;
      const site: BlockSite = `attn.hook_${receiver.input}`;
      const there = await activation(source, receiver.layer, site);
      const one = await read(pair, receiver);
      const edit = ({ data, shape }: FloatArray) => {
        const size = shape[2] * shape[3];
        const copy = data.slice();
        for (const position of one.positions) {
          const from = sourceOf[position]! * size + receiver.head * shape[3];
          copy.set(there.data.subarray(from, from + shape[3]), position * size + receiver.head * shape[3]);
        }
        return floats(copy, shape);
      };
      const expected = await difference(base, [{ site: blockSite(receiver.layer, site), edit }]);
      expect((await one.patch([one.writers()]))[0].metric).toBeCloseTo(expected, 4);
    }
  });

  /** What attention writes where one head alone has mixed what it mixed in the source, less what it wrote: [positions, width]. */
  async function changeOf({ layer, head }: { layer: number; head: number }, pair: PromptPair): Promise<Float32Array> {
    const [, base, source, sourceOf] = pair;
    const z = await activation(source, layer, 'attn.hook_z');
    const edit = ({ data, shape }: FloatArray) => {
      const [, , heads, size] = shape;
      const copy = data.slice();
      sourceOf.forEach((from, position) => {
        if (from === null) return;
        for (let i = 0; i < size; i++) copy[(position * heads + head) * size + i] = z.data[(from * heads + head) * size + i];
      });
      return floats(copy, shape);
    };
    const own = await activation(base, layer, 'hook_attn_out');
    const other = await activation(base, layer, 'hook_attn_out', [{ site: blockSite(layer, 'attn.hook_z'), edit }]);
    return other.data.map((value, i) => value - own.data[i]);
  }

  test.each([[false], [true]])('the slow way: a head of the first layer to each receiver, through MLPs %s', async (throughMlps) => {
    const [pair] = PAIRS;
    const [, base] = pair;
    const writer = { layer: 0, head: model.shape.heads - 1 };
    const change = await changeOf(writer, pair);
    const added: Hook['edit'] = ({ data, shape }) => floats(data.map((value, i) => value + change[i]), shape);
    const fixed = (value: FloatArray): Hook['edit'] => () => floats(value.data.slice(), value.shape);
    let moved = 0;
    for (const receiver of receivers()) {
      if (receiver.kind === 'mlp' && receiver.layer === 0 && parallel()) continue; // it reads no head of its layer
      const last = receiver.kind === 'logits' ? model.shape.layers - 1 : receiver.layer;
      // All attention as in the base, but for the sender's; and directly, all MLPs too.
      const hooks: Hook[] = [{ site: blockSite(0, 'hook_attn_out'), edit: added }];
      for (let layer = 0; layer <= last; layer++) {
        const held = async (site: BlockSite) => {
          hooks.push({ site: blockSite(layer, site), edit: fixed(await activation(base, layer, site)) });
        };
        if (layer > 0) await held('hook_attn_out');
        if (!throughMlps && (receiver.kind === 'logits' || layer < last)) await held('hook_mlp_out');
      }
      let expected: number;
      if (receiver.kind === 'logits') expected = await difference(base, hooks);
      else {
        const site: BlockSite = receiver.kind === 'mlp' ? 'hook_mlp_out' : `attn.hook_${receiver.input}`;
        const there = await activation(base, receiver.layer, site, hooks);
        const edit: Hook['edit'] = ({ data, shape }) => {
          const [heads, size] = receiver.kind === 'mlp' ? [1, shape[2]] : [shape[2], shape[3]];
          const mine = receiver.kind === 'mlp' ? 0 : receiver.head;
          return floats(data.map((value, i) => (Math.floor(i / size) % heads === mine ? there.data[i] : value)), shape);
        };
        expected = await difference(base, [{ site: blockSite(receiver.layer, site), edit }]);
      }
      const paths = await read(pair, receiver, { throughMlps });
      const [{ metric: found, changed }] = await paths.patch([[{ kind: 'head', ...writer }]]);
      expect(changed).toBe(true);
      expect(found, JSON.stringify(receiver)).toBeCloseTo(expected, 4);
      moved = Math.max(moved, Math.abs(found - paths.baseMetric));
    }
    expect(moved).toBeGreaterThan(1e-4);
  });

  test('the base as its own source changes nothing, to the bit; nor do no senders', async () => {
    const same = ['', ORIGINAL, ORIGINAL, ORIGINAL.map((_, i) => i)] as PromptPair;
    for (const receiver of receivers()) {
      const paths = await read(same, receiver, { throughMlps: true });
      for (const result of await paths.patch([...paths.writers().map((one) => [one]), paths.writers()])) {
        expect(result).toEqual({ metric: paths.baseMetric, changed: false });
      }
      expect(await (await read(PAIRS[0], receiver)).patch([[]])).toMatchObject([{ changed: false }]);
    }
  });

  test('to the logits with the norm\'s scale kept: the difference of what a component adds directly', async () => {
    const [pair] = PAIRS;
    const [, base, source] = pair;
    const { width, headSize, heads } = model.shape;
    const [own, other] = [base, source].map(async (ids) => {
      const layers = Array.from({ length: model.shape.layers }, (_, layer) => layer);
      const sites = layers.flatMap((layer) => [blockSite(layer, 'attn.hook_z'), blockSite(layer, 'hook_mlp_out')]);
      return directComponents(model, ids, ids.length - 1, logitDifference(metric.positive, metric.negative), { read: sites });
    });
    const [a, b] = [await own, await other];
    const paths = await read(pair, { kind: 'logits' });
    const writers = paths.writers();
    const arrived = (await arriving(paths, writers.map((one) => [one]))).data;
    const change = (layer: number, site: BlockSite) => {
      const [from, to] = [a, b].map(({ sites }) => sites.get(siteName(blockSite(layer, site)))!.data);
      return to.map((value, i) => value - from[i]);
    };
    writers.forEach((writer, i) => {
      if (writer.kind === 'embed' || (writer.kind === 'head' && /gemma[23]/.test(model.architecture.family))) return;
      const found = dot(arrived.subarray(i * width, (i + 1) * width), a.components.direction);
      if (writer.kind === 'mlp') expect(found).toBeCloseTo(dot(change(writer.layer, 'hook_mlp_out'), a.components.direction), 4);
      if (writer.kind !== 'head') return;
      const z = change(writer.layer, 'attn.hook_z').subarray(writer.head * headSize, (writer.head + 1) * headSize);
      const direction = a.components.headDirections[writer.layer].subarray(writer.head * headSize, (writer.head + 1) * headSize);
      expect(found).toBeCloseTo(dot(z, direction), 4);
    });
    expect(writers).toHaveLength(1 + model.shape.layers * (heads + 1));
  });

  test('of a small change: all readers of a layer, each alone, move what the gradient through them says', async () => {
    const [pair] = PAIRS;
    const [, base] = pair;
    const { heads, keyValueHeads, layers, width } = model.shape;
    const layer = layers - 1;
    const sites = (['hook_resid_pre', 'hook_resid_mid', 'hook_resid_post'] as const)
      .filter((site) => model.architecture.sites.includes(site)).map((site) => blockSite(layer, site));
    const run = await model.run([base], { read: residualsBefore(model), cache: true });
    const gradients = await gradientsOf(model, run, logitDifference(metric.positive, metric.negative), sites);
    const at = (site: BlockSite) => gradients.get(siteName(blockSite(layer, site)))!.data;
    const sender: Writer[] = [{ kind: 'head', layer: 0, head: 0 }];
    /** By what the metric moves for each unit of a change in the sender's direction, and what the straight line through it would say. */
    const slope = async (receiver: Reader, gradient: (i: number) => number) => {
      const paths = await read(pair, receiver);
      const arrived = (await arriving(paths, [sender])).data;
      const moved = async (scale: number) => {
        const climb = paths['climb']([[]]);
        climb.change.data.set(arrived.map((value) => value * scale));
        return (await paths['metrics']([...(await climb.run()).values()]))[0];
      };
      let line = 0;
      paths.positions.forEach((position, row) => {
        for (let i = 0; i < width; i++) line += arrived[row * width + i] * gradient(position * width + i);
      });
      return { found: (await moved(SMALL) - await moved(-SMALL)) / (2 * SMALL), line };
    };
    const close = ({ found, line }: { found: number; line: number }) =>
      expect(Math.abs(found - line), `${found} for ${line}`).toBeLessThan(0.02 * Math.abs(line) + 1e-5);
    const [before, after] = [at('hook_resid_pre'), at('hook_resid_post')];
    const between = parallel() ? after : at('hook_resid_mid');
    close(await slope({ kind: 'logits' }, (i) => after[i]));
    if (!parallel()) close(await slope({ kind: 'mlp', layer }, (i) => between[i] - after[i]));
    const inputs = (input: 'q' | 'k' | 'v') =>
      Array.from({ length: input === 'q' ? heads : keyValueHeads }, (_, head): Reader => ({ kind: 'head', layer, head, input }));
    const readers: Reader[] = [...inputs('k'), ...inputs('q'), ...inputs('v'), ...(parallel() ? [{ kind: 'mlp' as const, layer }] : [])];
    const all = await Promise.all(readers.map((one) => slope(one, (i) => before[i] - between[i])));
    close({ found: all.reduce((sum, { found }) => sum + found, 0), line: all[0].line }); // keys are read at every position
    expect(Math.abs(all[0].line)).toBeGreaterThan(1e-4);
  });

  test('heads of a layer together are its attention, and positions that are left out do not change', async () => {
    const [pair] = PAIRS;
    const paths = await read(pair, { kind: 'mlp', layer: model.shape.layers - 1 }, { positions: [5, pair[1].length - 1] });
    expect(paths.positions).toEqual([pair[1].length - 1]); // of the last layer nothing else is read
    const heads = Array.from({ length: model.shape.heads }, (_, head): Writer => ({ kind: 'head', layer: 0, head }));
    const [one, other] = await paths.patch([heads, [{ kind: 'attention', layer: 0 }]]);
    expect(one.metric).toBeCloseTo(other.metric, 4);
  });

  test('receivers that are not there, and senders behind the receiver, are refused', async () => {
    const { layers, keyValueHeads } = model.shape;
    await expect(read(PAIRS[0], { kind: 'mlp', layer: layers })).rejects.toThrow(`the layers 0 to ${layers - 1}`);
    await expect(read(PAIRS[0], { kind: 'head', layer: 0, head: keyValueHeads, input: 'k' })).rejects.toThrow(`0 to ${keyValueHeads - 1}`);
    const paths = await read(PAIRS[0], { kind: 'head', layer: 0, head: 0, input: 'q' });
    await expect(paths.patch([[{ kind: 'mlp', layer: 0 }]])).rejects.toThrow('before a receiver');
  });
});

interface Reference {
  tokens: number[];
  source: number[];
  answers: [number, number];
  base: number;
  paths: { receiver: string; senders: string[]; through: 'nothing' | 'mlps'; value: number }[];
}
const REFERENCES = JSON.parse(readFileSync('test/fixtures/golden/paths.json', 'utf8')) as Record<string, Reference>;

test.each(Object.keys(REFERENCES))('%s: the numbers of PyTorch in float64, by three runs', async (fixture) => {
  const { tokens: base, source, answers: [positive, negative], base: expected, paths: all } = REFERENCES[fixture];
  const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  const writer = (name: string): Writer => {
    const [, layer, head, ofMlp] = /^(?:L(\d+)H(\d+)|(\d+)_mlp_out|embed)$/.exec(name)!;
    if (head !== undefined) return { kind: 'head', layer: Number(layer), head: Number(head) };
    return ofMlp === undefined ? { kind: 'embed' } : { kind: 'mlp', layer: Number(ofMlp) };
  };
  const close = 2e-5 * Math.max(1, ...all.map(({ value }) => Math.abs(value)));
  for (const { receiver, senders, through, value } of all) {
    const options = { base, source, sourceOf: base.map((_, i) => i), metric: { positive, negative }, throughMlps: through === 'mlps' };
    const paths = await Paths.read(model, { ...options, receivers: [parseReader(receiver)] });
    expect(Math.abs(paths.baseMetric - expected)).toBeLessThan(close);
    const [{ metric: found }] = await paths.patch([senders.map(writer)]);
    expect(Math.abs(found - value), `${senders.join(' + ')} → ${receiver}, through ${through}`).toBeLessThan(close);
  }
  await model.release();
});

function nameOf(writer: Writer): string {
  if (writer.kind === 'embed') return 'embed';
  return writer.kind === 'head' ? `${writer.layer}.${writer.head}` : `${writer.kind} ${writer.layer}`;
}

test('on paper: the head of the token before reaches the keys of the induction head, and nothing else does', async () => {
  const model = await inductionModel();
  const [source, base] = [[0, 5, 7, 3, 9, 2, 7], [0, 5, 8, 3, 9, 2, 7]]; // without the earlier 7 there is nothing to find
  const options = { base, source, sourceOf: base.map((_, i) => i), metric: { positive: 3, negative: 9 }, throughMlps: true };
  const { previous, induction } = INDUCTION;
  for (const input of ['q', 'k', 'v'] as const) {
    const paths = await Paths.read(model, { ...options, receivers: [{ kind: 'head', ...induction, input }] });
    const writers = paths.writers();
    const results = await paths.patch(writers.map((one) => [one]));
    const whole = paths.sourceMetric - paths.baseMetric;
    expect(whole).toBeCloseTo(INDUCTION.logit, 3);
    const share = (i: number) => (results[i].metric - paths.baseMetric) / whole;
    writers.forEach((writer, i) => {
      const carries = input === 'k' && nameOf(writer) === `${previous.layer}.${previous.head}`;
      expect(share(i), `${nameOf(writer)} → ${input}`).toBeCloseTo(carries ? 1 : 0, 3);
    });
  }
  await model.release();
});

test('on paper: the eraser reads the writer through its values, and to the logits each alone moves what it adds', async () => {
  const model = await cancellingModel();
  const [base, source] = [[0, 5, 7, 3, 9, 2, 7], [0, 6, 7, 3, 9, 2, 7]];
  const options = { base, source, sourceOf: base.map((_, i) => i), metric: { positive: 6, negative: 5 }, throughMlps: false };
  const { writer, eraser, logit } = CANCELLING;
  const values = await Paths.read(model, { ...options, receivers: [{ kind: 'head', ...eraser, input: 'v' }] });
  const direct = await Paths.read(model, { ...options, receivers: [{ kind: 'logits' }] });
  const alone = async (paths: Paths, one: { layer: number; head: number }) => {
    const [{ metric: found }] = await paths.patch([[{ kind: 'head', ...one }]]);
    return found - paths.baseMetric;
  };
  expect(await alone(values, writer)).toBeCloseTo(-2 * logit, 3);
  expect(await alone(direct, writer)).toBeCloseTo(2 * logit, 3);
  expect(await alone(direct, eraser)).toBeCloseTo(-2 * logit, 3);
  const [both] = await direct.patch([[{ kind: 'head', ...writer }, { kind: 'head', ...eraser }]]);
  expect(both.metric).toBeCloseTo(direct.baseMetric, 3);
  await model.release();
});
