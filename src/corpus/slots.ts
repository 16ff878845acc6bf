/**
 * Slots: text with places at which it can read differently.
 *
 * `⟦a|b⟧` is a twin slot; near twins differ in one of these. `⟦#x a|b⟧` slots of one name switch together; `⟦!a|b⟧` is a slip, which mostly
 * reads `a`. `⟨a|b⟩` is a free choice. Slots nest, an option may be empty, and a `|` outside a slot is a `|`.
 */

export type Part = string | Slot;

export interface Slot {
  twin: boolean;
  name: string;
  /** Whether it mostly has the first option. */
  slip: boolean;
  options: Part[][];
}

const CLOSERS: Record<string, string> = { '⟨': '⟩', '⟦': '⟧' };

/** @throws the beginning of a sentence: "a slot lacks its ⟧." */
export function parseSlots(text: string): Part[] {
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

/** Which option each twin slot has, by its name. */
export type Choices = Map<string, number>;

/** The text under the choices, to which those are added that were not made: as `choose` says. */
export function render(parts: readonly Part[], choices: Choices, choose: (slot: Slot) => number): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (!choices.has(part.name)) choices.set(part.name, choose(part));
      return render(part.options[choices.get(part.name)! % part.options.length], choices, choose);
    })
    .join('');
}

/** The choices of every twin that differs from these in one slot which is read under them. */
export function switches(parts: readonly Part[], choices: Choices): Choices[] {
  const counts = new Map<string, number>();
  const visit = (list: readonly Part[]): void => {
    for (const part of list) {
      if (typeof part === 'string') continue;
      counts.set(part.name, part.options.length);
      visit(part.options[choices.get(part.name)! % part.options.length]);
    }
  };
  visit(parts);
  return [...counts].flatMap(([name, count]) =>
    Array.from({ length: count }, (_, option) => option)
      .filter((option) => option !== choices.get(name))
      .map((option) => new Map(choices).set(name, option)),
  );
}
