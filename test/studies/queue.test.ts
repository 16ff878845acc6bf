/** A queue on a real Redis: the same table as by one process, whoever is killed on the way, and every item done once. */
import { fork } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'bullmq';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseAddress } from '../../src/studies/queue/address';
import { queueOf } from '../../src/studies/queue/messages';
import { openQueue } from '../../src/studies/queue/producer';
import { checkServer } from '../../src/studies/queue/server';
import { workForQueue, type Timing } from '../../src/studies/queue/worker';
import { studyStatus, type RunOptions } from '../../src/studies/running/run';
import { run } from '../cli/kit';
import { smallModel, type SmallModel } from '../engine/small-model';
import { runHere, writeLines, writeStudy } from './kit';
import { hasRedis, PASSWORD, startRedis, type TestServer } from './redis';

const VERSION = '1.2.3';
const TIMING: Timing = { lock: 1000, look: 200 };
const COUNT = 12;
/** Where the machine is busy. */
const SOON = { timeout: 20_000 };
let server: TestServer;
let model: SmallModel;
let at: string;
let file: string;
let whole: Buffer;
/** All that anybody was told, in which no password may be. */
const told: string[] = [];
const folder = (name: string) => path.join(at, name);
const table = (name: string) => readFileSync(path.join(folder(name), 'rows.parquet'));

/** A worker in this process, which starts others. */
function work(options: Partial<Parameters<typeof workForQueue>[1]> = {}) {
  const stop = new AbortController();
  const done = workForQueue(server.address, {
    workers: 1, version: VERSION, models: null, idle: null, signal: stop.signal, timing: TIMING, onProgress: (words) => void told.push(words), ...options,
  });
  done.catch(() => undefined);
  return { done, stop: () => {
    stop.abort();
    return done;
  } };
}

async function put(name: string, options: Partial<RunOptions> = {}, version = VERSION, timing = TIMING) {
  const queue = await openQueue(server.address, version, timing);
  try {
    return await runHere(file, folder(name), {
      ...options, does: queue.does, onProgress: (words, done, total) => {
        told.push(words);
        options.onProgress?.(words, done, total);
      },
    });
  } finally {
    await queue.close();
  }
}

/** What of the queue is still in Redis. */
const left = async () => (await server.redis.keys('latent-lens:studies-*')).filter((key) => /-[0-9a-f]{32}$/.test(key));

