/** Restyling: the same program as somebody else would have laid it out, without comments, type hints or docstrings, or in a function. */
import type { PythonParser } from '../../snippets/syntax/parse';
import { childOf, namedChildren, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import type { Random } from '../random';
import { tidy } from './shorten';

type Restyle = (tree: SyntaxTree, random: Random) => string;

function cut(tree: SyntaxTree, nodes: readonly { start: number; end: number }[], text = ''): string {
  let out = '';
  let at = 0;
  for (const { start, end } of [...nodes].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += tree.code.slice(at, start) + text;
    at = end;
  }
  return out + tree.code.slice(at);
}

const wholeLine = (tree: SyntaxTree, { start, end }: SyntaxNode) => ({
  start: tree.lineStart(start),
  end: Math.min(tree.code.length, end + 1),
});

const comments: Restyle = (tree) =>
  cut(
    tree,
    tree
      .ofType('comment')
      .map((node) => (tree.code.slice(tree.lineStart(node.start), node.start).trim() === '' ? wholeLine(tree, node) : node)),
  );

const docstrings: Restyle = (tree) =>
  cut(
    tree,
    tree.ofType('block').flatMap((block) => {
      const [first, second] = namedChildren(block);
      return second && first.type === 'expression_statement' && first.children[0]?.type === 'string'
        ? wholeLine(tree, first)
        : [];
    }),
  );

const hints: Restyle = (tree) => {
  const places: { start: number; end: number }[] = [];
  for (const node of tree.ofType('typed_parameter', 'typed_default_parameter', 'function_definition')) {
    const type = childOf(node, node.type === 'function_definition' ? 'return_type' : 'type');
    if (!type) continue;
    const before = tree.code.slice(0, type.start);
    places.push({ start: type.start - (/(:|->)\s*$/.exec(before)?.[0].length ?? 0), end: type.end });
    if (node.type === 'function_definition')
      places.at(-1)!.start -= /\s*->\s*$/.exec(before)![0].length - /->\s*$/.exec(before)![0].length;
  }
  return cut(tree, places);
};

const blankLines: Restyle = (tree) => (/"""|'''/.test(tree.code) ? tree.code : tree.code.replace(/\n\s*\n/g, '\n'));

const quotes: Restyle = (tree) => {
  const strings = tree.ofType('string').filter((node) => /^"[^"'\\{\n]*"$|^'[^"'\\{\n]*'$/.test(tree.text(node)));
  let out = '';
  let at = 0;
  for (const node of strings) {
    const text = tree.text(node);
    const other = text[0] === '"' ? "'" : '"';
    out += tree.code.slice(at, node.start) + other + text.slice(1, -1) + other;
    at = node.end;
  }
  return out + tree.code.slice(at);
};

const narrow: Restyle = ({ code }) =>
  /"""|'''/.test(code) ? code : code.replace(/^( {4})+/gm, (spaces) => '  '.repeat(spaces.length / 4));

/** What stands at the top level behind the last definition goes into a function. */
const inMain: Restyle = (tree, random) => {
  const tops = tree.root.children.filter(({ named, type }) => named && type !== 'comment');
  const last = tops.findLastIndex(({ type }) => /definition|import/.test(type));
  const body = tops.slice(last + 1);
  if (body.length < 2 || body.some((node) => node.type === 'if_statement' && /__name__/.test(tree.text(node)))) return tree.code;
  const text = tree.code.slice(body[0].start);
  if (/"""|'''/.test(text)) return tree.code;
  const name = random.pick(['main', 'main', 'main', 'run', 'demo']);
  const indented = text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : `    ${line}`))
    .join('\n')
    .trimEnd();
  const call = random.chance(0.6)
    ? `if __name__ == ${random.chance(0.5) ? '"__main__"' : "'__main__'"}:\n    ${name}()`
    : `${name}()`;
  return `${tree.code.slice(0, body[0].start).trimEnd()}\n\n\ndef ${name}():\n${indented}\n\n\n${call}`.trimStart();
};

/** Only the first statements: a program that somebody is still writing. */
const shorter: Restyle = (tree, random) => {
  const tops = tree.root.children.filter(({ named, type }) => named && type !== 'comment');
  return tops.length < 4 ? tree.code : tree.code.slice(0, tops[random.int(Math.ceil(tops.length / 2), tops.length - 2)].end);
};

const RESTYLES: readonly [Restyle, number][] = [
  [comments, 3],
  [docstrings, 2],
  [hints, 2],
  [blankLines, 1.5],
  [quotes, 2],
  [narrow, 0.5],
  [inMain, 1.5],
  [shorter, 2],
];

/** One or two changes of style; what it raises may change only where `shorter` ends it early. */
export function restyled(code: string, parser: PythonParser, random: Random): string {
  let text = code;
  for (let steps = random.int(1, 2); steps > 0; steps--) {
    const tree = parser.parse(text);
    if (tree.errorCount > 0) return text;
    text = tidy(
      random.weighted(
        RESTYLES,
        RESTYLES.map(([, weight]) => weight),
      )[0](tree, random),
    );
  }
  return text;
}
