/** What the compiler's process answers, asked in this one. */
import { describe, expect, test } from 'vitest';
import { changed } from '../../../src/snippets/judge/changes';
import { cutType } from '../../../src/snippets/judge/cut';
import { normalType } from '../../../src/snippets/judge/normal';
import { together } from '../../../src/snippets/judge/edits/together';
import { answer } from '../../../src/snippets/judge/questions';
import { siteAt } from '../../../src/snippets/judge/site-at';
import type { Asked, JudgedLanguage, TypeEdit, TypeSite } from '../../../src/snippets/judge/messages';

/** Code with its hole in ⟦brackets⟧; empty ones hold nothing. */
function holed(marked: string) {
  const [before, rest] = marked.split('⟦');
  const [written, after] = rest.split('⟧');
  return { before, written: written === '' ? null : written, after };
}

const hole = (marked: string, language: JudgedLanguage = 'typescript', files?: Record<string, string>) =>
  [...answer('hole', { language, ...holed(marked), files })][0];

function judged(marked: string, candidates: string[], more: Partial<Asked<'candidates'>> = {}) {
  const { before, written: truth, after } = holed(marked);
  return [...answer('candidates', { language: 'typescript', before, after, truth, candidates, ...more })];
}

describe('the type at a hole', () => {
  test.each([
    ['function f(x: ⟦string⟧) { return x.length; }', 'parameter', 'x', 'string', 'any'],
    ['function f(x: ⟦⟧ = 5) { return x; }', 'parameter', 'x', null, 'number'],
    ['function f(x = 5): ⟦⟧ { return [x]; }', 'return', 'f', null, 'number[]'],
    ['const f = (x: number): ⟦boolean⟧ => x > 1;', 'return', 'f', 'boolean', 'boolean'],
    ['const all: ⟦Map<string, number>⟧ = new Map();', 'variable', 'all', 'Map<string, number>', 'Map<any, any>'],
    ['class A { at: ⟦number⟧ = 3; }', 'property', 'at', 'number', 'number'],
    ['interface A { at: ⟦number | null⟧ }', 'property', 'at', 'number | null', 'any'],
    ['let x: Array<⟦string⟧> = [];', null, null, 'string', null],
    ['function f(x: unknown): ⟦x is string⟧ { return typeof x === "string"; }', 'return', 'f', 'x is string', 'boolean'],
    ['[1].map((x: ⟦⟧) => x);', 'parameter', 'x', null, 'number'],
  ] as const)('%s', (marked, site, name, declared, inferred) => {
    expect(hole(marked)).toMatchObject({ site, name, declared, inferred, errors: [], errorCount: 0, unresolved: [] });
  });

  test('what says nothing is told', () => {
    expect(hole('let x: ⟦any⟧ = 3;').any).toBe('any');
    expect(hole('let x: ⟦unknown⟧ = 3;').any).toBe('unknown');
    expect(hole('let x: ⟦⟧ = 3;').any).toBeNull();
    expect(hole('function f(x: ⟦⟧) {}').any).toBe('any');
  });

  test('the program’s own errors have code, line and words; implicit any and missing packages are none', () => {
    const found = hole("import { Q } from 'q';\nlet x: ⟦Q⟧ = 1;\nlet n: number = 'a';\nfunction f(a) {}");
    expect(found.errors).toEqual([{ code: 2322, message: "Type 'string' is not assignable to type 'number'.", line: 3 }]);
    expect(found.unresolved).toEqual(['q']);
    expect(found.any).toBe('any');
  });

  test('files that the caller gives are imported, and no others', () => {
    const code = "import { Id } from './ids';\nlet x: ⟦Id⟧ = 3;";
    expect(hole(code, 'typescript', { 'ids.ts': 'export type Id = number;' })).toMatchObject({ declared: 'number', errors: [], unresolved: [] });
    expect(hole(code).unresolved).toEqual(['./ids']);
  });

  test('JavaScript has its types in comments', () => {
    expect(hole('/** @param {⟦string⟧} x */\nfunction f(x) { return x.length; }', 'javascript')).toMatchObject({ site: 'parameter', name: 'x', declared: 'string', inferred: 'any' });
    expect(hole('/** @returns {⟦number⟧} */\nfunction f(x) { return x.length; }', 'javascript')).toMatchObject({ site: 'return', name: 'f', declared: 'number', inferred: 'any' });
    expect(hole('/** @type {⟦⟧} */ let x = 3;', 'javascript')).toMatchObject({ site: 'variable', declared: null, inferred: 'number' });
  });

  test('where no type can stand it is said', () => {
    expect(() => hole('let x = ⟦3⟧;')).toThrow('No type can stand at this place of the code.');
    expect(() => hole('let x = 3; // ⟦⟧')).toThrow('No type can stand');
  });

  test('twenty syntax errors change nothing at a hole before them', () => {
    const broken = Array.from({ length: 20 }, (_, i) => `let ${i} = = ${i};`).join('\n');
    const found = hole(`function f(x: ⟦string⟧) { return x.length; }\n${broken}`);
    expect(found).toMatchObject({ declared: 'string', name: 'x' });
    expect(found.errorCount).toBeGreaterThanOrEqual(20);
  });
});

