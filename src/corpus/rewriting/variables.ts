import { join, lex, type Token } from './lexer';

/** A top-level variable of a program with what its literal tells, for statements that use it. */
export type Variable =
  | { name: string; line: number; type: 'int' | 'float'; value: number }
  | { name: string; line: number; type: 'str'; value: string }
  | { name: string; line: number; type: 'list' | 'tuple'; items: string[] }
  | { name: string; line: number; type: 'dict'; items: string[] }
  | { name: string; line: number; type: 'set' | 'none'; items: string[] };

/** Variables that are assigned a literal at top level; `line` is the first line after the assignment. */
export function literalVariables(code: string): Variable[] {
  const found: Variable[] = [];
  const lines = code.split('\n');
  lines.forEach((first, start) => {
    const name = /^([A-Za-z_]\w*) ?= ?[^=]/.exec(first)?.[1];
    if (name === undefined) return;
    let end = start;
    while (end + 1 < lines.length && /^[ \t)\]}]/.test(lines[end + 1]!)) end++;
    const value = lines
      .slice(start, end + 1)
      .join('\n')
      .replace(/^\w+ ?= ?/, '')
      .trim();
    const variable = ofLiteral(name, end + 1, value);
    if (variable !== undefined) found.push(variable);
  });
  return found;
}

function ofLiteral(name: string, line: number, value: string): Variable | undefined {
  if (/^-?\d+$/.test(value)) return { name, line, type: 'int', value: Number(value) };
  if (/^-?\d*\.\d+$/.test(value)) return { name, line, type: 'float', value: Number(value) };
  if (value === 'None') return { name, line, type: 'none', items: [] };
  const tokens = lex(value).filter((token) => !['space', 'newline', 'comment'].includes(token.kind));
  if (tokens.length === 1 && tokens[0]!.kind === 'string' && /^(["'])[^"'\\]*\1$/.test(value)) {
    return { name, line, type: 'str', value: value.slice(1, -1) };
  }
  const open = tokens[0]?.text;
  const closes: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' };
  if (open === undefined || tokens.at(-1)!.text !== closes[open]) return undefined;
  const items = topLevelItems(tokens.slice(1, -1));
  if (items === undefined) return undefined;
  if (open === '[') return { name, line, type: 'list', items };
  if (open === '(') return items.length > 1 ? { name, line, type: 'tuple', items } : undefined;
  const keys = items.map((item) => /^("[^"]*"|'[^']*'|\d+):/.exec(item)?.[1]);
  if (keys.every((key) => key !== undefined)) return { name, line, type: 'dict', items: keys as string[] };
  return items.some((item) => item.includes(':')) ? undefined : { name, line, type: 'set', items };
}

/** The comma-separated items between the tokens of a literal; undefined for a comprehension or unbalanced text. */
function topLevelItems(tokens: readonly Token[]): string[] | undefined {
  const items: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === 'for') return undefined;
    if (token.kind === 'op' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'op' && ')]}'.includes(token.text)) depth--;
    if (depth < 0) return undefined;
    if (token.text === ',' && depth === 0) items.push([]);
    else items.at(-1)!.push(token);
  }
  return depth === 0 ? items.map(join).filter((item) => item !== '') : undefined;
}
