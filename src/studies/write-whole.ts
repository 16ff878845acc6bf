/** Files that are there as a whole or not at all. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileProblem } from '../protocol/words/file-problem';

/** @throws a sentence where it cannot be written */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const beside = `${file}.${process.pid}.part`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new Error(fileProblem(error, file, 'write') ?? `${file} could not be written: ${(error as Error).message}.`, { cause: error });
  }
}
