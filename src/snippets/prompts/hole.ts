/**
 * A prompt with a hole: the code before it and the code behind it around a model's sentinels, or for a model without sentinels the code
 * before it alone. All offsets are UTF-16. Sentinels are put in by their ids, and both pieces of code are encoded apart: text of the user's
 * that spells a sentinel stays text.
 */
import type { CodeTokenizer } from '../tokenizer/tokenizer';
import type { Token } from '../tokenizer/ranges';
import type { CodePiece, PlacedCode } from './prompts';
import type { FimOrder, Sentinels } from './sentinels';

/** What the prompt leaves out of the code; empty where something is to be put in. */
export interface Hole {
  start: number;
  end: number;
}

/** Its text has the sentinels spelled out. */
export interface HolePrompt extends PlacedCode {
  /** With ranges in `text`. */
  tokens: Token[];
  pieces: CodePiece[];
  /** The code that is read, before and behind the hole. */
  from: number;
  to: number;
  /** White space that stands before the hole and was left to the answer. */
  space: string;
}

export interface HoleOptions {
  /** Null for a model without sentinels: then nothing behind the hole is read. */
  sentinels: Sentinels | null;
  order?: FimOrder;
  /** Whether the spaces just before the hole are the answer's, and not the prompt's, as in the prompts of codetrace. */
  spaceInAnswer?: boolean;
  /** The most tokens of the prompt; whole lines that are farthest from the hole are left out until it fits. */
  room?: number;
}

/** A token has about three; long lines of few tokens have more. */
const CHARACTERS_A_TOKEN = 64;

/** Which orders a model reads holes in. @returns none where it has no sentinels */
export function ordersOf(sentinels: Sentinels | null): FimOrder[] {
  return sentinels ? (Object.keys(sentinels.layouts) as FimOrder[]) : [];
}

/**
 * @param code with LF line ends
 * @throws a sentence when the model was not trained in that order, or the hole's own line does not fit
 */
export function holePrompt(tokenizer: CodeTokenizer, code: string, hole: Hole, options: HoleOptions): HolePrompt {
  const { sentinels, room = Infinity, spaceInAnswer = false } = options;
  const order = options.order ?? ordersOf(sentinels)[0];
  if (sentinels && !sentinels.layouts[order]) {
    throw new Error(`${sentinels.family} models read holes in the order ${ordersOf(sentinels).join(' or ')} only.`);
  }
  const end = spaceInAnswer ? hole.start - (/[ \t]*$/.exec(code.slice(0, hole.start))![0].length) : hole.start;
  const pieces = new Pieces(tokenizer, code, { start: end, end: hole.end }, sentinels, CHARACTERS_A_TOKEN * room);
  const layout = sentinels?.layouts[order] ?? (['BEFORE'] as const);
  const around = layout.filter((part) => typeof part !== 'string').length + (tokenizer.addsBos ? 1 : 0);
  const [from, to] = fitting(pieces, room - around) ?? [];
  if (from === undefined || to === undefined) throw new Error('The line with the hole has more tokens than the model reads. Choose shorter code.');

  const made: HolePrompt = { text: '', code, tokens: [], pieces: [], from, to, space: code.slice(end, hole.start) };
  if (tokenizer.addsBos) made.tokens.push({ id: tokenizer.bos!, text: tokenizer.tokenText(tokenizer.bos!), start: 0, end: 0 });
  for (const part of layout) {
    const start = made.text.length;
    if (typeof part === 'string') {
      const [piece, at] = part === 'BEFORE' ? [pieces.before(from), from] : [pieces.behind(to), hole.end];
      made.text += piece.text;
      made.tokens.push(...piece.tokens.map((token) => ({ ...token, start: token.start + start, end: token.end + start })));
      made.pieces.push({ start, end: made.text.length, at });
    } else {
      made.text += part.text;
      made.tokens.push({ id: part.id, text: part.text, start, end: made.text.length });
    }
  }
  return made;
}

interface Encoded {
  text: string;
  tokens: Token[];
}

/** The code on both sides of a hole, encoded as far as it is read. */
class Pieces {
  /** Where the lines before the hole begin, the first of the code first; where those behind it end. */
  readonly starts: number[];
  readonly ends: number[];

  constructor(
    private readonly tokenizer: CodeTokenizer,
    private readonly code: string,
    readonly hole: Hole,
    private readonly sentinels: Sentinels | null,
    /** Characters on either side beyond which nothing is looked at. */
    most: number,
  ) {
    const far = Math.min(code.length, most);
    const [first, last] = [Math.max(0, hole.start - far), Math.min(code.length, hole.end + far)];
    this.starts = first === 0 ? [0] : [];
    for (const { index } of code.slice(first, hole.start).matchAll(/\n/g)) this.starts.push(first + index + 1);
    this.ends = [];
    if (!sentinels) return;
    for (const { index } of code.slice(hole.end, last).matchAll(/\n/g)) this.ends.push(hole.end + index + 1);
    if (last === code.length && this.ends.at(-1) !== last) this.ends.push(last);
  }

  before(from: number): Encoded {
    return this.encoded(this.code.slice(from, this.hole.start), false);
  }

  behind(to: number): Encoded {
    return this.encoded(this.code.slice(this.hole.end, to), true);
  }

  private encoded(text: string, continued: boolean): Encoded {
    return { text, tokens: this.tokenizer.encodeCode(text, { except: this.sentinels?.reserved, continued }) };
  }
}

/** How much of the code fits: where it begins and ends. Of two sides that do not fit, each has half, or what the other leaves. */
function fitting(pieces: Pieces, room: number): [from: number, to: number] | null {
  const { starts, ends, hole } = pieces;
  const before = sizes((at) => pieces.before(at).tokens.length);
  const behind = sizes((at) => pieces.behind(at).tokens.length);
  const half = Math.max(room / 2, room - (ends.length > 0 ? behind(ends.at(-1)!) : 0));
  // Fewer lines are fewer tokens, so the first that fits is found by halving.
  const first = lowest(starts.length, (i) => before(starts[i]) <= half);
  if (first === starts.length) return null;
  if (ends.length === 0) return [starts[first], hole.end];
  const rest = room - before(starts[first]);
  const left = lowest(ends.length, (i) => behind(ends[ends.length - 1 - i]) <= rest);
  return left === ends.length ? null : [starts[first], ends[ends.length - 1 - left]];
}

function sizes(of: (at: number) => number): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    if (!known.has(at)) known.set(at, of(at));
    return known.get(at)!;
  };
}

/** The first of 0 to count − 1 for which it holds, where it holds for all that follow; count where it holds for none. */
function lowest(count: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
