import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { explain } from '../../src/engine/explain';
import { loadModel } from '../../src/engine/load';
import { Cancelled, EngineClient, type EngineState } from '../../src/extension/engine-client';
import type { EngineProgress, ExplainRequest, OpenModel } from '../../src/protocol/engine';
import { PYTHON_ERROR_TYPE } from '../../src/snippets/templates';

const SCRIPT = path.resolve('dist/engine/main.mjs');
const CODE = 'degrees = 21\nprint("degrees: " + degrees)\n';
const asked = { file: null, text: CODE, range: null, question: { template: null, answers: null, contextLimit: null } };
const running = { run: true, timeout: null };
const question: ExplainRequest = {
  ...asked, run: false, timeout: null, compare: null, variants: false, site: 'hook_resid_pre', direction: 'denoising', topK: 3,
};

let client: EngineClient;
afterEach(() => client.stop());

function start({ script = SCRIPT, model = (): OpenModel => ({ folder: null, threads: 1 }) } = {}) {
  const states: EngineState['is'][] = [];
  client = new EngineClient({ script, model, onState: ({ is }) => states.push(is) });
  return states;
}

test('an explanation through the process is the one made here, and comes in parts', async () => {
  const states = start();
  const progress: EngineProgress[] = [];
  const there = await client.request('explain', question, { onProgress: (value) => progress.push(value) });
  const loaded = await loadModel(undefined, { threads: 1 });
  const here = await explain(loaded, PYTHON_ERROR_TYPE, { file: null, text: CODE }, { compare: false, topK: 3 });
  await loaded.model.release();
  expect(there).toEqual(here);
  expect(there.findings.length).toBeGreaterThan(0);
  const partial = progress.find((value) => value.partial)!.partial!;
  expect(partial).toEqual({ ...here, findings: [] });
  expect(states).toEqual(['starting', 'ready', 'busy', 'ready']);
}, 60_000);

test('with Python it says what really happens and compares', async () => {
  start();
  const stages: string[] = [];
  const result = await client.request('explain', { ...question, run: true, compare: 'best' }, { onProgress: ({ stage }) => stages.push(stage) });
  expect(result.actual).toMatchObject({ label: 'TypeError', line: 2 });
  expect(stages).toContain('Starting Python');
  const list = await client.request('variants', { ...asked, ...running });
  expect(list.variants.length).toBeGreaterThan(3);
  const third = await client.request('explain', { ...question, run: true, compare: { number: 3 } });
  expect(third.counterfactual!.code).toBe(list.variants[2].code);
  expect((await client.request('tokens', asked)).length).toBe(result.tokens.length);
}, 120_000);

test('a killed engine fails what was asked with a sentence, and the next request starts another', async () => {
  start();
  await client.open();
  const first = client.pid!;
  const pending = client.request('explain', { ...question, run: true, compare: 'best' });
  setTimeout(() => process.kill(first, 'SIGKILL'), 20);
  await expect(pending).rejects.toThrow(/engine ended unexpectedly \(SIGKILL\).*starts it again/);
  expect((await client.request('explain', question)).prediction.label).toBeTruthy();
  expect(client.pid).not.toBe(first);
}, 60_000);

test('a request cancelled while Python starts ends at once, and the same engine answers the next', async () => {
  start();
  await client.open();
  const first = client.pid!;
  const stop = new AbortController();
  const pending = client.request('explain', { ...question, run: true, compare: 'best' }, {
    signal: stop.signal,
    onProgress: ({ stage }) => stage === 'Starting Python' && stop.abort(), // which takes longer than the engine is given
  });
  await expect(pending).rejects.toThrow(Cancelled);
  await client.request('explain', question);
  expect(client.pid).toBe(first);
}, 60_000);

test('an engine that does not heed a cancellation is ended and replaced', async () => {
  const script = path.join(mkdtempSync(path.join(os.tmpdir(), 'engine-')), 'deaf.mjs');
  writeFileSync(script, "process.on('message', ({ id, method }) => method === 'openModel' && process.send({ jsonrpc: '2.0', id, result: { id: 'deaf' } }));");
  const states = start({ script });
  await client.open();
  const first = client.pid;
  const stop = new AbortController();
  const pending = client.request('tokens', asked, { signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  await expect(pending).rejects.toThrow(Cancelled);
  expect(states.at(-1)).toBe('stopped');
  await client.open();
  expect(client.pid).not.toBe(first);
}, 30_000);

test('what the engine refuses comes back as its sentence, and another model can follow', async () => {
  let folder: string | null = path.resolve('test');
  start({ model: () => ({ folder, threads: 1 }) });
  await expect(client.request('tokens', asked)).rejects.toThrow(/not a model folder/);
  folder = null;
  await expect(client.request('tokens', { ...asked, text: ' ' })).rejects.toThrow(/no code here/);
  await expect(client.request('explain', { ...question, site: 'hook_nothing' })).rejects.toThrow(/cannot be patched/);
  expect((await client.request('tokens', asked)).length).toBeGreaterThan(10);
}, 60_000);
