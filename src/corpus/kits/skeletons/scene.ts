import type { Random } from '../../random';
import {
  DOMAINS, ELEMENTS, GENERIC_NAMES, INDEXES, OBJECTS, PARAMETERS, PEOPLE, REMARKS, SENTENCE_WORDS, TUPLES,
} from './words';
import type { Domain } from './words';

const PLACEHOLDER = /\$([A-Za-z]+)(\d*)(?:~(\d+|k\d*))?|\$\(([^()]*)\)/g;
const KINDS = `lst iv sv dv fn cls obj attr meth arg v i e tup w P label cmt sent d z n f y k in out any`.split(' ');
const LIST_KINDS = ['ints', 'floats', 'strs', 'pairs', 'sent'];
const RESERVED = ['print', 'len', 'range', 'sum', 'self', 'if', 'in', 'is', 'as', 'or', 'min', 'max', 'key', 'next'];

/** What is wrong with a text's placeholders, as a sentence without its capital; undefined if nothing is. */
export function placeholderFault(text: string): string | undefined {
  // A number of items may be a slot.
  for (const [whole, kind, digits, count, expression] of text.replace(/~(?=[⟦⟨])/g, '~1').matchAll(PLACEHOLDER)) {
    if (count !== undefined && !LIST_KINDS.includes(kind)) return `${whole}: only ${LIST_KINDS.map((name) => `$${name}`).join(', ')} have a number of items.`;
    const named = expression === undefined ? [`${kind}${digits}`] : (expression.replace(/^(cap|up|typo|id):|len:/g, '').match(/[A-Za-z]\w*/g) ?? []);
    const unknown = count === undefined ? named.find((name) => !KINDS.includes(name.replace(/\d+$/, ''))) : undefined;
    if (unknown !== undefined) return `${whole}: there is no placeholder $${unknown}.`;
  }
  if (text.replace(PLACEHOLDER, '').includes('$')) return 'a $ stands in the text that begins no placeholder.';
  return undefined;
}

/**
 * What the placeholders of one group mean. `$kind`, `$kind2`: independent draws of a kind, each bound once.
 * `$kind~3`, `$kind~k`: that many items, separated by commas. `$(expr)`: sums and products of bound numbers
 * (`$(k-1)`, `$(len:w+1)`), or a changed string: `$(cap:w)`, `$(up:w)`, `$(typo:lst)`.
 *
 * Names: lst iv sv dv fn cls obj attr meth arg i e tup v. Text: w word, P person, label, sent~, cmt.
 * Numbers: d 1–9, n 1–999, z 0–3, f decimal, y year, k 2–5, in (an index below k), out (k or above), any (around k).
 */
export class Scene {
  private readonly bound = new Map<string, string>();
  private readonly used = new Set<string>(RESERVED);
  private readonly domain: Domain;
  private readonly genericShare: number;
  private readonly lists = new Map<string, string[]>();
  /** The step of lists that count (1, 2, 3 or 10, 20, 30), or 0. */
  private readonly counting: number;

  constructor(private readonly random: Random) {
    this.domain = random.pick(DOMAINS);
    this.counting = random.weighted([0, 1, 10, 5], [10, 4, 2, 1]);
    this.genericShare = random.pick([0.1, 0.35, 0.6, 0.9]);
  }

  fill(text: string): string {
    return text.replace(PLACEHOLDER, (_, kind, digits, count, expression) =>
      expression === undefined ? this.value(kind, digits, count) : this.compute(expression));
  }

  private value(kind: string, digits: string, count?: string): string {
    const key = `${kind}${digits}`;
    if (count !== undefined) return this.items(key, kind, Number(/^\d/.test(count) ? count : this.lookup(count)));
    const value = this.bound.get(key) ?? this.draw(kind);
    this.bound.set(key, value);
    return value;
  }

  /** The first `length` items of a list that is drawn once, so that lists of twins differ at their ends only. */
  private items(key: string, kind: string, length: number): string {
    const list = this.lists.get(key) ?? [];
    this.lists.set(key, list);
    while (list.length < length) list.push(this.item(kind, list.length));
    return list.slice(0, length).join(kind === 'sent' ? ' ' : ', ');
  }

  private item(kind: string, at: number): string {
    switch (kind) {
      case 'ints': return String(this.counting === 0 ? this.number() : (at + 1) * this.counting);
      case 'floats': return `${this.random.int(0, 99)}.${this.random.int(0, 9)}`;
      case 'strs': return `"${this.fresh(this.domain.words)}"`;
      case 'pairs': return `"${this.fresh(this.domain.words)}": ${this.number()}`;
      case 'sent': return this.random.pick(SENTENCE_WORDS);
      default: throw new Error(`A skeleton uses an unknown list placeholder: $${kind}`);
    }
  }

  private lookup(name: string): string {
    const match = /^([A-Za-z]+)(\d*)$/.exec(name);
    if (!match) throw new Error(`Not a placeholder name: ${name}`);
    return this.value(match[1], match[2]);
  }

