import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { analyse } from '../../../src/engine/analyses/analyse';
import { loadModel } from '../../../src/engine/session/load';
import { Reading } from '../../../src/engine/analyses/reading';
import { Session } from '../../../src/engine/analyses/session';
import { Cancelled, EngineClient, type EngineState } from '../../../src/extension/engine/client';
import { paramsOf } from '../../../src/protocol/analyses';
import type { AnalyseRequest, EngineProgress, OpenModel } from '../../../src/protocol/engine';
import { allFindings } from '../../../src/protocol/documents/result';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';

const SCRIPT = path.resolve('dist/engine/main.mjs');
const CODE = 'degrees = 21\nprint("degrees: " + degrees)\n';
const asked = { file: null, text: CODE, range: null, question: { template: null, answers: null, contextLimit: null } };
const running = { run: true, timeout: null };
const reading = { prediction: { topK: 3 }, lens: { topK: 3 } };
const question: AnalyseRequest = { ...asked, run: false, timeout: null, analyses: reading };
const comparing: AnalyseRequest = { ...asked, ...running, compare: 'best', analyses: { ...reading, patching: {} } };

let client: EngineClient;
afterEach(() => {
  client.stop();
  vi.unstubAllEnvs();
});

function start({ script = SCRIPT, model = (): OpenModel => ({ model: null, threads: 1 }) } = {}) {
  const states: EngineState['is'][] = [];
  client = new EngineClient({ script, model, onState: ({ is }) => states.push(is) });
  return states;
}

test('an explanation through the process is the one made here, and comes in parts', async () => {
  const states = start();
  const progress: EngineProgress[] = [];
  const there = await client.request('analyse', question, { onProgress: (value) => progress.push(value) });
  const session = new Session(await loadModel(undefined, { threads: 1 }));
  const wanted = { prediction: paramsOf('prediction', reading.prediction), lens: paramsOf('lens', reading.lens) };
  const here = await analyse(await Reading.open(session, PYTHON_ERROR_TYPE, { file: null, text: CODE }), wanted);
  await session.close();
  expect(there).toEqual(here);
  expect(allFindings(there).length).toBeGreaterThan(0);
  const { parts: { prediction, lens } } = here;
  const updates = progress.flatMap(({ update }) => update ?? []);
  expect(updates[0]).toEqual({ reading: here.reading, parts: { prediction: { ...prediction, findings: [] } } });
  expect(updates.find(({ parts }) => parts?.lens)!.parts).toEqual({ lens });
  expect(states).toEqual(['starting', 'ready', 'busy', 'ready']);
}, 60_000);

test('with Python it says what really happens and compares', async () => {
  start();
  const stages: string[] = [];
  const result = await client.request('analyse', comparing, { onProgress: ({ stage }) => stages.push(stage) });
  expect(result.parts.prediction!.value.actual).toMatchObject({ label: 'TypeError', line: 2 });
  expect(stages).toContain('Starting Python');
  const list = await client.request('analyse', { ...asked, ...running, analyses: { variants: {} } });
  const { variants } = list.parts.variants!.value;
  expect(variants.length).toBeGreaterThan(3);
  const third = await client.request('analyse', { ...comparing, compare: { number: 3 } });
  expect(third.pair!.code).toBe(variants[2].code);
  expect((await client.request('tokens', asked)).length).toBe(result.reading.tokens.length);
}, 120_000);

test('a killed engine fails what was asked with a sentence, and the next request starts another', async () => {
  start();
  await client.open();
  const first = client.pid!;
  let killed = false;
  const pending = client.request('analyse', comparing, {
    onProgress: () => (killed ||= process.kill(first, 'SIGKILL')),
  });
  await expect(pending).rejects.toThrow(/engine ended unexpectedly \(SIGKILL\).*starts it again/);
  expect((await client.request('analyse', question)).parts.prediction!.value.label).toBeTruthy();
  expect(client.pid).not.toBe(first);
}, 60_000);