describe.skipIf(!hasRedis)('a queue on Redis (skipped where no redis-server is installed: apt install redis-server)', () => {
  beforeAll(async () => {
    [server, model] = [await startRedis(), await smallModel()];
    at = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-queue-'));
    cpSync(model.folder, folder('models/model'), { recursive: true });
    const rows = writeLines(at, 'rows.jsonl', Array.from({ length: COUNT }, (_, i) => (
      { id: `p${i}`, code: `total = ${i}\nprint("a${i}" + total)`, label: i % 3 === 0 ? 'no error' : 'TypeError' })));
    file = writeStudy(at, { models: ['models/model'], programs: [{ from: 'file', path: rows }], sampling: { k: [1, 5], samples: 8 }, examples: [{ count: 1 }] });
    expect(await runHere(file, folder('whole'))).toMatchObject({ rows: 2 * COUNT, problems: 0 });
    whole = table('whole');
  });
  afterAll(async () => {
    await server.stop();
    await model.remove();
    rmSync(at, { recursive: true, force: true });
  });
  beforeEach(() => server.redis.flushall());
  afterEach(() => expect(told.filter((words) => words.includes('gE') || words.includes(encodeURIComponent(PASSWORD)))).toEqual([]));

  test('the table is the same bytes, nothing is left behind, and no file knows the password', async () => {
    const worker = work({ workers: 2 });
    expect(await put('queued')).toEqual({ rows: 2 * COUNT, problems: 0, notes: [] });
    expect(await worker.stop()).toBe(COUNT);
    expect(table('queued')).toEqual(whole);
    expect(await left()).toEqual([]);
    expect(told).toEqual(expect.arrayContaining(['Asking by 2 processes', `Working for ${server.shown}`]));
    for (const name of readdirSync(folder('queued'), { recursive: true, encoding: 'utf8' }).filter((one) => /\.\w+$/.test(one))) {
      expect(readFileSync(path.join(folder('queued'), name), 'latin1')).not.toMatch(/gE(?:\/|%2F)he/);
    }
  });

  test('stopped and resumed, it asks for nothing that is in its logs', async () => {
    const stop = new AbortController();
    const first = work();
    await expect(put('stopped', { signal: stop.signal, onProgress: (words, done) => words.startsWith('Asking') && done! >= 5 && stop.abort() })).rejects.toThrow();
    const before = await first.stop();
    const { done } = await studyStatus(folder('stopped'));
    expect(done).toBeGreaterThanOrEqual(5);
    expect(done).toBeLessThan(COUNT);
    // What was being done then is there still, done or given back by the worker; what was waiting was taken back.
    expect((await left()).length).toBeGreaterThanOrEqual(before - done);
    expect((await left()).length).toBeLessThanOrEqual(before - done + 1);
    const second = work();
    await put('stopped');
    expect(await second.stop()).toBe(COUNT - before);
    expect(table('stopped')).toEqual(whole);
  });

  test('two producers of one study: each item is done once, and both get all', async () => {
    const slow: Timing = { lock: 1000, look: 2000 };
    const both = Promise.all([put('one', {}, VERSION, slow), put('two', {}, VERSION, slow)]);
    await expect.poll(async () => (await left()).length, SOON).toBe(COUNT);
    await expect.poll(() => told.filter((words) => words.includes('no worker is there')).length, SOON).toBeGreaterThanOrEqual(2);
    const worker = work();
    await both;
    expect(await worker.stop()).toBe(COUNT);
    expect([table('one'), table('two')]).toEqual([whole, whole]);
  });

  test('a process of a worker, and a whole worker, are killed: others take over', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const key = (name: string) => `latent-lens:${queueOf(version)}:${name}`;
    let killed = false;
    const other = fork(path.resolve('dist/cli/main.mjs'), ['study', 'worker', '--queue', server.address], { stdio: 'ignore' });
    const producing = put('killed', {}, version);
    // The first one takes a job and dies with it; its lock would end half a minute later.
    await expect.poll(() => server.redis.llen(key('active')), { ...SOON, interval: 5 }).toBe(1);
    for (const pid of [...childrenOf(other.pid!), other.pid!]) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => other.once('exit', resolve));
    const locks = await server.redis.keys(key('*:lock'));
    expect(locks.length).toBe(1);
    await server.redis.del(...locks, key('stalled-check'));
    const worker = work({ version, onProgress: (_, done) => {
      if (done !== 3 || killed) return;
      const [pid] = childrenOf(process.pid).filter((one) => readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('studies/worker.mjs'));
      process.kill(pid, 'SIGKILL');
      killed = true;
    } });
    expect(await producing).toEqual({ rows: 2 * COUNT, problems: 0, notes: [] });
    await worker.stop();
    expect(killed).toBe(true);
    expect(table('killed')).toEqual(whole);
  }, 60_000);

  test('Redis lost all it held: what is not in the logs is put again', async () => {
    const worker = work();
    let lost = false;
    await put('lost', { onProgress: (words, done) => {
      if (!words.startsWith('Asking') || done !== 4 || lost) return;
      lost = true;
      void server.redis.flushall();
    } });
    await worker.stop();
    expect(lost).toBe(true);
    expect(table('lost')).toEqual(whole);
  });

  test('a job that fails again and again is told, and done when the study is resumed', async () => {
    const bad = new Worker(queueOf(VERSION), (job) => (job.data.job.prepared.program.id === 'p3' ? Promise.reject(new Error('Its process ended (SIGKILL).')) : new Promise(() => undefined)), {
      connection: server.redis, prefix: 'latent-lens', concurrency: COUNT, lockDuration: 1000, stalledInterval: 500,
    });
    const producing = put('failing');
    await expect.poll(async () => server.redis.zcard(`latent-lens:${queueOf(VERSION)}:failed`).then(async (count) => count + (await left()).length), SOON).toBe(COUNT - 1);
    await bad.close(true);
    const good = work();
    expect(await producing).toMatchObject({ rows: 2 * COUNT - 2, notes: ['One job was tried 3 times and is not done: Its process ended (SIGKILL).'] });
    await put('failing');
    await good.stop();
    expect(table('failing')).toEqual(whole);
  });

  test('a machine with another model, or none, says so and gives its job back', async () => {
    cpSync(folder('models/model'), folder('others/models/model'), { recursive: true });
    const weights = folder('others/models/model/model.safetensors');
    const bytes = readFileSync(weights);
    bytes[bytes.length - 2] ^= 1;
    writeFileSync(weights, bytes);
    const producing = put('unfit');
    await expect(work({ models: folder('others') }).done).rejects.toThrow(new RegExp(`^${folder('others/models/model')} is not the model model that the study began with: its SHA-256 is [0-9a-f]{12}…, not [0-9a-f]{12}…\\. Put that model there, or begin the study anew in another folder\\.$`));
    await expect(work({ models: folder('nowhere') }).done).rejects.toThrow('The model models/model is not on this machine.');
    await expect.poll(() => told.some((words) => words.startsWith(`Asking (no worker is there; ${os.hostname()}: The model models/model is not on this machine.`)), SOON).toBe(true);
    const worker = work();
    await producing;
    await worker.stop();
    expect(table('unfit')).toEqual(whole);
  });

  test('versions that differ are said on both sides, and nothing is mixed', async () => {
    const stop = new AbortController();
    const worker = work({ version: '9.9.9' });
    const producing = put('versions', { signal: stop.signal });
    producing.catch(() => undefined);
    await expect.poll(() => told, SOON).toContain(`Asking (no worker is there; workers of Latent Lens 9.9.9 wait, and this is ${VERSION}: install the same version on both)`);
    await expect.poll(() => told, SOON).toContain(`Waiting for jobs from ${server.shown}; a study waits for workers of Latent Lens ${VERSION}, and this is 9.9.9: install the same version on both`);
    stop.abort();
    await expect(producing).rejects.toThrow();
    expect(await worker.stop()).toBe(0);
    expect(await left()).toEqual([]);
  });

  test('a worker without work ends after a while', async () => expect(await work({ idle: 0.3 }).done).toBe(0));

  test('a server that would lose jobs, or wants another password, is refused in a sentence without it', async () => {
    const error = async (address: string) => (await openQueue(address, VERSION).catch((wrong: Error) => wrong)) as Error;
    await server.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect((await error(server.address)).message).toBe(`${server.shown} may throw jobs away when its memory is full: its maxmemory-policy is allkeys-lru. Set it with: redis-cli config set maxmemory-policy noeviction`);
    await server.redis.config('SET', 'maxmemory-policy', 'noeviction');
    const host = server.shown.slice('redis://'.length);
    const wanted = (address: string, sentence: string) => error(address).then((wrong) => expect([wrong.message, String(wrong.cause ?? '')]).toEqual([sentence, '']));
    await wanted(server.shown, `The Redis server at ${server.shown} wants a password. Give it in the address, or in the variable REDISCLI_AUTH.`);
    await wanted(`redis://ann:gEwrong@${host}`, `The Redis server at ${server.shown} does not take this user and password. Check them; in an address, %40 stands for @, %2F for / and %23 for #.`);
    await wanted(`${server.address}/99`, `The Redis server at ${server.shown}/99 has no database of this number. Leave it out, or give one from 0 to 15.`);
    await wanted('redis://:gE@127.0.0.1:1', 'No Redis server answers at redis://127.0.0.1:1. Start one with "redis-server", or check host and port.');
    const { err } = await run(['study', 'worker', '--queue', server.address.replace('redis:', 'http:')]);
    expect(err).toMatch(/^The address of the queue does not begin with redis/);
    expect(err).not.toContain('gE');
    expect((await run(['study', 'run', file, '--out', folder('x'), '--queue', server.address, '--workers', '2'])).err).toBe('With --queue nothing is done here: leave --workers out, and start "latent-lens study worker --workers NUMBER" where the work is to be done.\n');
    expect((await run(['study', 'run', file, '--out', folder('x'), '--queue', server.address, '--shard', '1/2'])).err).toBe('Give --shard or --queue, not both: a queue shares the work out by itself.\n');
  });
});

