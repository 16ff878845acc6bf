/** Ablation as an analysis: what a circuit says of its rest, names of nodes, claims that are tried on other programs, the command. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from '../../../../src/engine/analyses/session';
import { loadModel } from '../../../../src/engine/session/load';
import { claimSentence, triedFindings } from '../../../../src/engine/analyses/circuits/tried-findings';
import { figuresOf } from '../../../../src/figures';
import { paramsOf, type AskedParams, type Part } from '../../../../src/protocol/analyses';
import { readResult } from '../../../../src/protocol/documents/result';
import { run } from '../../../cli/kit';
import { analysed, opened, resultOf } from '../../analysed';
import { fakePython } from '../../small-model';
import { pairCommand } from '../command-line';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const source = { file: 'weather.py', text: CODE };
const options = { label: fakePython, against: { program: { file: null, text: CODE.replace('21', '"21"') } } };

/** Its SAEs are opened once. */
let session: Session;
beforeAll(async () => {
  session = new Session(await loadModel(path.resolve('models/python-errors')));
});
afterAll(() => session.close());

const of = (params: AskedParams<'ablation'>) => resultOf(session, source, { prediction: {}, ablation: params }, options);

test('without all of a circuit it is what the circuit says of its rest; its claim is tried the same by its names', async () => {
  const reading = await opened(session, source, options);
  const found = await analysed(reading, { prediction: {}, circuit: { prompts: 4, size: 12, steps: 0, draws: 1, check: 0, leaveOut: false } }, options);
  const { value: { graph, whole, empty, rest, mechanism, prompts } } = found.parts.circuit!;
  const ids = graph.nodes.filter(({ kind }) => kind !== 'logits' && kind !== 'remainder').map(({ id }) => id);
  const ablation = async (without: string[], draws: number) =>
    (await analysed(reading, { prediction: {}, ablation: { without, prompts: 4, draws } }, options)).parts.ablation!;
  const all = (await ablation(ids, 0)).value;
  expect([all.whole, all.empty]).toEqual([whole, empty]);
  expect(all.without).toBeCloseTo(rest, 4);
  expect(all.programs).toEqual({ making: prompts.finding, trying: prompts.trying });
  expect(all.nodes).toHaveLength(ids.length);
  expect(mechanism).not.toBeNull();
  const again = (await ablation(mechanism!.nodes.map(({ name }) => name), 0)).value;
  expect(again).toMatchObject({ nodes: mechanism!.nodes, without: mechanism!.without, own: mechanism!.own, claim: { ...mechanism!.claim, random: null } });
  expect(mechanism!.own.without.answer).not.toBe(mechanism!.own.whole.answer);
  expect(found.parts.circuit!.findings.join(' ')).toContain('A claim, made from');
  expect(figuresOf('circuit', found).map(({ name }) => name)).toContain('circuit-claim');
}, 60_000);

test('of latents: the same of all latents and errors of a circuit', async () => {
  const reading = await opened(session, source, options);
  const params = { of: 'latents', sites: 'mlp', prompts: 0, steps: 0, draws: 1, size: 12, leaveOut: false } as const;
  const { value: { graph, rest, whole } } = (await analysed(reading, { prediction: {}, circuit: params }, options)).parts.circuit!;
  const ids = graph.nodes.flatMap(({ id, kind }) => (kind === 'latent' || kind === 'error' ? [id] : []));
  const { value, problems } = (await analysed(reading, { prediction: {}, ablation: { without: ids, prompts: 0, draws: 2 } }, options)).parts.ablation!;
  expect(value.whole).toBe(whole);
  expect(value.without).toBeCloseTo(rest, 4);
  expect(value.draws).toBe(2);
  expect(Math.abs(value.random! - whole)).toBeLessThan(Math.abs(rest - whole));
  expect(problems.join(' ')).toContain('in the given pair alone');
  // Latents that are nothing are another ablation than the twin's; the mean of the pair alone is what they are already.
  const other = async (ablation: 'zero' | 'mean') =>
    (await analysed(reading, { prediction: {}, ablation: { without: ids, prompts: 0, draws: 0, ablation } }, options)).parts.ablation!.value;
  const [zero, mean] = [await other('zero'), await other('mean')];
  expect([zero.whole, zero.ablation, mean.ablation]).toEqual([whole, 'zero', 'mean']);
  expect(Math.abs(zero.without - value.without)).toBeGreaterThan(0.05);
  expect(mean.without).toBeCloseTo(whole, 3);
}, 60_000);

