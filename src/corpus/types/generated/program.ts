/**
 * Generated programs in which a use decides a type: of a parameter, what a function returns, a variable or a property. Near twins come from
 * one skeleton with the same names and differ in that use. Each language is a dialect.
 */
import { Random } from '../../random';
import type { Kind, Language, SiteKind } from '../row';
import { NEUTRAL, type Naming, type Value } from './value';

/** A type of the program's own. */
export interface UserType extends Value {
  declaration: string;
}

export interface Parts {
  value: Value;
  name: string;
  random: Random;
  /** An expression that decides the type. */
  use: string;
  literal: string;
}

/** A program with `HOLE` for the type and «…» around annotations that may go; what it mentions is put above it. */
export type Skeleton = (parts: Parts) => { site: SiteKind; text: string };

export interface Dialect {
  language: Language;
  basic: readonly Value[];
  others: readonly Value[];
  skeletons: readonly Skeleton[];
  userTypes(random: Random): UserType[];
  /** What programs mention that stands above them, by a regular expression of what they mention. */
  helpers: Readonly<Record<string, string>>;
}

export interface Program {
  language: Language;
  prefix: string;
  type: string;
  suffix: string;
  kind: Kind;
  site: SiteKind;
  name: string;
  naming: Naming;
  /** Types with which the program must not check. */
  rivals: readonly string[];
}

const MAY_GO = /«([^»]*)»/g;
export const HOLE = '⟦⟧';

/** A pair of near twins, unchecked; the same seed gives the same pair. */
export function drawPair(dialect: Dialect, seed: number | string): Program[] {
  const random = new Random(`${seed}/pair`);
  const types = dialect.userTypes(random);
  const { basic } = dialect;
  const pool = [...basic, ...basic, ...types, ...types, ...(random.chance(0.5) ? dialect.others : [])];
  const [one, two] = different(pool, random);
  const skeleton = random.pick(dialect.skeletons);
  const keep = random.pick([0, 0.5, 1]);
  // Twins of one name, which agrees with one of them and misleads of the other, or says nothing; or each with a name that agrees.
  const shared = random.weighted([...SHARED], SHARES);
  const names = shared === 'none'
    ? [one, two].map(({ names: own }) => random.pick(own))
    : [random.pick(shared === 'neutral' ? NEUTRAL : random.pick([one, two]).names)];
  const same = `${seed}/same`;
  return [one, two].map((value, i) => {
    const name = names.at(i) ?? names[0];
    const own = new Random(same); // the same for both twins
    const parts = skeleton({ value, name, random: own, use: random.pick(value.uses), literal: random.pick(value.literals) });
    const rivals = [value === one ? two : one, ...basic, ...types].map(({ type }) => type);
    return write(dialect, value, name, rivals, surrounded(dialect, parts.text, value, types, keep, own), parts.site);
  });
}

const SHARED = ['speaks', 'neutral', 'none'] as const;
/** So that names agree with the type in 60 % of the programs, say nothing in 25 % and mislead in 15 %. */
const SHARES = [0.3, 0.25, 0.45];

function different(pool: readonly Value[], random: Random): [Value, Value] {
  const one = random.pick(pool);
  const others = pool.filter(({ type }) => type !== one.type);
  return [one, random.pick(others)];
}

/** A text with the types and helpers that it needs above it, and with marks at the annotations that are not shown. */
function surrounded({ helpers }: Dialect, text: string, value: Value, types: readonly UserType[], keep: number, random: Random): string {
  const mentioned = (type: string) => type === value.type || new RegExp(`\\b${type}\\b`).test(text);
  const above = types.filter(({ type }) => mentioned(type) || random.chance(0.6)).map(({ declaration }) => declaration);
  const called = Object.keys(helpers).filter((name) => new RegExp(`\\b(?:${name})\\b`).test([text, value.type, ...above].join(' ')));
  const imports = called.filter((name) => /^(?:from|import) /.test(helpers[name]));
  const others = called.filter((name) => !imports.includes(name));
  const whole = [...random.shuffle([...above, ...others.map((name) => helpers[name])]), text].join('\n\n');
  const headed = imports.length > 0 ? `${imports.map((name) => helpers[name]).join('\n')}\n\n${whole}` : whole;
  return headed.replace(MAY_GO, (_, inside: string) => `«${random.chance(keep) ? inside : `\0${inside}`}»`);
}

function write({ language }: Dialect, value: Value, name: string, others: readonly string[], text: string, site: SiteKind): Program {
  const [prefix, suffix] = text.split(HOLE);
  const naming = value.names.includes(name) ? 'agrees' : NEUTRAL.includes(name) ? 'neutral' : 'misleads';
  const rivals = [...new Set(others)].filter((type) => type !== value.type && !value.admits?.includes(type));
  return { language, prefix, suffix, type: value.type, kind: value.kind, site, name, naming, rivals };
}

/** The program with all its annotations, as it is checked, and with those that it is read with. */
export const whole = (part: string) => part.replace(MAY_GO, (_, inside: string) => inside.replace('\0', ''));
export const shown = (part: string) => part.replace(MAY_GO, (_, inside: string) => (inside.startsWith('\0') ? '' : inside));
