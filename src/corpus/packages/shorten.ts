/** Definitions as short as they can be without changing what they do: docstrings cut to their first line, comment lines left out. */
import { childOf, namedChildren, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';

/** Longer docstrings are cut to their first line. */
const LONGEST_DOCSTRING = 110;
/** About the characters that a class may have before methods are left out. */
const LONGEST_CLASS = 1300;

interface Cut {
  start: number;
  end: number;
  text: string;
}

/** The text of a statement with short docstrings, and of a long class only the first methods. */
export function shortened(tree: SyntaxTree, node: SyntaxNode): string {
  const cuts = docstringCuts(tree, node);
  if (node.end - node.start > LONGEST_CLASS) cuts.push(...methodCuts(tree, node));
  return withCuts(tree.code, node, cuts);
}

function docstringCuts(tree: SyntaxTree, node: SyntaxNode): Cut[] {
  const cuts: Cut[] = [];
  const pending = [node];
  while (pending.length > 0) {
    const at = pending.pop()!;
    pending.push(...at.children);
    if (at.type !== 'function_definition' && at.type !== 'class_definition') continue;
    const first = childOf(at, 'body')?.children.find(({ type }) => type !== 'comment');
    const string = first?.type === 'expression_statement' ? first.children[0] : undefined;
    if (!first || string?.type !== 'string') continue;
    const text = tree.text(string);
    if (text.length <= LONGEST_DOCSTRING && !text.includes('>>>')) continue;
    const line = text
      .replace(/^\w*("""|'''|"|')\s*/, '')
      .split('\n')[0]
      .replace(/\s*("""|'''|"|')$/, '')
      .trim();
    const plain = line !== '' && line.length <= LONGEST_DOCSTRING && !/[\\"]|>>>/.test(line);
    const only = namedChildren(first.parent!).length === 1;
    if (plain) cuts.push({ start: string.start, end: string.end, text: `"""${line}"""` });
    else if (only) cuts.push({ start: string.start, end: string.end, text: 'pass' });
    else cuts.push({ start: tree.lineStart(first.start), end: Math.min(lineEnd(tree.code, first.end) + 1, node.end), text: '' });
  }
  return cuts;
}

/** What follows the first methods of a class, as far as no room is left for it. */
function methodCuts(tree: SyntaxTree, node: SyntaxNode): Cut[] {
  const definition = node.type === 'decorated_definition' ? childOf(node, 'definition') : node;
  if (definition?.type !== 'class_definition') return [];
  const members = childOf(definition, 'body')?.children.filter(({ named }) => named) ?? [];
  let room = LONGEST_CLASS;
  const cuts: Cut[] = [];
  members.forEach((member, i) => {
    room -= withCuts(tree.code, member, docstringCuts(tree, member)).length + 6;
    if (room < 0 && i > 1) cuts.push({ start: members[i - 1].end, end: member.end, text: '' });
  });
  return cuts;
}

function withCuts(code: string, node: SyntaxNode, cuts: readonly Cut[]): string {
  let out = '';
  let at = node.start;
  for (const cut of [...cuts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (cut.start < at) continue; // inside a longer cut
    out += code.slice(at, cut.start) + cut.text;
    at = cut.end;
  }
  return tidy(out + code.slice(at, Math.max(at, node.end)));
}

function lineEnd(code: string, at: number): number {
  const end = code.indexOf('\n', at);
  return end < 0 ? code.length : end;
}

/** Without trailing spaces and with single blank lines. */
export function tidy(code: string): string {
  return code
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trimEnd();
}