describe('candidates', () => {
  const TYPES = 'interface A { a: number }\ninterface B { a: number }\n';
  const short = (marked: string, candidates: string[]) => Object.fromEntries(judged(marked, candidates).map((verdict) => [
    verdict.candidate,
    ['parses', 'exact', 'equivalent', 'overGeneral', 'checks'].filter((key) => verdict[key as 'parses'] === true).join(' ') + (verdict.error ? ` TS${verdict.error.code}` : ''),
  ]));

  test('four levels of right', () => {
    const found = short(`${TYPES}function f(x: ⟦A⟧) { return x.a; }`, ['A', ' A', 'B', '{a: number}', 'any', 'unknown', 'object', 'A | null', 'A & { b: 1 }', 'string', 'Zed', 'never', 'A)', '']);
    expect(found).toEqual({
      A: 'parses exact equivalent checks',
      ' A': 'parses exact equivalent checks',
      B: 'parses equivalent checks',
      '{a: number}': 'parses equivalent checks',
      any: 'parses overGeneral checks',
      unknown: 'parses overGeneral TS18046',
      object: 'parses overGeneral TS2339',
      'A | null': 'parses overGeneral TS18047',
      'A & { b: 1 }': 'parses checks',
      string: 'parses TS2339',
      Zed: 'parses TS2304',
      never: 'parses TS2339',
      'A)': '',
      '': '',
    });
  });

  test('spellings of one type are equivalent, and hidden any is not', () => {
    expect(short('function f(x: ⟦string[]⟧) {}', ['Array<string>', 'any[]', 'string []', 'readonly string[]'])).toEqual({
      'Array<string>': 'parses equivalent checks',
      'any[]': 'parses overGeneral checks',
      'string []': 'parses exact equivalent checks',
      'readonly string[]': 'parses overGeneral checks',
    });
    expect(short('function f(x: ⟦any[]⟧) {}', ['Array<any>', 'string[]', 'any'])).toEqual({
      'Array<any>': 'parses equivalent checks', 'string[]': 'parses checks', any: 'parses overGeneral checks',
    });
  });

  test('an enum of numbers is no number, though each can be assigned to the other', () => {
    expect(short('enum E { A, B }\nfunction f(x: ⟦E⟧) {}', ['number', 'E.A | E.B', 'string'])).toEqual({
      number: 'parses overGeneral checks', 'E.A | E.B': 'parses equivalent checks', string: 'parses checks',
    });
    expect(short('enum E { A, B }\nfunction f(x: ⟦number⟧) {}', ['E'])).toEqual({ E: 'parses checks' });
  });

  test('types that are not known are equivalent by their names alone', () => {
    const code = "import { Q, R } from 'q';\nfunction f(x: ⟦Map<string, Q>⟧) {}";
    expect(short(code, ['Map<string,Q>', 'Map<string, R>', 'Map<string, any>'])).toEqual({
      'Map<string,Q>': 'parses exact equivalent checks', 'Map<string, R>': 'parses checks', 'Map<string, any>': 'parses checks',
    });
  });

  test('names mean what they mean at the hole', () => {
    expect(short('class A<T> { private t!: T; f<U extends T>(x: ⟦U⟧) {} }', ['U', 'T', 'A<T>'])).toEqual({
      U: 'parses exact equivalent checks', T: 'parses overGeneral checks', 'A<T>': 'parses checks',
    });
  });

  test('without a truth the program without the annotation is compared with', () => {
    const [number, string, zed] = judged('function f(x: ⟦⟧) { return x * 2; }\nlet broken: number = "";', ['number', 'string', 'Zed']);
    expect(number).toMatchObject({ parses: true, checks: true, exact: null, equivalent: null, overGeneral: null });
    expect(string).toMatchObject({ checks: false, error: { code: 2362, line: 1 } });
    expect(zed).toMatchObject({ checks: false, error: { code: 2304 } });
  });

  test('errors that were there stay out of it, wherever the candidate’s length moves them', () => {
    const found = judged('let a: number = "";\nfunction f(x: ⟦string⟧) {}\nlet b: number = "";', ['Record<string, number>', 'number']);
    expect(found.map(({ checks, error }) => [checks, error])).toEqual([[true, null], [true, null]]);
  });

  test('a type predicate is one where a function returns', () => {
    const found = judged('const f = (x: any): ⟦x is string⟧ => typeof x === "string";', ['x is string', 'boolean', 'x  is  string', 'y is string']);
    expect(found.map(({ parses, exact, equivalent, checks }) => [parses, exact, equivalent, checks])).toEqual([
      [true, true, true, true], [true, false, false, true], [true, true, true, true], [true, false, false, false],
    ]);
  });

  test('JavaScript is not checked, but where it asks for it', () => {
    const code = '/** @param {⟦string⟧} x */\nfunction f(x) { return x.length; }';
    expect(judged(code, ['number'], { language: 'javascript' })[0]).toMatchObject({ parses: true, equivalent: false, checks: null });
    expect(judged(`// @ts-check\n${code}`, ['number'], { language: 'javascript' })[0]).toMatchObject({ checks: false, error: { code: 2339 } });
  });

  test('what all modules see is seen by one version alone', () => {
    const found = judged('declare global { var shared: string; }\nexport const x: ⟦string⟧ = shared;', ['string', 'number']);
    expect(found.map(({ checks }) => checks)).toEqual([true, false]);
  });
});