function childrenOf(parent: number): number[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).map(Number).filter((pid) => {
    try {
      return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))![1]) === parent;
    } catch {
      return false;
    }
  });
}

test('what a server says of itself decides', () => {
  const info = (version: string, more = '') => `# Server\r\nredis_version:${version}\r\n${more}\r\n`;
  expect(() => checkServer(info('6.2.0', 'maxmemory_policy:noeviction'), 'redis://h:1')).not.toThrow();
  expect(() => checkServer(info('7.2.4', 'valkey_version:8.0.1'), 'redis://h:1')).not.toThrow();
  expect(() => checkServer(info('6.0.16'), 'redis://h:1')).toThrow('redis://h:1 is Redis 6.0.16; a queue needs 6.2 or newer. Install a newer one, or divide the study with --shard.');
  expect(() => checkServer(info('5.0.7'), 'redis://h:1')).toThrow('redis://h:1 is Redis 5.0.7');
  expect(() => checkServer(info('7.0.0', 'role:slave'), 'redis://h:1')).toThrow('redis://h:1 is a replica, which cannot be written.');
  expect(() => checkServer('nonsense', 'redis://h:1')).toThrow('redis://h:1 does not say which Redis it is.');
});

describe('an address', () => {
  test('is taken apart', () => {
    expect(parseAddress('redis://h', {})).toEqual({ host: 'h', port: 6379, database: 0, tls: false, username: undefined, password: undefined, shown: 'redis://h:6379' });
    expect(parseAddress('rediss://ann:a%40b%2Fc@[::1]:7000/3', {})).toEqual({ host: '::1', port: 7000, database: 3, tls: true, username: 'ann', password: 'a@b/c', shown: 'rediss://[::1]:7000/3' });
    expect(parseAddress('redis://h', { REDISCLI_AUTH: 'x' }).password).toBe('x');
    expect(parseAddress('redis://:y@h', { REDISCLI_AUTH: 'x' }).password).toBe('y');
  });

  test.each([
    ['localhost:6379', 'does not begin with redis:// or rediss://'], ['http://:gE@h', 'does not begin with'], ['redis://', 'names no host'],
    ['redis://:gE/he@h', 'is no address'], ['redis://:gE@h:99999', 'is no address'], ['redis://:gE@h/a', 'has something behind the host'],
    ['redis://:gE#@h', 'is no address'], ['redis://h/?gE', 'has a part behind ? or #'], ['redis://h#gE', 'has a part behind ? or #'], ['redis://:gE%zz@h', 'has a user or a password with a %'],
    ['redis://:gE@h:0', 'has the port 0'], ['redis://gE@h/1/2', 'has something behind the host'],
  ])('%s', (address, why) => {
    const error = (() => {
      try {
        return parseAddress(address, {});
      } catch (wrong) {
        return wrong as Error;
      }
    })() as Error;
    expect(error.message).toContain(`The address of the queue ${why}`);
    expect(`${error.message} ${String(error.cause ?? '')}`).not.toContain('gE');
  });
});
