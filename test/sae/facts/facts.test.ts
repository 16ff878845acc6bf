import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readInts, readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { writeSafetensors, type NamedArray, type NamedInts } from '../../../src/checkpoints/write-safetensors';
import { CONTEXTS, EFFECTS, FactsFile, HISTOGRAM_STEPS, NEAREST, RULE_FEATURES, RULE_SCORES, writeFacts, type FactsSource, type SaeFacts } from '../../../src/sae';
import { saeFolder } from '../kit';

const SITE = 'blocks.1.hook_resid_post';
const VOCABULARY = 50;
const D_SAE = 3;

const source: FactsSource = {
  modelSha256: 'ab', tokens: 7, prompts: [[1, 2, 3], [4], [5, 6, 49]], answers: Int32Array.of(1, 0, 1),
  question: { template: 'q', prefix: '', suffix: '?', answers: [{ label: 'yes', text: ' yes' }, { label: 'no', text: ' no' }] },
  features: ['kind=name', 'place=in a list'],
};

function facts(change: Partial<SaeFacts> = {}): SaeFacts {
  const effects = (sign: number) => ({
    ids: Int32Array.from({ length: D_SAE * EFFECTS }, (_, i) => (i % EFFECTS === 5 ? -1 : i)),
    logits: Float32Array.from({ length: D_SAE * EFFECTS }, (_, i) => sign * (9 - i / 4)),
  });
  return {
    dSae: D_SAE,
    density: Float32Array.of(0.5, 0.25, 0),
    maximum: Float32Array.of(100_000, 3, 0), // a half reaches to 65,504
    histogram: Int32Array.from({ length: D_SAE * HISTOGRAM_STEPS }, (_, i) => 70_000 * i),
    contexts: {
      tokens: Int32Array.from({ length: D_SAE * CONTEXTS }, (_, i) => [3, 6, 0][i] ?? (i === CONTEXTS ? 4 : -1)),
      activations: Float32Array.from({ length: D_SAE * CONTEXTS }, (_, i) => [100_000, 50_000, 10][i] ?? (i === CONTEXTS ? 3 : 0)),
    },
    promoted: effects(1), suppressed: effects(-1),
    nearest: { latents: Int32Array.from({ length: D_SAE * NEAREST }, (_, i) => [1, 2, -1, -1][i % 4]), cosines: new Float32Array(D_SAE * NEAREST).fill(0.5) },
    rules: { features: Int32Array.of(1, 0, -1, 0, -1, -1, -1, -1, -1), scores: Float32Array.of(0.75, 0.5, 1, 0.25, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0) },
    ...change,
  };
}

const write = async (own = facts()) => writeFacts(await saeFolder(), source, [{ site: SITE, sha256: 'cd', facts: own }]);

test('what is written is read back, and places lead to prompts and positions', async () => {
  const file = await FactsFile.open(await write(), VOCABULARY);
  expect([file.modelSha256, file.question, file.tokens, file.prompts, file.saes]).toEqual(['ab', source.question, 7, 3, new Map([[SITE, 'cd']])]);
  expect([0, 1, 2].map((i) => file.prompt(i))).toEqual(source.prompts);
  expect([0, 1, 2].map((i) => file.answerTo(i)!.label)).toEqual(['no', 'yes', 'no']);
  const read = await file.facts(SITE, D_SAE);
  const { contexts, ...rest } = facts();
  expect({ ...read, contexts: null }).toEqual({ ...rest, contexts: null });
  expect(read.contexts.tokens).toEqual(contexts.tokens);
  expect(file.contexts(read, 0).map(({ prompt, position }) => [prompt, position])).toEqual([[1, 0], [2, 2], [0, 0]]);
  file.contexts(read, 0).forEach(({ activation }, i) => expect(activation / contexts.activations[i]).toBeCloseTo(1, 3));
  expect(file.contexts(read, 1)).toEqual([{ prompt: 2, position: 0, activation: 3 }]);
  expect(file.contexts(read, 2)).toEqual([]);
  expect(await file.facts(SITE, D_SAE)).toBe(read);
});

test('rules are told by their features’ names; a file of the first version has none', async () => {
  const file = await FactsFile.open(await write(), VOCABULARY);
  const read = await file.facts(SITE, D_SAE);
  expect([0, 1, 2].map((latent) => file.rule(read, latent))).toEqual([
    { features: ['place=in a list', 'kind=name'], score: 0.75 }, { features: ['kind=name'], score: 0.5 }, null,
  ]);
  const without = { [`${SITE}/rule`]: undefined, [`${SITE}/rule_score`]: undefined };
  const first = await FactsFile.open(await changed(without, { format: 'latent-lens/latent-facts 1', features: undefined }), VOCABULARY);
  const facts1 = await first.facts(SITE, D_SAE);
  expect([facts1.rules, first.rule(facts1, 0)]).toEqual([null, null]);
});

test('a site that writes to no residual stream has no effects', async () => {
  const file = await FactsFile.open(await write(facts({ promoted: null, suppressed: null })), VOCABULARY);
  expect(await file.facts(SITE, D_SAE)).toMatchObject({ promoted: null, suppressed: null });
});

