/** Running: the same table however it was run, whatever stopped it on the way. */
import { appendFileSync, copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shardOf } from '../../src/cli/commands/study';
import { Log, logLines, type Disk } from '../../src/studies/running/log';
import { mergeStudies } from '../../src/studies/running/merge';
import { resumeStudy, studyStatus } from '../../src/studies/running/run';
import { readRows, tableOf } from '../../src/studies/running/table';
import { StudyFolder } from '../../src/studies/running/folder';
import { smallModel, type SmallModel } from '../engine/small-model';
import { quiet, runHere, writeLines, writeStudy } from './kit';

let model: SmallModel;
let at: string;
let file: string;
let whole: Buffer;
const COUNT = 14;
const codes = Array.from({ length: COUNT }, (_, i) => ({ id: `p${i}`, code: `total = ${i}\nprint("a${i}" + total)`, label: i % 3 === 0 ? 'no error' : 'TypeError' }));
const folder = (name: string) => path.join(at, name);
const table = (name: string) => readFileSync(path.join(folder(name), 'rows.parquet'));

beforeAll(async () => {
  model = await smallModel();
  at = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-study-'));
  const rows = writeLines(at, 'rows.jsonl', codes);
  file = writeStudy(at, { models: [model.folder], programs: [{ from: 'file', path: rows }], sampling: { k: [1, 5], samples: 8 }, examples: [{ count: 1 }] });
  expect(await runHere(file, folder('whole'))).toMatchObject({ rows: 2 * COUNT, problems: 0 });
  whole = table('whole');
});
afterAll(async () => {
  await model.remove();
  rmSync(at, { recursive: true, force: true });
});

describe('the table', () => {
  test('is sorted by key, and reads back as it was', async () => {
    const rows = await readRows(path.join(folder('whole'), 'rows.parquet'));
    expect(rows.map(({ key }) => key)).toEqual([...new Set(rows.map(({ key }) => key))].sort());
    expect(rows.filter(({ condition }) => condition === 'original').map(({ code }) => code).sort()).toEqual(codes.map(({ code }) => code).sort());
    const written = await new StudyFolder(folder('whole')).rows();
    expect(rows).toEqual(written);
    expect(Buffer.from(tableOf(rows))).toEqual(whole);
  });

  test('holds no time', async () => {
    await runHere(file, folder('again'));
    expect(table('again')).toEqual(whole);
  });
});

describe('the same bytes', () => {
  test('after it was stopped, and its last line cut', async () => {
    const stop = new AbortController();
    let done = 0;
    const stopped = runHere(file, folder('stopped'), { signal: stop.signal, onProgress: (stage, n) => stage === 'Asking' && n! >= 5 && stop.abort() });
    await expect(stopped).rejects.toThrow();
    const log = path.join(folder('stopped'), 'logs', 'ask-0.jsonl');
    done = readFileSync(log, 'utf8').split('\n').length - 1;
    expect(done).toBe(5);
    truncateSync(log, readFileSync(log).length - 40);
    expect(await studyStatus(folder('stopped'))).toMatchObject({ done: 4, total: COUNT, running: null });
    const asked: number[] = [];
    await resumeStudy(folder('stopped'), { ...quiet(), onProgress: (stage, n) => void (stage === 'Asking' && asked.push(n!)) });
    expect(asked).toEqual(Array.from({ length: COUNT - 3 }, (_, i) => i + 4));
    expect(table('stopped')).toEqual(whole);
  });

  test('after the disk was full', async () => {
    let room = 6000;
    const disk: Disk = {
      write: (fd, bytes, from) => {
        if (room <= 0) throw Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
        const some = Math.min(room, bytes.length - from);
        room -= some;
        return writeSync(fd, bytes, from, some);
      },
    };
    await expect(runHere(file, folder('full'), { disk })).rejects.toThrow(/^There is no room for .*ask-0\.jsonl: the disk is full\. What was done by then is kept; make room and resume the study\.$/);
    const { done } = await studyStatus(folder('full'));
    expect(done).toBeGreaterThan(0);
    expect(readFileSync(path.join(folder('full'), 'logs', 'ask-0.jsonl'), 'utf8')).toMatch(/\n$/);
    await resumeStudy(folder('full'), quiet());
    expect(table('full')).toEqual(whole);
  });

  test('from parts that were merged, in any order', async () => {
    for (const index of [1, 2, 3]) await runHere(file, folder(`part${index}`), { shard: { index, of: 3 } });
    const sizes = await Promise.all([1, 2, 3].map(async (index) => (await studyStatus(folder(`part${index}`))).total));
    expect(sizes.reduce((a, b) => a + b)).toBe(COUNT);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(await mergeStudies([folder('part3'), folder('part1'), folder('part2')], folder('merged'))).toEqual({ rows: 2 * COUNT, missing: [] });
    expect(table('merged')).toEqual(whole);
    const { missing } = await mergeStudies([folder('part1'), folder('part3')], folder('lacking'));
    expect(missing[0]).toBe('Parts 2 of 3 are missing.');
    await resumeStudy(folder('lacking'), quiet());
    expect(table('lacking')).toEqual(whole);
  });

  test('by four processes, of which two are killed while they work', async () => {
    const out = folder('four');
    let killed = 0;
    const onProgress = (stage: string, done?: number) => {
      if (stage !== 'Asking' || (done !== 3 && done !== 8)) return;
      // The workers of this run are the processes that have its folder's logs open; this process is their parent.
      const [child] = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isWorkerOf(pid, process.pid));
      process.kill(Number(child), 'SIGKILL');
      killed++;
    };
    expect(await runHere(file, out, { workers: 4, onProgress })).toMatchObject({ rows: 2 * COUNT, problems: 0, notes: [] });
    expect(killed).toBe(2);
    expect(table('four')).toEqual(whole);
  }, 60_000);
});

