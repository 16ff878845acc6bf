/**
 * A data set out of folders of code: a row for each annotation, or for each program, with where it comes from; without near duplicates, and
 * split so that no package is in two parts.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gramsOf, SeenCode } from '../../corpus/types/near-duplicates';
import type { Prepared, StudyProgram } from '../../protocol/studies/program';
import { textOf } from './text';
import { annotationsIn, codeFiles, type CodeFile } from './folder';
import { drawnBy, hashOf } from './hash';
import { prepare, type EditsAsked, type Workshop } from './prepare';

export interface DataSetOptions {
  /** types: annotations; errors: Python files, which are run. */
  of: 'types' | 'errors';
  seed: number;
  /** Rows of one package at most. */
  most: number;
  /** Characters of whole lines before and behind an annotation. */
  window: number;
  /** Parts of the set by name, and how much of it each is. */
  split: Readonly<Record<string, number>>;
  edits: EditsAsked | null;
  onProgress?: (rows: number) => void;
}

export interface DataSet {
  rows: Record<string, unknown>[];
  /** Annotations or programs in code that was mostly seen before, and those of which nothing could be said. */
  duplicates: number;
  unusable: number;
  /** Edits that were dropped, by why. */
  dropped: Record<string, number>;
}

interface Package {
  name: string;
  licence: string | null;
}

/** @throws a sentence where a folder is not there */
export async function makeDataSet(folders: readonly string[], options: DataSetOptions, shop: Workshop): Promise<DataSet> {
  const { of, seed, most, split, edits, onProgress } = options;
  const seen = new SeenCode();
  const made: DataSet = { rows: [], duplicates: 0, unusable: 0, dropped: {} };
  const byPackage = new Map<string, { program: StudyProgram; about: Record<string, unknown> }[]>();
  for (const folder of folders) {
    for await (const file of codeFiles(folder)) {
      shop.signal?.throwIfAborted();
      const from = packageOf(folder, file.file);
      const key = from?.name ?? `${path.basename(path.resolve(folder))}/${path.posix.dirname(file.file)}`;
      const programs = of === 'types' ? await typed(file, seen, made, options, shop) : whole(file, seen, made);
      const rows = byPackage.get(key) ?? [];
      for (const program of programs) {
        const named = { ...program, id: `${path.basename(path.resolve(folder))}/${program.id}`, ...(from && { package: from.name, ...(from.licence !== null && { licence: from.licence }) }) };
        rows.push({ program: { ...named, split: partOf(key, seed, split) }, about: { sha256: file.sha256 } });
      }
      byPackage.set(key, rows);
    }
  }
  for (const rows of byPackage.values()) {
    for (const { program, about } of drawnBy(rows, most, seed, (row) => row.program.id)) {
      const ready = await prepare(program, edits, seed, shop);
      if (ready.unusable !== null) made.unusable++;
      else made.rows.push(...rowsOf(ready, about));
      for (const [why, count] of Object.entries(ready.dropped)) made.dropped[why] = (made.dropped[why] ?? 0) + count;
      onProgress?.(made.rows.length);
    }
  }
  return made;
}

/** A part of the set by a package's name alone, so that one more package moves no other. */
function partOf(key: string, seed: number, split: DataSetOptions['split']): string {
  const parts = Object.entries(split);
  let at = (parseInt(hashOf([seed, 'split', key]).slice(0, 8), 16) / 2 ** 32) * parts.reduce((sum, [, share]) => sum + share, 0);
  for (const [name, share] of parts) if ((at -= share) < 0) return name;
  return parts.at(-1)![0];
}

