/** The programs of a study, from all of its sources. */
import path from 'node:path';
import type { Languages } from '../../engine/languages';
import type { StudyProgram } from '../../protocol/studies/program';
import type { ProgramSource, Study } from '../../protocol/studies/study';
import { findAnalogs } from '../../snippets/analogs/analogs';
import type { Labeller } from '../../snippets/outcomes/unjudged';
import { singleChange } from '../../snippets/twins/align';
import { canonicalLabel } from '../../vocabulary/labels';
import { folderPrograms } from './folder';
import { drawnBy } from './hash';
import { programOf, rawRows } from './rows';

export interface Sources {
  /** The folder that paths start from. */
  from: string;
  languages: Languages;
  label: Labeller;
  signal?: AbortSignal;
}

export interface LoadedPrograms {
  programs: StudyProgram[];
  /** Why there are fewer than were asked for, as sentences. */
  problems: string[];
}

/**
 * In the order of the sources, each with an id of its own.
 * @throws a sentence where a source is not there, has none, or some are about types and others are not
 */
export async function loadPrograms(study: Study, sources: Sources): Promise<LoadedPrograms> {
  const problems: string[] = [];
  const programs: StudyProgram[] = [];
  const ids = new Set<string>();
  for (const source of study.programs) {
    for (const program of await programsOf(source, study, sources, problems)) {
      let { id } = program;
      for (let n = 2; ids.has(id); n++) id = `${program.id}#${n}`;
      ids.add(id);
      programs.push({ ...program, id });
    }
  }
  const typed = programs.filter(({ hole }) => hole !== null).length;
  if (typed > 0 && typed < programs.length) {
    throw new Error(`Of the programs ${typed} have a place to be filled in and ${programs.length - typed} have none. Make a study of each.`);
  }
  return { programs, problems };
}

async function programsOf(
  source: ProgramSource, study: Study, { from, languages, label, signal }: Sources, problems: string[],
): Promise<StudyProgram[]> {
  const { seed } = study;
  if (source.from === 'pair') return pairs(source, seed, label, problems, signal);
  const place = path.resolve(from, source.path);
  const all: StudyProgram[] = [];
  if (source.from === 'folder') all.push(...(await folderPrograms(place, study.question === 'type', languages, signal)));
  else {
    for await (const raw of rawRows(place)) {
      signal?.throwIfAborted();
      if (Object.entries(source.where ?? {}).every(([field, values]) => values.includes(String(raw.row[field])))) all.push(programOf(raw));
    }
    if (all.length === 0) throw new Error(`${place} holds no rows${source.where ? ' of those that are wanted' : ''}. Give a file of rows; "latent-lens data" writes some.`);
  }
  return source.limit === undefined ? all : drawnBy(all, source.limit, seed, ({ id }) => id);
}

/** A pair and others like it: two programs each. */
async function pairs(
  { pair: [original, variant], count }: Extract<ProgramSource, { from: 'pair' }>, seed: number, label: Labeller, problems: string[], signal?: AbortSignal,
): Promise<StudyProgram[]> {
  if (original === variant) throw new Error('The two programs of a pair are the same. Give two that differ.');
  const given = { original, variant, changes: singleChange(original, variant) };
  const { pairs: found, outcomes, shortfall } = await findAnalogs(given, { count: count - 1, seed, label, signal });
  if (shortfall !== null) problems.push(shortfall);
  return [given, ...found].flatMap(({ original: code, variant: other }, i) => {
    const pair = `pair ${i + 1}`;
    const about = { language: 'python', hole: null, pair };
    return [
      { id: `${pair} a`, code, truth: canonicalLabel(outcomes.original.label), ...about },
      { id: `${pair} b`, code: other, truth: canonicalLabel(outcomes.variant.label), ...about },
    ];
  });
}
