/** The built command as a process: what it leaves behind, what it asks the network for, and how it ends. `npm test` builds it first. */
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { temporaryFolder, type Folder } from './kit';

const COMMAND = path.resolve('dist/cli/main.mjs');
const PACKAGE_MODEL = path.resolve('models/python-errors');
/** Whether this system lets a user have a network of his own, without a way out of it. */
const alone = process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true']).status === 0;

let folder: Folder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** The environment of a user whose home and temporary files are empty, and what is in them afterwards. */
async function clean(name: string) {
  const [home, temporary] = [folder.path(`${name}-home`), folder.path(`${name}-tmp`)];
  await Promise.all([mkdir(home), mkdir(temporary)]);
  const env = { PATH: process.env.PATH, HOME: home, USERPROFILE: home, TMPDIR: temporary, TMP: temporary, TEMP: temporary, NO_COLOR: '1' };
  const left = async () => [...(await readdir(home, { recursive: true })), ...(await readdir(temporary, { recursive: true }))];
  return { env, left };
}

/** The package's model with another file in a part of it. */
async function changedModel(name: string, file: string, change: (json: Record<string, unknown>) => string): Promise<string> {
  const model = folder.path(name);
  await mkdir(model);
  for (const own of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors']) await cp(path.join(PACKAGE_MODEL, own), path.join(model, own));
  await writeFile(path.join(model, file), change(JSON.parse(await readFile(path.join(PACKAGE_MODEL, file), 'utf8')) as Record<string, unknown>));
  return model;
}

describe('explain leaves nothing behind', () => {
  test.each([['as it is', []], ...(alone ? [['without a network', ['unshare', '-rn']] as const] : [])] as const)('%s', async (name, before) => {
    const { env, left } = await clean(name.replaceAll(' ', '-'));
    const [program, ...args] = [...before, process.execPath, COMMAND, 'explain', path.resolve('examples/temperature.py')];
    const { status, stdout, stderr } = spawnSync(program, args, { env, cwd: folder.path('.'), encoding: 'utf8', timeout: 50_000 });
    expect([status, stderr.includes('rror'), stdout.includes('TypeError')], stderr).toEqual([0, false, true]);
    expect(await left()).toEqual([]);
  }, 60_000);

  test('and asks for no name', async (context) => {
    if (process.platform !== 'linux' || spawnSync('strace', ['-V']).error) return context.skip();
    const { env } = await clean('traced');
    const trace = folder.path('trace');
    const args = ['-f', '-qq', '-e', 'trace=connect,openat,sendto', '-o', trace, process.execPath, COMMAND, 'explain', path.resolve('examples/temperature.py'), '--no-run'];
    const { status, stderr } = spawnSync('strace', args, { env, encoding: 'utf8', timeout: 100_000 });
    if (/ptrace|Operation not permitted/.test(stderr)) return context.skip();
    expect(status, stderr).toBe(0);
    const calls = (await readFile(trace, 'utf8')).split('\n');
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter((call) => /machine-id|resolv\.conf|\/etc\/hosts|AF_INET/.test(call))).toEqual([]);
  }, 120_000);
});

/** Runs until something is written to standard error that fits, then sends signals; what it ended with, and how long after the first. */
function interrupted(args: readonly string[], when: RegExp, { after = 0, signal = 'SIGINT' as NodeJS.Signals, again = 0 } = {}) {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [err, sent] = ['', 0];
  child.stderr.on('data', (data: Buffer) => {
    err += String(data);
    if (sent > 0 || !when.test(err)) return;
    sent = Date.now();
    setTimeout(() => {
      sent = Date.now();
      child.kill(signal);
      if (again > 0) setTimeout(() => child.kill(signal), again);
    }, after);
  });
  return new Promise<{ code: number | null; seconds: number; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, err, seconds: (Date.now() - sent) / 1000 }));
  });
}

