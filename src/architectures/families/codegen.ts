/**
 * CodeGen (Nijkamp et al. 2022, arXiv 2203.13474): GPT-J with fused attention weights, in the order of the four processors that the heads
 * were spread over. Weight names and config keys are those of transformers' CodeGenForCausalLM.
 */
import { reshape, slice, type Tensor } from '../../graph';
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import type { Projected } from '../decoder';
import { parallelGpt, readGptJ } from './gptj';
import { unbiased } from '../weights';

const PROCESSORS = 4;

export function codegen(file: Config): Architecture {
  const config = readGptJ(file);
  const { width, heads, headSize } = config;
  if (heads % PROCESSORS !== 0) file.refuse('n_head', `${heads} is not a multiple of ${PROCESSORS}`);
  /** A processor has the queries, the values and the keys of its heads. */
  const split = (product: Tensor): Projected => {
    const [b, t] = product.shape;
    const own = width / PROCESSORS;
    const each = reshape(product, [b, t, PROCESSORS, 3 * own]);
    const [q, v, k] = [0, 1, 2].map((i) => reshape(slice(each, 3, i * own, (i + 1) * own), [b, t, heads, headSize]));
    return { q, k, v };
  };
  return parallelGpt('codegen', config, (name) => ({ project: { fused: unbiased(name('attn.qkv_proj'), width, 3 * width), split } }));
}
