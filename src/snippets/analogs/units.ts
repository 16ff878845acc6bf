/** Units of a pair: the leaves of its syntax and the white space between them, each one for both programs and all pairs like it. */
import { kindOf, leavesOf } from '../prompts/roles';
import { placeOf } from '../syntax/places';
import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import type { Run, Side } from './pair';
import type { AnalogPlan } from './plan';

/** UTF-16 offsets in a program of the given pair. */
export interface Span {
  start: number;
  end: number;
}

/** Where something stands by the edit: `at` is what it puts in the place of something, or what that is put in the place of. */
export type ByEdit = 'before' | 'just before' | 'at' | 'between' | 'just behind' | 'behind';

export interface Unit {
  /** The same in all pairs like the given one. */
  id: string;
  /** In the order of the program. */
  order: number;
  /** word: a name, keyword, number, text or comment; sign: any other leaf; gap: white space between leaves. */
  weight: 'word' | 'sign' | 'gap';
  /** Such as "number `21` inside print(…) in line 3", spelled as in the given pair. */
  words: string;
  /** Null where a program does not have it. */
  spans: Record<Side, Span | null>;
  byEdit: ByEdit;
}

const other = (side: Side): Side => (side === 'original' ? 'variant' : 'original');

/** The units of a plan, and where a program's characters lie among them. */
export class Units {
  readonly all: readonly Unit[];
  /** Of the side that is read, in order, without gaps between them; of the other side those in changed runs. */
  private readonly lists: Record<Side, Placed[]> = { original: [], variant: [] };

  constructor(private readonly plan: AnalogPlan) {
    const { read, runs, trees } = plan;
    const mirror = other(read);
    this.lists[read] = cut(trees[read], { start: 0, end: trees[read].code.length }).map((piece, i): Placed => ({
      ...piece,
      unit: { id: String(i), order: i, weight: piece.weight, words: piece.words, spans: spansOf(read, piece, runs), byEdit: 'before' },
    }));
    for (const run of runs.filter(({ kept }) => !kept)) this.match(run, mirror);
    const units = [...new Set([...this.lists[read], ...this.lists[mirror]].map(({ unit }) => unit))].sort((a, b) => a.order - b.order);
    const changed = runs.filter(({ kept }) => !kept);
    const edited = changed.flatMap((run) => [...this.touched(read, run[read]), ...this.touched(mirror, run[mirror])]);
    placeByEdit(units, new Set(edited));
    number(units);
    this.all = units;
  }

  /** The units that some characters of a program belong to, in order. */
  touched(side: Side, { start, end }: Span): Unit[] {
    const { read, runs } = this.plan;
    if (side === read) return unitsIn(this.lists[read], start, end);
    return runs.flatMap((run) => {
      const [from, to] = [Math.max(start, run[side].start), Math.min(end, run[side].end)];
      if (from >= to) return [];
      const shift = run.kept ? run[read].start - run[side].start : 0;
      return unitsIn(this.lists[run.kept ? read : side], from + shift, to + shift);
    });
  }

  /** What the edit puts there is what stood there before where it says the same, or is of the same kind; else it is a unit of its own. */
  private match(run: Run, mirror: Side): void {
    const { read, trees } = this.plan;
    const here = this.lists[read].filter((piece) => piece.start < run[read].end && piece.end > run[read].start);
    const there = cut(trees[mirror], run[mirror]);
    const beside: (number | undefined)[] = there.map(() => undefined); // each piece's counterpart in `here`; these are in order
    const alike: ((a: Piece, b: Piece) => boolean)[] = [(a, b) => a.text === b.text, (a, b) => a.type === b.type && a.weight === 'word'];
    for (const same of alike) {
      for (const [i, piece] of there.entries()) {
        if (beside[i] !== undefined) continue;
        const from = (beside.slice(0, i).findLast((one) => one !== undefined) ?? -1) + 1;
        const to = beside.slice(i).find((one) => one !== undefined) ?? here.length;
        const found = here.slice(from, to).findIndex((one) => same(one, piece));
        if (found >= 0) beside[i] = from + found;
      }
    }
    const before = this.lists[read].findLast((piece) => piece.end <= run[read].start)?.unit.order ?? -1;
    let order = before;
    for (const [i, piece] of there.entries()) {
      const at = beside[i];
      const found = at === undefined ? undefined : here[at].unit;
      order = found?.order ?? order + 1 / (2 * there.length + 2);
      const spans: Unit['spans'] = { original: null, variant: null };
      spans[mirror] = { start: piece.start, end: piece.end };
      if (found) found.spans[mirror] = spans[mirror];
      const unit = found ?? { id: `${run[read].start}+${i}`, order, weight: piece.weight, words: piece.words, spans, byEdit: 'at' as const };
      this.lists[mirror].push({ ...piece, unit });
    }
  }
}

