/** What the families draw from besides code: the seeds and skeletons of a folder, as a recipe names them. */
import path from 'node:path';
import { filesOf, hashOfFiles } from './files';
import { readWrittenPrograms, type WrittenProgram } from './programs';
import { readSkeletons, type WrittenFamily } from './skeletons';

/** Where they lie, and what they must be. */
export interface WrittenFolder {
  /** Holds `seeds/*.py` and `skeletons/*.skeleton`; relative to the working directory. */
  folder: string;
  /** Hash of these files. */
  sha256: string;
}

export interface Written {
  seeds: WrittenProgram[];
  families: WrittenFamily[];
  sha256: string;
}

/**
 * Seeds and skeletons, checked.
 * @throws a sentence when the recipe names none, the folder has none, holds others than the recipe is for, or a file has a fault
 */
export function readWritten(named: WrittenFolder | undefined): Written {
  if (!named) {
    throw new Error(
      'The recipe names no seeds and skeletons to generate programs from. Give it "data": { "written": { "folder": …, "sha256": … } }, ' +
        'as models/python-errors/recipe.json has it.',
    );
  }
  const { folder, sha256 } = named;
  const seeds = filesOf(path.join(folder, 'seeds'), '.py');
  const skeletons = filesOf(path.join(folder, 'skeletons'), '.skeleton');
  const found = hashOfFiles([...seeds, ...skeletons]);
  if (found !== sha256) {
    throw new Error(`The recipe is for other seeds and skeletons than ${folder} holds. Write ${found} as its "data.written.sha256" if these are meant.`);
  }
  return { seeds: readWrittenPrograms(seeds), families: readSkeletons(skeletons), sha256: found };
}
