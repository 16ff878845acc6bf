/**
 * What finds and tests circuits, each against the same done one by one with a full forward pass: a sweep of single heads at each position,
 * from → to between all layers, and path patching.
 */
import { FromTo } from '../src/methods/patching/from-to';
import { byHead, HEAD_AXES } from '../src/methods/patching/heads';
import { logitDifferences, patchUnits } from '../src/methods/patching/patching';
import type { Writer } from '../src/methods/nodes';
import { Paths, type PathOptions } from '../src/methods/paths/paths';
import { Model, type Hook, type RunResult } from '../src/model';
import { blockSite, siteName, type BlockSite } from '../src/vocabulary/sites';
import { best } from './timing';

/** Seconds here and one by one, and how well both agree: the largest difference, in logits. */
export interface Against {
  /** Patches; one by one so many were timed, and their time is that of all in proportion. */
  patches: number;
  timed: number;
  seconds: number;
  naiveSeconds: number;
  ratio: number;
  disagreement: number;
}

export interface CircuitFigures {
  layers: number;
  heads: number;
  tokens: number;
  /** Every head of every layer at every position, `attn.hook_z`, none of them estimated. */
  headSweep: Against;
  /** Every layer's residual stream at the middle token into every layer at it, as one batch. */
  fromTo: Against;
  /** Every sender to the queries of one head, directly, and through the MLPs between. */
  paths: Against;
  pathsThroughMlps: Against;
}

const TIMED_HEADS = 24;
const TIMED_PATHS = 12;

export async function benchCircuits(folder: string, tokens: number, runs: number, threads: number): Promise<CircuitFigures> {
  const model = await Model.load(folder, { threads });
  const { layers, heads, vocabulary } = model.shape;
  const source = Array.from({ length: tokens }, (_, i) => (i * 7919 + 13) % vocabulary);
  const base = source.map((id, i) => (i === 0 ? (id + 1) % vocabulary : id)); // a patch at any position can change something
  const bench = new Circuits(model, base, source, runs);
  const figures = {
    layers, heads, tokens,
    headSweep: await bench.headSweep(),
    fromTo: await bench.fromTo(),
    paths: await bench.paths(false),
    pathsThroughMlps: await bench.paths(true),
  };
  await model.release();
  return figures;
}

class Circuits {
  private readonly metric: { positive: number; negative: number };
  private readonly sourceOf: number[];

  constructor(
    private readonly model: Model,
    private readonly base: number[],
    private readonly source: number[],
    private readonly runs: number,
  ) {
    const { vocabulary } = model.shape;
    this.metric = { positive: 5 % vocabulary, negative: 17 % vocabulary };
    this.sourceOf = base.map((_, i) => i);
  }

  async headSweep(): Promise<Against> {
    const { model, base, source, sourceOf, metric } = this;
    const { layers, heads, headSize } = model.shape;
    const sweep = () => patchUnits(model, HEAD_AXES['head-and-position'], { base, source, sourceOf, metric, site: 'attn.hook_z', exact: true });
    let found = await sweep(); // also opens the sessions
    const seconds = await best(Math.max(1, Math.floor(this.runs / 2)), async () => (found = await sweep()));
    const effects = found.metric.map((row) => byHead([row], base.length)[0]);
    const zs = await this.read(source, 'attn.hook_z');
    const patches = layers * heads * base.length;
    const cells = Array.from({ length: TIMED_HEADS }, (_, i) => Math.floor(((i + 0.5) * patches) / TIMED_HEADS)).map((i) => ({
      layer: Math.floor(i / (heads * base.length)), head: Math.floor(i / base.length) % heads, position: i % base.length,
    }));
    return this.against(patches, seconds, cells.map(({ layer, head, position }) => async () => {
      const at = (position * heads + head) * headSize;
      const edit: Hook['edit'] = ({ data }) => void data.set(zs[layer].subarray(at, at + headSize), at);
      return [await this.difference([{ site: blockSite(layer, 'attn.hook_z'), edit }]), effects[layer][head][position]!];
    }));
  }

  async fromTo(): Promise<Against> {
    const { model, base, source } = this;
    const { layers, width } = model.shape;
    const position = base.length >> 1;
    const values = Array.from({ length: layers }, () => new Array<number>(layers).fill(NaN));
    const matrix = async () => {
      const one = await FromTo.read(model, { prompts: [source, base], into: 1, site: 'hook_resid_pre', how: 'replace' });
      await one.matrix({ prompt: 0, position }, position, async (resid, cells) => {
        const read = await logitDifferences(model, resid, cells.map((_, i) => i), this.metric);
        cells.forEach(({ from, to }, i) => (values[from][to] = read[i]));
      });
    };
    await matrix();
    const seconds = await best(this.runs, matrix);
    const residuals = await this.read(source, 'hook_resid_pre');
    const cells = residuals.flatMap((_, from) => residuals.map((_, to) => ({ from, to })));
    const at = position * width;
    return this.against(cells.length, seconds, cells.map(({ from, to }) => async () => {
      const edit: Hook['edit'] = ({ data }) => void data.set(residuals[from].subarray(at, at + width), at);
      return [await this.difference([{ site: blockSite(to, 'hook_resid_pre'), edit }]), values[from][to]];
    }));
  }

