/** The model families, by config.json's `model_type`. */
import type { Architecture } from './architecture';
import { codegen, codegenConfig } from './codegen';
import { gpt2, gpt2Config } from './gpt2';
import { gptBigCode, gptBigCodeConfig } from './gpt-bigcode';
import { gptNeoX, gptNeoXConfig } from './gpt-neox';
import { gptJ, gptJConfig } from './gptj';
import { gemma, gemmaConfig } from './gemma';
import { gemma2Config } from './gemma2';
import { gemma3, gemma3Config } from './gemma3';
import { llama, llamaConfig } from './llama';
import { starcoder2, starcoder2Config } from './starcoder2';

export * from './architecture';
export * from './sites';
export * from './llama';

const FAMILIES: Readonly<Record<string, (config: unknown) => Architecture>> = {
  gemma: (config) => gemma('gemma', gemmaConfig(config)),
  gemma2: (config) => gemma('gemma2', gemma2Config(config)),
  gemma3,
  gemma3_text: (config) => gemma('gemma3_text', gemma3Config(config)),
  llama: (config) => llama(llamaConfig(config)),
  gpt2: (config) => gpt2(gpt2Config(config)),
  gpt_bigcode: (config) => gptBigCode(gptBigCodeConfig(config)),
  starcoder2: (config) => starcoder2(starcoder2Config(config)),
  gpt_neox: (config) => gptNeoX(gptNeoXConfig(config)),
  codegen: (config) => codegen(codegenConfig(config)),
  gptj: (config) => gptJ(gptJConfig(config)),
};

/** The architecture of a model, from its config.json; refuses families and options that it does not know. */
export function architectureFor(config: unknown): Architecture {
  const type = (config as { model_type?: unknown } | null)?.model_type;
  const family = typeof type === 'string' && Object.hasOwn(FAMILIES, type) ? FAMILIES[type] : undefined;
  if (!family) {
    throw new Error(`config.json: the model type ${JSON.stringify(type)} is not supported; known types: ${Object.keys(FAMILIES).join(', ')}`);
  }
  return family(config);
}
