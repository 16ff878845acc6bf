/** latent-lens study: run a study here or by a queue, go on with it, say how far it is, report it, and merge what several machines did. */
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { packageVersion } from '../../engine/session/load';
import type { JobsInQueue } from '../../studies/queue/producer';
import type { Ran, RunOptions, Shard } from '../../studies/running/run';
import { wholeNumber } from '../arguments/options';
import type { Io } from '../io';
import { print, printJson } from '../print';
import { withProgress } from '../progress';
import { renderStudyReport } from '../render/study';

const MOST_WORKERS = 256;

interface RunFlags {
  out: string;
  workers: number;
  limit?: number;
  shard?: Shard;
  queue?: string;
}

interface WorkerFlags {
  queue: string;
  workers: number;
  models?: string;
  idle?: number;
}

interface ReportFlags {
  json?: true;
  csv?: string;
  html?: string;
}

export function addStudyCommands(program: Command, io: Io): void {
  const study = program.command('study').description('ask the same of many programs and models: what a study file says');
  const workers = () => new Option('--workers <number>', 'so many processes on this machine, each with the model open').argParser(wholeNumber(1, MOST_WORKERS)).default(1);

  const queue = () => new Option('--queue <address>', 'put the work into a queue on a Redis server, which "study worker" takes it from on any machine: redis://HOST:PORT; docs/scale.md has more');

  study
    .command('run')
    .description('run a study, or go on with it where it was begun in the same folder')
    .argument('<file>', 'the study: JSON, as in examples/studies')
    .requiredOption('--out <folder>', 'where everything goes')
    .addOption(workers())
    .option('--limit <number>', 'at most so many programs, drawn by the seed of the study', wholeNumber(1, 10_000_000))
    .option('--shard <i/n>', 'only the i-th of n parts, as on one of n machines; by SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX and their counts when left out', parseShard)
    .addOption(queue())
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens study run examples/studies/smallest.study.json --out /tmp/smallest
  $ latent-lens study run my.study.json --out results --workers 4
  $ latent-lens study run my.study.json --out results-2 --shard 2/8
  $ latent-lens study run my.study.json --out results --queue redis://queue.lab:6379

Stop it with Ctrl-C and go on with "study resume": what is done is kept, whatever ends the command.`,
    )
    .action(async (file: string, { out, workers: count, limit, shard, queue: address }: RunFlags, command: Command) => {
      const { runStudy } = await import('../../studies/running/run');
      if (address !== undefined && shard) throw new Error('Give --shard or --queue, not both: a queue shares the work out by itself.');
      const part = address === undefined ? (shard ?? shardOf(process.env)) : null;
      await report(out, (options) => runStudy(file, out, { ...options, limit: limit ?? null, shard: part }), count, { address, command });
    });

  study
    .command('resume')
    .description('go on with a study')
    .argument('<folder>', 'the folder of "study run --out"')
    .addOption(workers())
    .addOption(queue())
    .addHelpText('after', '\nExamples:\n  $ latent-lens study resume results --workers 4')
    .action(async (out: string, { workers: count, queue: address }: Pick<RunFlags, 'workers' | 'queue'>, command: Command) => {
      const { resumeStudy } = await import('../../studies/running/run');
      await report(out, (options) => resumeStudy(out, options), count, { address, command });
    });

  study
    .command('worker')
    .description('work for studies that others put into a queue, until Ctrl-C')
    .addOption(queue().makeOptionMandatory())
    .addOption(workers())
    .option('--models <folder>', 'where paths to models in studies start; the folder of the study when left out')
    .option('--idle <minutes>', 'end after so many minutes without work', wholeNumber(1, 100_000))
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens study worker --queue redis://queue.lab:6379
  $ REDISCLI_AUTH=secret latent-lens study worker --queue redis://queue.lab --workers 4 --idle 10

A password is better in the variable REDISCLI_AUTH than in the address, which others on the machine see in the list of processes.`,
    )
    .action(async ({ queue: address, workers: count, models, idle }: WorkerFlags) => {
      const { workForQueue } = await import('../../studies/queue/worker');
      const done = await withProgress(io, (onProgress) => workForQueue(address, {
        workers: count, version: packageVersion(), models: models === undefined ? null : path.resolve(models),
        idle: idle === undefined ? null : 60 * idle, signal: io.signal, onProgress,
      }));
      io.out(`${done} job${done === 1 ? ' is' : 's are'} done.\n`);
    });

  study
    .command('status')
    .description('say how far a study is')
    .argument('<folder>', 'the folder of "study run --out"')
    .option('--json', 'print {title, models, programs, done, total, running, problems} as JSON')
    .addHelpText('after', '\nExamples:\n  $ latent-lens study status results')
    .action(async (out: string, { json }: { json?: true }) => {
      const { studyStatus } = await import('../../studies/running/run');
      print(io, await studyStatus(out), json, ({ title, models, programs, done, total, running, problems }) => [
        `${title}: ${done} of ${total} items are done (${programs} programs, ${models.join(', ')}).`,
        running ? `Process ${running.pid} on ${running.host} is running it.` : done < total ? `Nothing is running; go on with: latent-lens study resume ${out}` : 'It is through.',
        ...problems, '',
      ].join('\n'));
    });

  study
    .command('report')
    .description('say what came of a study, from what is done by now')
    .argument('<folder>', 'the folder of "study run --out"')
    .option('--json', 'print one JSON document')
    .option('--csv <folder>', 'write all numbers of each figure and all rows as CSV into a folder')
    .option('--html <file>', 'write one HTML file that needs nothing else')
    .addHelpText('after', '\nExamples:\n  $ latent-lens study report results\n  $ latent-lens study report results --html results.html\n  $ latent-lens study report results --csv numbers')
    .action(async (out: string, { json, csv, html }: ReportFlags) => {
      const { studyReport } = await import('../../studies/report/report');
      const made = await withProgress(io, async (progress) => {
        progress('Reading the rows');
        return studyReport(out);
      });
      if (csv !== undefined) {
        const { writeTables } = await import('../study-tables');
        for (const file of await writeTables(csv, made, out)) io.err(`Wrote ${file}.\n`);
      }
      if (html !== undefined) {
        const { writeStudyPage } = await import('../study-page');
        await writeStudyPage(html, made, io);
      }
      if (json) printJson(io, made);
      else if (csv === undefined && html === undefined) print(io, made, false, renderStudyReport);
    });

  study
    .command('merge')
    .description('put parts of a study together that several machines made with --shard')
    .argument('<folders...>', 'the folders of the parts')
    .requiredOption('--out <folder>', 'where the whole goes')
    .addHelpText('after', '\nExamples:\n  $ latent-lens study merge results-1 results-2 --out results')
    .action(async (parts: string[], { out }: { out: string }) => {
      const { mergeStudies } = await import('../../studies/running/merge');
      const { rows, missing } = await mergeStudies(parts, out);
      io.out(`${out}: ${rows} rows.\n${missing.map((sentence) => `${sentence}\n`).join('')}`);
    });

  async function report(
    out: string, run: (options: RunOptions) => Promise<Ran>, count: number, { address, command }: { address?: string; command: Command },
  ): Promise<void> {
    if (address !== undefined && command.getOptionValueSource('workers') === 'cli') {
      throw new Error('With --queue nothing is done here: leave --workers out, and start "latent-lens study worker --workers NUMBER" where the work is to be done.');
    }
    const queued = address === undefined ? undefined : await openedQueue(address);
    try {
      const options = { workers: count, does: queued?.does, signal: io.signal };
      const { rows, problems, notes } = await withProgress(io, (onProgress) => run({ ...options, onProgress }));
      for (const note of notes) io.err(`${note}\n`);
      const none = problems === 0 ? '' : ` ${problems} of them without an answer, which the report says why.`;
      io.out(`${out}: ${rows} rows.${none}\nSee them with: latent-lens study report ${out}\n`);
    } finally {
      await queued?.close();
    }
  }
}

