/** Skeletons: what stands in them, and the groups of near twins that they make. */
import type { Random } from '../../random';
import { parseSlots, render, switches, type Choices, type Part, type Slot } from '../../slots';
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
/** Makes every free choice; only twin slots are left. */
function settle(parts: Part[], random: Random): Part[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [part];
    if (!part.twin) return settle(random.pick(part.options), random);
    return [{ ...part, options: part.options.map((option) => settle(option, random)) }];
  });
}

/** A slip mostly has its first option; any other slot, any. */
const drawn = (random: Random) => (slot: Slot) => (slot.slip && random.chance(0.88) ? 0 : random.int(0, slot.options.length - 1));

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
  const parts = settle(parseSlots(around(skeleton, random)), random);
  const base: Choices = new Map();
  const choose = drawn(random);
  const text = render(parts, base, choose);
  const size = random.weighted([1, 2, 3], [4, 4, 2]);
  const texts = [text];
  for (const twin of random.sample(switches(parts, base), size)) texts.push(render(parts, twin, choose));
  const scene = new Scene(random);
  const programs = restyle(texts.map((text) => scene.fill(text)), random);
  return [...new Set(programs)];
}

/** What is wrong with a skeleton, as the beginning of a sentence; undefined if nothing is. */
export function skeletonFault(skeleton: string): string | undefined {
  try {
    const parts = parseSlots(skeleton);
    if (!hasTwins(parts)) return 'a skeleton has no twin slot ⟦a|b⟧, so its programs would not differ.';
  } catch (error) {
    return (error as Error).message;
  }
  return placeholderFault(skeleton);
}

const hasTwins = (parts: readonly Part[]): boolean =>
  parts.some((part) => typeof part !== 'string' && ((part.twin && part.options.length > 1) || part.options.some(hasTwins)));
