/** Draws of other words and numbers for a plan, the same ones from the same seed. */
import { isFree } from '../edits/words';
import type { AnalogPlan, Substitution } from './plan';
import type { Key } from './slots';
import { NOUNS, USUAL_VERBS, VERBS } from './word-list';

export type Uniform = () => number;

/** Whether a replacement will do, wherever it is put; all do when left out. */
export type Fits = (key: Key, text: string) => boolean;

/** What each key may become. */
export class Draws {
  /** Words that are found not to fit are taken out. */
  private readonly words = new Map<Key, string[]>();
  private readonly numbers: readonly NumberGroup[];

  /** @param fixed keys that stay as they are */
  constructor(
    private readonly plan: AnalogPlan,
    private readonly uniform: Uniform,
    fixed: ReadonlySet<Key>,
    private readonly fits: Fits = () => true,
  ) {
    const values: NumberKey[] = [];
    for (const key of plan.keys) {
      const text = key.slice(key.indexOf(' ') + 1);
      if (key.startsWith('number ')) values.push({ key, text, free: !fixed.has(key) });
      else if (fixed.has(key)) continue;
      else this.words.set(key, key.startsWith('letter ') ? letters(text, plan) : words(text, plan));
    }
    this.numbers = groups(values);
  }

  /** Keys that can be replaced at all. */
  get keys(): Key[] {
    const numbers = this.numbers.flatMap((group) => group.values.filter(({ free }) => free).map(({ key }) => key));
    return [...[...this.words].filter(([key, words]) => words.some((word) => this.fits(key, word))).map(([key]) => key), ...numbers];
  }

  /** One replacement for every key, no two alike. Where words run out, some keys stay. */
  next(): Map<Key, string> {
    const drawn = new Map<Key, string>();
    const used = new Set<string>();
    for (const key of this.words.keys()) {
      const word = this.word(key, used);
      if (word === undefined) continue;
      used.add(word);
      drawn.set(key, word);
    }
    for (const group of this.numbers) for (const [key, text] of drawNumbers(group, this.uniform, this.fits)) drawn.set(key, text);
    return drawn;
  }

  /** One that fits and is not used; undefined where there is none. */
  private word(key: Key, used: ReadonlySet<string>): string | undefined {
    const words = this.words.get(key)!;
    for (let left = words.filter((word) => !used.has(word)); left.length > 0; ) {
      const at = Math.floor(this.uniform() * left.length);
      const [word] = left.splice(at, 1);
      if (this.fits(key, word)) return word;
      words.splice(words.indexOf(word), 1);
    }
    return undefined;
  }

  /** Only one key is replaced; null where nothing else can stand for it. */
  only(key: Key): Substitution | null {
    const alone = new Draws(this.plan, this.uniform, new Set(this.plan.keys.filter((one) => one !== key)), this.fits).next();
    const text = alone.get(key);
    return text === undefined || key.endsWith(` ${text}`) ? null : new Map([[key, text]]);
  }
}

/** So many words have to be about as long as the one that they stand for, else shorter and longer ones do as well. */
const ENOUGH = 40;

/** Of about the same length, as programs cut words and count their letters. */
function words(stem: string, { taken }: AnalogPlan): string[] {
  const pool = (USUAL_VERBS.has(stem) ? VERBS : NOUNS).filter((word) => isFree(word, stem, taken) && !taken.has(`${word}s`));
  const near = pool.filter((word) => Math.abs(word.length - stem.length) <= 2);
  return near.length >= Math.min(ENOUGH, pool.length / 2) ? near : pool;
}

/** One of the same case that is not easily taken for a digit. */
function letters(letter: string, { taken, keys }: AnalogPlan): string[] {
  const large = letter !== letter.toLowerCase();
  const all = [...(large ? 'ABCDEFGHJKLMNPQRSTUVWXYZ' : 'abcdefghijkmnpqrstuvwxyz')];
  return all.filter((one) => one !== letter && !taken.has(one.toLowerCase()) && !keys.includes(`letter ${one}`));
}

interface NumberKey {
  key: Key;
  text: string;
  free: boolean;
}

/** Numbers with as many digits, before the point and behind it, smallest first: they keep their order. */
interface NumberGroup {
  decimals: number;
  /** The numbers without their points: each lies in [low, high]. */
  low: number;
  high: number;
  values: NumberKey[];
}

const scaled = (text: string) => Number(text.replace('.', ''));

function groups(values: readonly NumberKey[]): NumberGroup[] {
  const found = new Map<string, NumberGroup>();
  for (const value of values) {
    const [whole, decimals = ''] = value.text.split('.');
    const zero = whole === '0';
    const digits = (zero ? 0 : whole.length) + decimals.length;
    const shape = `${zero ? 0 : whole.length}.${decimals.length}`;
    const group = found.get(shape) ?? { decimals: decimals.length, low: zero ? 1 : 10 ** (digits - 1), high: 10 ** digits - 1, values: [] };
    group.values.push(value);
    found.set(shape, group);
  }
  for (const group of found.values()) group.values.sort((a, b) => scaled(a.text) - scaled(b.text));
  return [...found.values()];
}

/** A number that does not fit is drawn again so often; then it stays. */
const TRIES = 60;

/** Between numbers that stay the others are drawn without repetition and put in order. */
function drawNumbers({ values, low, high, decimals }: NumberGroup, uniform: Uniform, fits: Fits): [Key, string][] {
  const drawn: [Key, string][] = [];
  const text = (value: number) => {
    const digits = String(value).padStart(decimals + 1, '0');
    return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  };
  let from = low;
  for (let i = 0; i < values.length; i++) {
    if (!values[i].free) {
      from = scaled(values[i].text) + 1;
      continue;
    }
    const fixedAt = values.findIndex(({ free }, j) => j > i && !free);
    const end = fixedAt < 0 ? values.length : fixedAt;
    const to = fixedAt < 0 ? high : scaled(values[fixedAt].text) - 1;
    const chosen = new Set<number>();
    for (let tries = 0; chosen.size < end - i && tries < TRIES * (end - i); tries++) {
      const value = from + Math.floor(uniform() * (to - from + 1));
      if (value % 10 ** decimals !== 0 || decimals === 0 || from === to) if (fits(values[i].key, text(value))) chosen.add(value);
    }
    if (chosen.size === end - i) [...chosen].sort((a, b) => a - b).forEach((value, j) => drawn.push([values[i + j].key, text(value)]));
    i = end - 1;
  }
  return drawn;
}