/** BullMQ is loaded only here and for a worker. */
async function openedQueue(address: string): Promise<JobsInQueue> {
  const { openQueue } = await import('../../studies/queue/producer');
  return openQueue(address, packageVersion());
}

/** "2/8". */
function parseShard(text: string): Shard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (!(shard.index >= 1 && shard.index <= shard.of)) throw new InvalidArgumentError('Give which of how many parts, from 1: 2/8.');
  return shard;
}

/**
 * The part that a cluster's scheduler asks for; null where none does. SLURM counts from SLURM_ARRAY_TASK_MIN, Kubernetes from 0 and says
 * the count only where the job's file does.
 */
export function shardOf(env: Readonly<Record<string, string | undefined>>): Shard | null {
  const number = (name: string) => (env[name] !== undefined && /^\d+$/.test(env[name]) ? Number(env[name]) : null);
  for (const [at, count, first] of [['SLURM_ARRAY_TASK_ID', 'SLURM_ARRAY_TASK_COUNT', 'SLURM_ARRAY_TASK_MIN'], ['JOB_COMPLETION_INDEX', 'JOB_COMPLETION_COUNT', '']]) {
    const [index, of] = [number(at), number(count)];
    if (index === null || of === null) continue;
    const from = number(first) ?? 0;
    if (index - from >= of) throw new Error(`${at} is ${index} and ${count} is ${of}: there is no such part. Number an array of tasks without gaps.`);
    return { index: index - from + 1, of };
  }
  return null;
}
