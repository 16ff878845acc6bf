import type { Random } from '../../random';
import { isDelicate } from './ending';
import { after, before, join, lex, type Token } from './lexer';
import { codeLines, firstOf, indentOf } from './lines';
import { misspell } from './misspell';
import { BUILTINS, CONFUSED, KEYWORDS, MODULES } from './words';

/** One small change of a program; undefined where the program has no place for it. */
export interface Edit {
  name: string;
  weight: number;
  apply(code: string, random: Random): string | undefined;
}

/** Replaces one token, chosen among those that `want` accepts, by the text that `make` gives for it. */
function swapToken(
  code: string,
  random: Random,
  want: (token: Token, index: number, tokens: readonly Token[]) => boolean,
  make: (text: string, index: number, tokens: readonly Token[]) => string | undefined,
): string | undefined {
  const tokens = lex(code);
  const places = tokens.flatMap((token, i) => (want(token, i, tokens) ? [i] : []));
  return firstOf(places, random, (i) => {
    const text = make(tokens[i]!.text, i, tokens);
    if (text === undefined || text === tokens[i]!.text) return undefined;
    return join([...tokens.slice(0, i), { ...tokens[i]!, text }, ...tokens.slice(i + 1)]);
  });
}

/** Replaces one line, chosen among those that `want` accepts; a line that becomes undefined goes away. */
function swapLine(
  code: string,
  random: Random,
  want: (line: string, index: number, lines: readonly string[]) => boolean,
  make: (line: string, index: number, lines: readonly string[]) => string | undefined,
): string | undefined {
  const lines = code.split('\n');
  const places = codeLines(lines).filter((i) => want(lines[i]!, i, lines));
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  const line = make(lines[at]!, at, lines);
  return [...lines.slice(0, at), ...(line === undefined ? [] : [line]), ...lines.slice(at + 1)].join('\n');
}

const isOp = (texts: string) => (token: Token) => token.kind === 'op' && texts.split(' ').includes(token.text);
const isName = (token: Token): boolean => token.kind === 'name' && !KEYWORDS.has(token.text);
const called = (tokens: readonly Token[], i: number): boolean => after(tokens, i)?.text === '(';
const attribute = (tokens: readonly Token[], i: number): boolean => before(tokens, i)?.text === '.';
const subscripted = (tokens: readonly Token[], i: number): boolean => {
  const bracket = before(tokens, i);
  const owner = bracket?.text === '[' ? before(tokens, tokens.indexOf(bracket)) : undefined;
  return owner !== undefined && (isName(owner) || owner.text === ')' || owner.text === ']');
};