  /** One by one: a run with all senders but one held as in the base gives the receiver's queries, and a second one takes these. */
  async paths(throughMlps: boolean): Promise<Against> {
    const { model, base, source, sourceOf, metric } = this;
    const { layers, heads, headSize } = model.shape;
    const receiver = { kind: 'head', layer: layers - 1, head: 1, input: 'q' } as const;
    const options: PathOptions = { base, source, sourceOf, metric, receivers: [receiver], throughMlps };
    let writers: Writer[] = [];
    let values: number[] = [];
    const all = async () => {
      const paths = await Paths.read(model, options);
      writers = paths.writers();
      values = (await paths.patch(writers.map((one) => [one]))).map((one) => one.metric);
    };
    await all();
    const seconds = await best(this.runs, all);
    const [baseZ, sourceZ] = [await this.read(base, 'attn.hook_z'), await this.read(source, 'attn.hook_z')];
    const [baseMlp, sourceMlp] = [await this.read(base, 'hook_mlp_out'), await this.read(source, 'hook_mlp_out')];
    const [embedding] = await this.read(source, 'hook_resid_pre');
    const [size, width] = [heads * headSize, headSize];
    const senders = Array.from({ length: TIMED_PATHS }, (_, i) => Math.floor(((i + 0.5) * writers.length) / TIMED_PATHS));
    return this.against(writers.length, seconds, senders.map((index) => async () => {
      const writer = writers[index];
      const hooks: Hook[] = writer.kind === 'embed' ? [{ site: blockSite(0, 'hook_resid_pre'), edit: ({ data }) => void data.set(embedding) }] : [];
      for (let layer = 0; layer < receiver.layer; layer++) {
        const sends = writer.kind !== 'embed' && writer.layer === layer;
        hooks.push({
          site: blockSite(layer, 'attn.hook_z'),
          edit: ({ data }) => {
            data.set(baseZ[layer]);
            if (!sends || writer.kind !== 'head') return;
            for (let at = writer.head * width; at < data.length; at += size) data.set(sourceZ[layer].subarray(at, at + width), at);
          },
        });
        const mlp = sends && writer.kind === 'mlp' ? sourceMlp[layer] : throughMlps ? null : baseMlp[layer];
        if (mlp) hooks.push({ site: blockSite(layer, 'hook_mlp_out'), edit: ({ data }) => void data.set(mlp) });
      }
      const site = blockSite(receiver.layer, 'attn.hook_q');
      const queries = (await model.run([base], { read: [site], hooks })).sites.get(siteName(site))!.data;
      const edit: Hook['edit'] = ({ data }) => {
        for (let at = receiver.head * width; at < data.length; at += size) data.set(queries.subarray(at, at + width), at);
      };
      return [await this.difference([{ site, edit }]), values[index]];
    }));
  }

  /** A site's activations at every layer, each [positions, …] flat. */
  private async read(prompt: number[], site: BlockSite): Promise<RunResult['resid']['data'][]> {
    const all = Array.from({ length: this.model.shape.layers }, (_, layer) => blockSite(layer, site));
    const { sites } = await this.model.run([prompt], { read: all });
    return all.map((one) => sites.get(siteName(one))!.data);
  }

  /** The metric of the base's run with these edits. */
  private async difference(hooks: readonly Hook[]): Promise<number> {
    const { resid } = await this.model.run([this.base], { hooks });
    return (await logitDifferences(this.model, resid, [this.base.length - 1], this.metric))[0];
  }

  /** @param single patches done the obvious way: each gives its metric, and the same patch's of all at once */
  private async against(
    patches: number,
    seconds: number,
    single: readonly (() => Promise<[naive: number, here: number]>)[],
  ): Promise<Against> {
    await single[0](); // opens the sessions
    let disagreement = 0;
    let spent = 0;
    for (const one of single) {
      const start = performance.now();
      const [naive, here] = await one();
      spent += (performance.now() - start) / 1000;
      disagreement = Math.max(disagreement, Math.abs(naive - here));
    }
    const naiveSeconds = (spent / single.length) * patches;
    return { patches, timed: single.length, seconds, naiveSeconds, ratio: naiveSeconds / seconds, disagreement };
  }
}
