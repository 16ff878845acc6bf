import type { Random } from '../random';
import { WORDS } from './words';

/** A word for a string. */
export const word = (random: Random): string => random.pick(WORDS);
/** The text as a Python string, mostly in double quotes. */
export const q = (random: Random, text: string): string => (random.chance(0.75) ? `"${text}"` : `'${text}'`);

/** `assert` with a right and a wrong expectation, with and without a message. */
export function asserts(claim: string, right: string | number, wrong: string | number, random: Random): string[] {
  const message = random.chance(0.35)
    ? `, ${q(random, `${random.pick(['wrong', 'bad', 'unexpected', 'invalid'])} ${word(random)}`)}`
    : '';
  const operator = random.weighted(['==', '!='], [4, 1]);
  return [`assert ${claim} ${operator} ${right}${message}`, `assert ${claim} ${operator} ${wrong}${message}`];
}

/** A helper function that changes a global: with and without `global`, or reading it only. */
export function scoped(name: string, change: string, random: Random): string[] {
  const f = random.pick(
    ['update', 'change', 'increment', 'bump', 'reset', 'add_one', 'step', 'modify', 'tick', 'apply'],
  );
  const call = random.chance(0.15) ? '' : `\n${f}()`;
  const read = random.pick([`print(${name})`, `return ${name}`, `new = ${name}\n    return new`]);
  return [
    `def ${f}():\n    ${change}${call}`,
    `def ${f}():\n    global ${name}\n    ${change}${call}`,
    `def ${f}():\n    ${read}${call}`,
    `def ${f}():\n    print(${name})\n    ${name} = ${random.int(0, 9)}${call}`,
  ];
}

/** Makes near twins from a variable's name and the items (of a mapping: the keys) of its literal. */
export type ItemsMaker = (name: string, items: readonly string[], random: Random) => string[];