describe('places for types', () => {
  const sites = (text: string, language: JudgedLanguage = 'typescript') => [...answer('sites', { language, text })][0].sites;
  const shown = (text: string, language: JudgedLanguage = 'typescript') => sites(text, language).map(({ site, name, hole: at, changes }) => {
    const whole = changed(text, changes);
    return `${site} ${name}: ${whole.slice(0, at.start)}⟦${whole.slice(at.start, at.end)}⟧${whole.slice(at.end)}`;
  });

  test.each([
    ['const f = x => x;', ['variable f: const f: ⟦⟧ = x => x;', 'parameter x: const f = (x: ⟦⟧) => x;', 'return f: const f = (x): ⟦⟧ => x;']],
    ['function g(a, b?: string, { c }: P = {}, ...d) {}', [
      'parameter a: function g(a: ⟦⟧, b?: string, { c }: P = {}, ...d) {}',
      'parameter b: function g(a, b?: ⟦string⟧, { c }: P = {}, ...d) {}',
      'parameter { c }: function g(a, b?: string, { c }: ⟦P⟧ = {}, ...d) {}',
      'parameter d: function g(a, b?: string, { c }: P = {}, ...d: ⟦⟧) {}',
      'return g: function g(a, b?: string, { c }: P = {}, ...d): ⟦⟧ {}',
    ]],
    ['class A { p = 3; q?: string; get m() { return 1; } constructor(readonly z) {} }', [
      'property p: class A { p: ⟦⟧ = 3; q?: string; get m() { return 1; } constructor(readonly z) {} }',
      'property q: class A { p = 3; q?: ⟦string⟧; get m() { return 1; } constructor(readonly z) {} }',
      'return m: class A { p = 3; q?: string; get m(): ⟦⟧ { return 1; } constructor(readonly z) {} }',
      'parameter z: class A { p = 3; q?: string; get m() { return 1; } constructor(readonly z: ⟦⟧) {} }',
    ]],
    ['for (const x of y) {} try {} catch (e) {}', []],
    ['type F = (a: string) => void; type M = { [k: string]: number };', [
      'parameter a: type F = (a: ⟦string⟧) => void; type M = { [k: string]: number };', 'return : type F = (a: string) => void; type M = { [k: string]: ⟦number⟧ };',
    ]],
  ])('%s', (text, expected) => expect(shown(text)).toEqual(expected));

  test('in broken code no name and no bracket is made up', () => {
    expect(shown('let f: function(number) = 1;')).toEqual(['variable f: let f: ⟦function(number)⟧ = 1;']);
    expect(shown('( => 1;').length).toBeLessThan(2);
  });

  test('in JavaScript they are in comments', () => {
    expect(shown('/** @param {string} x */\nfunction f(x) {}\nfunction g(y) {}', 'javascript')).toEqual([
      'parameter x: /** @param {⟦string⟧} x */\nfunction f(x) {}\nfunction g(y) {}',
      'return g: /** @param {string} x */\nfunction f(x) {}\n/** @returns {⟦⟧} */ function g(y) {}',
      'parameter y: /** @param {string} x */\nfunction f(x) {}\nfunction g(/** @type {⟦⟧} */ y) {}',
    ]);
  });

  test('each that is put in can be asked about', () => {
    const text = 'const f = async x => x;\nfunction g(a, b = 2) { let c = a; return c; }\nclass D { e = 1; h() { return this.e; } }';
    for (const language of ['typescript', 'javascript'] as const) {
      for (const { changes, hole: at, site, name } of sites(text, language)) {
        const whole = changed(text, changes);
        const found = [...answer('hole', { language, before: whole.slice(0, at.start), written: null, after: whole.slice(at.end) })][0];
        expect({ whole, site: found.site, name: found.name }).toEqual({ whole, site, name });
      }
    }
  });

  test('a cursor means the annotation, the name, or what is around it', () => {
    const text = 'const f = (a: string, b) => {\n  let c = 1;\n  return c;\n};';
    const all = sites(text);
    const at = (piece: string, by = 0) => siteAt(all, text.indexOf(piece) + by);
    const words = (site: TypeSite | null) => (site ? `${site.site} ${site.name}` : null);
    expect(words(at('string', 3))).toBe('parameter a');
    expect(words(at('b)'))).toBe('parameter b');
    expect(words(at('f ='))).toBe('return f');
    expect(words(at('= 1', 2))).toBe('variable c');
    expect(words(at('return'))).toBe('variable f');
    expect(siteAt(sites('foo();'), 2)).toBeNull();
  });
});

