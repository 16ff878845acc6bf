/** Models of the sizes that people study, with random weights: loading, memory, a forward pass, the logit lens and the sweep. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { architectureFor } from '../src/architectures';
import { narrow } from '../src/checkpoints/dtype';
import { patchPositions } from '../src/methods/patching/patching';
import { Model, readOut } from '../src/model';
import { watched } from './peak';
import { best, note } from './timing';
import { blockSite } from '../src/vocabulary/sites';

const PEER = path.resolve('bench/peers/checkpoint.py');

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
  /** The first five logits after the last token, to see that all compute the same. */
  logits: number[];
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
  const { data } = await forward();
  const firstSeconds = since();
  const forwardSeconds = await best(3, forward);
  const read = Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_post'));
  const lens = async () => {
    const { sites } = await model.run([clean], { read });
    for (const resid of sites.values()) await readOut(model, resid, clean.map((_, i) => i), { topK: 10 });
  };
  const lensSeconds = await best(1, lens);
  const sourceOf = clean.map((_, i) => i);
  const metric = { positive: 5, negative: 17 };
  const sweepSeconds = await best(1, () => patchPositions(model, { base: corrupted, source: clean, sourceOf, metric, exact: true }));
  return { loadSeconds, firstSeconds, forwardSeconds, lensSeconds, sweepSeconds, logits: [...data.subarray(0, 5)] };
}

export type WatchedFigures = CheckpointFigures & { peakMb: number | null };

export interface CheckpointRow {
  name: CheckpointName;
  tokens: number;
  /** The weights in float32. */
  floatMb: number;
  /** By who measured: `Latent Lens`, and the peers where LATENT_LENS_PEER_PYTHON names a Python with them. */
  figures: Record<string, WatchedFigures>;
}

/** Logits of two who compute the same differ by less. */
const SAME = 1e-3;

/** All models, lengths and peers, each in a process of its own, which starts with empty hands and whose memory is watched. */
export async function benchCheckpoints(threads: number): Promise<CheckpointRow[]> {
  const python = process.env.LATENT_LENS_PEER_PYTHON;
  const rows: CheckpointRow[] = [];
  for (const name of Object.keys(CHECKPOINTS) as CheckpointName[]) {
    await withCheckpoint(name, async (folder, floatBytes) => {
      for (const tokens of [24, 200]) {
        const figures: CheckpointRow['figures'] = {};
        const measure = async (who: string, program: string, args: string[]) => {
          note(`${name}, ${tokens} tokens: ${who} …`);
          const { stdout, peakMb } = await watched(program, args);
          figures[who] = { ...(JSON.parse(stdout.trim().split('\n').at(-1)!) as CheckpointFigures), peakMb };
          const first = Object.values(figures)[0].logits;
          const apart = Math.max(...figures[who].logits.map((value, i) => Math.abs(value - first[i])));
          if (!(apart < SAME)) throw new Error(`${who} computes other logits for ${name}: they differ by ${apart}.`);
        };
        await measure('Latent Lens', process.execPath, [process.argv[1], '--checkpoint', folder, String(tokens), String(threads)]);
        for (const peer of python ? ['transformer_lens', 'nnsight'] : []) {
          await measure(peer, python!, [PEER, peer, folder, '--tokens', String(tokens), '--threads', String(threads)]);
        }
        rows.push({ name, tokens, floatMb: floatBytes / 1e6, figures });
      }
    });
  }
  return rows;
}

/** A Markdown table. */
export function describeCheckpoints(rows: readonly CheckpointRow[]): string {
  const seconds = (value: number) => (value < 1 ? `${(1000 * value).toFixed(0)} ms` : `${value.toFixed(1)} s`);
  const head = '| Model | Tokens | | Load | First forward, with load | Forward | Logit lens | Sweep | Peak memory |\n|---|---|---|---|---|---|---|---|---|\n';
  const lines = rows.flatMap(({ name, tokens, floatMb, figures }) =>
    Object.entries(figures).map(([who, f]) => {
      const memory = f.peakMb === null ? 'not known' : `${f.peakMb.toFixed(0)} MB (${((f.peakMb) / floatMb).toFixed(2)} × float32)`;
      const times = [f.loadSeconds, f.firstSeconds, f.forwardSeconds, f.lensSeconds, f.sweepSeconds].map(seconds);
      return `| ${[name, tokens, who, ...times, memory].join(' | ')} |\n`;
    }),
  );
  return head + lines.join('');
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