async function typed(
  file: CodeFile, seen: SeenCode, made: DataSet, { window }: DataSetOptions, { languages, signal }: Workshop,
): Promise<StudyProgram[]> {
  const blocks = blocksOf(file.text).map((block) => ({ ...block, isNew: seen.isNew(gramsOf(file.text.slice(block.start, block.end))) }));
  const all = await annotationsIn(file, languages, signal);
  const kept = all.filter(({ hole }) => blocks.find(({ start, end }) => start <= hole!.start && hole!.start < end)!.isNew);
  made.duplicates += all.length - kept.length;
  return kept.map((program) => windowed(program, window));
}

function whole(file: CodeFile, seen: SeenCode, made: DataSet): StudyProgram[] {
  if (file.language !== 'python') return [];
  if (!seen.isNew(gramsOf(file.text))) {
    made.duplicates++;
    return [];
  }
  return [{ id: file.file, language: 'python', code: file.text, hole: null, truth: null, file: file.file }];
}

/** A text in stretches that begin with a line without indentation behind an empty one. */
function blocksOf(text: string): { start: number; end: number }[] {
  const starts = [0, ...[...text.matchAll(/\n\s*\n(?=\S)/g)].map(({ index, 0: { length } }) => index + length)];
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length + 1 }));
}

/** Whole lines around the hole. */
function windowed(program: StudyProgram, most: number): StudyProgram {
  const { code, hole } = program;
  const line = (at: number) => code.lastIndexOf('\n', at - 1) + 1;
  const end = (at: number) => (code.indexOf('\n', at) < 0 ? code.length : code.indexOf('\n', at) + 1);
  let [from, to] = [line(hole!.start), end(hole!.end)];
  while (from > 0 && hole!.start - line(from - 1) <= most) from = line(from - 1);
  while (to < code.length && end(to) - hole!.end <= most) to = end(to);
  return { ...program, code: code.slice(from, to), hole: { start: hole!.start - from, end: hole!.end - from } };
}

/** The program's row, and one for each of its edits; all of them belong together. */
function rowsOf(ready: Prepared, about: Record<string, unknown>): Record<string, unknown>[] {
  const { program: { id, language, code: _, hole: __, truth: ___, ...told }, edits } = ready;
  const rowOf = (edit: Prepared['edits'][number] | null) => {
    const { code, hole, truth } = textOf(ready, edit);
    const text = hole ? {
      language, prefix: code.slice(0, hole.start), suffix: code.slice(hole.end), type: truth,
    } : { language, code, label: truth };
    const of = edit ? { id: `${id}~${edit.kind}-${edit.number}`, of: id, edit: edit.kind, description: edit.description } : { id };
    return { ...of, ...text, ...told, ...about, ...(edits.length > 0 && { pair: id }) };
  };
  return [null, ...edits].map(rowOf);
}

/** The package that a file belongs to: the nearest folder above it, within the one that was given, that says what it is. */
function packageOf(folder: string, file: string): Package | null {
  for (let at = path.posix.dirname(file); ; at = path.posix.dirname(at)) {
    const found = packageIn(path.join(folder, at));
    if (found || at === '.') return found;
  }
}

const KNOWN = new Map<string, Package | null>();

function packageIn(folder: string): Package | null {
  if (!KNOWN.has(folder)) KNOWN.set(folder, readPackage(folder));
  return KNOWN.get(folder)!;
}

function readPackage(folder: string): Package | null {
  const json = path.join(folder, 'package.json');
  if (existsSync(json)) {
    try {
      const { name, license } = JSON.parse(readFileSync(json, 'utf8')) as Record<string, unknown>;
      if (typeof name === 'string') return { name, licence: typeof license === 'string' ? license : null };
    } catch {
      return null; // what cannot be read says nothing
    }
  }
  const toml = path.join(folder, 'pyproject.toml');
  if (!existsSync(toml)) return null;
  const text = readFileSync(toml, 'utf8');
  const field = (name: string) => new RegExp(String.raw`^${name}\s*=\s*"([^"\n]*)"`, 'm').exec(text)?.[1] ?? null;
  const name = field('name');
  return name === null ? null : { name, licence: field('license') };
}