test('an engine that dies idle is replaced before anybody notices', async () => {
  start();
  await client.open();
  for (let kill = 0; kill < 3; kill++) {
    const { pid } = client;
    process.kill(pid!, 'SIGKILL');
    expect((await client.request('tokens', asked)).length).toBeGreaterThan(10);
    expect(client.pid).not.toBe(pid);
  }
}, 60_000);

test('a request cancelled while Python starts ends at once, and the same engine answers the next', async () => {
  start();
  await client.open();
  const first = client.pid!;
  const stop = new AbortController();
  const pending = client.request('analyse', comparing, {
    signal: stop.signal,
    onProgress: ({ stage }) => stage === 'Starting Python' && stop.abort(), // which takes longer than the engine is given
  });
  await expect(pending).rejects.toThrow(Cancelled);
  await client.request('analyse', question);
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

test('a request that waits behind one that does not heed its cancellation is answered by the next engine', async () => {
  const script = path.join(mkdtempSync(path.join(os.tmpdir(), 'engine-')), 'deafened.mjs');
  writeFileSync(script, `let deaf = false;
process.on('message', ({ id, method, params }) => {
  if (!deaf && method === 'openModel') process.send({ jsonrpc: '2.0', id, result: { id: 'deaf' } });
  deaf ||= params?.params?.text === 'deafen';
  if (!deaf && method === 'tokens') process.send({ jsonrpc: '2.0', id, result: [] });
});`);
  start({ script });
  await client.open();
  const stop = new AbortController();
  const first = client.request('tokens', { ...asked, text: 'deafen' }, { signal: stop.signal });
  const second = client.request('tokens', asked);
  setTimeout(() => stop.abort(), 50);
  await expect(first).rejects.toThrow(Cancelled);
  expect(await second).toEqual([]);
}, 30_000);

/** A client whose engine does what a script says when it is asked to open a model. */
function startScript(opening: string, folder: string | null = null) {
  const script = path.join(mkdtempSync(path.join(os.tmpdir(), 'engine-')), 'dies.mjs');
  const answer = "process.send({ jsonrpc: '2.0', id, result: { id: 'huge', bytes: 2.7e9 } });";
  writeFileSync(script, `process.on('message', ({ id, method }) => { if (method === 'openModel') { ${opening.replace('ANSWER', answer)} } else dies(); });\n${DEATHS}`);
  start({ script, model: () => ({ model: folder, threads: 1 }) });
}

/** As C++ ends for want of memory, and as V8 does. */
const DEATHS = `
function dies() { process.stderr.write("terminate called after throwing an instance of 'std::bad_alloc'\\n", () => process.abort()); }
function fills() { const all = []; for (;;) all.push(Array.from({ length: 1e5 }, Math.random)); }
`;

describe('for want of memory', () => {
  test('an engine that ends says so, with the size of the model that is open', async () => {
    startScript('ANSWER');
    await client.open();
    await expect(client.request('tokens', asked)).rejects.toThrow(
      'The engine ran out of memory with huge, whose weights are 2.7 GB. Choose a smaller model or less code, or close other programs. The next request starts it again.',
    );
    expect(client.pid).toBeUndefined();
    expect(await client.open()).toMatchObject({ id: 'huge' });
  }, 30_000);

  test('an engine that ends while it opens a model names the size of the folder\'s weights', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'shards-'));
    for (const name of ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors', 'other.bin']) {
      writeFileSync(path.join(folder, name), Buffer.alloc(600_000));
    }
    vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=40');
    startScript('fills();', folder);
    await expect(client.request('tokens', asked)).rejects.toThrow(`ran out of memory with ${path.basename(folder)}, whose weights are 1 MB.`);
    startScript('dies();', path.join(folder, 'nowhere'));
    await expect(client.open()).rejects.toThrow('The engine ran out of memory. Choose');
  }, 60_000);

  test('a request that fails for it says so too', async () => {
    const failure = "{ code: -32803, message: 'Non-zero status code: Failed to allocate memory for requested buffer of size 9' }";
    startScript(`ANSWER process.on('message', ({ id }) => process.send({ jsonrpc: '2.0', id, error: ${failure} })); dies = () => {};`);
    await client.open();
    await expect(client.request('tokens', asked)).rejects.toThrow('The engine ran out of memory with huge, whose weights are 2.7 GB.');
    expect(client.pid).toBeDefined();
  }, 30_000);

  test('is also what the system ends it for', async () => {
    startScript('ANSWER dies = () => process.kill(process.pid, "SIGKILL");');
    await client.open();
    await expect(client.request('tokens', asked)).rejects.toThrow('(SIGKILL), perhaps for want of memory: the weights of huge are 2.7 GB. The next');
  }, 30_000);
});

