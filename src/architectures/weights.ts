/** The weights of an architecture by name, and linear maps of them. */
import { add, matmul, weight, type Tensor } from '../graph';

/** y = x Wᵀ + b with W [outputs, inputs]; or y = x W + b with W [inputs, outputs] when `inputsFirst` (GPT-2's Conv1D). */
export interface Linear {
  readonly weight: string;
  readonly bias?: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly inputsFirst?: boolean;
}

/** A linear map by the name of its module, with a bias and without. */
export function biased(module: string, inputs: number, outputs: number): Linear {
  return { weight: `${module}.weight`, bias: `${module}.bias`, inputs, outputs };
}

export function unbiased(module: string, inputs: number, outputs: number): Linear {
  return { weight: `${module}.weight`, inputs, outputs };
}

/** One traced tensor a weight, so that a graph over several parts shares it. */
export class Weights {
  private readonly tensors = new Map<string, Tensor>();

  constructor(readonly shapes: ReadonlyMap<string, readonly number[]>) {}

  traced(name: string): Tensor {
    let tensor = this.tensors.get(name);
    if (!tensor) this.tensors.set(name, (tensor = weight(name, this.shapes.get(name)!)));
    return tensor;
  }

  /** x [..., inputs] → [..., outputs] */
  linear(x: Tensor, { weight: name, bias, inputsFirst }: Linear): Tensor {
    const y = matmul(x, this.traced(name), { transposeB: !inputsFirst });
    return bias === undefined ? y : add(y, this.traced(bias));
  }
}

/** A linear map's weights and their shapes. */
export function linearShapes({ weight: name, bias, inputs, outputs, inputsFirst }: Linear): [string, readonly number[]][] {
  const own: [string, readonly number[]] = [name, inputsFirst ? [inputs, outputs] : [outputs, inputs]];
  return bias === undefined ? [own] : [own, [bias, [outputs]]];
}
