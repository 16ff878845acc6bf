/** The optimizer of a language model: which weight is trained by what, and what is remembered of each. */
import { input, type Tensor } from '../../graph';
import { adamWUpdate, clipped, type AdamWOptions, type Corrections } from '../adamw';
import { muonUpdate, type MuonOptions } from './muon';

export interface OptimizerOptions {
  adamW: AdamWOptions;
  /** For the matrices of the blocks; without it AdamW has them too. */
  muon?: MuonOptions;
}

const ADAM = ['mean', 'variance'] as const;
const MUON = ['momentum'] as const;

function isBlockMatrix(name: string, shape: readonly unknown[]): boolean {
  return shape.length === 2 && /\.layers\.\d+\./.test(name);
}

/** Names of what the optimizer remembers of each weight, all of the weight's shape: `w/mean` and `w/variance`, or `w/momentum`. */
export function memoryNames(name: string, shape: readonly unknown[], { muon }: OptimizerOptions): string[] {
  return (muon && isBlockMatrix(name, shape) ? MUON : ADAM).map((part) => `${name}/${part}`);
}

export interface OptimizerStep {
  /** What is given at each run: `rate`, `matrixRate` (with Muon), `meanCorrection`, `varianceCorrection`, and the memory. */
  inputs: Record<string, Tensor>;
  /** `new/…` of each weight and each part of the memory. */
  outputs: Record<string, Tensor>;
  /** The joint norm of the gradients before clipping. */
  gradientNorm: Tensor;
}

export function optimizerStep(
  weights: ReadonlyMap<string, Tensor>,
  gradients: readonly Tensor[],
  options: OptimizerOptions,
): OptimizerStep {
  const scalar = (name: string) => input(name, 'float32', []);
  const [rate, matrixRate] = [scalar('rate'), scalar('matrixRate')];
  const corrections: Corrections = { mean: scalar('meanCorrection'), variance: scalar('varianceCorrection') };
  const inputs: Record<string, Tensor> = { rate, meanCorrection: corrections.mean, varianceCorrection: corrections.variance };
  if (options.muon) inputs.matrixRate = matrixRate;
  const outputs: Record<string, Tensor> = {};
  const { gradients: scaled, norm } = clipped(gradients, options.adamW.clipNorm);
  [...weights].forEach(([name, weight], i) => {
    const names = memoryNames(name, weight.shape, options);
    const memory = names.map((part) => input(part, 'float32', weight.shape));
    names.forEach((part, at) => (inputs[part] = memory[at]));
    const keep = (updated: Tensor, remembered: readonly Tensor[]) => {
      outputs[`new/${name}`] = updated;
      names.forEach((part, at) => (outputs[`new/${part}`] = remembered[at]));
    };
    if (memory.length === MUON.length) {
      const step = muonUpdate(weight, scaled[i], memory[0], matrixRate, options.muon!);
      keep(step.weight, [step.momentum]);
    } else {
      const step = adamWUpdate(weight, scaled[i], { mean: memory[0], variance: memory[1] }, rate, corrections, options.adamW);
      keep(step.weight, [step.moments.mean, step.moments.variance]);
    }
  });
  return { inputs, outputs, gradientNorm: norm };
}