describe('the code around a place', () => {
  const CODE = `import { log, warn } from './log';
import type { Unit } from './unit';

/** What is sold. */
interface Item { price: number; unit: Unit }
type Basket = Item[];
const RATE = 0.2;

function taxed(price: number): number {
  return price * RATE;
}

export class Cart extends Array<Item> {
  private all: Basket = [];
  constructor() { super(); }
  /** All of it. */
  total(extra: number): number {
    const add = (sum: number, one: Item) => sum + taxed(one.price);
    return this.all.reduce(add, extra);
  }
  show() { log(this.total(0)); }
}

warn('end');
`;
  const read = (piece: string, text = CODE) => {
    const { enclosing, readings } = [...answer('around', { language: 'typescript', text, offset: text.indexOf(piece) })][0];
    return { enclosing: enclosing.map(({ kind, name }) => `${kind} ${name}`), readings: readings.map((ranges) => ranges.map(({ start, end }) => text.slice(start, end)).join('\n')) };
  };

  test('the whole file first, then always less', () => {
    const { enclosing, readings } = read('one: Item');
    expect(enclosing).toEqual(['function add', 'method total', 'class Cart']);
    expect(readings).toHaveLength(7);
    expect(readings[0]).toBe(CODE.trimEnd());
    expect(readings[1]).toBe(CODE.replace("\nwarn('end');\n", '').replace(/^\n(?=\/\*\*|function|export class)/gm, '').trimEnd());
    expect(readings[2]).not.toContain('RATE = ');
    expect(readings[2]).toContain('type Basket');
    expect(readings[3]).toContain('interface Item');
    expect(readings[3]).not.toContain('import');
    expect(readings[4]).toMatch(/^export class Cart[^]*show\(\)[^]*\n\}$/);
    expect(readings[5]).toBe(`export class Cart extends Array<Item> {
  private all: Basket = [];
  /** All of it. */
  total(extra: number): number {
    const add = (sum: number, one: Item) => sum + taxed(one.price);
    return this.all.reduce(add, extra);
  }
}`);
    expect(readings[6]).toBe('    const add = (sum: number, one: Item) => sum + taxed(one.price);');
  });

  test('a place between declarations has the file, an empty text nothing', () => {
    expect(read('\n\nfunction taxed').enclosing).toEqual(['statement RATE']);
    expect([...answer('around', { language: 'typescript', text: ' \n', offset: 1 })][0]).toEqual({ enclosing: [], readings: [], types: [] });
  });

  test('types that the file declares are named without the methods of a class', () => {
    const text = 'type A = {\n  a: 1;\n};\nconst b = 2;\nexport class C<T> {\n  c: T;\n\n  d() { return 1; }\n}\nclass E {}\nenum F { G }\n';
    const [{ types }] = [...answer('around', { language: 'typescript', text, offset: text.indexOf('b =') })];
    expect(types.map(({ start, end }) => text.slice(start, end))).toEqual([
      'type A = {\n  a: 1;\n};', 'export class C<T> {\n  c: T;', 'class E {}', 'enum F { G }',
    ]);
  });
});

