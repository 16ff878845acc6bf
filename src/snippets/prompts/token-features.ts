/** Features of tokens: what each is and where it stands, in words that a rule about tokens can be put together from. */
import { kindLevels, QUESTION, type TokenRole } from './roles';
import { placeInCode, type PlacedCode } from './prompts';
import type { TokenRange } from '../tokenizer/ranges';
import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';

/**
 * Aspects of a token, in the order in which their words follow each other. A rule has at most one feature of each:
 * kind: "closing quote", in several levels of precision; token: its text; value: what a name was given; place: "inside print(…)";
 * depth: "two brackets deep"; before, beforeValue: what stands before it; statement: what its line begins with; line: where it is in
 * its line or the program; raises: where the line that raises is; answer: what the model answers to the whole prompt.
 */
export const ASPECTS = ['kind', 'token', 'value', 'place', 'depth', 'before', 'beforeValue', 'statement', 'line', 'raises', 'answer'] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface FeatureContext {
  tree: SyntaxTree;
  prompt: PlacedCode;
  /** With their ranges in the prompt, and their roles. */
  tokens: readonly (TokenRange & { readonly text: string })[];
  roles: readonly TokenRole[];
  /** The line (from 1) that raises; null where none does, undefined where nobody ran the program. */
  raisedLine?: number | null;
  /** The model's answer to the prompt. */
  answer?: string | null;
}

/** Each token's features, written `aspect=words`; the words of several, in the order of the aspects, say what the token is. */
export function tokenFeatures({ tree, prompt, tokens, roles, raisedLine, answer }: FeatureContext): string[][] {
  const values = namedValues(tree);
  const places = tokens.map((token) => placeInCode(prompt, token));
  const startOf = (i: number): number => {
    const place = places[i];
    return typeof place === 'string' ? 0 : place.start;
  };
  let depth = 0;
  return tokens.map((token, i) => {
    const features: string[] = [];
    const add = (aspect: Aspect, words: string) => features.push(`${aspect}=${words}`);
    const { kind, place } = roles[i];
    const inCode = typeof places[i] !== 'string' && token.end > token.start;
    for (const level of new Set(kindLevels(kind).map((parts) => parts.join(' and ')))) add('kind', level);
    const parts = kindLevels(kind)[2];
    if (parts.length > 1) for (const part of parts) add('kind', part);
    if (token.text.trim() !== '') add('token', quoted(token.text));
    if (place !== null) add('place', place);
    if (i > 0 && kind !== QUESTION) {
      const [, , , before] = kindLevels(roles[i - 1].kind);
      for (const part of before) add('before', `after ${withArticle(part)}`);
      if (tokens[i - 1].text.trim() !== '') add('before', `after ${quoted(tokens[i - 1].text)}`);
    }
    if (answer !== null && answer !== undefined) add('answer', `where the model answers ${answer}`);
    if (!inCode) return features;
    const value = values.get(leafStart(tree, startOf(i)));
    if (value) add('value', value);
    const last = i > 0 ? values.get(leafStart(tree, startOf(i - 1))) : undefined;
    if (last) add('beforeValue', `after a name ${last}`);
    depth = Math.max(0, depth + bracketChange(kind));
    if (depth > 0) add('depth', depth === 1 ? 'in a bracket' : 'two or more brackets deep');
    const line = tree.line(startOf(i));
    const start = tree.lineStart(startOf(i));
    const begins = statementOf(tree.code.slice(start, endOfLine(tree.code, start)));
    if (begins) add('statement', begins);
    if (tree.code.slice(start, startOf(i)).trim() === '') add('line', 'at the beginning of a line');
    if (line === 1) add('line', 'in the first line');
    if (/^[ \t]/.test(tree.code.slice(start, start + 1))) add('line', 'in an indented line');
    if (raisedLine !== null && raisedLine !== undefined) {
      add('raises', `${line < raisedLine ? 'before' : line > raisedLine ? 'behind' : 'in'} the line that raises`);
    }
    return features;
  });
}

function quoted(text: string): string {
  return `\`${text.trim().replaceAll('`', "'").slice(0, 24)}\``;
}