test('the cursor needs no model: it is answered before one is opened, and with a broken one', async () => {
  const states = start({ model: () => ({ model: path.resolve('test'), threads: 1 }) });
  expect(await client.request('enclosing', { text: CODE, offset: 3 })).toEqual({ start: 0, end: CODE.length - 1, whole: true });
  expect(states).toEqual([]);
  await expect(client.request('tokens', asked)).rejects.toThrow(/not a model folder/);
  expect(states).toEqual(['starting', 'stopped']);
  expect(await client.request('enclosing', { text: CODE, offset: 3 })).not.toBeNull();
}, 60_000);

test('a request cancelled while another runs ends at once, and the engine lives', async () => {
  start();
  await client.open();
  const { pid } = client;
  const stop = new AbortController();
  // Python takes longer to start than a cancelled request is given.
  const long = client.request('analyse', { ...question, ...running, text: 'x = 1\nwhile x:\n    pass\n', timeout: 0.5 }, { onProgress: () => stop.abort() });
  await expect(client.request('analyse', question, { signal: stop.signal })).rejects.toThrow(Cancelled);
  expect((await long).parts.prediction!.value.actual!.label).toBe('timeout');
  expect(client.pid).toBe(pid);
}, 60_000);

test('a model folder that is broken fails each request with its sentence, until it is mended', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'broken-'));
  start({ model: () => ({ model: folder, threads: 1 }) });
  const says = (why: RegExp) => expect(client.request('tokens', asked)).rejects.toThrow(why);
  const put = (name: string) => copyFileSync(path.resolve('models/python-errors', name), path.join(folder, name));
  const file = (name: string) => path.join(folder, name);
  await says(/is not a model folder: it has no config\.json/);
  writeFileSync(file('config.json'), '{');
  await says(/config\.json is not valid JSON/);
  writeFileSync(file('config.json'), '{"model_type": "rwkv"}');
  await says(/rwkv/);
  put('config.json');
  await says(/safetensors/);
  writeFileSync(file('model.safetensors'), 'not weights');
  await says(/model\.safetensors/);
  put('model.safetensors');
  await says(/There is no tokenizer\.json in/);
  writeFileSync(file('tokenizer.json'), '{"model": {"type": "Unigram"}}');
  await says(/tokenizer\.json/);
  const tokenizer = JSON.parse(readFileSync('models/python-errors/tokenizer.json', 'utf8')) as { model: { vocab: Record<string, number> } };
  tokenizer.model.vocab.more = 50_000;
  writeFileSync(file('tokenizer.json'), JSON.stringify(tokenizer));
  await says(/has 50001 tokens, but the model knows \d+\. They belong to different models/);
  put('tokenizer.json');
  expect((await client.request('tokens', asked)).length).toBeGreaterThan(10);
}, 60_000);

test('what the engine refuses comes back as its sentence, and another model can follow', async () => {
  let folder: string | null = path.resolve('test');
  start({ model: () => ({ model: folder, threads: 1 }) });
  await expect(client.request('tokens', asked)).rejects.toThrow(/not a model folder/);
  folder = null;
  await expect(client.request('tokens', { ...asked, text: ' ' })).rejects.toThrow(/no code here/);
  await expect(client.request('analyse', { ...question, analyses: { patching: { site: 'hook_nothing' as never } } })).rejects.toThrow(/"analyses\.patching\.site" is "hook_nothing"; it must be hook_resid_pre, /);
  expect((await client.request('tokens', asked)).length).toBeGreaterThan(10);
}, 60_000);