describe('the type at the beginning of a text', () => {
  test.each([
    ['string) { return', 'string'], ['Map<string, ', 'Map'], ['string | ', 'string'], ['= 5', null], ['() => void) {', '() => void'],
    ['string\nfoo', 'string'], ['number[] = []', 'number[]'], ['[string, number', null], ['a b c', 'a'], ['', null], ["'a' | 'b' | 'c", "'a' | 'b'"],
    ['Promise<void> {\n  x', 'Promise<void>'], ['{ a: string; b?: number } | undefined,', '{ a: string; b?: number } | undefined'], [' Foo.Bar<T>[]\n', 'Foo.Bar<T>[]'],
    ['string;', 'string'], ['typeof x[', 'typeof x'], ['keyof T & string>', 'keyof T & string'], ['T extends U ? X : Y;', 'T extends U ? X : Y'], ['x is string', 'x'],
    ['<|endoftext|>', null], ['string<|endoftext|>', 'string'],
  ])('%s', (text, type) => expect(cutType(text)).toBe(type));

  test('a function returns predicates too', () => {
    expect(cutType('x is string {', 'return')).toBe('x is string');
    expect(cutType('asserts x {', 'return')).toBe('asserts x');
    expect(cutType('string {', 'return')).toBe('string');
  });

  test('white space has one form, but in strings', () => {
    expect(normalType(' Map< string ,number > ')).toBe('Map<string,number>');
    expect(normalType('keyof  T|\n"a  b"')).toBe('keyof T|"a  b"');
    expect(normalType('x is  string')).toBe('x is string');
  });
});