test('names: of a layer’s heads, everywhere or at a stretch; what is not there is refused in a sentence', async () => {
  const { value, findings } = (await of({ without: ['5.attn@last'], prompts: 0, draws: 0 })).parts.ablation!;
  const heads = (await of({ without: Array.from({ length: session.loaded.model.shape.heads }, (_, head) => `L5H${head}@last`), prompts: 0, draws: 0 })).parts.ablation!.value;
  expect([value.without, value.nodes[0].words]).toEqual([heads.without, 'attention of layer 5']);
  expect(findings[0]).toContain('Without attention of layer 5 at " a" the logit difference goes from');
  expect((await of({ without: ['embed'], prompts: 0, draws: 0 })).parts.ablation!.value.without).toBeCloseTo(value.empty, 4);
  const refused = async (...without: string[]) => expect(of({ without, prompts: 0 })).rejects;
  await (await refused('L9H0')).toThrow('There is no layer 9');
  await (await refused('0.mlp@1:1')).toThrow('Name a later token');
  await (await refused('0.mlp@400')).toThrow('There is no place 400');
  await (await refused('0.mlp', '0.mlp_out/3')).toThrow('one of the two kinds only');
  await (await refused('0.mlp_out/99999')).toThrow('and no 99999');
  expect(() => paramsOf('ablation', { without: ['0.hook_z'] })).toThrow('it must be embed, LAYER.HEAD');
  expect((await of({ prompts: 0 })).missing!.ablation).toContain('Nothing was said that is to be left out');
}, 60_000);

test('a saved result reads back; a claim says what holds, how often, and what the whole model says', async () => {
  const result = await of({ without: ['3.mlp@#27', '4.2@last'], prompts: 4, draws: 2 });
  expect(readResult(JSON.stringify(result), 'saved.json').parts.ablation).toEqual(result.parts.ablation);
  const { value } = result.parts.ablation!;
  expect(value.answers.reduce((sum, one) => sum + one.without, 0)).toBe(value.programs.trying);
  expect(value.answers.reduce((sum, one) => sum + one.random, 0)).toBe(2 * value.programs.trying);
  for (const figure of figuresOf('ablation', result)) expect(figure.rows().length).toBeGreaterThan(0);
  const claim: Part<'ablation'> = {
    ...value, programs: { making: 11, trying: 10 },
    claim: { answer: 'SyntaxError', made: { count: 10, of: 11 }, held: { count: 9, of: 10 }, interval: { low: 0.6, high: 0.98 }, before: 1, random: { count: 2, of: 20 } },
  };
  expect(claimSentence(claim)).toBe(
    'A claim, made from 11 programs (10 of 11): without them the answer becomes SyntaxError. '
    + 'Of 10 programs that it was not made from, in 1 of which it is that anyway, it holds in 9 (90 %; 95 %: 60 % to 98 %), without as many others drawn at random in 2 of 20 runs.',
  );
  expect(claimSentence({ ...claim, claim: { ...claim.claim, before: 9 } })).toContain('the answer stays SyntaxError');
  expect(triedFindings({ ...claim, programs: { making: 1, trying: 0 } })[1]).toContain('whether it does in others was not tried');
}, 60_000);

test('on the command line', async () => {
  const { asked, remove } = await pairCommand('ablation', CODE);
  const { code, out } = await run([...asked, '--prompts', '0', '--without', '1.mlp,L0H1@last', '--json']);
  expect(code).toBe(0);
  const { parts } = JSON.parse(out) as { parts: { ablation: { value: Part<'ablation'> } } };
  expect(parts.ablation.value.nodes.map(({ name }) => name)).toEqual(['1.mlp', 'L0H1@last']);
  expect((await run([...asked, '--prompts', '0', '--without', '1.mlp'])).out).toContain('Answers with and without them');
  await remove();
});
