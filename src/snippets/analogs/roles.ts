/** Roles: what each token of a prompt is in the syntax of a pair, so that the tokens of all pairs like it can be put together. */
import { placeInCode, toSource, type Prompt } from '../prompts/prompts';
import type { TokenRange } from '../tokenizer/ranges';
import type { Side } from './pair';
import { inPair, type Analog, type AnalogPlan, type SlotPlace } from './plan';
import { Units, type ByEdit, type Span, type Unit } from './units';

/** Where in a leaf a token lies: it is all of it, or one of several. */
export type LeafPart = 'whole' | 'first' | 'inside' | 'last';

export interface Role {
  /** The same in both programs and in all pairs like the given one: the leaf's, and the part. */
  key: string;
  leaf: string;
  part: LeafPart;
  /** Such as "number `21` inside print(…) in line 3", "end of assigned name `city` in line 1", "last token of the question". */
  words: string;
  /** The leaf's places in the given pair's programs, null where one lacks it; null for tokens of the question. */
  spans: Record<Side, Span | null> | null;
  /** Null for tokens of the question. */
  byEdit: ByEdit | null;
  /** Roles sorted by it are in the order of the prompt. */
  order: number;
}

/** A role that tokens of several readings have. */
export interface MergedRole extends Role {
  /** For each reading the positions of its tokens in this role, ascending; empty where it has none. */
  positions: number[][];
}

const PARTS: readonly LeafPart[] = ['first', 'inside', 'last', 'whole'];
const WORDS: Readonly<Record<LeafPart, string>> = { whole: '', first: 'beginning of ', inside: 'middle of ', last: 'end of ' };

/** The roles of a plan's pairs. */
export class Roles {
  private readonly units: Units;
  private readonly places: Record<Side, readonly SlotPlace[]>;

  constructor(plan: AnalogPlan) {
    this.units = new Units(plan);
    const own = (side: Side) => plan.slots[side].map(({ start, end }) => ({ from: start, to: end, start, end }));
    this.places = { original: own('original'), variant: own('variant') };
  }

  /**
   * The role of each token. One that holds the end of a leaf and the beginning of the next is one of a name, number or text in it, else
   * of a sign, else of white space, and of the last of these.
   * @param analog null for the given pair
   * @param prompt that of the side's program; `tokens` have their ranges in it
   */
  of(side: Side, analog: Analog | null, prompt: Prompt, tokens: readonly TokenRange[]): Role[] {
    const places = (analog?.places ?? this.places)[side];
    const leaves = tokens.map((token, i): Leaf => {
      const place = placeInCode(prompt, token);
      if (place === 'ahead' || (i === 0 && token.start === token.end)) return aheadLeaf(i, token);
      if (typeof place === 'string') return behindLeaf(tokens.length - i);
      return this.leafOf(side, prompt, token, places);
    });
    return leaves.map(({ id, order, words, unit }, i): Role => {
      const [first, last] = [leaves[i - 1]?.id !== id, leaves[i + 1]?.id !== id];
      const part = first && last ? 'whole' : first ? 'first' : last ? 'last' : 'inside';
      return roleOf({ id, order, words, unit }, part);
    });
  }

  private leafOf(side: Side, prompt: Prompt, token: TokenRange, places: readonly SlotPlace[]): Leaf {
    const start = inPair(places, toSource(prompt, token.start)).offset;
    const end = inPair(places, toSource(prompt, token.end));
    const units = this.units.touched(side, { start, end: Math.max(end.offset + Number(end.inside), start + 1) });
    const unit = (['word', 'sign', 'gap'] as const).map((weight) => units.findLast((one) => one.weight === weight)).find((one) => one);
    if (!unit) throw new Error(`The token at ${token.start} belongs to no leaf of the program; its prompt is that of another program.`);
    return { id: unit.id, order: unit.order, words: unit.words, unit };
  }
}

interface Leaf {
  id: string;
  order: number;
  words: string;
  unit: Unit | null;
}

function roleOf({ id, order, words, unit }: Leaf, part: LeafPart): Role {
  return {
    key: `${id} ${part}`,
    leaf: id,
    part,
    words: WORDS[part] + words,
    spans: unit?.spans ?? null,
    byEdit: unit?.byEdit ?? null,
    order,
  };
}

function aheadLeaf(i: number, { start, end }: TokenRange): Leaf {
  return { id: `ahead ${i}`, order: i - 1e9, words: start === end ? 'beginning of the text' : `token ${i + 1} of the question`, unit: null };
}

/** @param back from the end, 1 for the last */
function behindLeaf(back: number): Leaf {
  const words = back === 1 ? 'last token of the question' : `token ${back} from the end of the question`;
  return { id: back === 1 ? 'last' : `behind ${back}`, order: 1e9 - back, words, unit: null };
}

/**
 * Tokens of many readings by their roles, in the order of the prompt. A leaf that some reading has in several tokens is divided for all: a
 * reading that has it in one has its last token only.
 * @param readings the roles of each reading's tokens, by position
 * @param by whether the tokens of a leaf are told apart by where in it they lie
 */
export function mergeRoles(readings: readonly (readonly Role[])[], by: 'part' | 'leaf' = 'part'): MergedRole[] {
  const divided = new Set(readings.flatMap((roles) => roles.filter(({ part }) => part !== 'whole').map(({ leaf }) => leaf)));
  const merged = new Map<string, MergedRole>();
  for (const [i, roles] of readings.entries()) {
    for (const [position, role] of roles.entries()) {
      const part = by === 'leaf' ? 'whole' : role.part === 'whole' && divided.has(role.leaf) ? 'last' : role.part;
      const key = `${role.leaf} ${part}`;
      const found: MergedRole = merged.get(key) ?? {
        ...role,
        key,
        part,
        words: WORDS[part] + role.words.slice(WORDS[role.part].length),
        positions: readings.map(() => []),
      };
      found.positions[i].push(position);
      merged.set(key, found);
    }
  }
  return [...merged.values()].sort((a, b) => a.order - b.order || PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
}

/**
 * Tokens of many readings by their positions, each of them a role by itself.
 * @param readings of one length, the first of which says what each token is
 * @throws a sentence where one is of another length
 */
export function keptRoles(readings: readonly (readonly Role[])[]): MergedRole[] {
  const [first] = readings;
  const other = readings.find(({ length }) => length !== first.length);
  if (other) {
    throw new Error(`Positions are kept only where all programs have the same number of tokens, and one has ${other.length} and another ${first.length}: merge them by role.`);
  }
  return first.map((role, position) => ({ ...role, key: `${role.key} ${position}`, positions: readings.map(() => [position]) }));
}
