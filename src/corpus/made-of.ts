/** What a data folder's programs are made of, kept in a file beside them, so that no folder mixes programs of two kinds. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes the file, or compares what it holds. Folders that were made before the seeds and skeletons had a hash do not name one
 * (`written`), and are taken as they are.
 * @throws a sentence when the folder's programs are made of something else
 */
export function checkMadeOf(file: string, madeOf: { readonly written?: string; readonly [name: string]: unknown }): void {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(madeOf)}\n`);
    return;
  }
  const { written: writtenThen, ...then } = JSON.parse(readFileSync(file, 'utf8')) as typeof madeOf;
  const { written: writtenNow, ...now } = madeOf;
  const otherWritten = writtenThen !== undefined && writtenNow !== undefined && writtenThen !== writtenNow;
  if (otherWritten || JSON.stringify(then) !== JSON.stringify(now)) {
    throw new Error(`${path.dirname(file)} holds programs made with other settings or of other data. Delete that folder, or choose another.`);
  }
}
