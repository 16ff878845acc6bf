/** What the engine refuses, each time with a sentence, and that it goes on after it. */
import type { ResponseError } from 'vscode-jsonrpc/node.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANALYSES, type AnalysisId } from '../../src/protocol/analyses';
import type { AnalyseRequest, AskedQuestion, EngineMethod } from '../../src/protocol/engine';
import { smallModel, type SmallModel } from '../engine/small-model';
import { writeSae } from '../sae/kit';
import { inMemoryEngine, type InMemoryEngine } from './in-memory';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\nfor day in range(3):\n    print(day, city)\n';
const site = 'blocks.1.hook_resid_post';
const plain: AskedQuestion = { template: null, answers: null, contextLimit: null };
const asked = { file: 'weather.py', text: CODE, range: null, question: plain };
const notRun = { run: false, timeout: null };
const reading = { prediction: { topK: 3 }, lens: { topK: 3 } };
const request: AnalyseRequest = { ...asked, ...notRun, compare: 'best', analyses: { ...reading, patching: {} } };
const uncompared: AnalyseRequest = { ...request, analyses: reading };
const FAILED = -32803;

let small: SmallModel;
let engine: InMemoryEngine;
const open = (into = engine) => into.ask('openModel', { model: small.folder, threads: 1 });
beforeAll(async () => {
  small = await smallModel();
  engine = inMemoryEngine();
  await open();
});
afterAll(async () => {
  engine.connection.end();
  await engine.ended;
  await small.remove();
});

const told = (analyses: object) => ({ analyses });

test.each<[EngineMethod, unknown, RegExp]>([
  ['analyse', told({ lens: { topK: 0 } }), /^The request analyse: "analyses\.lens\.topK" is 0; it must be a whole number from 1 to 100\.$/],
  ['analyse', told({ prediction: { topK: 'many' } }), /"analyses\.prediction\.topK" is "many"; it must be a whole number from 1 to 100\.$/],
  ['analyse', told({ patching: { site: 'hook_nothing' } }), /"analyses\.patching\.site" is "hook_nothing"; it must be hook_resid_pre, .* or mlp\.hook_post\.$/],
  ['analyse', told({ patching: { direction: 'sideways' } }), /"analyses\.patching\.direction" is "sideways"; it must be denoising or noising\.$/],
  ['analyse', told({ patching: { sites: 'all' } }), /^The request analyse: "analyses\.patching" has no field "sites"; it has site, direction, window, exact, answers\.$/],
  ['analyse', told({ telepathy: {} }), /^The request analyse: "analyses" has no field "telepathy"; it has prediction, lens, /],
  ['analyse', told({ intervention: { changes: [{ site, latent: 1, positions: [-1], change: { kind: 'ablate' } }] } }), /"analyses\.intervention\.changes\[0\]\.positions\[0\]" is -1; it must be a whole number from 0 on\.$/],
  ['analyse', told({ intervention: { changes: [{ site, latent: 1, positions: 'all', change: { kind: 'halve' } }] } }), /"analyses\.intervention\.changes\[0\]\.change\.kind" is "halve"; it must be "ablate", "set", "scale" or "steer"\.$/],
  ['analyse', { compare: { number: 0 } }, /^The request analyse: "compare\.number" is 0; it must be a whole number from 1 on\.$/],
  ['analyse', { compare: { number: 5000 } }, /^There is no variant 5000; they are numbered 1 to \d+ in the list of variants\.$/],
  ['analyse', { compare: { text: CODE } }, /^Your variant and weather\.py hold the same code/],
  ['analyse', { compare: 'worst' }, /"compare" is "worst"; it must be 'best', a variant by its number from 1 on, or another text\.$/],
  ['analyse', { text: 7 }, /^The request analyse: "text" is 7; it must be a text\.$/],
  ['analyse', { timeout: 0.05 }, /^The request analyse: "timeout" is 0\.05; it must be from 0\.1 to 60 seconds of processor time; change the limit in the settings/],
  ['analyse', { timeout: 61 }, /"timeout" is 61; it must be from 0\.1 to 60 seconds/],
  ['analyse', { timeout: '2' }, /"timeout" is "2"; it must be from 0\.1 to 60 seconds/],
  ['tokens', { range: { start: 5, end: 4 } }, /^The request tokens: "range" is \{"start":5,"end":4\}; it does not lie in the text of \d+ characters\. Select the code again\.$/],
  ['tokens', { range: { start: 0, end: 100_000 } }, /does not lie in the text of/],
  ['tokens', { at: 1e6 }, /^The request tokens: "at" is 1000000; it must lie in the text\. Put the cursor into the code again\.$/],
  ['activations', { site: null, count: 3, around: 1e6 }, /^The request activations: "around" is 1000000; it must lie in the text/],
  ['tokens', { range: { start: 3, end: 3 } }, /no code here, only an empty text/],
  ['tokens', { text: ' \r\n\f' }, /no code here, only white space/],
  ['enclosing', { offset: -1 }, /^The request enclosing: "offset" is -1; it must be a whole number from 0 on\.$/],
  ['enclosing', { offset: 1e6 }, /"offset" is 1000000; it must lie in the text\. Put the cursor into the code again\.$/],
  ['enclosing', { offset: null }, /"offset" is null; it must be a whole number/],
  ['openModel', { model: 3 }, /"model" is 3; it must be a text or null\.$/],
  ['openModel', { threads: 0 }, /^The request openModel: "threads" is 0; it must be a whole number from 1 to/],
  ['openModel', { provider: 'abacus' }, /"provider" is "abacus"; it must be cpu, cuda, dml, coreml or webgpu\.$/],
  ['addModel', { reference: 'org/x', token: 7 }, /^The request addModel: "token" is wrong; it must be a text or null\.$/],
])('%s with %j is refused with a sentence', async (method, change, why) => {
  const right = { openModel: { model: small.folder, threads: 1 }, enclosing: { text: CODE, offset: 0 } }[method as string] ?? request;
  const failure = await engine.ask(method, { ...right, ...(change as object) } as never).catch((error: ResponseError<{ stack?: string }>) => error);
  expect(failure).toMatchObject({ message: expect.stringMatching(why) as string, code: FAILED, data: { stack: expect.any(String) as string } });
});