describe.runIf(process.platform !== 'win32')('Ctrl-C ends a command within two seconds', () => {
  /** Atomics.wait stands for whatever blocks: no handler of a signal runs in that process. */
  const blocked = (args: readonly string[], signal: NodeJS.Signals, again = 0) => {
    vi.stubEnv('NODE_OPTIONS', `--import=${folder.path('block.mjs')}`);
    return interrupted(args, /Loading the model/, { signal, again, after: 1500 }).finally(() => vi.unstubAllEnvs());
  };
  beforeAll(async () => {
    await folder.write('block.mjs', `if (process.send) {
  const { write } = process.stderr;
  process.stderr.write = function (text, ...more) {
    const sent = write.call(this, text, ...more);
    if (/Loading the model/.test(text)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    return sent;
  };
}`);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s, while the process is blocked', async (signal) => {
    const { code, seconds, err } = await blocked(['explain', 'examples/temperature.py'], signal);
    expect([code, err.endsWith('Stopped.\n')], err).toEqual([130, true]);
    expect(seconds).toBeLessThan(2);
  }, 30_000);

  test('at once when it is pressed again', async () => {
    const { code, seconds } = await blocked(['explain', 'examples/temperature.py'], 'SIGINT', 700);
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(1.4);
  }, 30_000);

  test('while it runs', async () => {
    const { code, err, seconds } = await interrupted(['explain', 'examples/temperature.py'], /Making variants|Starting Python/);
    expect([code, err.match(/Stopped\./g)?.length], err).toEqual([130, 1]);
    expect(seconds).toBeLessThan(2);
  }, 30_000);
});

test('a tokenizer whose expression searches without end is refused with a sentence', async () => {
  const model = await changedModel('redos', 'tokenizer.json', (json) => {
    const endless = { type: 'Split', pattern: { Regex: '(?:(?:q+)+)+!' }, behavior: 'Isolated', invert: false };
    return JSON.stringify({ ...json, pre_tokenizer: { type: 'Sequence', pretokenizers: [endless, json.pre_tokenizer] } });
  });
  const file = await folder.write('q.py', `x = "${'q'.repeat(60)}"\n1/0\n`);
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'explain', file, '--no-run', '--model', model], { encoding: 'utf8', timeout: 50_000 });
  expect(status).toBe(1);
  expect(stderr).toMatch(/tokenizer\.json takes longer than 2 s for [\d,]+ characters: it has an expression that searches without end\. Use the tokenizer/);
}, 60_000);

test('a config nested five thousand deep is refused with a sentence', async () => {
  const model = await changedModel('deep', 'config.json', (json) => `${JSON.stringify(json).slice(0, -1)}, "hidden_act": ${'['.repeat(5000)}${']'.repeat(5000)}}`);
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'explain', 'examples/temperature.py', '--model', model], { encoding: 'utf8' });
  expect([status, stderr.trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(/config\.json is nested too deeply \(over 64 levels\)\.$/)]);
}, 30_000);

test('names of files, keys and exceptions reach the terminal as text', async () => {
  const key = '\x1b]0;owned\x07\x1b[31mkey\u202e';
  const model = await changedModel('ansi', 'config.json', (json) => JSON.stringify({ ...json, [key]: 5 }));
  const program = await folder.write('\x1b[31mx\u202e.py', 'raise type("\\x1b]0;owned\\x07\\x1b[31mEvil\\u202e", (Exception,), {})("m")\n');
  const run = (...args: string[]) => spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8', timeout: 50_000 });
  const results = [run('explain', program, '--model', model), run('explain', `${program}x`), run('variants', program), run('variants', program, '--json')];
  expect(results.map(({ status }) => status)).toEqual([1, 1, 0, 0]);
  for (const { stdout, stderr } of results) expect(stdout + stderr).not.toMatch(/(?![\n])[\p{Cc}\p{Cf}]/u);
  expect(results[0].stderr).toContain('key');
  expect(results[1].stderr).toContain('\\u{1b}[31mx\\u{202e}.py');
  expect((JSON.parse(results[3].stdout) as { source: { file: string } }).source.file).toBe(program);
}, 120_000);

test('three lines of a long file are as fast as three lines', async () => {
  const file = await folder.write('lines.py', 'x = 1\n'.repeat(1_000_000));
  const three = await folder.write('three.py', 'x = 1\n'.repeat(3));
  const timed = (argument: string) => {
    const began = performance.now();
    const result = spawnSync(process.execPath, [COMMAND, 'explain', argument, '--no-run', '--json'], { encoding: 'utf8' });
    expect(result.status, result.stderr).toBe(0);
    return { seconds: (performance.now() - began) / 1000, json: JSON.parse(result.stdout) as { source: object; prediction: object } };
  };
  const [short, long] = [timed(three), timed(`${file}:999998-1000000`)];
  expect(long.json.prediction).toEqual(short.json.prediction);
  expect(long.json.source).toMatchObject({ start: 5_999_982, end: 5_999_999, firstLine: 999_998, lastLine: 1_000_000 });
  expect(long.seconds).toBeLessThan(2 * short.seconds + 1);
}, 60_000);
