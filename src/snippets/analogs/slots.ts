/** Slots: the places of a program where a word, a letter or a number may be replaced, all of one key alike. */
import { SMALL_WORDS } from './word-list';
import type { TextKind } from './kinds-of-text';
import { partsOf, type WordForm } from './word-forms';
import { BUILTINS, KEYWORDS } from '../syntax/keywords';
import { isReserved, type OwnNames } from './renamable';

/** What is replaced alike wherever it stands: a word by its stem, a one-letter name, a number, a misspelt name as a whole. */
export type Key = `word ${string}` | `letter ${string}` | `number ${string}` | `slip ${string}`;

export interface Slot {
  /** UTF-16 offsets in the program. */
  start: number;
  end: number;
  key: Key;
  /** How a word is written here; null for what is no word. */
  form: WordForm | null;
}

/** A name, a word of a text or a number, as the characters of a program have them. */
export interface Item {
  start: number;
  end: number;
  text: string;
  kind: TextKind;
  /** It is all that a string says. */
  whole: boolean;
  /** A number that is added or taken away, or has a sign: one is then a step, and stays. */
  step: boolean;
}

/** In source order. What means something by itself (escapes, formats) is no item, and parts the items beside it. */
export function itemsOf(code: string, kinds: readonly TextKind[]): Item[] {
  let masked = '';
  for (let at = 0; at < code.length; at++) masked += kinds[at] === 'set' ? '\0' : code[at];
  const items: Item[] = [];
  for (const match of masked.matchAll(/[\p{L}_][\p{L}\p{M}\p{N}_]*|(?<![\p{L}\p{N}_.])\d[\w.]*/gu)) {
    const start = match.index;
    const text = match[0].replace(/\.+$/, '');
    const end = start + text.length;
    const kind = kinds[start];
    const quoted = (at: number) => kinds[at] === 'set' && (code[at] === '"' || code[at] === "'");
    const added = /[-+]=? *$/.test(code.slice(Math.max(0, start - 4), start)) || /^ *[-+]/.test(code.slice(end, end + 4));
    const step = text === '1' && kind === 'code' && added;
    items.push({ start, end, text, kind, whole: kind === 'text' && quoted(start - 1) && quoted(end), step });
  }
  return items;
}

/** Letters of any program that stand for a name. */
export const isLetter = (text: string): boolean => /^\p{L}$/u.test(text);

/** A number that may become another one of as many digits; zero and numbers in other notations may not. */
export const isPlainNumber = (text: string): boolean => /^(?:[1-9]\d{0,8}|(?:0|[1-9]\d{0,8})\.\d{1,6})$/.test(text) && Number(text) !== 0;

const WORDS_WITH_MEANING = new Set([
  ...['error', 'exception', 'warning', 'utf', 'ascii', 'nan', 'inf', 'infinity'],
  ...[...KEYWORDS, ...BUILTINS].map((word) => word.toLowerCase()),
]);

/** What may be replaced in a program, whichever way it is written there. */
export class Replaceable {
  readonly keys = new Set<Key>();
  private readonly spellings = new Set<string>();
  private readonly whole: ReadonlySet<string>;

  /**
   * @param items of all programs that are replaced alike
   * @param raw words that mean something as they are spelled, as in patterns
   * @param slips misspelt names, which follow the name that is meant
   */
  constructor(
    items: readonly Item[],
    { own, unknown, foreign }: OwnNames,
    raw: readonly string[],
    private readonly slips: ReadonlySet<string>,
  ) {
    this.whole = foreign;
    for (const name of [...foreign, ...raw]) {
      for (const { start, end } of partsOf(name)) this.spellings.add(name.slice(start, end).toLowerCase());
    }
    for (const { text, kind, whole } of items) {
      if (/^\d/.test(text)) {
        if (kind !== 'aside' && isPlainNumber(text)) this.keys.add(`number ${text}`);
      } else if (slips.has(text)) this.keys.add(`slip ${text}`);
      else if (isLetter(text) ? own.has(text) || unknown.has(text) || whole : kind === 'text' || own.has(text) || unknown.has(text)) {
        for (const { key } of this.partSlots({ start: 0, text })) this.keys.add(key);
      }
    }
    for (const { step, text } of items) if (step) this.keys.delete(`number ${text}`);
  }

  /** The slots of a program's items whose keys are replaced. */
  slots(items: readonly Item[]): Slot[] {
    return items.flatMap((item): Slot[] => {
      const { start, end, text, kind, whole } = item;
      if (/^\d/.test(text)) {
        return kind !== 'aside' && this.keys.has(`number ${text}`) ? [{ start, end, key: `number ${text}`, form: null }] : [];
      }
      if (this.keys.has(`slip ${text}`)) return [{ start, end, key: `slip ${text}`, form: null }];
      if (isLetter(text) && kind !== 'code' && !whole) return [];
      return this.partSlots(item).filter(({ key }) => this.keys.has(key));
    });
  }

  private partSlots({ start, text }: Pick<Item, 'start' | 'text'>): Slot[] {
    if (isReserved(text) || this.slips.has(text)) return [];
    if (isLetter(text)) return this.whole.has(text) ? [] : [{ start, end: start + text.length, key: `letter ${text}`, form: null }];
    return partsOf(text).flatMap((part): Slot[] => {
      const small = text.slice(part.start, part.end).toLowerCase();
      const english = SMALL_WORDS.has(small) && part.form.letters !== 'large';
      if (isLetter(small) || english || WORDS_WITH_MEANING.has(small) || this.spellings.has(small)) return [];
      return [{ start: start + part.start, end: start + part.end, key: `word ${part.stem}`, form: part.form }];
    });
  }
}
