/** Models of the sizes that people study, with random weights: loading, memory, a forward pass, the logit lens and the sweep. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { architectureFor, blockSite } from '../src/architectures';
import { narrow } from '../src/checkpoints/dtype';
import { patchPositions } from '../src/methods/patching';
import { Model, readOut } from '../src/model';
import { watched } from './peak';
import { best } from './timing';

/** config.json as on the Hub, as far as a forward pass needs it. */
export const CHECKPOINTS = {
  'GPT-2 small': {
    dtype: 'F32',
    config: {
      model_type: 'gpt2', architectures: ['GPT2LMHeadModel'], activation_function: 'gelu_new', layer_norm_epsilon: 1e-5,
      n_ctx: 1024, n_embd: 768, n_head: 12, n_layer: 12, n_positions: 1024, vocab_size: 50257, bos_token_id: 50256, eos_token_id: 50256,
    },
  },
  'Qwen2.5-Coder 0.5B': {
    dtype: 'BF16',
    config: {
      model_type: 'qwen2', architectures: ['Qwen2ForCausalLM'], hidden_act: 'silu', hidden_size: 896, intermediate_size: 4864,
      max_position_embeddings: 32768, num_attention_heads: 14, num_hidden_layers: 24, num_key_value_heads: 2, rms_norm_eps: 1e-6,
      rope_theta: 1000000, tie_word_embeddings: true, torch_dtype: 'bfloat16', use_sliding_window: false, vocab_size: 151936,
      bos_token_id: 151643, eos_token_id: 151643,
    },
  },
} as const;
export type CheckpointName = keyof typeof CHECKPOINTS;

export interface CheckpointFigures {
  /** Until the model is open, and until its first forward pass is done. */
  loadSeconds: number;
  firstSeconds: number;
  forwardSeconds: number;
  /** Ten tokens with their probabilities at every layer and position. */
  lensSeconds: number;
  /** Residual patching at every layer and position; the prompts differ at half of their length. */
  sweepSeconds: number;
}

/** What one process measures. */
export async function measureCheckpoint(folder: string, tokens: number, threads: number): Promise<CheckpointFigures> {
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const model = await Model.load(folder, { threads });
  const loadSeconds = since();
  const { vocabulary, layers } = model.shape;
  const clean = Array.from({ length: tokens }, (_, i) => (i * 7919 + 13) % vocabulary);
  const corrupted = clean.map((id, i) => (i === tokens >> 1 ? (id + 1) % vocabulary : id));
  const forward = async () => model.logits(await model.run([clean]), [tokens - 1]);
  await forward();
  const firstSeconds = since();
  const forwardSeconds = await best(3, forward);
  const read = Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_post'));
  const lens = async () => {
    const { sites } = await model.run([clean], { read });
    for (const resid of sites.values()) await readOut(model, resid, clean.map((_, i) => i), { topK: 10 });
  };
  const lensSeconds = await best(1, lens);
  const sourceOf = clean.map((_, i) => i);
  const sweepSeconds = await best(1, () => patchPositions(model, { base: corrupted, source: clean, sourceOf, metric: { positive: 5, negative: 17 } }));
  return { loadSeconds, firstSeconds, forwardSeconds, lensSeconds, sweepSeconds };
}

/** Measures in a process of its own, which starts with empty hands and whose memory is watched. */
export async function benchCheckpoint(folder: string, tokens: number, threads: number): Promise<CheckpointFigures & { peakMb: number | null }> {
  const { stdout, peakMb } = await watched(process.execPath, [process.argv[1], '--checkpoint', folder, String(tokens), String(threads)]);
  return { ...(JSON.parse(stdout) as CheckpointFigures), peakMb };
}

/** Writes the model to a temporary folder, calls `use` with it and the bytes of its weights in float32, and removes it. */
export async function withCheckpoint<T>(name: CheckpointName, use: (folder: string, floatBytes: number) => Promise<T>): Promise<T> {
  const { config, dtype } = CHECKPOINTS[name];
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-bench-'));
  try {
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
    const parameters = await writeRandomWeights(path.join(folder, 'model.safetensors'), architectureFor(config).weights, dtype);
    return await use(folder, 4 * parameters);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A safetensors file, tensor by tensor. Matrices are uniform with a standard deviation of 0.02, vectors near 1. */
async function writeRandomWeights(file: string, shapes: ReadonlyMap<string, readonly number[]>, dtype: 'F32' | 'BF16'): Promise<number> {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let parameters = 0;
  const bytes = dtype === 'F32' ? 4 : 2;
  for (const [name, shape] of shapes) {
    const size = shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype, shape, data_offsets: [bytes * parameters, bytes * (parameters + size)] };
    parameters += size;
  }
  const json = JSON.stringify(header);
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const stream = createWriteStream(file);
  stream.write(length);
  stream.write(text);
  let seed = 1;
  for (const shape of shapes.values()) {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    for (let i = 0; i < values.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      values[i] = (shape.length === 1 ? 1 : 0) + (seed / 2 ** 31) * 0.02 * Math.sqrt(3);
    }
    const stored = dtype === 'F32' ? values : new Uint16Array(values.length);
    if (dtype === 'BF16') narrow(new Uint32Array(values.buffer), dtype, stored as Uint16Array);
    if (!stream.write(new Uint8Array(stored.buffer))) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  return parameters;
}
