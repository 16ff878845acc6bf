/** Series of shards: groups of near twins from a source, labelled by running them, with about the proportions of real code. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { holdsWord, readPrograms, type LabelledProgram } from '../labelling/program';
import { withTraces } from '../labelling/trace';
import type { Labeller } from '../labelling/labeller';
import { QUIET } from '../labelling/labels';
import { programHash } from '../labelling/normalise';
import { Random } from '../random';
import { answerOf } from '../labelling/answers';
import type { Group, GroupSource } from './groups';
import { Prior } from './prior';

export interface SeriesOptions {
  /** The shards are `NAME-00000.jsonl` and so on. */
  name: string;
  source: GroupSource;
  labeller: Labeller;
  seed: number | string;
  folder: string;
  shards: number;
  shardSize: number;
  /** Normalised hashes of programs that must not appear: the evaluation sets. */
  excluded: ReadonlySet<string>;
  heldOutWords: ReadonlySet<string>;
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

/** What came of the programs that were run. */
export interface SeriesReport {
  labelled: number;
  kept: number;
  /** Programs whose exception is none of the answers, by its name; and those that could not be judged. */
  unanswered: Record<string, number>;
  /** Milliseconds spent labelling. */
  labelling: number;
}

/** Groups labelled at once. */
const BATCH = 120;
/** A group gives at most so many programs, and so many that raise nothing. */
const MOST = 5;
const MOST_QUIET = 2;
/** A shard that is not full after labelling this many times its size is written as it is. */
const PATIENCE = 6;

/** Writes the shards that are not there yet; each is a function of the seed, the source and its number. */
export async function makeSeries(options: SeriesOptions): Promise<SeriesReport> {
  const { name, seed, folder, shards, shardSize, onProgress, signal } = options;
  mkdirSync(folder, { recursive: true });
  const seen = new Set<string>();
  const report: SeriesReport = { labelled: 0, kept: 0, unanswered: {}, labelling: 0 };
  for (let shard = 0; shard < shards; shard++) {
    signal?.throwIfAborted();
    const file = path.join(folder, `${name}-${String(shard).padStart(5, '0')}.jsonl`);
    if (existsSync(file)) {
      for (const { code } of readPrograms(file)) seen.add(programHash(code, { layout: true }));
      continue;
    }
    const programs = await makeShard(options, new Random(`${seed}/${name}/${shard}`), seen, report, shardSize);
    if (programs.length === 0) break;
    writeFileSync(`${file}.part`, programs.map((program) => `${JSON.stringify(program)}\n`).join(''));
    renameSync(`${file}.part`, file);
    onProgress?.(
      `${path.basename(file)}: ${programs.length} programs; ${report.labelled} labelled, ${Math.round((1000 * report.labelled) / report.labelling)}/s`,
    );
  }
  return report;
}

async function makeShard(
  { source, labeller, excluded, heldOutWords, signal }: SeriesOptions,
  random: Random,
  seen: Set<string>,
  report: SeriesReport,
  size: number,
): Promise<LabelledProgram[]> {
  const prior = new Prior();
  const kept: LabelledProgram[] = [];
  let labelled = 0;
  while (kept.length < size && labelled < PATIENCE * size) {
    signal?.throwIfAborted();
    const groups = drawGroups(source, random, prior, (code) => {
      const hash = programHash(code, { layout: true });
      if (seen.has(hash) || holdsWord(code, heldOutWords) || excluded.has(programHash(code))) return false;
      seen.add(hash);
      return true;
    });
    const codes = groups.flatMap(({ drafts }) => drafts.map(({ code }) => code));
    if (codes.length === 0) break;
    const started = performance.now();
    const outcomes = await labeller.runMany(codes, undefined, signal);
    report.labelling += performance.now() - started;
    labelled += codes.length;
    let at = 0;
    for (const { source: from, origin, family, drafts } of groups) {
      const programs = drafts.flatMap(({ code, edit }): LabelledProgram[] => {
        const { label: raised, line, message } = outcomes[at++];
        const label = answerOf(raised, code);
        if (label !== undefined) return [{ code, label, line: line ?? null, message: message ?? null, family, source: from, origin, edit }];
        report.unanswered[raised] = (report.unanswered[raised] ?? 0) + 1;
        return [];
      });
      kept.push(...chosen(programs, prior, labelled > PATIENCE * size * 0.6).slice(0, size - kept.length));
    }
  }
  report.labelled += labelled;
  report.kept += kept.length;
  return withTraces(labeller, kept, signal);
}

function drawGroups(source: GroupSource, random: Random, prior: Prior, accepts: (code: string) => boolean): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < BATCH; i++) {
    const group = source.draw(random, prior);
    const drafts = group?.drafts.filter(({ code }) => accepts(code)) ?? [];
    if (group && drafts.length > 0) groups.push({ ...group, drafts });
  }
  return groups;
}

/** Of a group the errors first, each kind once, then what raises nothing; in the group's own order. */
function chosen(programs: readonly LabelledProgram[], prior: Prior, relaxed: boolean): LabelledProgram[] {
  const taken = new Set<LabelledProgram>();
  const labels = new Map<string, number>();
  const quietLast = [...programs].sort((a, b) => Number(a.label === QUIET) - Number(b.label === QUIET));
  for (const program of quietLast) {
    const same = labels.get(program.label) ?? 0;
    if (taken.size >= MOST || same >= MOST_QUIET || !prior.admits(program.label, relaxed)) continue;
    labels.set(program.label, same + 1);
    prior.add(program.label);
    taken.add(program);
  }
  return programs.filter((program) => taken.has(program));
}