const syntax: Edit[] = [
  { name: 'drop a closing bracket', weight: 3, apply: (c, r) => swapToken(c, r, isOp(') ] }'), () => '') },
  { name: 'drop an opening bracket', weight: 1, apply: (c, r) => swapToken(c, r, isOp('( [ {'), () => '') },
  { name: 'other bracket', weight: 0.7, apply: (c, r) => swapToken(c, r, isOp(') ] }'), () => r.pick([')', ']', '}'])) },
  { name: 'doubled bracket', weight: 0.7, apply: (c, r) => swapToken(c, r, isOp(') ]'), (t) => t + t) },
  {
    name: 'drop a quote',
    weight: 2.5,
    apply: (c, r) =>
      swapToken(
        c,
        r,
        (t) => t.kind === 'string' || t.kind === 'text',
        (t) => (r.chance(0.65) ? t.replace(/["']$/, '') : t.replace(/^(\w*)["']/, '$1')),
      ),
  },
  {
    name: 'other quote',
    weight: 0.7,
    apply: (c, r) =>
      swapToken(
        c,
        r,
        (t) => t.kind === 'string',
        (t) => t.replace(/["']$/, (q) => (q === '"' ? "'" : '"')),
      ),
  },
  {
    name: 'drop a colon',
    weight: 2.5,
    apply: (c, r) => swapLine(c, r, (l) => /:\s*(#.*)?$/.test(l), (l) => l.replace(/:\s*(#.*)?$/, '$1')),
  },
  { name: 'drop a comma', weight: 1.2, apply: (c, r) => swapToken(c, r, isOp(','), () => '') },
  { name: 'assignment for comparison', weight: 0.8, apply: (c, r) => swapToken(c, r, isOp('=='), () => '=') },
  { name: 'comparison for assignment', weight: 0.5, apply: (c, r) => swapToken(c, r, isOp('='), () => '==') },
  { name: 'drop an operator', weight: 0.6, apply: (c, r) => swapToken(c, r, isOp('+ - * / = == < > %'), () => '') },
  { name: 'drop a keyword', weight: 0.6, apply: (c, r) => swapToken(c, r, (t) => /^(in|def|for|if|import|while|class)$/.test(t.text), () => '') },
  {
    name: 'foreign keyword',
    weight: 0.7,
    apply: (c, r) =>
      swapToken(
        c,
        r,
        (t) => /^(elif|and|or|not|def|True|False|None|else|except)$/.test(t.text),
        (t) =>
          ({ elif: 'else if', and: '&&', or: '||', not: '!', def: 'function', True: 'true', False: 'false' })[t] ??
          ({ None: 'null', else: 'otherwise', except: 'catch' })[t],
      ),
  },
  {
    name: 'print statement',
    weight: 0.6,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*print\(.+\)$/.test(l), (l) => l.replace(/print\((.+)\)$/, 'print $1')),
  },
  {
    name: 'increment operator',
    weight: 0.4,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*\w+ ?\+= ?1$/.test(l), (l) => l.replace(/ ?\+= ?1$/, '++')),
  },
];

const layout: Edit[] = [
  { name: 'indent a line', weight: 2.2, apply: (c, r) => swapLine(c, r, (_, i) => i > 0, (l) => r.pick(['    ', '  ', ' ']) + l) },
  {
    name: 'dedent a line',
    weight: 2.5,
    apply: (c, r) =>
      swapLine(c, r, (l) => indentOf(l) !== '', (l) => l.slice(r.chance(0.5) ? indentOf(l).length : r.int(1, indentOf(l).length))),
  },
  {
    name: 'dedent a body',
    weight: 1.5,
    apply: (c, r) => swapLine(c, r, (_, i, ls) => i > 0 && /:\s*$/.test(ls[i - 1]!), (l) => l.trimStart()),
  },
  { name: 'delete a line', weight: 3, apply: (c, r) => swapLine(c, r, () => c.includes('\n'), () => undefined) },
  {
    name: 'swap two lines',
    weight: 1.5,
    apply: (c, r) => {
      const lines = c.split('\n');
      const places = codeLines(lines).filter((i) => i > 0 && indentOf(lines[i]!) === indentOf(lines[i - 1]!));
      if (places.length === 0) return undefined;
      const at = r.pick(places);
      [lines[at - 1], lines[at]] = [lines[at]!, lines[at - 1]!];
      return lines.join('\n');
    },
  },
  {
    name: 'first line last',
    weight: 0.8,
    apply: (c) => {
      const [first, ...rest] = c.split('\n');
      return rest.length > 0 && indentOf(rest[0]!) === '' ? [...rest, first].join('\n') : undefined;
    },
  },
  { name: 'comment a line out', weight: 1, apply: (c, r) => swapLine(c, r, () => true, (l) => `${indentOf(l)}# ${l.trimStart()}`) },
];

const names: Edit[] = [
  {
    name: 'misspell one use',
    weight: 3,
    apply: (c, r) => swapToken(c, r, (t, i, ts) => isName(t) && !attribute(ts, i) && t.text.length > 2, (t) => misspell(t, r)),
  },
  {
    name: 'misspell an attribute',
    weight: 2,
    apply: (c, r) => swapToken(c, r, (t, i, ts) => isName(t) && attribute(ts, i), (t) => r.pick([...(CONFUSED[t] ?? []), misspell(t, r)])),
  },
  {
    name: 'another name of the program',
    weight: 1.2,
    apply: (c, r) =>
      swapToken(c, r, (t, i, ts) => isName(t) && !attribute(ts, i) && !BUILTINS.has(t.text), (t) => {
        const others = lex(c).filter((o) => isName(o) && o.text !== t && !BUILTINS.has(o.text));
        return others.length > 0 ? r.pick(others).text : undefined;
      }),
  },
  { name: 'forget an import', weight: 1.5, apply: (c, r) => swapLine(c, r, (l) => /^\s*(import|from)\b/.test(l), () => undefined) },
  {
    name: 'misspell a module',
    weight: 2,
    apply: (c, r) => swapToken(c, r, (_, i, ts) => /^(import|from)$/.test(before(ts, i)?.text ?? '') && ts[i]!.kind === 'name', (t) => misspell(t, r)),
  },
  {
    name: 'misspell an imported name',
    weight: 3,
    apply: (c, r) =>
      swapLine(c, r, (l) => /^\s*from \w+ import \w+/.test(l), (l) => l.replace(/import (\w+)/, (_, n: string) => `import ${misspell(n, r)}`)),
  },
  {
    name: 'import from another module',
    weight: 2,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*from \w+ import/.test(l), (l) => l.replace(/from \w+/, `from ${r.pick(MODULES)}`)),
  },
  {
    name: 'from and import',
    weight: 0.7,
    apply: (c, r) => swapLine(c, r, (l) => /^import \w+$/.test(l), (l) => l.replace(/^import (\w+)$/, `from $1 import ${r.pick(['*', 'main', 'all_of'])}`)),
  },
  { name: 'drop self', weight: 1.5, apply: (c, r) => swapLine(c, r, (l) => /self\.\w/.test(l), (l) => l.replace(/self\./, '')) },
  { name: 'drop the self parameter', weight: 1.2, apply: (c, r) => swapLine(c, r, (l) => /def \w+\(self/.test(l), (l) => l.replace(/\(self(, )?/, '(')) },
  { name: 'add self', weight: 0.3, apply: (c, r) => swapLine(c, r, (l) => /^def \w+\(/.test(l), (l) => l.replace('(', '(self, ')) },
  {
    name: 'quote a name',
    weight: 1.2,
    apply: (c, r) => swapToken(c, r, (t, i, ts) => isName(t) && !called(ts, i) && !attribute(ts, i) && after(ts, i)?.text !== '=', (t) => `"${t}"`),
  },
];

const values: Edit[] = [
  { name: 'quote a number', weight: 2.5, apply: (c, r) => swapToken(c, r, (t) => t.kind === 'number', (t) => `${r.pick(['"', "'"])}${t}`.replace(/^(.)(.*)$/, '$1$2$1')) },
  { name: 'unquote a string', weight: 1.2, apply: (c, r) => swapToken(c, r, (t) => t.kind === 'string' && t.text.length > 2, (t) => /^["'](\w+)["']$/.exec(t)?.[1]) },
  {
    name: 'other index',
    weight: 4,
    apply: (c, r) => swapToken(c, r, (t, i, ts) => t.kind === 'number' && subscripted(ts, i), (t) => String(Number(t) + r.pick([1, 2, 3, 4, 5, 7, 10]))),
  },
  {
    name: 'other key',
    weight: 4,
    apply: (c, r) =>
      swapToken(c, r, (t, i, ts) => t.kind === 'string' && subscripted(ts, i), (t) =>
        t.replace(/^(\W?)(\w+)(\W?)$/, (_, open: string, key: string, close: string) => open + misspell(key, r) + close),
      ),
  },
  { name: 'get to index', weight: 2.5, apply: (c, r) => swapLine(c, r, (l) => /\.get\([^()]+\)/.test(l), (l) => l.replace(/\.get\(([^(),]+)(,[^()]*)?\)/, '[$1]')) },
  {
    name: 'another value',
    weight: 3,
    apply: (c, r) => swapToken(c, r, (t) => t.kind === 'number' || t.kind === 'string', () => r.pick(['None', '0', '[]', '""', '"abc"', '{}', '-1', '1.5', '(1, 2)', '"12"', 'True'])),
  },
  { name: 'zero', weight: 2.5, apply: (c, r) => swapToken(c, r, (t) => t.kind === 'number', () => '0') },
  {
    name: 'empty it',
    weight: 3,
    apply: (c, r) => swapLine(c, r, (l) => /= ?(\[[^[\]]+\]|\{[^{}]+\})$/.test(l), (l) => l.replace(/(= ?)([[{]).*([\]}])$/, '$1$2$3')),
  },
  { name: 'list for value', weight: 0.6, apply: (c, r) => swapLine(c, r, (l) => /^\w+ ?= ?\[.*\]$/.test(l), (l) => l.replace(/= ?.*$/, `= ${r.pick(['None', '5', '"abc"', '()', '0'])}`)) },
  {
    name: 'longer list',
    weight: 0.8,
    apply: (c, r) => swapToken(c, r, (t, i, ts) => t.text === ']' && (before(ts, i)?.kind === 'string' || before(ts, i)?.kind === 'number'), () => r.pick([', "x"]', ', None]', ', 0]', ', 3]'])),
  },
  { name: 'shorter sequence', weight: 1.5, apply: (c) => { const s = c.replace(/, ?(\d+|"[^"\n]*"|'[^'\n]*')([\])}])/, '$2'); return s === c ? undefined : s; } },
];

const calls: Edit[] = [
  { name: 'drop an argument', weight: 1.8, apply: (c, r) => swapLine(c, r, (l) => /\w\([^()]*\)/.test(l), (l) => l.replace(/(\w\()([^(),]*)(, ?)?/, '$1')) },
  {
    name: 'add an argument',
    weight: 1.2,
    apply: (c, r) => swapToken(c, r, (t, i, ts) => t.text === ')' && before(ts, i)?.text !== '(', () => r.pick([', 1)', ', 2)', ', "x")', ', True)', ', None)'])),
  },
  { name: 'drop a conversion', weight: 2, apply: (c, r) => swapLine(c, r, (l) => /\b(str|int|float|list)\([^()]+\)/.test(l), (l) => l.replace(/\b(str|int|float|list)\(([^()]+)\)/, '$2')) },
  { name: 'other conversion', weight: 1, apply: (c, r) => swapToken(c, r, (t, i, ts) => /^(str|int|float|list|len|sum|sorted|tuple)$/.test(t.text) && called(ts, i), () => r.pick(['str', 'int', 'float', 'list', 'len', 'sum', 'sorted', 'max'])) },
  { name: 'drop return', weight: 1.8, apply: (c, r) => swapToken(c, r, (t) => t.text === 'return', () => '') },
  { name: 'print for return', weight: 1, apply: (c, r) => swapLine(c, r, (l) => /^\s*return \S/.test(l), (l) => l.replace(/return (.*)$/, 'print($1)')) },
  { name: 'index for call', weight: 0.6, apply: (c, r) => swapLine(c, r, (l) => /\w\[[^[\]]+\]/.test(l), (l) => l.replace(/(\w)\[([^[\]]+)\]/, '$1($2)')) },
  { name: 'call for index', weight: 0.4, apply: (c, r) => swapLine(c, r, (l) => /\w\([^()]+\)/.test(l) && !/def |class /.test(l), (l) => l.replace(/(\w)\(([^()]+)\)(?!.*\w\()/, '$1[$2]')) },
  { name: 'drop a call', weight: 0.6, apply: (c, r) => swapLine(c, r, (l) => /\w\(\)/.test(l), (l) => l.replace(/(\w)\(\)/, '$1')) },
];

const flow: Edit[] = [
  { name: 'other comparison', weight: 1.2, apply: (c, r) => swapToken(c, r, isOp('== != < > <= >='), () => r.pick(['==', '!=', '<', '>', '<=', '>='])) },
  { name: 'other operator', weight: 1.2, apply: (c, r) => swapToken(c, r, isOp('+ - * / // %'), () => r.pick(['+', '-', '*', '/', '//', '%'])) },
  { name: 'drop global', weight: 6, apply: (c, r) => swapLine(c, r, (l) => /^\s*(global|nonlocal) /.test(l), () => undefined) },
  {
    name: 'drop the base case',
    weight: 8,
    apply: (c, r) => {
      const fresh = c.replace(/\n( +)(if|elif) [^\n]*:(?: return[^\n]*|\n\1 +return[^\n]*)(?=\n\1\S)/, '');
      return fresh === c || !isRecursive(c) ? undefined : r.chance(0.9) ? fresh : undefined;
    },
  },
  {
    name: 'no progress',
    weight: 3,
    apply: (c) => {
      const name = recursiveName(c);
      if (name === undefined) return undefined;
      const fresh = c.replace(new RegExp(`(${name}\\([^()]*?) ?(?:[-+] ?\\d+|// ?\\d+)`), '$1');
      return fresh === c ? undefined : fresh;
    },
  },
  { name: 'outdent the final else', weight: 0.5, apply: (c, r) => swapLine(c, r, (l) => /^\s*else:/.test(l), () => undefined) },
  {
    name: 'condition on assignment',
    weight: 2,
    apply: (c, r) =>
      swapLine(c, r, (l) => /^ {4}\w+ ?= ?[^=]+$/.test(l) && /^def /m.test(c), (l) => `    if ${r.pick(['False', '1 > 2', 'not True', '0'])}:\n    ${l}`),
  },
  { name: 'augment in a function', weight: 2.5, apply: (c, r) => swapLine(c, r, (l) => /^ {4,}\w+ ?= ?[^=\n]+$/.test(l), (l) => l.replace(/ ?= ?/, r.pick([' += ', ' -= ', ' *= ']))) },
];

function recursiveName(code: string): string | undefined {
  for (const [, name] of code.matchAll(/def (\w+)/g)) {
    if (code.split(new RegExp(`\\b${name}\\(`)).length > 3) return name;
  }
  return undefined;
}

function isRecursive(code: string): boolean {
  return recursiveName(code) !== undefined;
}

export const edits: readonly Edit[] = [...syntax, ...layout, ...names, ...values, ...calls, ...flow];

const RISKY = new Set(['zero', 'another value', 'other comparison', 'other operator', 'delete a line', 'dedent a line']);

/** One random edit that changes the program, or undefined after twelve tries. */
export function edit(code: string, random: Random): string | undefined {
  const delicate = isDelicate(code);
  const weights = edits.map((e) => (delicate && RISKY.has(e.name) ? 0 : e.weight));
  for (let attempt = 0; attempt < 12; attempt++) {
    const fresh = random.weighted(edits, weights).apply(code, random);
    if (fresh !== undefined && fresh !== code && fresh.trim() !== '') return fresh;
  }
  return undefined;
}
