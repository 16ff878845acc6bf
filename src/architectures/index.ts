/** The model families, by config.json's `model_type`. */
import { quoteValue } from '../checkpoints/checkpoint-error';
import type { Architecture } from './architecture';
import { codegen } from './families/codegen';
import { readConfig, type Config } from './config';
import { gemma } from './families/gemma';
import { gemma2 } from './families/gemma2';
import { gemma3, gemma3Text } from './families/gemma3';
import { gpt2 } from './families/gpt2';
import { gptBigCode } from './families/gpt-bigcode';
import { gptNeoX } from './families/gpt-neox';
import { gptJ } from './families/gptj';
import { llama } from './families/llama';
import { mistral } from './families/mistral';
import { phi3 } from './families/phi3';
import { qwen2 } from './families/qwen2';
import { qwen3 } from './families/qwen3';
import { starcoder2 } from './families/starcoder2';

export * from './architecture';
export * from './processing';
export type { HeadInput } from './direct';

const FAMILIES: Readonly<Record<string, (config: Config) => Architecture>> = {
  codegen,
  gemma,
  gemma2,
  gemma3,
  gemma3_text: gemma3Text,
  gpt2,
  gpt_bigcode: gptBigCode,
  gpt_neox: gptNeoX,
  gptj: gptJ,
  llama,
  mistral,
  phi3,
  qwen2,
  qwen3,
  starcoder2,
};

/** The architecture of a model, from its config.json. @throws naming the family or option that is not known */
export function architectureFor(config: unknown): Architecture {
  const type = (config as { model_type?: unknown } | null)?.model_type;
  if (typeof type !== 'string' || !Object.hasOwn(FAMILIES, type)) {
    const known = Object.keys(FAMILIES).join(', ');
    throw new Error(`config.json: the model type ${quoteValue(type)} is not supported; known types: ${known}`);
  }
  return readConfig(type, config, FAMILIES[type]);
}
