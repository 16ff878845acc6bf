import { existsSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSafetensorsHeader, readTensor } from '../../src/checkpoints/safetensors';
import type { StoredTensor } from '../../src/checkpoints/safetensors';

export const GOLDEN_LLAMAS = ['mha-tied', 'gqa', 'mqa', 'sharded', 'bf16', 'fp16'] as const;

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/golden/${name}`, import.meta.url));
/** The folders that the families' scripts made (see family.py), by name. */
export const GOLDEN_FAMILIES: readonly string[] = existsSync(fixture('families')) ? readdirSync(fixture('families')).sort() : [];

/** All of them, as `readGolden` takes their names. */
export const ALL_GOLDEN: readonly string[] = [...GOLDEN_LLAMAS.map((name) => `llama-${name}`), ...GOLDEN_FAMILIES.map((name) => `families/${name}`)];

/**
 * Those whose blocks are built in different ways. The others differ from one of these in how weights are stored or named, in the angles of
 * positions, or in a tied head, of which a method that goes by sites sees nothing; `architectures/golden.test.ts` reads all of them.
 */
export const GOLDEN_BLOCKS: readonly string[] = ALL_GOLDEN.filter(
  (name) => !/-(?:sharded|bf16|fp16|old|multimodal|linear|llama3|yarn|dynamic|longrope)$|(?:codegen|gptj)-tied$/.test(name),
);

export interface GoldenArray {
  shape: readonly number[];
  /** Row-major. */
  data: Float32Array;
}

/** What transformers computed for one prompt; llama.py and family.py say what each name and shape means. */
export interface GoldenPrompt {
  tokens: number[];
  /** The two tokens whose logit difference at the last position the gradients belong to. */
  answers: [number, number];
  /** `logits`, every site by its TransformerLens name, and `grad/<site>`. */
  values: ReadonlyMap<string, GoldenArray>;
}

export interface Golden {
  /** A model folder as Hugging Face serves it. */
  folder: string;
  prompts: GoldenPrompt[];
  /** Everything that belongs to no prompt, by its name in the file: `train/…`, `weight_grad/…`, `adamw/…`. */
  training: ReadonlyMap<string, GoldenArray>;
}

/** Reads a fixture made by llama.py, such as `gqa`. */
export function loadGolden(name: (typeof GOLDEN_LLAMAS)[number]): Promise<Golden> {
  return readGolden(`llama-${name}`);
}

/** Reads a fixture by its folder under test/fixtures/golden, such as `llama-gqa` or `families/qwen2`. */
export async function readGolden(name: string): Promise<Golden> {
  const folder = fixture(name);
  const { tensors } = await readSafetensorsHeader(join(folder, 'expected.safetensors'));
  const prompts: { tokens: number[]; answers: [number, number]; values: Map<string, GoldenArray> }[] = [];
  const training = new Map<string, GoldenArray>();
  for (const tensor of tensors.values()) {
    const found = { shape: tensor.shape, data: await readNumbers(tensor) };
    const [, prompt, rest] = /^prompt(\d+)\/(.*)$/.exec(tensor.name) ?? [];
    if (prompt === undefined) {
      training.set(tensor.name, found);
      continue;
    }
    const into = (prompts[Number(prompt)] ??= { tokens: [], answers: [0, 0], values: new Map() });
    if (rest === 'tokens') into.tokens = [...found.data];
    else if (rest === 'answers') into.answers = [found.data[0]!, found.data[1]!];
    else into.values.set(rest!, found);
  }
  return { folder, prompts, training };
}

/** Token ids are stored as I64, and small. */
async function readNumbers(tensor: StoredTensor): Promise<Float32Array> {
  if (tensor.dtype !== 'I64') return readTensor(tensor);
  const ids = new BigInt64Array(tensor.length / 8);
  const handle = await open(tensor.file, 'r');
  try {
    await handle.read(new Uint8Array(ids.buffer), 0, tensor.length, tensor.offset);
  } finally {
    await handle.close();
  }
  return Float32Array.from(ids, Number);
}