function withArticle(kind: string): string {
  if (/^(?:the|text|indentation|beginning)\b/.test(kind)) return kind;
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

function bracketChange(kind: string): number {
  const count = (pattern: RegExp) => kind.match(pattern)?.length ?? 0;
  return count(/opening (?:parenthesis|bracket|brace)/g) - count(/closing (?:parenthesis|bracket|brace)/g);
}

function endOfLine(code: string, start: number): number {
  const end = code.slice(start).search(/[\r\n]/);
  return end < 0 ? code.length : start + end;
}

const KEYWORD = /^(?:def|class|for|while|if|elif|else|try|except|finally|with|return|raise|assert|del|import|from|pass|break|continue|global|nonlocal|yield|print|async|lambda)\b/;

/** What the statement of a line is, by its beginning alone, as broken code has no other. */
function statementOf(line: string): string | undefined {
  const text = line.trim();
  const keyword = KEYWORD.exec(text)?.[0];
  if (keyword) return `in a line that begins with ${keyword}`;
  if (text.startsWith('#')) return undefined;
  return /^[\w.[\]'", ]+(?:[-+*/%&|^]|\/\/|\*\*|<<|>>)?=(?!=)/.test(text) ? 'in an assignment' : undefined;
}

/** The start of the leaf that an offset lies in or before. */
function leafStart(tree: SyntaxTree, offset: number): number {
  const { leaves } = tree;
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (leaves[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  return leaves[low]?.start ?? offset; // a token may begin with the space before
}

const LITERALS: Readonly<Record<string, string>> = {
  string: 'a string', concatenated_string: 'a string', integer: 'a number', float: 'a number', list: 'a list', list_comprehension: 'a list', dictionary: 'a dict',
  dictionary_comprehension: 'a dict', set: 'a set', tuple: 'a tuple', true: 'a boolean', false: 'a boolean', none: 'None', call: 'the value of a call', lambda: 'a function',
};
/** Where a name is not read. */
const DEFINES = new Set(['parameters', 'lambda_parameters', 'typed_parameter', 'default_parameter', 'typed_default_parameter', 'aliased_import', 'dotted_name']);
/** Names that are there without being defined, as far as programs of a page use them. */
const BUILTINS = new Set(
  ('print len range str int float list dict set tuple bool type input open sum min max abs round sorted reversed enumerate zip map filter any all iter next repr ' +
    'isinstance issubclass hasattr getattr setattr callable id hash ord chr hex bin oct divmod pow vars dir super object slice bytes bytearray frozenset complex ' +
    'format eval exec staticmethod classmethod property Exception BaseException ValueError TypeError KeyError IndexError AttributeError NameError RuntimeError ' +
    'ZeroDivisionError StopIteration ImportError ModuleNotFoundError FileNotFoundError OSError AssertionError NotImplementedError LookupError ArithmeticError ' +
    'OverflowError RecursionError UnboundLocalError SyntaxError IndentationError KeyboardInterrupt NotImplemented Ellipsis __name__ __file__ __doc__').split(' '),
);

/** For the start of each name that is read: what the code above gave it, or that it gave it nothing. */
function namedValues(tree: SyntaxTree): Map<number, string> {
  const given = new Map<string, string | null>();
  const values = new Map<number, string>();
  let pending: { name: string; value: string | null; end: number }[] = []; // what is assigned is known behind the assignment
  for (const node of tree.nodes) {
    if (node.type !== 'identifier' || !node.parent) continue;
    for (const { name, value, end } of pending) if (end <= node.start) given.set(name, value);
    pending = pending.filter(({ end }) => end > node.start);
    const name = tree.text(node);
    const { parent, field } = node;
    const target = assigned(node);
    if (target !== undefined) pending.push({ name, value: target, end: parent.end });
    else if (DEFINES.has(parent.type) || ((parent.type === 'function_definition' || parent.type === 'class_definition') && field === 'name')) given.set(name, null);
    else if (isTarget(node)) given.set(name, null);
    else if (!(parent.type === 'attribute' && field === 'attribute') && !(parent.type === 'keyword_argument' && field === 'name')) {
      const value = given.get(name);
      if (value) values.set(node.start, `that was given ${value}`);
      else if (value === undefined && !BUILTINS.has(name)) values.set(node.start, 'that nothing was given before');
    }
  }
  return values;
}

/** What `name = …` gives the name on its left; null for another expression, undefined where the node is no such name. */
function assigned(node: SyntaxNode): string | null | undefined {
  const { parent } = node;
  if (parent?.type !== 'assignment' || node.field !== 'left') return undefined;
  const right = parent.children.find(({ field }) => field === 'right');
  return right ? (LITERALS[right.type] ?? null) : null;
}

/** Whether a name is bound: in a pattern, a loop, an exception's or a file's `as`. */
function isTarget(node: SyntaxNode): boolean {
  const { parent, field } = node;
  if (!parent) return false;
  if (['pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern', 'dictionary_splat_pattern', 'as_pattern_target', 'global_statement'].includes(parent.type)) return true;
  return (parent.type === 'for_statement' || parent.type === 'for_in_clause' || parent.type === 'named_expression') && (field === 'left' || field === 'name');
}
