/**
 * Direct effects in a replacement model: of what any layer's MLP and the embedding write on a number that is read of the stream, along all
 * ways through attention and norms as they are in the run, and through skip connections of transcoders, but through no latent. With
 * patterns and scales kept such ways are linear, so gradients that walk down the blocks hold all effects.
 */
import { floats, vjp, zerosLike, type FloatArray } from '../../graph';
import { takeRows, type Model, type RunResult } from '../../model';
import type { LoadedSae } from '../../sae';
import { blockSite, siteName, type BlockSite, type Site } from '../../vocabulary/sites';
import { isParallel } from './graph';

/**
 * A number that is read at a position: of what a layer's MLP reads of the stream, or of the last stream (`layer` is then how many there
 * are).
 */
export interface Target {
  readonly layer: number;
  readonly position: number;
  /** [width], the gradient at the stream that the MLP's norm reads, its scale kept; at the last stream itself. */
  readonly gradient: Float32Array;
}

/** What is written at a layer's MLP output, or (`layer` −1) at the embedding. */
export interface Written {
  readonly layer: number;
  readonly position: number;
  /** [width] */
  readonly vector: Float32Array;
}

/** Numbers in all gradients at once: bounds memory (32 MB). */
const MOST_AT_ONCE = 8e6;

/** What a run has to read. */
export function readByWalk(model: Model): Site[] {
  const sites: BlockSite[] = ['hook_resid_pre', 'attn.hook_pattern', ...(isParallel(model) ? [] : ['hook_resid_mid' as const])];
  return sites.flatMap((site) => Array.from({ length: model.shape.layers }, (_, layer) => blockSite(layer, site)));
}

/** Whether a transcoder reads behind its norm's weight; null where it reads the stream itself. */
function isWeighted({ site }: LoadedSae): boolean | null {
  if (site.kind !== 'block' || site.site === 'hook_resid_mid') return null;
  return site.site === 'mlp.hook_in';
}

export class FrozenWalk {
  private readonly atPosition: ReadonlyMap<string, { readonly indices: readonly number[]; readonly vectors: FloatArray }>;

  /**
   * @param run of one prompt, that has read `readByWalk`
   * @param transcoders by layer
   * @param biases of each layer what is written there whatever is read, [width]
   */
  constructor(
    private readonly model: Model,
    private readonly run: RunResult,
    private readonly transcoders: readonly LoadedSae[],
    private readonly biases: readonly Float32Array[],
    private readonly written: readonly Written[],
  ) {
    const { width } = model.shape;
    const lists = new Map<string, number[]>();
    written.forEach(({ layer, position }, i) => {
      const key = `${layer} ${position}`;
      lists.set(key, [...(lists.get(key) ?? []), i]);
    });
    this.atPosition = new Map([...lists].map(([key, indices]) => {
      const vectors = new Float32Array(indices.length * width);
      indices.forEach((index, row) => vectors.set(written[index].vector, row * width));
      return [key, { indices, vectors: floats(vectors, [1, indices.length, width]) }];
    }));
  }

  private get positions(): number {
    return this.run.layout.positions;
  }

  private value(layer: number, site: BlockSite): FloatArray {
    return this.run.sites.get(siteName(blockSite(layer, site)))!;
  }

  /** What a layer's MLP norm reads, [1, positions, width]. */
  private stream(layer: number): FloatArray {
    return this.value(layer, isParallel(this.model) ? 'hook_resid_pre' : 'hook_resid_mid');
  }

  /**
   * Gradients at what a transcoder reads → those at the stream before its norm, the norm's scale kept.
   * @param gradients [batch, rows, width] @param positions of the rows; all where left out
   * @returns `bias` [width]: what the transcoder reads of a stream of zeros
   */
  async beforeNorm(
    layer: number, gradients: FloatArray, positions?: readonly number[],
  ): Promise<{ back: Float32Array; bias: Float32Array }> {
    const weighted = isWeighted(this.transcoders[layer]);
    const { width } = this.model.shape;
    if (weighted === null) return { back: gradients.data, bias: new Float32Array(width) };
    const all = this.stream(layer);
    const rows = positions ? takeRows(all, positions) : all;
    const session = await this.model.sessions.frozenMlpInput(layer, weighted);
    const { back, bias } = await session.run({ stream: floats(rows.data, [1, rows.data.length / width, width]), cotangent: gradients });
    return { back: back.data as Float32Array, bias: bias.data as Float32Array };
  }

