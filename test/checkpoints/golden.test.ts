import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../src/checkpoints/checkpoint';
import type { Checkpoint } from '../../src/checkpoints/checkpoint';
import { readTensor } from '../../src/checkpoints/safetensors';
import { GOLDEN_LLAMAS, loadGolden } from '../golden/fixture';

/** Files that the reference implementation wrote, read here and held against what PyTorch computed from them. */
describe.each(GOLDEN_LLAMAS)('llama-%s', (name) => {
  test('embedding rows are the very numbers PyTorch read', async () => {
    const { folder, prompts } = await loadGolden(name);
    const embedding = await read(await openCheckpoint(folder), 'model.embed_tokens.weight');
    expect(prompts).toHaveLength(2);
    for (const { tokens, values } of prompts) {
      const { data, shape } = values.get('hook_embed')!;
      const width = shape[1]!;
      expect(shape).toEqual([tokens.length, width]);
      tokens.forEach((token, at) => {
        const row = embedding.subarray(token * width, (token + 1) * width);
        expect(data.subarray(at * width, (at + 1) * width)).toEqual(row);
      });
    }
  });

  test('the final norm and the unembedding give the logits', async () => {
    const { folder, prompts } = await loadGolden(name);
    const checkpoint = await openCheckpoint(folder);
    const tied = !checkpoint.tensors.has('lm_head.weight');
    const unembedding = await read(checkpoint, tied ? 'model.embed_tokens.weight' : 'lm_head.weight');
    const norm = await read(checkpoint, 'model.norm.weight');
    const layers = [...checkpoint.tensors.keys()].filter((key) => key.endsWith('input_layernorm.weight')).length;
    const epsilon = name === 'gqa' ? 1e-5 : 1e-6;
    for (const { tokens, values } of prompts) {
      const residual = values.get(`blocks.${layers - 1}.hook_resid_post`)!.data;
      const { data: logits, shape } = values.get('logits')!;
      for (let at = 0; at < tokens.length; at++) {
        const x = residual.subarray(at * norm.length, (at + 1) * norm.length);
        const scale = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + epsilon);
        for (let token = 0; token < shape[1]!; token++) {
          let logit = 0;
          for (let i = 0; i < x.length; i++) logit += (x[i]! / scale) * norm[i]! * unembedding[token * x.length + i]!;
          expect(Math.abs(logits[at * shape[1]! + token]! - logit)).toBeLessThan(1e-5 * Math.max(1, Math.abs(logit)));
        }
      }
    }
  });
});

async function read(checkpoint: Checkpoint, name: string): Promise<Float32Array> {
  return readTensor(checkpoint.tensors.get(name)!);
}
