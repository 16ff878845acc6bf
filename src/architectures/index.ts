/** The model families, by config.json's `model_type`. */
import type { Architecture } from './architecture';
import { readConfig } from './config';
import { codegen, codegenConfig } from './codegen';
import { gpt2, gpt2Config } from './gpt2';
import { gptBigCode, gptBigCodeConfig } from './gpt-bigcode';
import { gptNeoX, gptNeoXConfig } from './gpt-neox';
import { gptJ, gptJConfig } from './gptj';
import { gemma } from './gemma';
import { gemma2 } from './gemma2';
import { gemma3, gemma3Text } from './gemma3';
import { llama } from './llama';
import { mistral } from './mistral';
import { phi3 } from './phi3';
import { qwen2 } from './qwen2';
import { qwen3 } from './qwen3';
import { starcoder2, starcoder2Config } from './starcoder2';

export * from './architecture';
export * from './processing';
export * from './sites';

const FAMILIES: Readonly<Record<string, (config: unknown) => Architecture>> = {
  gemma: (config) => readConfig('gemma', config, gemma),
  gemma2: (config) => readConfig('gemma2', config, gemma2),
  gemma3: (config) => readConfig('gemma3', config, gemma3),
  gemma3_text: (config) => readConfig('gemma3_text', config, gemma3Text),
  llama: (config) => readConfig('llama', config, llama),
  mistral: (config) => readConfig('mistral', config, mistral),
  phi3: (config) => readConfig('phi3', config, phi3),
  qwen2: (config) => readConfig('qwen2', config, qwen2),
  qwen3: (config) => readConfig('qwen3', config, qwen3),
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
