/** What a GGUF file says of its model, and whether it could be unpacked: its header is read, its weights are not. */
import { familyOf, Options, type Config } from '../../checkpoints/gguf/families';
import { openRegular, readHeader, type GgufTensor } from '../../checkpoints/gguf/header';
import { planTensors } from '../../checkpoints/gguf/plan';
import { readNumbers } from '../../checkpoints/gguf/tensors';
import { rebuildTokenizer } from '../../checkpoints/gguf/tokenizer';

export interface GgufInfo {
  /** `general.architecture` */
  family: string | null;
  /** What its config.json will be; null where it cannot be made. */
  config: Config | null;
  tensors: readonly GgufTensor[];
  tokenizer: boolean;
  chatTemplate: boolean;
  problems: string[];
}

const SMALL = 4096;

/** @throws CheckpointError when it is no GGUF file */
export async function ggufInfo(file: string): Promise<GgufInfo> {
  const { handle, info } = await openRegular(file);
  try {
    const header = readHeader(handle, file, info.size);
    const { metadata } = header;
    const tensors = [...header.tensors.values()];
    const known: GgufInfo = {
      family: metadata.text('general.architecture') ?? null,
      config: null,
      tensors,
      tokenizer: metadata.has('tokenizer.ggml.model'),
      chatTemplate: metadata.has('tokenizer.chat_template'),
      problems: [],
    };
    try {
      const { family, architecture } = familyOf(header);
      const options = new Options(metadata, architecture);
      const rope = tensors.filter(({ name, shape }) => /^rope_\w+\.weight$/.test(name) && shape.reduce((a, b) => a * b, 1) <= SMALL);
      const ropeTensors = new Map<string, Float32Array>();
      for (const tensor of rope) ropeTensors.set(tensor.name, await readNumbers(handle, file, tensor));
      const config = family.config({ options, header, ropeTensors });
      options.refuseUnknown();
      planTensors(header, family, config);
      rebuildTokenizer(metadata, architecture, config['vocab_size'] as number);
      return { ...known, config };
    } catch (error) {
      return { ...known, problems: [(error as Error).message] };
    }
  } finally {
    await handle.close();
  }
}
