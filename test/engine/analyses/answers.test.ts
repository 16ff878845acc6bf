/** Answers of several tokens, as general models have them: what they share, and how much of the probability they have. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { Session } from '../../../src/engine/analyses/session';
import type { Explanation } from '../../../src/protocol/documents/explanation';
import { floats } from '../../../src/graph';
import { PYTHON_ERROR_TYPE, type Template } from '../../../src/snippets/prompts/templates';
import { writeSae } from '../../sae/kit';
import { explained, latentsFor } from '../analysed';
import { fakePython, smallModel, type SmallModel } from '../small-model';
import { blockSite } from '../../../src/vocabulary/sites';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const source = { file: 'weather.py', text: CODE };
/** All answers begin with the same tokens, and the true ones part behind them. */
const ALIKE: Template = {
  ...PYTHON_ERROR_TYPE,
  id: 'alike',
  answers: [
    { label: 'TypeError', text: ' is a TypeError' },
    { label: 'SyntaxError', text: ' is a SyntaxError' },
    { label: 'no error', text: ' is a NoError' },
  ],
};

let small: SmallModel;
let loaded: LoadedModel;
let result: Explanation;
beforeAll(async () => {
  small = await smallModel();
  loaded = await loadModel(small.folder, { threads: 1 });
  result = await explained(loaded, source, { template: ALIKE, label: fakePython, against: { kind: 'quote-number' }, asked: { patching: { answers: ['TypeError', 'no error'] } } });
});
afterAll(async () => {
  await loaded.model.release();
  await small.remove();
});

/** The metric at the last of these tokens, from all logits. */
async function metricOf(ids: number[], hook?: { layer: number; position: number; from: Float32Array }): Promise<number> {
  const { model } = loaded;
  const site = (layer: number) => blockSite(layer, 'hook_resid_pre');
  const edit = ({ data, shape }: { data: Float32Array; shape: readonly number[] }) => {
    const changed = data.slice();
    changed.set(hook!.from, hook!.position * shape[2]);
    return floats(changed, shape);
  };
  const run = await model.run([ids], { hooks: hook ? [{ site: site(hook.layer), edit }] : [] });
  const { data } = await model.logits(run, [ids.length - 1]);
  const { positiveToken, negativeToken } = result.patching!.metric;
  return data[positiveToken] - data[negativeToken];
}

test('two answers that begin alike are compared where they part, behind what they share', async () => {
  const { patching, counterfactual, tokens, findings } = result;
  const { metric, behind, clean, corrupted, logitDifference, effect } = patching!;
  const { tokenizer } = loaded;
  expect([metric.positive, metric.negative]).toEqual(['TypeError', 'no error']);
  expect([metric.positiveToken, metric.negativeToken].map((id) => tokenizer.tokenText(id))).toEqual([' TypeError', ' NoError']);
  expect(behind!.tokens.map(({ text }) => text).join('')).toBe(' is a');
  expect(metric.description).toBe('logit[" TypeError"] - logit[" NoError"] behind " is a", with which both answers begin; of each answer the token that comes next');
  expect(findings.join('\n')).toContain('Both answers, TypeError and no error, begin with `is a`, so that is put after both prompts');

  const shared = behind!.tokens.map(({ id }) => id);
  const [original, variant] = [tokens, counterfactual!.tokens].map((own) => [...own.map(({ id }) => id), ...shared]);
  expect(clean).toBeCloseTo(await metricOf(original), 3);
  expect(corrupted).toBeCloseTo(await metricOf(variant), 3);
  expect(logitDifference[0]).toHaveLength(tokens.length);
  expect(behind!.logitDifference.map((row) => row.length)).toEqual([2, 2, 2]);

  // Each patch as one slow run, at a token of the code, at the prompt's last, and at both tokens behind it.
  const sites = [0, 1, 2].map((layer) => blockSite(layer, 'hook_resid_pre'));
  const run = await loaded.model.run([original], { read: sites });
  const { columns } = counterfactual!.alignment;
  const changed = columns.find(({ original: a, variant: b }) => a !== null && b !== null && tokens[a].id !== counterfactual!.tokens[b].id);
  const places = [...(changed ? [changed] : []), columns.at(-1)!, ...shared.map((_, i) => ({ original: tokens.length + i, variant: variant.length - shared.length + i }))];
  for (const { original: from, variant: to } of places) {
    for (const [layer, { data, shape }] of [...run.sites.values()].entries()) {
      const patched = await metricOf(variant, { layer, position: to!, from: data.slice(from! * shape[2], (from! + 1) * shape[2]) });
      const inCode = from! < tokens.length;
      const cell = inCode ? logitDifference[layer][from!] : behind!.logitDifference[layer][from! - tokens.length];
      expect(cell).toBeCloseTo(patched, 3);
      const share = (inCode ? effect![layer][from!] : behind!.effect![layer][from! - tokens.length])!;
      expect(share).toBeCloseTo((patched - corrupted) / (clean - corrupted), 3);
    }
  }
  expect(Math.max(...behind!.effect!.flat().map((share) => Math.abs(share!)))).toBeGreaterThan(0.05); // there is something to see
});

test('a variant is chosen although all answers begin alike', async () => {
  const { counterfactual, patching } = await explained(loaded, source, { template: ALIKE, label: fakePython });
  expect(counterfactual).not.toBeNull();
  expect(Math.abs(patching!.clean - patching!.corrupted)).toBeGreaterThan(0);
});

test('latents are attributed to the same metric, and none is listed behind the prompt', async () => {
  const session = new Session(loaded, [await writeSae({ dIn: 16, dSae: 40, architecture: 'topk', site: 'blocks.1.hook_mlp_out' })]);
  try {
    const options = { template: ALIKE, label: fakePython, against: { kind: 'quote-number' as const } };
    for (const positions of [null, 'relevant'] as const) {
      const latents = await latentsFor(session, source, { top: 200, positions, answers: ['TypeError', 'no error'] }, options);
      expect(latents.metric).toEqual(result.patching!.metric);
      expect(latents.clean).toBeCloseTo(result.patching!.clean, 3);
      expect(latents.corrupted).toBeCloseTo(result.patching!.corrupted, 3);
      expect(latents.latents.length).toBeGreaterThan(0);
      for (const { position, token } of latents.latents) expect(latents.tokens[position].text).toBe(token);
      expect(latents.findings.at(-1)).toContain('Latents at these tokens are not listed.');
    }
  } finally {
    for (const sae of await session.saes()) await sae.release(); // the model is open for the tests that follow
  }
});

test('the answers of a random model have next to no probability, which is said with what it would rather write', async () => {
  const { prediction, findings, tokens } = result;
  expect(prediction.answersProbability).toBeLessThan(0.01);
  const { text, probability } = prediction.continuation!;
  const ids = tokens.map(({ id }) => id);
  const { data } = await loaded.model.logits(await loaded.model.run([ids]), [ids.length - 1]);
  const best = data.indexOf(Math.max(...data));
  expect(text.startsWith(loaded.tokenizer.tokenText(best))).toBe(true);
  expect(probability).toBeLessThanOrEqual(prediction.top[0].probability + 1e-6);
  expect(findings[1]).toMatch(/^The 3 answers together have .* of the probability, so their order says little; the model would rather continue with /);
  expect(result.counterfactual!.prediction).not.toHaveProperty('continuation');
});