function isWorkerOf(pid: string, parent: number): boolean {
  try {
    const [, ppid] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
    return Number(ppid) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('studies/worker.mjs');
  } catch {
    return false;
  }
}

describe('a folder', () => {
  test('is not run twice at once, and a dead process does not keep it', async () => {
    cpSync(folder('whole'), folder('held'), { recursive: true });
    writeFileSync(path.join(folder('held'), 'running.json'), JSON.stringify({ host: os.hostname(), pid: 1 }));
    await expect(resumeStudy(folder('held'), quiet())).rejects.toThrow(`${folder('held')} is being run by process 1 on ${os.hostname()}. Wait for it, or stop it first.`);
    writeFileSync(path.join(folder('held'), 'running.json'), JSON.stringify({ host: os.hostname(), pid: 2 ** 22 + 5 }));
    await resumeStudy(folder('held'), quiet());
    expect(existsSync(path.join(folder('held'), 'running.json'))).toBe(false);
    expect(table('held')).toEqual(whole);
  });

  test('that holds another study is refused', async () => {
    const other = writeStudy(at, { models: [model.folder], programs: [{ from: 'file', path: 'rows.jsonl', limit: 3 }] }, 'other.study.json');
    await expect(runHere(other, folder('whole'))).rejects.toThrow(`${folder('whole')} holds another study, or the same with another --limit or --shard.`);
    const renamed = folder('renamed.study.json');
    copyFileSync(file, renamed);
    writeFileSync(renamed, readFileSync(file, 'utf8').replace('A test', 'Another title'));
    await runHere(renamed, folder('whole')); // the same questions
    await expect(resumeStudy(folder('nothing'), quiet())).rejects.toThrow(`${folder('nothing')} holds no study. Name the folder that "latent-lens study run" was given with --out.`);
    await expect(mergeStudies([folder('part1'), folder('whole')], folder('m'))).rejects.toThrow('are not parts of the same division');
  });
});

describe('a log', () => {
  test('drops a cut line when it is opened, and reads around it before', async () => {
    const one = folder('a.jsonl');
    const log = Log.open(one);
    log.append({ a: 'x\u2028y\r' });
    log.append({ b: 2 });
    log.close();
    appendFileSync(one, '{"c":');
    const lines: unknown[] = [];
    for await (const line of logLines(one)) lines.push(line);
    expect(lines).toEqual([{ a: 'x\u2028y\r' }, { b: 2 }]);
    const again = Log.open(one);
    again.append({ d: 4 });
    again.close();
    expect(readFileSync(one, 'utf8')).toBe(`{"a":"x\u2028y\\r"}\n{"b":2}\n{"d":4}\n`);
    appendFileSync(one, 'nonsense\n');
    await expect((async () => { for await (const _ of logLines(one)); })()).rejects.toThrow(`${one}, line 4 is not what a study writes.`);
  });
});

test('a cluster says which part is meant', () => {
  expect(shardOf({})).toBeNull();
  expect(shardOf({ SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '4', SLURM_ARRAY_TASK_MIN: '1' })).toEqual({ index: 3, of: 4 });
  expect(shardOf({ SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_COUNT: '4' })).toEqual({ index: 1, of: 4 });
  expect(shardOf({ JOB_COMPLETION_INDEX: '7', JOB_COMPLETION_COUNT: '8' })).toEqual({ index: 8, of: 8 });
  expect(shardOf({ JOB_COMPLETION_INDEX: '7' })).toBeNull();
  expect(() => shardOf({ SLURM_ARRAY_TASK_ID: '9', SLURM_ARRAY_TASK_COUNT: '4', SLURM_ARRAY_TASK_MIN: '1' })).toThrow('there is no such part');
});