test('a request of any wrong form is refused with a sentence', async () => {
  const code = ['text', 'range', 'question'];
  const fieldsOf: Partial<Record<EngineMethod, readonly string[]>> = {
    tokens: code, prompt: [], analyse: [...code, 'file', 'needs', 'at', 'folder', 'notebook', 'run', 'compare', 'timeout', 'within', 'analyses'], activations: ['text', 'site', 'count', 'around'],
    firings: ['text', 'latents'], latent: ['site', 'latent'], searchLatents: ['by', 'query', 'limit'], enclosing: ['text', 'offset'],
    modelInfo: ['model', 'from'], hubModel: ['reference'], addModel: ['reference'], removeModel: ['reference'],
  };
  const right = { ...uncompared, text: 'x = 1\n', count: 4, around: null, latents: [], by: 'description', query: 'x', limit: 3, offset: 0, site, latent: 3 };
  const other = inMemoryEngine();
  await other.ask('openModel', { model: small.folder, threads: 1, saes: [await writeSae({ site, dIn: 16, dSae: 40, architecture: 'topk' })] });
  const odd = [null, 0, '1', true, [], [null], {}] as unknown[];
  const asks = Object.entries(fieldsOf).flatMap(([method, fields]): [EngineMethod, unknown][] => [
    ...odd.map((params): [EngineMethod, unknown] => [method as EngineMethod, params]),
    ...fields.flatMap((field) => odd.map((value): [EngineMethod, unknown] => [method as EngineMethod, { ...right, [field]: value }])),
  ]);
  const change = { site, latent: 3, positions: 'all', change: { kind: 'ablate' } };
  const needed: { [K in AnalysisId]?: object } = { intervention: { changes: [change] }, latents: { top: 3 } };
  for (const [id, { params }] of Object.entries(ANALYSES)) {
    const asksFor = (value: unknown) => asks.push(['analyse', { ...right, analyses: { [id]: value } }]);
    for (const value of odd) asksFor(value);
    for (const field of Object.keys(params.shape)) for (const value of odd) asksFor({ ...needed[id as AnalysisId], [field]: value });
  }
  for (const field of Object.keys(change)) for (const value of odd) asks.push(['analyse', { ...right, analyses: { intervention: { changes: [{ ...change, [field]: value }] } } }]);
  asks.push(['analyse', { ...request, question: { template: '1' } }], ['analyse', { ...request, question: { template: {} } }], ['openModel', null]);
  const raw: string[] = [];
  let refused = 0;
  for (const [method, params] of asks) {
    const answer = await other.ask(method, params as never).then(() => 'Answered.', (error: Error) => error.message);
    const isSentence = answer.endsWith('.') && !/^Cannot |undefined|\[object|is not (?:a function|iterable)|reading '|'in' operator|Invalid input/.test(answer);
    if (!isSentence) raw.push(`${method}(${JSON.stringify(params)}): ${answer}`);
    refused += Number(answer !== 'Answered.');
  }
  other.connection.end();
  await other.ended;
  expect(raw).toEqual([]);
  expect(refused).toBeGreaterThan(asks.length / 2);
  expect(await engine.ask('analyse', null as never).catch((error: Error) => error.message)).toBe('The request analyse is null; it must be an object with its fields.');
}, 60_000);

test('a message that is no request of this protocol is refused, and the next is answered', async () => {
  for (const method of ['tokens', 'analyse', 'enclosing']) {
    await expect(engine.connection.sendRequest(method, { progressToken: 1 })).rejects.toThrow(`The request ${method} is missing; it must be an object with its fields.`);
  }
  await expect(engine.connection.sendRequest('unheard')).rejects.toThrow(/unheard/i);
  expect(await engine.ask('enclosing', { text: 'x', offset: 0 })).toEqual({ start: 0, end: 1, whole: true });
});
