/**
 * Skeleton files: families of programs with slots, as text.
 *
 *     # Remarks, before the first family only.
 *
 *     === index-error/positions  weight 31  IndexError | no error
 *     $lst = [$ints~k]
 *     print($lst[⟦$in|$out⟧])
 *     ---
 *     …
 *
 * A heading `===` has the family's name, how often it is drawn relative to others (its number of skeletons if that is left out) and all
 * that its programs raise, parted by two spaces. Skeletons are parted by `---`; `kits/skeletons/skeleton.ts` says what stands in them.
 */
import { readFileSync } from 'node:fs';
import { skeletonFault } from '../kits/skeletons/skeleton';

export interface Skeleton {
  text: string;
  /** `file:line` where it begins. */
  place: string;
}

export interface WrittenFamily {
  name: string;
  weight: number;
  /** What its programs raise: exceptions by their names, `own error` for one that a program defines itself, and `no error`. */
  outcomes: string[];
  skeletons: Skeleton[];
}

const HEADING = /^=== ([a-z-]+\/[a-z-]+)(?: {2}weight (\d+))? {2}(\S.*)$/;
const OUTCOME = /^(?:no error|own error|[A-Z]\w+)$/;

/**
 * The families of a text in their order.
 * @throws a sentence with file and line
 */
export function parseSkeletons(text: string, file: string): WrittenFamily[] {
  const lines = text.split('\n');
  const fault = (at: number, what: string) => new Error(`${file}:${at + 1}: ${what}`);
  const starts = lines.flatMap((line, at) => (line.startsWith('===') ? [at] : []));
  const before = lines.slice(0, starts[0]).findIndex((line) => !/^(#.*)?$/.test(line));
  if (before >= 0) throw fault(before, 'a skeleton stands under a heading "=== FAMILY  OUTCOME | OUTCOME"; this has none.');
  return starts.map((start, i) => {
    const [, name, weight, stated] = HEADING.exec(lines[start]) ?? [];
    if (name === undefined) {
      throw fault(start, `${JSON.stringify(lines[start])} is no heading such as "=== key-error/keys  weight 54  KeyError | no error".`);
    }
    const outcomes = stated.split(' | ');
    const wrong = outcomes.find((outcome, at) => !OUTCOME.test(outcome) || outcomes.indexOf(outcome) !== at);
    if (wrong !== undefined) throw fault(start, `the outcome ${JSON.stringify(wrong)} is no exception, "own error" or "no error", or stands there twice.`);
    const skeletons: Skeleton[] = [];
    const end = starts[i + 1] ?? lines.length;
    for (let from = start + 1; from <= end;) {
      const next = lines.slice(from, end).findIndex((line) => line.startsWith('---'));
      const to = next < 0 ? end : from + next;
      if (next >= 0 && lines[to] !== '---') throw fault(to, `${JSON.stringify(lines[to])}: skeletons are parted by a line "---".`);
      const first = lines.slice(from, to).findIndex((line) => line.trim() !== '');
      if (first < 0) throw fault(from, 'a skeleton has no text.');
      const skeleton = lines.slice(from + first, to).join('\n').trimEnd();
      const what = skeletonFault(skeleton);
      if (what !== undefined) throw fault(from + first, what);
      skeletons.push({ text: skeleton, place: `${file}:${from + first + 1}` });
      from = to + 1;
    }
    return { name, weight: weight === undefined ? skeletons.length : Number(weight), outcomes, skeletons };
  });
}

/**
 * The families of several files.
 * @throws a sentence with file and line
 */
export function readSkeletons(files: readonly string[]): WrittenFamily[] {
  const families = files.flatMap((file) => parseSkeletons(readFileSync(file, 'utf8'), file));
  const refuseTwice = (what: string, items: readonly { key: string; place: string }[]) => {
    const places = new Map<string, string>();
    for (const { key, place } of items) {
      const other = places.get(key);
      if (other !== undefined) throw new Error(`${place}: the same ${what} stands at ${other}.`);
      places.set(key, place);
    }
  };
  refuseTwice('family', families.map(({ name, skeletons }) => ({ key: name, place: skeletons[0].place })));
  refuseTwice('skeleton', families.flatMap(({ skeletons }) => skeletons.map(({ text, place }) => ({ key: text, place }))));
  return families;
}
