/** Longer programs: several short ones under each other, so that the model also learns what stands far before its answer. */
import type { Random } from '../random';
import { QUIET } from '../labelling/labels';

const PREFIX = 'joined/';

interface Program {
  code: string;
  label: string;
  family: string;
}

export interface JoinOptions {
  /** How many to make. */
  count: number;
  /** About the tokens of the longest. */
  maxTokens: number;
  /** About how many tokens a text has. */
  tokensOf: (code: string) => number;
}

/** Whether a family's name says that a program was made here. */
export function isJoined(family: string): boolean {
  return family.startsWith(PREFIX);
}

export interface Joined {
  code: string;
  family: string;
}

/**
 * Programs that raise nothing, one to twelve of them, and then one of any kind. What the whole raises is for the sandbox to say:
 * a name that the last one lacks may be defined before it. A near twin that follows its program in the list gets the same beginning.
 */
export function joinedPrograms(programs: readonly Program[], random: Random, { count, maxTokens, tokensOf }: JoinOptions): Joined[] {
  const quiet = programs.filter(({ label }) => label === QUIET);
  if (quiet.length === 0 || programs.length < 2) return [];
  const joined: Joined[] = [];
  for (let tries = 0; joined.length < count && tries < 4 * count; tries++) {
    const at = random.int(0, programs.length - 2);
    const twins = programs[at].family === programs[at + 1].family ? [programs[at], programs[at + 1]] : [programs[at]];
    const room = random.int(Math.floor(maxTokens / 4), maxTokens) - Math.max(...twins.map(({ code }) => tokensOf(code)));
    const beginning: string[] = [];
    for (let used = 0; beginning.length < 12; ) {
      const { code } = random.pick(quiet);
      used += tokensOf(code) + 1;
      if (used > room) break;
      beginning.push(code);
    }
    if (beginning.length === 0) continue;
    const gap = random.chance(0.5) ? '\n' : '\n\n';
    for (const { code, family } of twins) joined.push({ code: [...beginning, code].join(gap), family: PREFIX + family });
  }
  return joined.slice(0, count);
}
