import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { floats, input, lower, Session, type FloatArray, type Tensor } from '../../../src/graph';
import { muonUpdate, orthogonalized } from '../../../src/training/lm/muon';
import { memoryNames } from '../../../src/training/lm/optimizer';
import { expectClose } from '../../model/close';

const golden = new Map<string, FloatArray>();
beforeAll(async () => {
  const { tensors } = await readSafetensorsHeader(path.resolve('test/fixtures/golden/muon.safetensors'));
  for (const [name, tensor] of tensors) golden.set(name, floats(await readTensor(tensor), tensor.shape));
});

async function run(inputs: Record<string, Tensor>, outputs: Record<string, Tensor>, feeds: Record<string, FloatArray>) {
  const session = await Session.open(lower({ inputs, outputs }), { threads: 1 });
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

test.each(['wide', 'tall', 'square'])('Muon on a %s matrix agrees with PyTorch over three steps', async (name) => {
  const start = golden.get(`${name}/weight`)!;
  const [w, g, m] = ['weight', 'gradient', 'momentum'].map((part) => input(part, 'float32', start.shape));
  const rate = input('rate', 'float32', []);
  const step = muonUpdate(w, g, m, rate, { momentum: 0.95, weightDecay: 0.1 });
  let weight = start;
  let momentum = floats(new Float32Array(start.data.length), start.shape);
  for (let t = 1; t <= 3; t++) {
    const gradient = golden.get(`${name}/gradient${t}`)!;
    const feeds = { weight, gradient, momentum, rate: floats(Float32Array.of(0.02), []) };
    const results = await run({ weight: w, gradient: g, momentum: m, rate }, { new: step.weight, memory: step.momentum }, feeds);
    weight = results.new as FloatArray;
    momentum = results.memory as FloatArray;
    expectClose(weight.data, golden.get(`${name}/weight${t}`)!.data, 'weight', 1e-5);
    expectClose(momentum.data, golden.get(`${name}/momentum${t}`)!.data, 'momentum', 1e-6);
  }
});

test.each(['wide', 'tall', 'square'])('a %s matrix is orthogonalised as in PyTorch, and so is one that is zero', async (name) => {
  const gradient = golden.get(`${name}/gradient1`)!;
  const x = input('x', 'float32', gradient.shape);
  const outputs = { y: orthogonalized(x) };
  expectClose((await run({ x }, outputs, { x: gradient })).y.data as Float32Array, golden.get(`${name}/orthogonalized`)!.data, 'y', 1e-4);
  const zeros = floats(new Float32Array(gradient.data.length), gradient.shape);
  expect([...(await run({ x }, outputs, { x: zeros })).y.data].every((value) => value === 0)).toBe(true);
});

test('Muon has the matrices of the blocks, AdamW the rest', () => {
  const options = { adamW: { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, clipNorm: 1 }, muon: { momentum: 0.9, weightDecay: 0 } };
  const memory = (name: string, ...shape: number[]) => memoryNames(name, shape, options).map((part) => part.slice(name.length));
  expect(memory('model.layers.0.mlp.up_proj.weight', 8, 4)).toEqual(['/momentum']);
  for (const [name, shape] of [['model.embed_tokens.weight', [9, 4]], ['model.layers.0.input_layernorm.weight', [4]], ['line probe', [18, 4]]] as const) {
    expect(memory(name, ...shape)).toEqual(['/mean', '/variance']);
  }
  expect(memoryNames('model.layers.0.mlp.up_proj.weight', [8, 4], { adamW: options.adamW })).toHaveLength(2);
});
