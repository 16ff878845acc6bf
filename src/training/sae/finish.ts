/** What becomes of an autoencoder once it is trained: BatchTopK's thresholds, and which latents are kept. */
import { floats, Session } from '../../graph';
import type { Round } from './activations';
import { saeEncoder, saeWeights, type SaeShape } from './graph';
import type { SaeState, TrainedSae } from './state';

/** Rows that thresholds are found on, and how many of them are encoded at once. */
const ROWS = 16_384;
const ROWS_AT_ONCE = 2048;
const SMALLEST_THRESHOLD = 1e-6;
/** Halvings of the search for the common threshold. */
const HALVINGS = 40;

export interface FinishOptions {
  site: string;
  /** The share of all tokens at which a latent is active at most. */
  cap: number;
  /** A latent that was not active in this many activations is dead, and left out with `prune`. */
  deadAfter: number;
  prune: boolean;
}

/**
 * The trained autoencoder. BatchTopK becomes a JumpReLU: over the last activations one threshold for all latents, at which as many are
 * active in the mean as in training, and for a latent that would be active more often than the cap allows, its own that keeps it there.
 * (SAELens takes a running mean of the batches' thresholds, which lags behind while they still fall, and knows no cap.)
 */
export async function finishSae(state: SaeState, round: Round, options: FinishOptions): Promise<TrainedSae> {
  const { shape, statistics, values, idle } = state;
  const weights = new Map([...saeWeights(shape).keys()].map((name) => [name, values[name].data]));
  let trained: TrainedSae = { shape, statistics, weights };
  if (shape.architecture === 'batchtopk') {
    const thresholds = await calibrated(state, round, options);
    weights.set('logThreshold', thresholds.map(Math.log));
    const { prefixes: _, ...rest } = shape;
    trained = { shape: { ...rest, architecture: 'jumprelu' }, statistics, weights };
  }
  if (!options.prune) return trained;
  const alive = [...idle.keys()].filter((latent) => idle[latent] < options.deadAfter);
  return withLatents(trained, alive);
}

async function calibrated({ shape, statistics, values }: SaeState, round: Round, { site, cap }: FinishOptions): Promise<Float32Array> {
  const { inputs, latents, active } = shape;
  const count = Math.min(ROWS, round.weights.length);
  const pre = await preActivations(shape, values, round.activations.get(site)!.subarray(0, count * inputs), statistics.scale);
  const shares = round.shares.subarray(0, count);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const columns = Array.from({ length: latents }, (_, latent) => new Column(pre, latents, latent, shares, total));
  const floors = columns.map((column) => (cap < 1 ? column.threshold(cap) : 0));
  let [low, high] = [0, pre.reduce((most, value) => Math.max(most, value), 0)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    const mean = columns.reduce((sum, column, latent) => sum + column.frequency(Math.max(middle, floors[latent])), 0);
    if (mean > active) low = middle;
    else high = middle;
  }
  return Float32Array.from(floors, (floor) => Math.max(SMALLEST_THRESHOLD, floor, high));
}

async function preActivations(shape: SaeShape, values: SaeState['values'], rows: Float32Array, scale: number): Promise<Float32Array> {
  const plain: SaeShape = { ...shape, architecture: 'topk', active: 1 }; // for its pre-activations, which are alike for all
  const session = await Session.open(saeEncoder(plain));
  const { inputs, latents } = shape;
  const count = rows.length / inputs;
  const result = new Float32Array(count * latents);
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const part = rows.subarray(start * inputs, Math.min(count, start + ROWS_AT_ONCE) * inputs).map((value) => value * scale);
    const given = { ...values, x: floats(part, [part.length / inputs, inputs]) };
    const feeds = Object.fromEntries([...session.inputs.keys()].map((name) => [name, given[name as keyof typeof given]]));
    result.set((await session.run(feeds)).pre.data as Float32Array, start * latents);
  }
  await session.release();
  return result;
}

/** The positive pre-activations of one latent, the largest first, with the share of the tokens that lie at or above each. */
class Column {
  private readonly values: Float32Array;
  private readonly above: Float64Array;

  constructor(pre: Float32Array, latents: number, latent: number, shares: Float32Array, total: number) {
    const at = (row: number) => pre[row * latents + latent];
    const rows = [...shares.keys()].filter((row) => at(row) > 0).sort((a, b) => at(b) - at(a));
    this.values = Float32Array.from(rows, at);
    let sum = 0;
    this.above = Float64Array.from(rows, (row) => (sum += shares[row]) / total);
  }

  /** The share of the tokens whose value is above a threshold. */
  frequency(threshold: number): number {
    const count = first(this.values.length, (i) => this.values[i] <= threshold);
    return count === 0 ? 0 : this.above[count - 1];
  }

  /** The least threshold that at most a share of the tokens exceed. */
  threshold(share: number): number {
    const count = first(this.above.length, (i) => this.above[i] > share);
    return count === this.values.length ? 0 : this.values[count];
  }
}

/** The first index for which something holds that holds for all later ones too. */
function first(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The same autoencoder with some of its latents. */
function withLatents({ shape, statistics, weights }: TrainedSae, kept: readonly number[]): TrainedSae {
  if (kept.length < Math.max(1, shape.active)) throw new Error(`Only ${kept.length} latents are alive: train longer, or with more active ones.`);
  const smaller = { ...shape, latents: kept.length };
  const rows = new Map([...saeWeights(shape)].map(([name, size]) => {
    const data = weights.get(name)!;
    if (size[0] !== shape.latents) return [name, data];
    const width = data.length / shape.latents;
    const result = new Float32Array(kept.length * width);
    kept.forEach((latent, i) => result.set(data.subarray(latent * width, (latent + 1) * width), i * width));
    return [name, result];
  }));
  return { shape: smaller, statistics, weights: rows };
}
