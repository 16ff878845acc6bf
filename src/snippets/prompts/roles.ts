/** What a token of a prompt is in the language, and where it stands, in words: "closing quote", "inside print(…)". */
import { placeAfter, placeOf } from '../syntax/places';
import { placeInCode, type PlacedCode } from './prompts';
import type { TokenRange } from '../tokenizer/ranges';
import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';

export interface TokenRole {
  /** Such as "closing quote", "keyword if", "assigned name", "digit of a number". */
  kind: string;
  /** Such as "inside print(…)" or "in the condition of an if"; null where there is nothing to say. */
  place: string | null;
}

export function roleText({ kind, place }: TokenRole): string {
  return place === null ? kind : `${kind} ${place}`;
}

/** Kinds of tokens outside the code. */
export const QUESTION = 'the question';
export const LAST_TOKEN = 'the question’s last token';
const BEGINNING = 'beginning of the text';

/**
 * The role of each token (with ranges in the prompt); `tree` is that of the prompt's code. A token that holds several signs has the
 * kinds of all, and the place of the last.
 */
export function tokenRoles(tree: SyntaxTree, prompt: PlacedCode, tokens: readonly TokenRange[]): TokenRole[] {
  const leaves = leavesOf(tree);
  return tokens.map(({ start, end }, i) => {
    if (start === end) return { kind: BEGINNING, place: null };
    const place = placeInCode(prompt, { start, end });
    if (place === 'behind') {
      const breaks = start === prompt.pieces.at(-1)!.end && prompt.text.slice(start, end).trim() === '';
      return { kind: breaks ? 'line break before the question' : i === tokens.length - 1 ? LAST_TOKEN : QUESTION, place: null };
    }
    if (typeof place === 'string') return { kind: QUESTION, place: null };
    const role = roleIn(tree, leaves, place.start, place.end);
    return place.start === 0 ? { ...role, place: role.place ?? 'at the beginning' } : role;
  });
}

const levelsOf = new Map<string, string[][]>();

/**
 * A kind in four levels from precise to coarse, each as its parts: "beginning of an assigned name and comma"; "assigned name and comma";
 * "assigned name", "comma"; "name", "comma".
 */
export function kindLevels(kind: string): string[][] {
  let levels = levelsOf.get(kind);
  if (levels) return levels;
  const parts = kind.split(' and ').map((part) => part.replace(/^(?:beginning|middle|end) of an? /, '').replace(/^digit of a number$/, 'number'));
  const families = parts.map((part) => (/(?:name|variable|parameter)$/.test(part) ? 'name' : part.replace(/^(line break|opening quote) .*/, '$1')));
  levels = [[kind], [parts.join(' and ')], [...new Set(parts)], [...new Set(families)]];
  levelsOf.set(kind, levels);
  return levels;
}

/** Nodes without children that have text, in source order; a string's text is one, whatever escapes are in it. */
export function leavesOf(tree: SyntaxTree): SyntaxNode[] {
  const inText = (node: SyntaxNode) => node.parent?.type === 'string_content';
  return tree.nodes.filter((node) => node.start < node.end && !inText(node) && (node.children.length === 0 || node.type === 'string_content'));
}

function roleIn(tree: SyntaxTree, leaves: readonly SyntaxNode[], start: number, end: number): TokenRole {
  const kinds: string[] = [];
  let last: SyntaxNode | undefined;
  let covered = start;
  const breaks = (until: number) => {
    if (/[\r\n]/.test(tree.code.slice(covered, until))) kinds.push('line break');
  };
  for (let i = firstAt(leaves, start); i < leaves.length && leaves[i].start < end; i++) {
    last = leaves[i];
    breaks(last.start);
    kinds.push(kindOf(tree, last, start, end));
    covered = last.end;
  }
  if (!last) return blankRole(tree, leaves, start, end);
  breaks(end);
  return { kind: [...new Set(kinds)].join(' and '), place: placeOf(tree, last) };
}

