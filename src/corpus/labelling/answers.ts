/** Which of the answers an exception is: its own name, or the nearest of its base classes that is one. */
import { baseAmong } from '../../snippets/outcomes/base-classes';
import { LABELS, QUIET, type Label } from './labels';
import { NO_ERROR } from '../../vocabulary/labels';

const isLabel = (name: string): name is Label => (LABELS as readonly string[]).includes(name);

/**
 * The answer for what Python raised; undefined where no answer is right.
 * @param raised the exception's class name, or `no error`
 * @param code the program, which may define the class itself
 */
export function answerOf(raised: string, code: string): Label | undefined {
  const seen = new Set<string>();
  const pending = [raised === NO_ERROR ? QUIET : raised];
  while (pending.length > 0) {
    const name = pending.shift()!;
    if (isLabel(name)) return name;
    if (seen.has(name) || !/^\w+$/.test(name)) continue;
    seen.add(name);
    const [, bases] = new RegExp(`^\\s*class ${name}\\(([^)]*)\\)`, 'm').exec(code) ?? [];
    const known = bases === undefined ? baseAmong(name, LABELS) : null;
    if (known !== null && isLabel(known)) return known;
    pending.push(...(bases?.split(',').map((base) => base.trim().split('.').at(-1)!) ?? []));
  }
  return undefined;
}
