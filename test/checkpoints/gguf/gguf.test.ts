import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoints/checkpoint';
import { INDEX_FILE, openGguf } from '../../../src/checkpoints/gguf';
import { readTensor } from '../../../src/checkpoints/safetensors';
import { Model } from '../../../src/model';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import { messageOf, temporaryFolder } from '../files';
import { float, ggufBytes, string, strings, whole } from './kit';

interface Expected {
  config: Record<string, unknown>;
  tensors: Record<string, { shape: number[]; sha256: string }>;
  bos: boolean;
  ids: Record<string, number[]>;
}

const FIXTURES = join(import.meta.dirname, '../../fixtures/gguf');
const GOLDEN = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Record<string, Expected>;
const CASES = Object.keys(GOLDEN);

async function converted(name: string): Promise<string> {
  return openGguf(join(FIXTURES, `${name}.gguf`), { cache: await temporaryFolder() });
}

async function readJson(...path: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(...path), 'utf8')) as Record<string, unknown>;
}

describe('a model that llama.cpp converted', () => {
  it.each(CASES)('%s: has the tensors that transformers saved', async (name) => {
    const { tensors } = await openCheckpoint(await converted(name));
    const found: Expected['tensors'] = {};
    for (const tensor of tensors.values()) {
      const bytes = new Uint8Array((await readTensor(tensor)).buffer);
      found[tensor.name] = { shape: tensor.shape, sha256: createHash('sha256').update(bytes).digest('hex') };
    }
    expect(found).toEqual(GOLDEN[name]!.tensors);
  });

  it.each(CASES)("%s: has transformers' config", async (name) => {
    const config = await readJson(await converted(name), 'config.json');
    const { config: expected } = GOLDEN[name]!;
    for (const key of Object.keys(config)) {
      // Of token ids GGUF keeps what the tokenizer has, not what the model's class has by default.
      if (!key.endsWith('_token_id')) expect({ [key]: config[key] }).toEqual({ [key]: expected[key] });
    }
  });

  it.each(CASES)('%s: has a tokenizer that gives the same tokens', async (name) => {
    const tokenizer = await CodeTokenizer.fromFolder(await converted(name));
    const { ids, bos } = GOLDEN[name]!;
    for (const [text, expected] of Object.entries(ids)) expect({ text, ids: tokenizer.encodeIds(text) }).toEqual({ text, ids: expected });
    expect(tokenizer.addsBos).toBe(bos);
  });
});

describe('a converted folder', () => {
  it.each(CASES)('%s: is a model that the engine opens', async (name) => {
    const model = await Model.load(await converted(name));
    expect(model.checkpoint.tensors.size).toBe(Object.keys(GOLDEN[name]!.tensors).length);
    await model.release();
  });
});

describe('16-bit weights', () => {
  it.each([
    ['llama-f16', 'F16'],
    ['llama-spm', 'BF16'],
    ['llama-tied', 'F32'],
    ['llama-q8_0', 'F32'],
  ])('%s: stay %s', async (name, dtype) => {
    const { tensors } = await openCheckpoint(await converted(name));
    expect(tensors.get('model.layers.1.self_attn.q_proj.weight')!.dtype).toBe(dtype);
    for (const { offset, dtype: stored } of tensors.values()) expect(offset % (stored === 'F32' ? 4 : 2)).toBe(0);
  });
});

describe('IQ4_NL', () => {
  it('is read as gguf-py reads it, in a file that holds other types too', async () => {
    const expected = (await readJson(FIXTURES, 'llama-iq4_nl.json')) as Record<string, string>;
    const { tensors } = await openCheckpoint(await converted('llama-iq4_nl'));
    const names = { gate: 'gate_proj', up: 'up_proj', down: 'down_proj' };
    const found: Record<string, string> = {};
    for (const layer of [0, 1]) {
      for (const [short, long] of Object.entries(names)) {
        const values = await readTensor(tensors.get(`model.layers.${layer}.mlp.${long}.weight`)!);
        found[`blk.${layer}.ffn_${short}.weight`] = createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
      }
    }
    expect(found).toEqual(expected);
  });
});

describe('the tokenizer config', () => {
  it('has special tokens and the chat template', async () => {
    const config = await readJson(await converted('llama-3'), 'tokenizer_config.json');
    expect(config).toMatchObject({ bos_token: '<|endoftext|>', eos_token: '<|endoftext|>', add_bos_token: true });
    expect(config['chat_template']).toBe("{{ messages[0]['content'] }}");
  });
});