/** The first leaf that ends behind an offset. */
function firstAt(leaves: readonly SyntaxNode[], offset: number): number {
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (leaves[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a token without any sign is: it stands between two leaves. */
function blankRole(tree: SyntaxTree, leaves: readonly SyntaxNode[], start: number, end: number): TokenRole {
  const text = tree.code.slice(start, end);
  const next = firstAt(leaves, start);
  if (text.trim() !== '') return { kind: 'stray sign', place: null };
  if (/[\r\n]/.test(text)) {
    const kind = /[\r\n][ \t]+$/.test(text) ? 'line break and indentation' : 'line break';
    return { kind, place: leaves[next - 1] ? placeAfter(tree, leaves[next - 1]) : null };
  }
  const atStart = tree.code.slice(tree.lineStart(start), start).trim() === '';
  return { kind: atStart ? 'indentation' : 'space', place: leaves[next] ? placeOf(tree, leaves[next]) : null };
}

const BRACKETS: Readonly<Record<string, string>> = {
  '(': 'opening parenthesis', ')': 'closing parenthesis', '[': 'opening bracket', ']': 'closing bracket', '{': 'opening brace', '}': 'closing brace',
};
const SIGNS: Readonly<Record<string, string>> = { ...BRACKETS, ',': 'comma', ':': 'colon', '.': 'dot', ';': 'semicolon', '=': 'equals sign', '->': 'arrow' };
/** Of leaves that have a name in the grammar. */
const NAMED: Readonly<Record<string, string>> = {
  string_start: 'opening quote', string_end: 'closing quote', string_content: 'text in a string', comment: 'comment', ERROR: 'stray sign',
  escape_interpolation: 'text in a string', escape_sequence: 'text in a string', line_continuation: 'line continuation', ellipsis: 'ellipsis',
  type_conversion: 'conversion in an f-string', format_specifier: 'format in an f-string',
};

/** What a leaf is, seen by the token from `start` to `end`. */
export function kindOf(tree: SyntaxTree, leaf: SyntaxNode, start: number, end: number): string {
  const text = tree.text(leaf);
  const whole = start <= leaf.start && leaf.end <= end;
  if (leaf.type === 'integer' || leaf.type === 'float') return whole ? 'number' : 'digit of a number';
  if (leaf.type === 'identifier') {
    const kind = nameKind(leaf);
    if (whole) return kind;
    return `${leaf.start >= start ? 'beginning' : leaf.end <= end ? 'end' : 'middle'} of ${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
  }
  if (leaf.type === 'string_start' && text.length > 1 && /^[a-z]/i.test(text)) return `opening quote of ${/f/i.test(text) ? 'an f-string' : `a ${text[0]}-string`}`;
  if (NAMED[leaf.type]) return NAMED[leaf.type];
  if (SIGNS[text]) return SIGNS[text];
  return /^\w/.test(text) ? `keyword ${text}` : `operator ${text}`;
}

/** What an identifier is the name of. */
function nameKind(leaf: SyntaxNode): string {
  const { field } = leaf;
  const parent = leaf.parent!;
  switch (parent.type) {
    case 'call':
      return field === 'function' ? 'called name' : 'name';
    case 'attribute':
      if (field !== 'attribute') return 'name';
      return parent.parent?.type === 'call' && parent.field === 'function' ? 'method name' : 'attribute name';
    case 'function_definition':
      return field === 'name' ? 'function’s name' : 'name';
    case 'class_definition':
      return field === 'name' ? 'class’s name' : 'name';
    case 'keyword_argument':
      return field === 'name' ? 'argument’s name' : 'name';
    case 'assignment':
    case 'augmented_assignment':
      return field === 'left' ? 'assigned name' : 'name';
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
      return parent.parent?.type.startsWith('for') ? 'loop variable' : 'assigned name';
    case 'for_statement':
    case 'for_in_clause':
      return field === 'left' ? 'loop variable' : 'name';
    case 'parameters':
    case 'lambda_parameters':
      return 'parameter';
    case 'default_parameter':
    case 'typed_default_parameter':
      return field === 'name' ? 'parameter' : 'name';
    case 'typed_parameter':
      return 'parameter';
    case 'dotted_name':
      return parent.field === 'module_name' || parent.parent?.type === 'import_statement' ? 'module’s name' : 'imported name';
    default:
      return 'name';
  }
}
