/** The families by `general.architecture`. Each is tested against llama.cpp's own converter (test/golden/gguf.py). */
import { CheckpointError, quoteName } from '../../checkpoint-error';
import type { GgufHeader } from '../header';
import type { Family } from './family';
import { gemma, gemma2, gemma3 } from './gemma';
import { gpt2, gptneox, starcoder, starcoder2 } from './gpt';
import { llama, phi3, qwen2, qwen3 } from './llama';

export type { Change, Config, Family, Source } from './family';
export { Options } from './options';

const FAMILIES: Readonly<Record<string, Family>> = {
  gemma, gemma2, gemma3, gpt2, gptneox, llama, phi3, qwen2, qwen3, starcoder, starcoder2,
};

/** The family of a file, and what the file calls it. Throws a {@link CheckpointError} that names an unknown one. */
export function familyOf({ file, metadata }: GgufHeader): { family: Family; architecture: string } {
  const kind = metadata.text('general.type') ?? 'model';
  if (kind !== 'model') throw new CheckpointError(file, `holds no model but ${quoteName(kind)}; give the model's own file.`);
  const parts = metadata.whole('split.count') ?? 1;
  if (parts > 1) throw new CheckpointError(file, `is one of ${parts} parts; join them first with: llama-gguf-split --merge.`);
  const architecture = metadata.text('general.architecture');
  if (architecture === undefined) throw new CheckpointError(file, 'lacks the key "general.architecture"; it is not a language model.');
  const family = Object.hasOwn(FAMILIES, architecture) ? FAMILIES[architecture] : undefined;
  if (!family) {
    const known = Object.keys(FAMILIES).join(', ');
    throw new CheckpointError(file, `is of the architecture ${quoteName(architecture)}, which is not supported; supported: ${known}.`);
  }
  return { family, architecture };
}
