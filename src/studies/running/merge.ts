/** Parts of a study that were run apart, as one. */
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Manifest } from '../../protocol/studies/manifest';
import { StudyFolder } from './folder';
import { writeRows } from './table';

/**
 * Copies the logs of all parts into one folder and writes its table: the same as if all had been run there.
 * @returns how many rows there are, and which parts are missing or not through, as sentences
 * @throws a sentence where the parts are not of one study
 */
export async function mergeStudies(parts: readonly string[], out: string): Promise<{ rows: number; missing: string[] }> {
  const folders = parts.map((part) => new StudyFolder(part));
  const manifests = folders.map((folder) => folder.manifest());
  const [first] = manifests;
  const missing: string[] = [];
  const asked = ({ studyHash, programs, limit, models }: Manifest) =>
    JSON.stringify([studyHash, programs.sha256, limit, models.map(({ sha256 }) => sha256)]);
  for (const [i, one] of manifests.entries()) {
    const same = asked(one) === asked(first);
    if (!same) throw new Error(`${parts[i]} and ${parts[0]} are not parts of one study: they ask something else, or of other programs or models.`);
    if (one.shard?.of !== first.shard?.of) throw new Error(`${parts[i]} and ${parts[0]} are not parts of the same division: give --shard the same number of parts everywhere.`);
  }
  const target = new StudyFolder(out);
  if (target.exists) throw new Error(`${out} holds a study already. Give another --out.`);
  target.make();
  for (const [i, folder] of folders.entries()) {
    const logs = folder.at('logs');
    for (const name of existsSync(logs) ? readdirSync(logs).sort() : []) {
      const [, stage, rest] = /^([a-z]+)-(.+)$/.exec(name)!;
      copyFileSync(path.join(logs, name), target.at(path.join('logs', `${stage}-part${i + 1}-${rest}`)));
    }
  }
  copyFileSync(folders[0].at('programs.jsonl'), target.at('programs.jsonl'));
  const whole = { ...first, shard: null, programs: { ...first.programs, here: first.programs.all }, problems: [
    ...new Set(manifests.flatMap(({ problems }) => problems)),
  ] };
  target.write('manifest.json', `${JSON.stringify(whole, null, 1)}\n`);
  const rows = await target.rows();
  writeRows(target, rows);
  const done = (await target.done('ask')).size;
  const total = whole.programs.here * whole.models.length;
  const of = first.shard?.of ?? 1;
  const lacking = Array.from({ length: of }, (_, k) => k + 1).filter(
    (index) => first.shard !== null && !manifests.some(({ shard }) => shard?.index === index),
  );
  if (lacking.length > 0) missing.push(`Parts ${lacking.join(', ')} of ${of} are missing.`);
  if (done < total) missing.push(`${done} of ${total} items are done; "latent-lens study resume ${out}" does the rest.`);
  return { rows: rows.length, missing };
}