describe('edits that keep the type', () => {
  const CODE = `import { log } from './log';
interface Item { price: number; title: string }
type Pair = [Item, number];
export function total(items: Item[], rate: number, label?: string): number {
  let sum = 0;
  for (const { price } of items) sum += price * rate;
  const shown = { sum, label };
  log(shown.sum, label);
  return sum;
}
`;
  const of = (text: string, piece: string) => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length });
  const asked = { language: 'typescript' as const, text: CODE, hole: of(CODE, 'Item[]') };
  const verify = (tried: Pick<TypeEdit, 'changes' | 'names'>[], more = asked) => [...answer('verify', { ...more, tried })];

  test('renames, removals and distractors, in styles, of which nearly all keep it', () => {
    const edits = [...answer('propose', { ...asked, seed: 1, most: 500 })];
    expect(edits).toEqual([...answer('propose', { ...asked, seed: 1, most: 500 })]);
    expect(edits).not.toEqual([...answer('propose', { ...asked, seed: 2, most: 500 })]);
    const verdicts = verify(edits);
    expect(edits.filter((_, i) => !verdicts[i].kept).map(({ description }) => description)).toEqual([]);
    const described = edits.map(({ description }) => description);
    expect(described).toEqual(expect.arrayContaining([
      'renamed the parameter `items` to `__tmp0`', 'removed the type string of `label`',
      'removed the return type number of `total`', expect.stringMatching(/^added an unused declaration with another `items`, of type/),
      expect.stringMatching(/^renamed the property `price` to `\w+`, which is usually of type/), expect.stringMatching(/^renamed the type `Pair` to `[A-Z]`/),
      expect.stringMatching(/^swapped the names `items` and `\w+`$/),
      expect.stringMatching(/^renamed the function `total` to `\w+`, which usually returns/),
    ]));
    // The types that the truth names stay.
    expect(edits.filter(({ names }) => Object.hasOwn(names, 'Item'))).toEqual([]);
    for (const { changes, style, of: what } of edits) {
      if (style === 'neutral' && what === 'parameter') expect(changed(CODE, changes)).toContain('Item[]');
    }
    expect(edits.filter(({ kind, of: what }) => kind === 'rename' && what === 'property').map(({ changes }) => changed(CODE, changes)).join('')).toMatch(/const \{ \w+: price \}/);
  });

  test('what changes errors, the type or the syntax is not kept', () => {
    const change = (piece: string, replacement: string) => ({ changes: [{ ...of(CODE, piece), replacement }], names: {} });
    const inferred = { ...asked, text: 'function f() { return 1; }\nconst x: ⟦⟧ = f();'.replace('⟦⟧', ''), hole: { start: 36, end: 36 } };
    expect(verify([change('price * rate', 'price * title'), change('= 0;', '= = 0;'), change('items: ', 'things: '), change('sum += price', 'sum -= price')])).toEqual([
      { kept: false, why: 'errors' }, { kept: false, why: 'syntax' }, { kept: false, why: 'errors' }, { kept: true, why: null },
    ]);
    expect(verify([{ changes: [{ start: 22, end: 23, replacement: "''" }], names: {} }], inferred)).toEqual([{ kept: false, why: 'type' }]);
    expect(verify([{ changes: [{ start: 22, end: 23, replacement: '2' }], names: {} }], inferred)).toEqual([{ kept: true, why: null }]);
  });

  test('a property of a union’s types is one', () => {
    const text = "type A = { kind: 'a'; x: number } | { kind: 'b' };\nconst f = (a: A) => (a.kind === 'a' ? a.x : 0);";
    const union = { language: 'typescript' as const, text, hole: of(text, 'A)') };
    const more = { ...union, hole: { ...union.hole, end: union.hole.end - 1 } };
    const kinds = [...answer('propose', { ...more, seed: 1, most: 100 })].filter(({ names }) => 'kind' in names && Object.keys(names).length === 1);
    expect(kinds.map(({ changes }) => changes.length)).toEqual(kinds.map(() => 3));
    expect(verify(kinds, more).every(({ kept }) => kept)).toBe(true);
    expect(kinds.length).toBeGreaterThan(2);
  });

  test('several at once are made of those that fit one by one', () => {
    const edits = [...answer('propose', { ...asked, seed: 1, most: 500 })];
    const several = together(edits, asked.hole);
    expect(several.map(({ description }) => description)).toEqual([
      'renamed 8 variables, parameters, functions and properties, in the neutral way', 'renamed 9 names, types among them, in the neutral way',
      'renamed 8 variables, parameters, functions and properties, in the misleading way',
      'renamed 9 names, types among them, in the misleading way',
      'removed 3 other types',
    ]);
    expect(verify(several).map(({ kept }) => kept)).toEqual(several.map(() => true));
    expect(changed(CODE, several[0].changes)).not.toMatch(/rate|shown|total/);
  });

  test('a change of the hole itself is none', () => {
    expect(verify([{ changes: [{ ...of(CODE, 'Item[]'), replacement: 'any' }], names: {} }])).toEqual([{ kept: false, why: 'syntax' }]);
  });
});
