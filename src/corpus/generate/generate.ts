import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../random';
import { Balance } from './balance';
import type { Family } from '../family';
import type { Labeller } from '../labelling/labeller';
import { isJoined, joinedPrograms } from './joined';
import { LABELS, QUIET, type Label } from '../labelling/labels';
import { programHash } from '../labelling/normalise';
import { estimateTokens, holdsWord, readPrograms, type LabelledProgram } from '../labelling/program';
import { withTraces } from '../labelling/trace';
import { checkMadeOf } from '../made-of';
import { Yields } from './yields';

export interface GenerateOptions {
  families: readonly Family[];
  labeller: Labeller;
  /** Hash of what the families draw from besides code. */
  written?: string;
  /** Labelled programs in all, without the longer ones. */
  count: number;
  seed: number | string;
  /** Where the shards go. */
  folder: string;
  /** Normalised hashes (without layout) of programs that must not appear: the evaluation sets. */
  excluded?: ReadonlySet<string>;
  /** Words that no program may hold, in any capitalisation: those of the evaluation sets' own values. */
  heldOutWords?: readonly string[];
  shardSize?: number;
  maxLines?: number;
  maxCharacters?: number;
  maxTokens?: number;
  /** For each program, how many longer ones are made of several (see joined.ts), and about the tokens of the longest. */
  joined?: { share: number; maxTokens: number };
  /** Programs at the beginning of the first shard that are only measured: no longer program is made of them. */
  validation?: number;
  onProgress?: (done: number, total: number, perSecond: number) => void;
  signal?: AbortSignal;
}

export interface GenerateReport {
  shards: string[];
  programs: number;
  /** Programs labelled to get them, in this run. */
  labelled: number;
  /** label → family → programs kept. */
  table: Map<string, Map<string, number>>;
  /** family → label → programs labelled, in this run (what the families make before balancing). */
  drawn: Map<string, Map<string, number>>;
  seconds: number;
}

/** Programs labelled at once; the next batch is generated meanwhile. */
const BATCH = 2048;
/** A shard gives up on floors for rare labels after labelling this many times its size. */
const PATIENCE = 6;

/**
 * Draws twins from the families, labels them and writes balanced shards `programs-00000.jsonl` and so on. Each
 * shard has its own seed and is written whole, so a run that was interrupted goes on where it stopped.
 */
export async function generateShards(options: GenerateOptions): Promise<GenerateReport> {
  const { count, folder, shardSize = 20_000 } = options;
  mkdirSync(folder, { recursive: true });
  checkMadeOf(path.join(folder, 'recipe.json'), { seed: options.seed, shardSize, written: options.written });
  const started = performance.now();
  const seen = new Set<string>();
  const report: GenerateReport = {
    shards: [],
    programs: 0,
    labelled: 0,
    table: new Map(),
    drawn: new Map(),
    seconds: 0,
  };
  for (let shard = 0; report.programs < count; shard++) {
    const file = path.join(folder, `programs-${String(shard).padStart(5, '0')}.jsonl`);
    const size = Math.min(shardSize, count - report.programs);
    const present = existsSync(file) ? readPrograms(file) : undefined;
    const programs = present ?? (await makeShard(options, shard, size, seen, report));
    for (const { code } of programs) seen.add(programHash(code, { layout: true }));
    if (!present) {
      const text = programs.map((program) => `${JSON.stringify(program)}\n`).join('');
      writeFileSync(`${file}.part`, text);
      renameSync(`${file}.part`, file);
    }
    for (const { label, family } of programs) bump(report.table, label, family);
    report.shards.push(file);
    report.programs += programs.filter(({ family }) => !isJoined(family)).length;
    report.seconds = (performance.now() - started) / 1000;
    options.onProgress?.(report.programs, count, report.labelled / report.seconds);
    if (programs.length === 0) break;
  }
  return report;
}

interface Draft {
  code: string;
  family: string;
  group: number;
  /** Which of its group's twins it is. */
  place: number;
}