describe('the cache', () => {
  const source = join(FIXTURES, 'llama-tied.gguf');

  it('opens a converted file again without writing anything', async () => {
    const cache = await temporaryFolder();
    const folder = await openGguf(source, { cache });
    const weights = join(folder, 'model.safetensors');
    const before = await stat(weights);
    let progress = 0;
    expect(await openGguf(source, { cache, onProgress: () => progress++ })).toBe(folder);
    expect(progress).toBe(0);
    expect((await stat(weights)).ino).toBe(before.ino);
    expect((await readJson(folder, INDEX_FILE))['source']).toMatchObject({ path: source, bytes: (await stat(source)).size });
  });

  it('tells how far it is', async () => {
    const seen: [number, number][] = [];
    const folder = await openGguf(source, { cache: await temporaryFolder(), onProgress: (done, total) => seen.push([done, total]) });
    const { bytes } = await openCheckpoint(folder);
    expect(seen.at(-1)).toEqual([bytes, bytes]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).sort((a, b) => a - b));
  });

  it.each<[string, (copy: string, folder: string) => Promise<void>]>([
    ['has another time', (copy) => utimes(copy, 1, 1)],
    ['has another header of the same size and time', changeHeader],
    ['lost a file of its folder', (_, folder) => rm(join(folder, 'tokenizer.json'))],
    ['has a folder with a cut file', (_, folder) => truncate(join(folder, 'model.safetensors'), 100)],
    ['has a damaged index', (_, folder) => writeFile(join(folder, INDEX_FILE), '{"format":1}')],
  ])('converts a file again that %s', async (_, change) => {
    const cache = await temporaryFolder();
    const copy = join(cache, 'copy.gguf');
    await copyFile(source, copy);
    const folder = await openGguf(copy, { cache });
    await change(copy, folder);
    let progress = 0;
    expect(await openGguf(copy, { cache, onProgress: () => progress++ })).toBe(folder);
    expect(progress).toBeGreaterThan(0);
    await expect(openCheckpoint(folder)).resolves.toBeDefined();
  });

  it('leaves nothing behind when it is aborted, and clears up what a process that is gone left', async () => {
    const cache = await temporaryFolder();
    const controller = new AbortController();
    const opened = openGguf(source, { cache, signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) });
    expect(await messageOf(opened)).toBe('enough');
    expect(await readdir(cache)).toEqual([]);

    const folder = await openGguf(source, { cache });
    await rm(folder, { recursive: true });
    await mkdir(`${folder}.999999999-00000000.tmp`); // no process has this number
    await openGguf(source, { cache });
    expect(await readdir(cache)).toHaveLength(1);
  });

  it('serves two that ask at once', async () => {
    const cache = await temporaryFolder();
    const folders = await Promise.all([openGguf(source, { cache }), openGguf(source, { cache })]);
    expect(new Set(folders).size).toBe(1);
    expect(await readdir(cache)).toHaveLength(1);
  });
});

/** Another letter in the chat template. */
async function changeHeader(copy: string): Promise<void> {
  const { atime, mtime } = await stat(copy);
  const bytes = await readFile(copy);
  const at = bytes.indexOf('chat_template') + 'chat_template'.length + 4 + 8 + 3;
  bytes[at]! ^= 1;
  await writeFile(copy, bytes);
  await utimes(copy, atime, mtime);
}

describe('what is refused', () => {
  /** A fixture's bytes with one text replaced by another of the same length. */
  async function changed(name: string, from: string, to: string): Promise<string> {
    const folder = await temporaryFolder();
    const bytes = await readFile(join(FIXTURES, `${name}.gguf`));
    const at = bytes.indexOf(from);
    expect(at).toBeGreaterThan(0);
    expect(to.length).toBe(from.length);
    bytes.write(to, at);
    const path = join(folder, 'model.gguf');
    await writeFile(path, bytes);
    const message = await messageOf(openGguf(path, { cache: join(folder, 'cache') }));
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
    return message;
  }

  it.each([
    ['an architecture', 'qwen3', 'qwen3', 'qwen9', 'is of the architecture "qwen9", which is not supported; supported: gemma, gemma2,'],
    ['an option', 'llama-tied', 'llama.vocab_size', 'llama.vocab_bits', 'the value of "llama.vocab_bits" is an option that is not known here.'],
    ['a missing option', 'gemma2', 'gemma2.attn_logit', 'gemma2.attn_lugit', 'lacks the key "gemma2.attn_logit_softcapping"'],
    ['a tensor', 'llama-tied', 'blk.1.ffn_gate.w', 'blk.1.ffn_gaze.w', 'tensor "blk.1.ffn_gaze.weight" is not one of a llama model of 2 layers.'],
    ['a layer too many', 'llama-tied', 'blk.1.ffn_gate.w', 'blk.7.ffn_gate.w', 'tensor "blk.7.ffn_gate.weight" is not one of a llama model of 2 layers.'],
    ['a way of cutting text', 'llama-tied', 'smollm', 'smurff', 'the value of "tokenizer.ggml.pre" is "smurff", a way of cutting text that is not'],
    ['an option of the tokenizer', 'llama-tied', 'tokenizer.ggml.pre', 'tokenizer.ggml.pro', '"tokenizer.ggml.pro" is an option that is not known here'],
    ['a kind of scaling', 'llama-linear', 'linear', 'hybrid', 'the value of "llama.rope.scaling.type" is "hybrid"; none, linear and yarn are known.'],
    ['rope factors of another kind', 'phi3', 'output_norm', 'rope_factor', 'tensor "rope_factor.weight" is not one of a phi3 model of 2 layers.'],
  ])('%s', async (_, name, from, to, problem) => {
    expect(await changed(name, from, to)).toContain(problem);
  });

  it('a model that the disk has no room for, before anything is written', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'model.gguf');
    const sizes = ['block_count', 'context_length', 'embedding_length', 'feed_forward_length'];
    await writeFile(
      path,
      ggufBytes({
        keys: [
          ['general.architecture', string('llama')],
          ...sizes.map((name): [string, ReturnType<typeof whole>] => [`llama.${name}`, whole(16)]),
          ['llama.attention.head_count', whole(8)],
          ['llama.attention.layer_norm_rms_epsilon', float(1e-5)],
          ['tokenizer.ggml.model', string('gpt2')],
          ['tokenizer.ggml.pre', string('gpt-2')],
          ['tokenizer.ggml.tokens', strings(['a'])],
          ['tokenizer.ggml.merges', strings([])],
        ],
        tensors: [{ name: 'token_embd.weight', sizes: [16, 2 ** 37], type: 0, offset: 0 }],
      }),
    );
    await truncate(path, 2 ** 43 + 4096); // 8 TiB, none of which the disk really holds
    const message = await messageOf(openGguf(path, { cache: join(folder, 'cache') }));
    expect(message).toMatch(/becomes 8796\.1 GB when it is unpacked to be read, but [\d.]+ GB are free where it would go \(.*cache.*\); free some/);
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });
});
