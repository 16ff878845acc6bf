import type { Random } from '../random';
import { after, before, join, lex, type Token } from './lexer';
import { misspell } from './misspell';
import * as words from './words';

/** What a name stands for, guessed from how it is bound. */
type Role = 'integer' | 'text' | 'list' | 'dict' | 'other' | 'function' | 'method' | 'class' | 'attribute';

const POOLS: Readonly<Record<Role, readonly string[]>> = {
  integer: words.INTEGERS,
  text: words.TEXTS,
  list: words.LISTS,
  dict: words.DICTS,
  other: words.OTHERS,
  function: words.FUNCTIONS,
  method: words.METHODS,
  class: words.CLASSES,
  attribute: words.ATTRIBUTES,
};

/**
 * Renames the program's own names consistently, each to a name of its role and style (camelCase, CAPITALS, one
 * letter). Names of the language and of imported modules stay. A misspelled use stays a misspelled use.
 */
export function renameNames(code: string, random: Random, probability = 0.7): string {
  const tokens = lex(code);
  const roles = bindings(tokens);
  const taken = new Set(tokens.filter((token) => token.kind === 'name').map((token) => token.text));
  const renamed = new Map<string, string>();
  for (const [name, role] of roles) {
    if (!random.chance(probability)) continue;
    const fresh = freshName(name, role, taken, random);
    if (fresh === undefined) continue;
    taken.add(fresh);
    renamed.set(name, fresh);
  }
  if (renamed.size === 0) return code;
  for (const name of taken) {
    if (roles.has(name) || renamed.has(name) || words.BUILTINS.has(name) || words.KEYWORDS.has(name)) continue;
    const meant = [...renamed.keys()].find((known) => looksLike(name, known));
    if (meant !== undefined) renamed.set(name, misspell(renamed.get(meant)!, random));
  }
  return join(
    tokens.map((token, i) => {
      const fresh = token.kind === 'name' ? renamed.get(token.text) : undefined;
      if (fresh === undefined) return token;
      const attribute = before(tokens, i)?.text === '.';
      if (attribute && !['attribute', 'method'].includes(roles.get(token.text) ?? 'attribute')) return token;
      return { ...token, text: fresh };
    }),
  );
}

/** The names that the program binds itself, with their roles; names that must keep their spelling are left out. */
export function bindings(tokens: readonly Token[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  const imported = new Set<string>();
  let importing = false;
  let indent = 0;
  const inClass: number[] = [];
  tokens.forEach((token, i) => {
    const previous = before(tokens, i);
    const startsLine = i === 0 || previous?.kind === 'newline' || previous === undefined;
    if (startsLine && token.kind !== 'newline') {
      if (token.kind === 'space') return;
      indent = tokens[i - 1]?.kind === 'space' ? tokens[i - 1]!.text.length : 0;
      while (inClass.length > 0 && indent <= inClass.at(-1)!) inClass.pop();
      importing = token.text === 'import' || token.text === 'from';
      if (token.text === 'class') inClass.push(indent);
    }
    if (token.kind === 'newline') importing = false;
    if (token.kind !== 'name') return;
    const name = token.text;
    if (importing) imported.add(name);
    if (words.KEYWORDS.has(name) || words.BUILTINS.has(name) || name.startsWith('__')) return;
    const next = after(tokens, i);
    const bind = (role: Role): void => void (roles.has(name) || roles.set(name, role));
    if (previous?.text === 'class') bind('class');
    else if (previous?.text === 'def') bind(inClass.length > 0 ? 'method' : 'function');
    else if (previous?.text === '.') {
      if (next?.text === '=' && tokens[i - 2]?.text === 'self') roles.set(name, 'attribute');
    } else if (startsLine && next?.text === ':' && inClass.length > 0) bind('attribute');
    else if (next?.text === '=' && startsLine) bind(inClass.at(-1) === indent - 4 ? 'attribute' : valueRole(tokens, i));
    else if (previous?.text === 'for' || previous?.text === 'as' || previous?.text === 'lambda') bind('other');
    else if (next?.text === '=' || next?.text === ',' || next?.text === 'in') {
      if (previous?.text === ',' || startsLine) bind('other');
    } else if (previous?.text === ',' || previous?.text === '(') {
      if (tokens.slice(0, i).some((_, k) => tokens[k]!.text === 'def') && inParameters(tokens, i)) bind('other');
    }
    if (!roles.has(name) && inParameters(tokens, i)) bind('other');
  });
  for (const name of [...imported, ...words.KEPT]) if (roles.get(name) !== 'attribute') roles.delete(name);
  for (const name of imported) roles.delete(name);
  return roles;
}

/** Whether token `index` stands in the parameter list of a `def`. */
function inParameters(tokens: readonly Token[], index: number): boolean {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const text = tokens[i]!.text;
    if (tokens[i]!.kind === 'newline') return false;
    if (text === ')') depth++;
    if (text === '(' && depth-- === 0) return before(tokens, i - 1)?.text === 'def';
    if (text === '=' && depth === 0) return false;
  }
  return false;
}

function valueRole(tokens: readonly Token[], index: number): Role {
  let i = index + 1;
  while (tokens[i]?.kind === 'space' || tokens[i]?.text === '=') i++;
  const value = tokens[i];
  if (value?.kind === 'number') return 'integer';
  if (value?.kind === 'string' || value?.kind === 'text') return 'text';
  if (value?.text === '[') return 'list';
  if (value?.text === '{') return 'dict';
  return 'other';
}

function freshName(name: string, role: Role, taken: ReadonlySet<string>, random: Random): string | undefined {
  const pool = name.length === 1 && name === name.toLowerCase() && random.chance(0.45) ? words.LETTERS : POOLS[role];
  for (let attempt = 0; attempt < 8; attempt++) {
    const fresh = styled(random.pick(pool), name);
    const clash = taken.has(fresh) || words.KEPT.has(fresh) || words.BUILTINS.has(fresh) || words.KEYWORDS.has(fresh);
    if (!clash) return fresh;
  }
  return undefined;
}

function styled(fresh: string, name: string): string {
  if (name.length > 1 && name === name.toUpperCase()) return fresh.toUpperCase();
  const prefix = /^_+/.exec(name)?.[0] ?? '';
  if (/^[a-z]+[A-Z]/.test(name)) return prefix + fresh.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return prefix + fresh;
}

/** Whether `name` is `known` with a slip: another case, or one letter dropped, added, changed or moved. */
function looksLike(name: string, known: string): boolean {
  if (known.length < 3) return false;
  if (name.toLowerCase() === known.toLowerCase() || name === `${known}s` || `${name}s` === known) return true;
  if (Math.abs(name.length - known.length) > 1) return false;
  let head = 0;
  while (head < name.length && name[head] === known[head]) head++;
  let tail = 0;
  while (tail < Math.min(name.length, known.length) - head && name.at(-1 - tail) === known.at(-1 - tail)) tail++;
  return Math.max(name.length, known.length) - head - tail <= 2 && head + tail >= 2;
}