async function makeShard(
  options: GenerateOptions,
  shard: number,
  size: number,
  seen: Set<string>,
  report: GenerateReport,
): Promise<LabelledProgram[]> {
  const { labeller, families, signal } = options;
  const random = new Random(`${options.seed}/${shard}`);
  // `seen` holds what earlier shards kept, so that a resumed run draws what an uninterrupted one would.
  const drawn = new Set<string>();
  const weights = families.map((family) => family.weight ?? 1);
  const balance = new Balance(size);
  const kept: LabelledProgram[] = [];
  const yields = new Yields();
  const heldOut = new Set(options.heldOutWords);
  let groups = 0;

  const draw = (): Draft[] => {
    const drafts: Draft[] = [];
    let attempts = 0;
    while (drafts.length < BATCH && attempts++ < 50 * BATCH) {
      const family = random.weighted(families, weights);
      const group = groups++;
      const twins = [...new Set(family.make(random).map((text) => text.trimEnd()))];
      for (const [place, code] of twins.entries()) {
        if (!random.chance(yields.worth(family.name, place)) || !fits(code, options) || holdsWord(code, heldOut)) continue;
        const hash = programHash(code, { layout: true });
        if (seen.has(hash) || drawn.has(hash) || options.excluded?.has(programHash(code))) continue;
        drawn.add(hash);
        drafts.push({ code, family: family.name, group, place });
      }
    }
    return drafts;
  };
  const label = async (drafts: Draft[]) => ({
    drafts,
    results: await labeller.runMany(drafts.map((draft) => draft.code), undefined, signal),
  });

  let labelled = 0;
  let pending = label(draw());
  while (!balance.full) {
    signal?.throwIfAborted();
    const next = draw();
    const { drafts, results } = await pending;
    pending = label(next);
    labelled += drafts.length;
    const floors = labelled < PATIENCE * size + 4 * BATCH;
    const programs = drafts.map((draft, at): LabelledProgram & Draft => {
      const { label: raised, message, line } = results[at];
      bump(report.drawn, draft.family, raised);
      return { ...draft, label: canonical(raised) as Label, line: line ?? null, message: message ?? null };
    });
    for (const group of groupsOf(programs)) {
      // Errors first: a program that raises nothing is most useful next to one that raises.
      const order = [...group].sort((a, b) => Number(a.label === QUIET) - Number(b.label === QUIET));
      const taken = new Set<LabelledProgram>();
      for (const program of order) {
        if (!LABELS.includes(program.label) || !balance.admits(program.label, floors)) continue;
        balance.add(program.label);
        taken.add(program);
      }
      for (const program of group) {
        const { code, label: raised, line, message, family } = program;
        yields.add(family, program.place, taken.has(program));
        if (taken.has(program)) kept.push({ code, label: raised, line, message, family });
      }
    }
    if (drafts.length === 0 || labelled > 2 * PATIENCE * size + 8 * BATCH) break; // the families have run dry
  }
  await pending; // drawn beyond the shard's end; the labeller must be idle before it is used or closed
  report.labelled += labelled;
  const usable = shard === 0 ? kept.slice(options.validation ?? 0) : kept;
  const joined = await joinedOf(usable, new Random(`${options.seed}/${shard}/joined`), options);
  return withTraces(labeller, [...kept, ...joined], signal);
}

/** Longer programs made of those of a shard. */
export async function joinedOf(
  kept: readonly LabelledProgram[],
  random: Random,
  { joined, labeller, excluded, signal }: Pick<GenerateOptions, 'joined' | 'labeller' | 'excluded' | 'signal'>,
): Promise<LabelledProgram[]> {
  if (!joined) return [];
  const options = { count: Math.round(joined.share * kept.length), maxTokens: joined.maxTokens, tokensOf: estimateTokens };
  const drafts = joinedPrograms(kept, random, options).filter(({ code }) => !excluded?.has(programHash(code)));
  const results = await labeller.runMany(drafts.map(({ code }) => code), undefined, signal);
  return drafts.flatMap(({ code, family }, at) => {
    const { label: raised, message, line } = results[at];
    const label = canonical(raised) as Label;
    return LABELS.includes(label) ? [{ code, label, line: line ?? null, message: message ?? null, family }] : [];
  });
}

function fits(code: string, { maxLines = 15, maxCharacters = 420, maxTokens = 110 }: GenerateOptions): boolean {
  if (code.trim() === '' || code.length > maxCharacters) return false;
  return code.split('\n').length <= maxLines && estimateTokens(code) <= maxTokens;
}

function* groupsOf<T extends { group: number }>(programs: readonly T[]): Generator<T[]> {
  for (let start = 0; start < programs.length; ) {
    let end = start;
    while (end < programs.length && programs[end].group === programs[start].group) end++;
    yield programs.slice(start, end);
    start = end;
  }
}

function canonical(label: string): string {
  return label === 'no error' ? QUIET : label;
}

function bump(table: Map<string, Map<string, number>>, row: string, column: string): void {
  let cells = table.get(row);
  if (!cells) table.set(row, (cells = new Map()));
  cells.set(column, (cells.get(column) ?? 0) + 1);
}
