import { describe, expect, test } from 'vitest';
import { checkedParams } from '../../src/engine/requests';
import { floats, type FloatArray } from '../../src/graph';
import type { ChangedLatent } from '../../src/protocol/documents/latents';
import type { LatentChange } from '../../src/vocabulary/latent-change';
import { changedBy } from './analysed';
import { openSmallSaes } from './small-saes';

const source = { file: 'weather.py', text: 'city = "Lisbon"\nprint("Temperature: " + 21)\n' };
const site = 'blocks.1.hook_resid_post';

const { loaded, session, saes } = await openSmallSaes([{ site: 'blocks.0.attn.hook_z', dIn: 8 }, { site }, { site: 'blocks.2.hook_mlp_out' }]);

const changed = (changes: ChangedLatent[], { error = true, generate = 0 } = {}) => changedBy(session, source, { changes, errorTerm: error, generate });
/** Latents that are active at the last token, with their activations. */
async function activeAtEnd(count: number): Promise<{ latent: number; position: number; activation: number }[]> {
  const { changes, tokens } = await changed(Array.from({ length: 40 }, (_, latent) => ({ site, latent, positions: 'all', change: { kind: 'scale', factor: 1 } })));
  const position = tokens.length - 1;
  const active = changes.map(({ latent, was }) => ({ latent, position, activation: was[position].activation })).filter(({ activation }) => activation > 0);
  expect(active).toHaveLength(6); // its k
  return active.sort((a, b) => b.activation - a.activation).slice(0, count);
}

describe('what changes nothing', () => {
  test.each([true, false])('steering by 0, scaling by 1 and setting to the value that is there; error terms %s', async (error) => {
    const [{ latent, position, activation }] = await activeAtEnd(1);
    const nothing: [LatentChange, number][] = [[{ kind: 'steer', by: 0 }, 0], [{ kind: 'scale', factor: 1 }, 0]];
    if (error) nothing.push([{ kind: 'set', value: activation }, 1e-4]);
    for (const [change, within] of nothing) {
      const { before, after, change: moved, prediction } = await changed([{ site, latent, positions: [position], change }], { error });
      for (const { logit, probability } of moved) expect(Math.max(Math.abs(logit), Math.abs(probability))).toBeLessThanOrEqual(within);
      if (within === 0) expect(after).toEqual(before);
      if (error) expect({ ...before, continuation: prediction.continuation }).toEqual(prediction);
      else expect(Math.abs(before.answers[0].logit - prediction.answers[0].logit)).toBeGreaterThan(1e-3);
    }
  });
});

test('ablating a latent takes its activation times its decoder row away, and the rest of the model runs on from there', async () => {
  const [{ latent, position, activation }] = await activeAtEnd(1);
  const result = await changed([{ site, latent, positions: [position], change: { kind: 'ablate' } }]);
  expect(result.changes).toEqual([{ site, latent, positions: [position], change: { kind: 'ablate' }, was: [{ position, activation }] }]);
  const { model, tokenizer } = loaded;
  const direction = await saes[1].decodeChange(floats(Float32Array.of(1), [1, 1]), [latent], floats(new Float32Array(16), [1, 16]));
  const edit = ({ data }: FloatArray) => direction.data.forEach((value, i) => (data[position * 16 + i] -= activation * value));
  const ids = result.tokens.map(({ id }) => id);
  const logits = async (hooks: NonNullable<Parameters<typeof model.run>[1]>['hooks']) => (await model.logits(await model.run([ids], { hooks }), [position])).data;
  const [plain, ablated] = [await logits([]), await logits([{ site: saes[1].site, edit }])];
  for (const { label, logit } of result.change) {
    const first = tokenizer.encodeIds(` ${label === 'no error' ? 'NoError' : label}`)[0];
    expect(logit).toBeCloseTo(ablated[first] - plain[first], 3);
  }
  expect(Math.max(...result.change.map(({ logit }) => Math.abs(logit)))).toBeGreaterThan(0.01);
  expect(result.after.answers.map(({ probability }) => probability)).not.toEqual(result.before.answers.map(({ probability }) => probability));
});

