/** A program and its variant as a unified diff, with the changed characters of each changed line. */

export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  /** 1-based, null on the side where the line is not. */
  original: number | null;
  variant: number | null;
  /** Before, the changed part, after; the changed part of a line that is the same is empty. */
  parts: [string, string, string];
}

/** More cells than this are not compared line by line: what differs is shown as replaced whole. */
const MAX_CELLS = 1_000_000;

export function lineDiff(original: string, variant: string): DiffLine[] {
  const [a, b] = [original, variant].map((text) => text.replace(/\r\n?/g, '\n').split('\n'));
  const shorter = Math.min(a.length, b.length);
  let from = 0;
  while (from < shorter && a[from] === b[from]) from++;
  let back = 0;
  while (back < shorter - from && a.at(-1 - back) === b.at(-1 - back)) back++;

  const lines: DiffLine[] = [];
  const same = (i: number, j: number) => lines.push({ kind: 'same', original: i + 1, variant: j + 1, parts: [a[i], '', ''] });
  for (let i = 0; i < from; i++) same(i, i);
  let [i, j] = [from, from];
  const replace = (toI: number, toJ: number): void => {
    const pairs = toI - i === toJ - j ? toI - i : 0; // as many lines before as after: they are the same lines, changed
    const [startI, startJ] = [i, j];
    for (; i < toI; i++) {
      const parts = pairs ? changedParts(a[i], b[startJ + i - startI])[0] : whole(a[i]);
      lines.push({ kind: 'removed', original: i + 1, variant: null, parts });
    }
    for (; j < toJ; j++) {
      const parts = pairs ? changedParts(a[startI + j - startJ], b[j])[1] : whole(b[j]);
      lines.push({ kind: 'added', original: null, variant: j + 1, parts });
    }
  };
  for (const [toI, toJ] of commonLines(a, b, from, back)) {
    replace(toI, toJ);
    same(i++, j++);
  }
  replace(a.length - back, b.length - back);
  for (let k = back; k > 0; k--) same(a.length - k, b.length - k);
  return lines;
}

const whole = (line: string): [string, string, string] => ['', line, ''];

/** What is left between the common beginning and end of two lines; never splits a surrogate pair. */
function changedParts(a: string, b: string): [string, string, string][] {
  const [x, y] = [Array.from(a), Array.from(b)];
  const shorter = Math.min(x.length, y.length);
  let start = 0;
  while (start < shorter && x[start] === y[start]) start++;
  let back = 0;
  while (back < shorter - start && x.at(-1 - back) === y.at(-1 - back)) back++;
  return [x, y].map((line) => [
    line.slice(0, start).join(''),
    line.slice(start, line.length - back).join(''),
    line.slice(line.length - back).join(''),
  ]);
}

/** Pairs of equal lines, ascending: a longest common subsequence of the parts that differ. */
function commonLines(a: string[], b: string[], from: number, back: number): [number, number][] {
  const [rows, width] = [a.length - from - back, b.length - from - back];
  if (rows === 0 || width === 0 || rows * width > MAX_CELLS) return [];
  const stride = width + 1;
  const best = new Uint32Array((rows + 1) * stride);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = width - 1; j >= 0; j--) {
      const at = i * stride + j;
      best[at] = a[from + i] === b[from + j] ? best[at + stride + 1] + 1 : Math.max(best[at + stride], best[at + 1]);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < width; ) {
    if (a[from + i] === b[from + j]) pairs.push([from + i++, from + j++]);
    else if (best[(i + 1) * stride + j] >= best[i * stride + j + 1]) i++;
    else j++;
  }
  return pairs;
}

/** The changed lines with `context` lines around them; null stands for lines left out. */
export function folded(lines: readonly DiffLine[], context = 3): (DiffLine | null)[] {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - context), i + context + 1).some(({ kind }) => kind !== 'same'));
  const result: (DiffLine | null)[] = [];
  lines.forEach((line, i) => {
    if (near[i]) result.push(line);
    else if (result.at(-1) !== null) result.push(null);
  });
  return result;
}
