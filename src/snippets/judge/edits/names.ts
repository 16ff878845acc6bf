/** New names for what is renamed, in each style. None is a word of the code. */
import type { Style } from '../messages';
import { USUAL_NAMES, type UsualNames } from './usual-names';

/** A name that can be renamed. */
export interface Named {
  name: string;
  of: 'parameter' | 'variable' | 'function' | 'property' | 'type';
  /** Its type as the compiler prints it, of a function that of what it returns; '' of a type. */
  type: string;
}

export interface NewName {
  name: string;
  /** What the name usually is, if that is the point. */
  usual?: string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Makes names that are not taken, each once. */
export class NameMaker {
  readonly #given = new Set<string>();
  #numbers = { value: 0, type: 0 };

  /** @param taken the words of the code and of the language */
  constructor(
    private readonly taken: (name: string) => boolean,
    private readonly random: () => number,
    private readonly usual: UsualNames = USUAL_NAMES,
  ) {}

  /** Names of one style; none where it has none left, and for `swapped`, which takes names that are there. */
  make(style: Style, named: Named, most = 1): NewName[] {
    if (style === 'swapped') return [];
    if (style === 'misleading') return this.#misleading(named, most);
    const name = style === 'neutral' ? this.#neutral(named) : style === 'scrambled' ? this.#scrambled(named) : this.#letter(named);
    return name === undefined ? [] : [{ name }];
  }

  #free(name: string): boolean {
    return !this.taken(name) && !this.#given.has(name);
  }

  #give(name: string): string {
    this.#given.add(name);
    return name;
  }

  #neutral({ of }: Named): string {
    const kind = of === 'type' ? 'type' : 'value';
    for (;;) {
      const name = `${kind === 'type' ? '__typ' : '__tmp'}${this.#numbers[kind]++}`;
      if (this.#free(name)) return name;
    }
  }

  /** Letters at random, as many as there are, in capitals where capitals are. */
  #scrambled({ name }: Named): string | undefined {
    for (let i = 0; i < 20; i++) {
      const letters = [...name].map((letter) => {
        const drawn = LETTERS[Math.floor(this.random() * LETTERS.length)];
        return letter === letter.toUpperCase() && letter !== letter.toLowerCase() ? drawn.toUpperCase() : drawn;
      });
      if (this.#free(letters.join(''))) return this.#give(letters.join(''));
    }
    return undefined;
  }

  #letter({ name, of }: Named): string | undefined {
    const letters = of === 'type' ? LETTERS.toUpperCase() : LETTERS;
    const from = Math.floor(this.random() * letters.length);
    const found = [...letters.slice(from), ...letters.slice(0, from)].find((letter) => letter !== name && this.#free(letter));
    return found && this.#give(found);
  }

  /** A name for each of some other types. */
  #misleading({ of, type }: Named, most: number): NewName[] {
    if (of === 'type') {
      const name = this.#drawn(this.usual.types);
      return name === undefined ? [] : [{ name }];
    }
    const table = of === 'function' ? this.usual.functions : this.usual.values;
    const others = shuffled(Object.keys(table).filter((usual) => usual !== type && !(usual === '() => void' && type.includes('=>'))), this.random);
    const names: NewName[] = [];
    for (const usual of others) {
      if (names.length === most) break;
      const name = this.#drawn(table[usual]);
      if (name !== undefined) names.push({ name, usual });
    }
    return names;
  }

  #drawn(names: readonly string[]): string | undefined {
    const free = names.filter((name) => this.#free(name));
    // A word may be given to several, one at a time; only made-up names are given once.
    return free.length === 0 ? undefined : free[Math.floor(this.random() * free.length)];
  }
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
