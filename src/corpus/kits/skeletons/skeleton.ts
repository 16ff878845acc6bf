/** Skeletons: what stands in them, and the groups of near twins that they make. */
import type { Random } from '../../random';
import { placeholderFault, Scene } from './scene';
import { restyle, surround } from './surroundings';

/**
 * Skeletons: Python text with
 * - `$kind` placeholders (see runtime-scene), the same one having the same value in the whole group;
 * - `⟨a|b⟩` a free choice, made once for the group;
 * - `⟦a|b⟧` a twin slot: the programs of a group differ in one of these; `⟦#x a|b⟧` slots of one name switch together;
 *   `⟦!a|b⟧` is a slip: the base mostly has `a`.
 * Slots nest. Families of skeletons lie in `data/python-errors/skeletons`; `written/skeletons.ts` reads them.
 */
type Part = string | Slot;
interface Slot {
  twin: boolean;
  name: string;
  /** Whether the base mostly has the first option. */
  slip: boolean;
  options: Part[][];
}

const CLOSERS: Record<string, string> = { '⟨': '⟩', '⟦': '⟧' };

function parse(text: string): Part[] {
  let at = 0;
  let slots = 0;
  const sequence = (closer: string): Part[] => {
    const parts: Part[] = [];
    while (at < text.length) {
      const char = text[at];
      if (char === closer || (closer !== '' && char === '|')) return parts;
      if (char === '⟩' || char === '⟧') throw new Error(`a ${char} closes no slot.`);
      at++;
      if (char === '⟨' || char === '⟦') parts.push(slot(char));
      else if (typeof parts.at(-1) === 'string') parts.push((parts.pop() as string) + char);
      else parts.push(char);
    }
    if (closer !== '') throw new Error(`a slot lacks its ${closer}.`);
    return parts;
  };
  const slot = (opener: string): Slot => {
    const name = opener === '⟦' ? /^#(\w+) /.exec(text.slice(at, at + 12)) : null;
    if (name) at += name[0].length;
    const slip = text[at] === '!' && text[at + 1] !== '=';
    if (slip) at++;
    const options: Part[][] = [];
    do {
      options.push(sequence(CLOSERS[opener]));
    } while (text[at++] === '|');
    return { twin: opener === '⟦', name: name?.[1] ?? `slot${slots++}`, slip, options };
  };
  return sequence('');
}

/** Makes every free choice; only twin slots are left. */
function settle(parts: Part[], random: Random): Part[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [part];
    if (!part.twin) return settle(random.pick(part.options), random);
    return [{ ...part, options: part.options.map((option) => settle(option, random)) }];
  });
}

type Choices = Map<string, number>;

/** The text under the given choices; `seen` collects the twin slots passed on the way and their option counts. */
function render(parts: Part[], choices: Choices, random: Random, seen: Choices): string {
  return parts.map((part) => {
    if (typeof part === 'string') return part;
    seen.set(part.name, part.options.length);
    if (!choices.has(part.name)) {
      choices.set(part.name, part.slip && random.chance(0.88) ? 0 : random.int(0, part.options.length - 1));
    }
    return render(part.options[choices.get(part.name)! % part.options.length], choices, random, seen);
  }).join('');
}

/**
 * One group of two to four programs from a skeleton: a base, and the base with one twin slot switched. `around` puts the skeleton into
 * surroundings, which may raise or catch something of their own.
 */
export function makeGroup(skeleton: string, random: Random, around = surround): string[] {
  for (let tries = 0; tries < 20; tries++) {
    const programs = drawGroup(skeleton, random, around);
    if (programs.length > 1) return programs;
  }
  throw new Error(`The twins of this skeleton do not differ: ${skeleton}`);
}

function drawGroup(skeleton: string, random: Random, around: typeof surround): string[] {
  const parts = settle(parse(around(skeleton, random)), random);
  const base: Choices = new Map();
  const seen: Choices = new Map();
  const texts = [render(parts, base, random, seen)];
  const edits = [...seen].flatMap(([name, count]) =>
    Array.from({ length: count }, (_, option) => ({ name, option })).filter(({ option }) => option !== base.get(name)));
  const size = random.weighted([1, 2, 3], [4, 4, 2]);
  for (const { name, option } of random.sample(edits, size)) {
    texts.push(render(parts, new Map(base).set(name, option), random, new Map()));
  }
  const scene = new Scene(random);
  const programs = restyle(texts.map((text) => scene.fill(text)), random);
  return [...new Set(programs)];
}

/** What is wrong with a skeleton, as the beginning of a sentence; undefined if nothing is. */
export function skeletonFault(skeleton: string): string | undefined {
  try {
    const parts = parse(skeleton);
    if (!hasTwins(parts)) return 'a skeleton has no twin slot ⟦a|b⟧, so its programs would not differ.';
  } catch (error) {
    return (error as Error).message;
  }
  return placeholderFault(skeleton);
}

const hasTwins = (parts: readonly Part[]): boolean =>
  parts.some((part) => typeof part !== 'string' && ((part.twin && part.options.length > 1) || part.options.some(hasTwins)));