test('several latents of several sites at once, each at its positions', async () => {
  const changes: ChangedLatent[] = [
    { site: 'blocks.0.attn.hook_z', latent: 3, positions: [2, 5], change: { kind: 'set', value: 30 } },
    { site, latent: 7, positions: 'all', change: { kind: 'steer', by: 20 } },
  ];
  const both = await changed(changes);
  const alone = await Promise.all(changes.map((change) => changed([change])));
  expect(both.changes.map(({ was }) => was.length)).toEqual([2, both.tokens.length]);
  for (const { change } of alone) expect(both.change).not.toEqual(change);
  expect(both.prediction).toEqual(alone[0].prediction);
  expect(JSON.parse(JSON.stringify(both))).toEqual(both);
});

test('what is written: a change at chosen positions acts on the prompt alone, one at all positions on new tokens too', async () => {
  const [{ latent, position }] = await activeAtEnd(1);
  const change: LatentChange = { kind: 'steer', by: 60 };
  const generate = 6;
  const { model, tokenizer } = loaded;
  for (const positions of [[position], [0], 'all'] as const) {
    const { generated, tokens } = await changed([{ site, latent, positions: positions === 'all' ? 'all' : [...positions], change }], { generate });
    // By hand: the whole text again for every token, without any cache.
    const written = async (by: number) => {
      const ids = tokens.map(({ id }) => id);
      const direction = await saes[1].decodeChange(floats(Float32Array.of(by), [1, 1]), [latent], floats(new Float32Array(16), [1, 16]));
      const edit = ({ data }: FloatArray) => data.forEach((_, i) => {
        if (positions === 'all' || (positions as readonly number[]).includes(Math.floor(i / 16))) data[i] += direction.data[i % 16];
      });
      for (let i = 0; i < generate; i++) {
        const { data } = await model.logits(await model.run([ids], { hooks: [{ site: saes[1].site, edit }] }), [ids.length - 1]);
        const next = data.indexOf(Math.max(...data));
        if (next === tokenizer.eos) break;
        ids.push(next);
      }
      return tokenizer.decode(ids.slice(tokens.length));
    };
    expect(generated).toEqual({ before: await written(0), after: await written(60) });
    if (positions === 'all' || positions[0] === position) expect(generated!.after).not.toBe(generated!.before);
  }
  expect(tokenizer.eos).toBe(1);
});

test('what does not exist, or says nothing, is a sentence', async () => {
  const ablate = { kind: 'ablate' } as const;
  await expect(changed([{ site: 'blocks.2.hook_resid_post', latent: 1, positions: 'all', change: ablate }])).rejects.toThrow('There is no SAE for');
  await expect(changed([{ site, latent: 40, positions: 'all', change: ablate }])).rejects.toThrow('Latent 40 does not exist');
  await expect(changed([{ site, latent: 1, positions: [999], change: ablate }])).rejects.toThrow('There is no position 999');
  const asked = (changes: unknown, generate = 0) => () =>
    checkedParams('analyse', { text: source.text, run: false, timeout: null, analyses: { intervention: { changes, errorTerm: true, generate } } });
  const one = { site, latent: 1, positions: 'all', change: ablate };
  expect(asked([one])().analyses.intervention!.changes).toEqual([one]);
  expect(asked([])).toThrow('"analyses.intervention.changes" is []; it must be a list of 1 to 1000 latents');
  expect(asked(Array.from({ length: 1001 }, () => one))).toThrow('it must be a list of 1 to 1000 latents');
  expect(asked([{ ...one, latent: 'x' }])).toThrow('"analyses.intervention.changes[0].latent" is "x"; it must be a whole number from 0 on.');
  expect(asked([{ ...one, positions: [-1] }])).toThrow('changes[0].positions[0]" is -1; it must be a whole number from 0 on.');
  expect(asked([{ ...one, change: { kind: 'set', value: null } }])).toThrow('changes[0].change.value" is null; it must be a number');
  expect(asked([{ ...one, change: { kind: 'grow', value: 1 } }])).toThrow('changes[0].change.kind" is "grow"; it must be "ablate", "set", "scale" or "steer".');
  expect(asked([{ ...one, change: { kind: 'steer', by: 1e38 } }])).toThrow('is 1e+38; it must be a number from -1000000 to 1000000.');
  expect(asked([one], -1)).toThrow('"analyses.intervention.generate" is -1; it must be a whole number from 0 to 1000.');
});
