/** Running a model with autoencoders spliced in. */
import { floats, Session, type FloatArray, type NdArray } from '../../graph';
import type { Hook, Model } from '../../model';
import { saeEncoder, saeReconstruction, saeWeights, type SaeShape } from './graph';
import type { TrainedSae } from './state';
import { parseSite, type Site } from '../../vocabulary/sites';

/** Rows that go through an autoencoder at once: bounds the memory of [rows, latents]. */
const ROWS_AT_ONCE = 2048;

export interface Reconstruction {
  /** [rows, inputs] */
  reconstruction: Float32Array;
  /** Active latents of each row. */
  active: Float32Array;
  /** The largest activation of each latent. */
  largest: Float32Array;
  /** At how many of the rows each latent is active. */
  counts: Float32Array;
}

export interface ActiveLatent {
  latent: number;
  activation: number;
}

/** `zero` puts zeros in place of the activation, `sae` its reconstruction, `with error` the reconstruction and what it misses. */
export type Replacement = 'zero' | 'sae' | 'with error';

export class SplicedSae {
  readonly site: Site;

  private constructor(
    readonly name: string,
    model: Model,
    readonly shape: SaeShape,
    private readonly scale: number,
    private readonly feeds: Readonly<Record<string, NdArray>>,
    private readonly session: Session,
    /** Tokens at the start of a prompt that it was not trained on and leaves as they are. */
    readonly skip: number,
  ) {
    this.site = parseSite(name, model.shape.layers);
  }

  static async open(model: Model, name: string, sae: TrainedSae, skip: number, threads?: number): Promise<SplicedSae> {
    const { shape, statistics, weights } = sae;
    const session = await Session.open(saeReconstruction(shape), { threads });
    const feeds = Object.fromEntries([...saeWeights(shape)].map(([weight, size]) => [weight, floats(weights.get(weight)!, size)]));
    return new SplicedSae(name, model, shape, statistics.scale, feeds, session, skip);
  }

  /** Rows [rows, inputs] in the model's units. */
  async reconstruct(rows: Float32Array): Promise<Reconstruction> {
    const { inputs, latents } = this.shape;
    const count = rows.length / inputs;
    const result = {
      reconstruction: new Float32Array(rows.length),
      active: new Float32Array(count),
      largest: new Float32Array(latents),
      counts: new Float32Array(latents),
    };
    for (let start = 0; start < count; start += ROWS_AT_ONCE) {
      const part = rows.subarray(start * inputs, Math.min(count, start + ROWS_AT_ONCE) * inputs);
      const x = floats(part.map((value) => value * this.scale), [part.length / inputs, inputs]);
      const { reconstruction, active, largest, counts } = await this.session.run({ x, ...this.feeds });
      result.reconstruction.set((reconstruction.data as Float32Array).map((value) => value / this.scale), start * inputs);
      result.active.set(active.data as Float32Array, start);
      (largest.data as Float32Array).forEach((value, i) => (result.largest[i] = Math.max(result.largest[i], value / this.scale)));
      (counts.data as Float32Array).forEach((value, i) => (result.counts[i] += value));
    }
    return result;
  }

  /** The latents that are active in one row [inputs], the largest first, in the model's units. */
  async latents(row: Float32Array): Promise<ActiveLatent[]> {
    const session = await Session.open(saeEncoder(this.shape));
    const given: Record<string, NdArray> = { ...this.feeds, x: floats(row.map((value) => value * this.scale), [1, row.length]) };
    const { activations } = await session.run(Object.fromEntries([...session.inputs.keys()].map((name) => [name, given[name]])));
    await session.release();
    const all = Array.from(activations.data as Float32Array, (value, latent): ActiveLatent => ({ latent, activation: value / this.scale }));
    return all.filter(({ activation }) => activation > 0).sort((a, b) => b.activation - a.activation);
  }

  hook(replacement: Replacement): Hook {
    return { site: this.site, edit: async (activation, { positions }) => this.replace(activation, positions, replacement) };
  }

  private async replace(activation: FloatArray, positions: number, replacement: Replacement): Promise<FloatArray> {
    const { data } = activation;
    const changed = replacement === 'zero' ? new Float32Array(data.length) : (await this.reconstruct(data)).reconstruction;
    if (replacement === 'with error') {
      for (let i = 0; i < data.length; i++) changed[i] += Math.fround(data[i] - changed[i]);
    }
    const { inputs } = this.shape;
    for (let row = 0; row < data.length / inputs; row++) {
      if (row % positions < this.skip) changed.set(data.subarray(row * inputs, (row + 1) * inputs), row * inputs);
    }
    return floats(changed, activation.shape);
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