test('18 SAEs of 2048 latents on a thousand programs stay below 9 MB', async () => {
  const size = async (sites: number, dSae: number) => {
    const own: SaeFacts = {
      dSae, density: new Float32Array(dSae), maximum: new Float32Array(dSae), histogram: new Int32Array(dSae * HISTOGRAM_STEPS),
      contexts: { tokens: new Int32Array(dSae * CONTEXTS), activations: new Float32Array(dSae * CONTEXTS) },
      promoted: { ids: new Int32Array(dSae * EFFECTS), logits: new Float32Array(dSae * EFFECTS) },
      suppressed: { ids: new Int32Array(dSae * EFFECTS), logits: new Float32Array(dSae * EFFECTS) },
      nearest: { latents: new Int32Array(dSae * NEAREST), cosines: new Float32Array(dSae * NEAREST) },
      rules: { features: new Int32Array(dSae * RULE_FEATURES), scores: new Float32Array(dSae * RULE_SCORES) },
    };
    const all = Array.from({ length: sites }, (_, i) => ({ site: `blocks.${i}.hook_resid_post`, sha256: 'c'.repeat(64), facts: own }));
    const prompts = Array.from({ length: 1000 }, () => Array.from({ length: 60 }, () => 1));
    return (await stat(await writeFacts(await saeFolder(), { ...source, prompts, answers: new Int32Array(1000) }, all))).size;
  };
  expect(await size(18, 2048)).toBeLessThan(9e6);
});

/** The file with some of its tensors and metadata changed; undefined leaves one out. */
async function changed(change: Record<string, NamedArray | NamedInts | undefined>, metadata: Record<string, string | undefined> = {}): Promise<string> {
  const { tensors, metadata: own } = await readSafetensorsHeader(await write());
  const all = new Map<string, NamedArray | NamedInts | undefined>();
  for (const tensor of tensors.values()) {
    const { name, shape, dtype } = tensor;
    all.set(name, dtype === 'I32' ? { name, shape, data: await readInts(tensor) } : { name, shape, data: await readTensor(tensor) });
  }
  for (const [name, tensor] of Object.entries(change)) all.set(name, tensor);
  const file = path.join(await saeFolder(), 'latents.safetensors');
  const fields = Object.entries({ ...own, ...metadata }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  await writeSafetensors(file, [...all.values()].filter((tensor) => tensor !== undefined), { metadata: Object.fromEntries(fields) });
  return file;
}

const ints = (name: string, shape: number[], fill: number): NamedInts => ({ name, shape, data: new Int32Array(shape.reduce((a, b) => a * b)).fill(fill) });
const floats = (name: string, shape: number[], fill: number): NamedArray => ({ name, shape, data: new Float32Array(shape.reduce((a, b) => a * b)).fill(fill) });

test.each([
  ['a token that the model does not know', ints('prompts', [7], VOCABULARY), /tensor "prompts" holds 50/],
  ['starts that do not ascend', ints('prompt_starts', [4], 0), /does not divide the tokens into prompts/],
  ['an answer that there is none', ints('prompt_answers', [3], 2), /tensor "prompt_answers" holds 2/],
  ['prompts with two sizes', ints('prompts', [7, 1], 1), /has the shape \[7, 1\]/],
  ['a density above 1', floats(`${SITE}/density`, [D_SAE], 1.5), /density" holds 1\.5/],
  ['NaN', floats(`${SITE}/maximum`, [D_SAE], NaN), /maximum" holds NaN/],
  ['a context outside of the prompts', ints(`${SITE}/context_token`, [D_SAE, CONTEXTS], 7), /context_token" holds 7/],
  ['a latent that there is none', ints(`${SITE}/nearest`, [D_SAE, NEAREST], D_SAE), /nearest" holds 3/],
  ['a feature that there is none', ints(`${SITE}/rule`, [D_SAE, RULE_FEATURES], 2), /rule" holds 2/],
  ['another size', ints(`${SITE}/histogram`, [D_SAE, 11], 1), /histogram" has the shape \[3, 11\] instead of \[3, 12\]/],
  ['whole numbers where there should be floats', ints(`${SITE}/density`, [D_SAE], 0), /density" has dtype I32/],
])('refuses %s', async (_what, tensor, message) => {
  const file = await changed({ [tensor.name]: tensor });
  await expect(FactsFile.open(file, VOCABULARY).then((open) => open.facts(SITE, D_SAE))).rejects.toThrow(message);
});

test('refuses a file that lacks something, is of another version or is cut off', async () => {
  const open = async (file: string) => (await FactsFile.open(file, VOCABULARY)).facts(SITE, D_SAE);
  await expect(open(await changed({ prompts: undefined }))).rejects.toThrow(/tensor "prompts" is missing; make the file again/);
  await expect(open(await changed({ [`${SITE}/nearest`]: undefined }))).rejects.toThrow(/nearest" is missing/);
  await expect(open(await changed({}, { format: 'latent-lens/latent-facts 3' }))).rejects.toThrow(/is of another version/);
  await expect(open(await changed({}, { suffix: undefined }))).rejects.toThrow(/has no field "suffix"/);
  await expect(open(await changed({}, { tokens: 'many' }))).rejects.toThrow(/how many tokens/);
  await expect(open(await changed({}, { answers: '{}' }))).rejects.toThrow(/does not list the answers/);
  await expect(open(await changed({}, { features: '["name"]' }))).rejects.toThrow(/does not list the features/);
  await expect(open(await changed({}, { answers: '[{"label": 3}]' }))).rejects.toThrow(/that is not a text/);
  const whole = await readFile(await write());
  const cut = path.join(await saeFolder(), 'latents.safetensors');
  await writeFile(cut, whole.subarray(0, whole.length - 4));
  await expect(open(cut)).rejects.toThrow(/cut off or damaged/);
});
