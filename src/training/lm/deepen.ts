/**
 * A deeper start from a shallower model of the same widths: each layer of the new one begins as one of the old. Of neighbours that begin as
 * the same layer all but the last get zero for what they write, so that the deeper model computes what the shallower one did (function-
 * preserving depth growth: Net2Net, Chen et al. 2016; zero-initialised block expansion: LLaMA Pro, Wu et al. 2024).
 */

/** The blocks' maps into the residual stream, in a llama checkpoint. */
const WRITES = /\.(?:o_proj|down_proj)\.weight$/;

/** Which weight of the old model a weight of the new one begins as, and whether it is zero instead. */
export function origin(name: string, layers: readonly number[] | undefined): { name: string; zero: boolean } {
  const at = /^model\.layers\.(\d+)\./.exec(name);
  if (!layers || !at) return { name, zero: false };
  const layer = Number(at[1]);
  return { name: name.replace(at[0], `model.layers.${layers[layer]}.`), zero: layers[layer] === layers[layer + 1] && WRITES.test(name) };
}