interface Piece extends Span {
  weight: Unit['weight'];
  text: string;
  /** The grammar's name of it; numbers in quotes and without are alike. */
  type: string;
  words: string;
}

interface Placed extends Piece {
  unit: Unit;
}

/** The leaves in a stretch of a program, and what lies between them. */
function cut(tree: SyntaxTree, { start, end }: Span): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  const gap = (to: number) => {
    if (to > at) pieces.push({ start: at, end: to, weight: 'gap', text: tree.code.slice(at, to), type: 'gap', words: gapWords(tree, at, to) });
  };
  for (const leaf of leavesOf(tree)) {
    const [from, to] = [Math.max(leaf.start, at), Math.min(leaf.end, end)];
    if (from >= to) continue;
    gap(from);
    const text = tree.code.slice(from, to);
    const weight = /[\p{L}\p{N}]/u.test(text) && leaf.type !== 'string_start' ? 'word' : leaf.type === 'string_content' ? 'word' : 'sign';
    const type = /^[\d.]+$/.test(text) ? 'number' : leaf.type;
    pieces.push({ start: from, end: to, weight, text, type, words: leafWords(tree, leaf) });
    at = to;
  }
  gap(end);
  return pieces;
}

/** Of pieces in order. */
function unitsIn(pieces: readonly Placed[], start: number, end: number): Unit[] {
  const units: Unit[] = [];
  for (let i = firstBehind(pieces, start); i < pieces.length && pieces[i].start < end; i++) units.push(pieces[i].unit);
  return units;
}

/** The first piece that ends behind an offset. */
function firstBehind(pieces: readonly Span[], offset: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function spansOf(side: Side, { start, end }: Span, runs: readonly Run[]): Unit['spans'] {
  const run = runs.find((one) => one.kept && one[side].start <= start && end <= one[side].end);
  const spans: Unit['spans'] = { original: null, variant: null };
  spans[side] = { start, end };
  const there = other(side);
  if (run) spans[there] = { start: start + run[there].start - run[side].start, end: end + run[there].start - run[side].start };
  return spans;
}

/** @param edited what the edit touches */
function placeByEdit(units: readonly Unit[], edited: ReadonlySet<Unit>): void {
  const first = units.findIndex((unit) => edited.has(unit));
  const last = units.findLastIndex((unit) => edited.has(unit));
  const said = (unit: Unit) => unit.weight !== 'gap';
  const [before, behind] = [units.slice(0, Math.max(first, 0)).findLast(said), units.slice(last + 1).find(said)];
  for (const [i, unit] of units.entries()) {
    if (edited.has(unit)) unit.byEdit = 'at';
    else if (i < first) unit.byEdit = unit === before ? 'just before' : 'before';
    else if (i > last) unit.byEdit = unit === behind ? 'just behind' : 'behind';
    else unit.byEdit = 'between';
  }
}

const SPELLED = new Set(['identifier', 'integer', 'float']);
/** Longer names are not spelled. */
const MOST_SPELLED = 24;

function leafWords(tree: SyntaxTree, leaf: SyntaxNode): string {
  const text = tree.text(leaf);
  const kind = kindOf(tree, leaf, leaf.start, leaf.end);
  const spelled = SPELLED.has(leaf.type) && text.length <= MOST_SPELLED ? ` \`${text}\`` : '';
  const place = placeOf(tree, leaf);
  return `${kind}${spelled}${place ? ` ${place}` : ''} in line ${tree.line(leaf.start)}`;
}

function gapWords(tree: SyntaxTree, start: number, end: number): string {
  const line = tree.line(start);
  const text = tree.code.slice(start, end);
  if (/[\r\n]/.test(text)) return `line break${/[ \t]$/.test(text) ? ' and indentation' : ''} behind line ${line}`;
  return tree.code.slice(tree.lineStart(start), start).trim() === '' ? `indentation of line ${line}` : `space in line ${line}`;
}

/** Units that the same words fit are counted. */
function number(units: readonly Unit[]): void {
  const counts = new Map<string, number>();
  for (const { words } of units) counts.set(words, (counts.get(words) ?? 0) + 1);
  const seen = new Map<string, number>();
  for (const unit of units) {
    const { words } = unit;
    if (counts.get(words) === 1) continue;
    seen.set(words, (seen.get(words) ?? 0) + 1);
    unit.words = `${words} (${seen.get(words)} of ${counts.get(words)})`;
  }
}