  /**
   * Of each target what each of `written` gives it, and what biases do.
   * @returns `effects` [targets] rows of [written], and `biases` [targets]
   */
  async effects(targets: readonly Target[], signal?: AbortSignal): Promise<{ effects: Float32Array[]; biases: Float64Array }> {
    const atOnce = Math.max(1, Math.floor(MOST_AT_ONCE / (this.positions * this.model.shape.width)));
    const order = targets.map((_, i) => i).sort((a, b) => targets[b].layer - targets[a].layer);
    const effects: Float32Array[] = new Array<Float32Array>(targets.length);
    const biases = new Float64Array(targets.length);
    for (let start = 0; start < order.length; start += atOnce) {
      const some = order.slice(start, start + atOnce);
      const found = await this.down(some.map((i) => targets[i]), signal);
      some.forEach((index, row) => {
        effects[index] = found.effects[row];
        biases[index] = found.biases[row];
      });
    }
    return { effects, biases };
  }

  /** @param targets the highest layers first */
  private async down(targets: readonly Target[], signal?: AbortSignal): Promise<{ effects: Float32Array[]; biases: Float64Array }> {
    const { layers, width } = this.model.shape;
    const size = this.positions * width;
    const found = { effects: targets.map(() => new Float32Array(this.written.length)), biases: new Float64Array(targets.length) };
    let gradients = new Float32Array(0);
    const join = (layer: number) => {
      const own = targets.filter((target) => target.layer === layer);
      const joined = new Float32Array(gradients.length + own.length * size);
      joined.set(gradients);
      own.forEach(({ position, gradient }, i) => joined.set(gradient, gradients.length + i * size + position * width));
      gradients = joined;
    };
    const rows = () => floats(gradients, [gradients.length / size, this.positions, width]);
    const add = (more: Float32Array) => (gradients = gradients.map((value, i) => value + more[i]));
    join(layers);
    for (let layer = layers - 1; layer >= 0; layer--) {
      signal?.throwIfAborted();
      const parallel = isParallel(this.model);
      const behind = gradients.length === 0 ? null : rows();
      if (behind) {
        await this.collect(layer, gradients, found);
        this.addBias(gradients, this.biases[layer], found);
        const skipped = await this.throughSkip(layer, behind);
        if (skipped) add(skipped);
      }
      if (!parallel) join(layer);
      const above = parallel ? behind : gradients.length === 0 ? null : rows();
      if (above) {
        const session = await this.model.sessions.frozenAttention(layer);
        const given = { resid: this.value(layer, 'hook_resid_pre'), pattern: this.value(layer, 'attn.hook_pattern'), cotangent: above };
        const { back, bias } = await session.run(Object.fromEntries(Object.entries(given).filter(([name]) => session.inputs.has(name))));
        this.addBias(above.data, bias.data as Float32Array, found);
        add(back.data as Float32Array);
      }
      if (parallel) join(layer);
    }
    await this.collect(-1, gradients, found);
    return found;
  }

  /** What is written at a layer, times the gradients there. */
  private async collect(layer: number, gradients: Float32Array, { effects }: { effects: Float32Array[] }): Promise<void> {
    const { width } = this.model.shape;
    const size = this.positions * width;
    const count = gradients.length / size;
    const session = await this.model.sessions.products();
    for (let position = 0; position < this.positions; position++) {
      const here = this.atPosition.get(`${layer} ${position}`);
      if (!here || count === 0) continue;
      const a = new Float32Array(count * width);
      for (let row = 0; row < count; row++) {
        const from = row * size + position * width;
        a.set(gradients.subarray(from, from + width), row * width);
      }
      const { result } = await session.run({ a: floats(a, [1, count, width]), b: here.vectors });
      const { indices } = here;
      for (let row = 0; row < count; row++) {
        indices.forEach((index, i) => (effects[row][index] = Number(result.data[row * indices.length + i])));
      }
    }
  }

  /** @param bias [positions, width], or [width] where it is the same everywhere */
  private addBias(gradients: Float32Array, bias: Float32Array, { biases }: { biases: Float64Array }): void {
    const size = this.positions * this.model.shape.width;
    for (let row = 0; row * size < gradients.length; row++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += gradients[row * size + i] * bias[i % bias.length];
      biases[row] += sum;
    }
  }

  /** Gradients at what a layer's MLP writes → at the stream that it reads, through the transcoder's skip connection; null without one. */
  private async throughSkip(layer: number, gradients: FloatArray): Promise<Float32Array | null> {
    const transcoder = this.transcoders[layer];
    const { width } = this.model.shape;
    if (transcoder.config.skip === 'none') return null;
    const cotangent = floats(gradients.data, [gradients.data.length / width, width]);
    const { result } = await transcoder.run('back through skip', { cotangent }, {}, (trace, given) => {
      const x = zerosLike(given.cotangent); // it is linear, and both widths are the model's
      return { result: vjp([trace.skip(x)!], [given.cotangent], [x])[0] };
    });
    return (await this.beforeNorm(layer, floats(result.data as Float32Array, gradients.shape))).back;
  }
}
