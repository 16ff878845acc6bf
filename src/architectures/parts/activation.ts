/** Activation functions by their name in config.json (transformers' ACT2FN). */
import { quoteValue } from '../../checkpoints/checkpoint-error';
import { add, erf, mul, relu, sigmoid, tanh, type Tensor } from '../../graph';
import type { Config } from '../config';

type Activation = (x: Tensor) => Tensor;

const silu: Activation = (x) => mul(x, sigmoid(x));
/** x Φ(x) (Hendrycks & Gimpel 2016). */
const gelu: Activation = (x) => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
/** Its approximation by tanh, same paper. */
const geluTanh: Activation = (x) => {
  const inner = mul(add(x, mul(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return mul(mul(x, 0.5), add(tanh(inner), 1));
};

export const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  silu, swish: silu, gelu, relu,
  gelu_new: geluTanh, gelu_fast: geluTanh, gelu_pytorch_tanh: geluTanh,
  quick_gelu: (x) => mul(x, sigmoid(mul(x, 1.702))),
};

/** The function that a key of config.json names. @throws naming the key when it is not known */
export function readActivation(config: Config, key: string, fallback: string): Activation {
  const name = config.string(key, fallback);
  return Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : config.refuse(key, `${quoteValue(name)} is not supported`);
}
