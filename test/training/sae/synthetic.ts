/** Activations made of known sparse features. */
import type { Round, RoundSource } from '../../../src/training/sae/activations';
import type { SaeSettings } from '../../../src/training/sae/train';
import type { Cursor } from '../../../src/training/sae/prompts';
import { Random } from '../../../src/corpus/random';

export const SITE = 'blocks.0.hook_resid_post';

/** Unit directions, and a centre away from the origin. */
export class Features implements RoundSource {
  readonly directions: number[][];
  private readonly centre: number[];
  private round: number;

  constructor(
    readonly size: number,
    readonly count: number,
    readonly active: number,
    { file }: Cursor = { file: 0, next: 0 },
  ) {
    const random = new Random('features');
    const vector = () => Array.from({ length: size }, () => random.normal());
    this.directions = Array.from({ length: count }, vector).map((direction) => direction.map((value) => value / Math.hypot(...direction)));
    this.centre = vector();
    this.round = file;
  }

  get cursor(): Cursor {
    return { file: this.round, next: 0 };
  }

  async next(rows: number): Promise<Round> {
    const random = new Random(`round ${this.round++}`);
    const data = new Float32Array(rows * this.size);
    for (let row = 0; row < rows; row++) {
      data.set(this.centre, row * this.size);
      for (const feature of random.sample(Array.from({ length: this.count }, (_, i) => i), this.active)) {
        const strength = 4 * (0.5 + random.float());
        this.directions[feature].forEach((value, i) => (data[row * this.size + i] += strength * value));
      }
    }
    return { activations: new Map([[SITE, data]]), weights: new Float32Array(rows).fill(1), shares: new Float32Array(rows).fill(1) };
  }
}

export const settings: SaeSettings = {
  architecture: 'topk',
  latents: 40,
  active: 2,
  bandwidth: 0.3,
  sparsity: 1,
  tokens: 64 * 1500,
  batch: 64,
  buffer: 4096,
  rate: 5e-3,
  adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: 1 },
  deadAfter: 2000,
  auxiliary: 1 / 32,
  rows: { keep: 1, keepQuestion: 1, lastWeight: 1, skip: 0, seed: 1 },
};