  /** `fn:name`, or a sum of products of integers, bound numbers and `len:name`. */
  private compute(expression: string): string {
    const change = /^(cap|up|typo|id):(\w+)$/.exec(expression);
    if (change) return this.change(change[1], change[2]);
    if (/^[A-Za-z]+\d*$/.test(expression)) return this.lookup(expression);
    const atom = (token: string): number => {
      if (/^\d+$/.test(token)) return Number(token);
      if (token.startsWith('len:')) return this.lookup(token.slice(4)).length;
      return Number(this.lookup(token));
    };
    let total = 0;
    for (const [, sign, product] of expression.replace(/ /g, '').matchAll(/([+-]?)([^+-]+)/g)) {
      total += (sign === '-' ? -1 : 1) * product.split('*').map(atom).reduce((a, b) => a * b, 1);
    }
    if (!Number.isFinite(total)) throw new Error(`Not a sum of numbers: ${expression}`);
    return String(total);
  }

  private change(how: string, name: string): string {
    const text = this.lookup(name);
    if (how === 'cap') return text[0].toUpperCase() + text.slice(1);
    if (how === 'up') return text.toUpperCase();
    if (how === 'id') return text.replace(/\W+/g, '_');
    const key = `typo:${name}`;
    const typo = this.bound.get(key) ?? misspell(text, this.random);
    this.bound.set(key, typo);
    return typo;
  }

  private fresh(pool: readonly string[]): string {
    for (let tries = 0; tries < 40; tries++) {
      const name = this.random.pick(pool);
      if (!this.used.has(name)) {
        this.used.add(name);
        return name;
      }
    }
    const name = `${this.random.pick(pool)}${this.random.int(2, 99)}`;
    this.used.add(name);
    return name;
  }

  private named(column: keyof Domain, extra: readonly string[] = []): string {
    const generic = [...(GENERIC_NAMES[column] ?? []), ...extra];
    return this.fresh(this.random.chance(this.genericShare) ? generic : this.domain[column]);
  }

  private draw(kind: string): string {
    const random = this.random;
    switch (kind) {
      case 'lst': return this.named('lists');
      case 'iv': return this.named('numbers');
      case 'sv': return this.named('texts');
      case 'dv': return this.named('dicts');
      case 'fn': return this.named('functions');
      case 'cls': return this.named('classes');
      case 'attr': return this.named('attributes');
      case 'meth': return this.named('methods');
      case 'v': return this.named(random.pick(['lists', 'numbers', 'texts'] as const));
      case 'obj': return this.fresh([...OBJECTS, ...this.domain.texts]);
      case 'arg': return this.fresh(random.chance(0.6) ? PARAMETERS : [...this.domain.numbers, ...this.domain.texts]);
      case 'i': return this.fresh(INDEXES);
      case 'e': return this.fresh(random.chance(0.7) ? ELEMENTS : this.domain.texts);
      case 'tup': return this.fresh(TUPLES);
      case 'w': return this.fresh(this.domain.words);
      case 'P': return this.fresh(PEOPLE);
      case 'label': return random.pick(random.chance(0.4) ? GENERIC_NAMES.labels! : this.domain.labels);
      case 'cmt': return random.pick(REMARKS);
      case 'sent': return this.items('sent', 'sent', random.int(2, 6));
      case 'd': return String(random.int(1, 9));
      case 'z': return String(random.int(0, 3));
      case 'n': return String(this.number());
      case 'f': {
        const usual = [`${random.int(0, 99)}.${random.int(1, 9)}`, `${random.int(1, 99)}.99`];
        return random.pick([...usual, '0.5', '2.5', '3.14']);
      }
      case 'y': return String(random.int(1950, 2030));
      case 'k': return String(random.weighted([1, 2, 3, 4, 5, 6], [1, 3, 5, 4, 3, 1]));
      case 'in': return String(random.int(0, Number(this.lookup('k')) - 1));
      case 'out': return String(Number(this.lookup('k')) + random.weighted([0, 1, 2, 5, 95], [5, 3, 2, 1, 1]));
      case 'any': return String(random.int(-Number(this.lookup('k')) - 1, Number(this.lookup('k')) + 1));
      default: throw new Error(`A skeleton uses an unknown placeholder: $${kind}`);
    }
  }

  private number(): number {
    const top = this.random.weighted([9, 99, 999], [3, 5, 2]);
    return this.random.int(1, top);
  }
}

/** A slip of the fingers: letters swapped, dropped or doubled, another case, a lost or extra "s" or underscore. */
export function misspell(name: string, random: Random): string {
  const at = random.int(0, Math.max(0, name.length - 2));
  const slips = [
    name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
    name.slice(0, at + 1) + name.slice(at + 2),
    name.slice(0, at + 1) + name[at] + name.slice(at + 1),
    name[0] === name[0].toUpperCase() ? name[0].toLowerCase() + name.slice(1) : name[0].toUpperCase() + name.slice(1),
    name.endsWith('s') ? name.slice(0, -1) : `${name}s`,
    name.includes('_') ? name.replace('_', '') : `${name}1`,
  ];
  if (name.length > 3) return random.pick(slips.filter((slip) => slip !== name));
  return random.pick(slips.slice(3).filter((slip) => slip !== name && slip !== ''));
}
