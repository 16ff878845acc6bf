/** Pairs of tokens, from one to an earlier one that it has to do with, by the tokens themselves and by the program's syntax. */
import { placeInCode, type PlacedCode } from './prompts';
import { namesOf } from '../syntax/occurrences';
import { ancestor, childOf, lineStartsOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';
import type { Token } from '../tokenizer/ranges';
import { TOKEN_PAIR_KINDS, type TokenPairKind } from '../../vocabulary/token-pairs';

/** For each token that has any, by its position, the positions of the earlier tokens, ascending. */
export type TokenPairs = ReadonlyMap<number, readonly number[]>;

/** All pairs of a prompt; `tree` is that of its code. A kind without any has an empty map. */
export function tokenPairs(
  tree: SyntaxTree,
  prompt: Pick<PlacedCode, 'pieces'>,
  tokens: readonly Token[],
): Record<TokenPairKind, TokenPairs> {
  const pairs = byKind(() => new Map<number, Set<number>>());
  const add = (kind: TokenPairKind, query: number, keys: Iterable<number>) => {
    for (const key of keys) {
      if (key >= query) continue;
      const known = pairs[kind].get(query);
      if (known) known.add(key);
      else pairs[kind].set(query, new Set([key]));
    }
  };
  byIds(tokens, add);

  const at = new TokensAt(tokens, prompt);
  const between = (kind: TokenPairKind, from: Stretch, to: Stretch) => {
    const keys = at.in(to);
    for (const query of at.in(from)) add(kind, query, keys);
  };
  const { occurrences } = namesOf(tree);
  const imports = importsOf(tree);
  for (const [name, places] of occurrences) {
    const sorted = [...places].sort((a, b) => a.node.start - b.node.start);
    sorted.forEach(({ node, binds }, i) => {
      for (const earlier of sorted.slice(0, i)) between('identifier', node, earlier.node);
      const given = binds ? undefined : sorted.slice(0, i).findLast((earlier) => earlier.binds);
      if (given) between('definition', node, given.node);
      const imported = (imports.get(name) ?? []).findLast(({ end }) => end <= node.start);
      if (imported) between('import', node, imported);
    });
  }
  for (const { at: closing, partner } of tree.lexical.brackets) {
    if (partner !== null && partner < closing) between('bracket', { start: closing, end: closing + 1 }, { start: partner, end: partner + 1 });
  }
  for (const query of at.all()) {
    const node = leafAt(tree, at.first(query));
    const around = node && bodyAround(node);
    if (around) add('signature', query, at.in({ start: around.start, end: childOf(around, 'body')!.start }).filter((key) => !isBlank(tokens[key])));
  }
  byColumns(tree.code, at, tokens, add);
  const ascending = (a: number, b: number) => a - b;
  return byKind((kind) => {
    const sorted = [...pairs[kind]].sort(([a], [b]) => a - b);
    return new Map(sorted.map(([query, keys]) => [query, [...keys].sort(ascending)] as const));
  });
}

function byKind<T>(make: (kind: TokenPairKind) => T): Record<TokenPairKind, T> {
  return Object.fromEntries(TOKEN_PAIR_KINDS.map((kind) => [kind, make(kind)])) as Record<TokenPairKind, T>;
}

type Add = (kind: TokenPairKind, query: number, keys: Iterable<number>) => void;
type Stretch = Pick<SyntaxNode, 'start' | 'end'>;

function byIds(tokens: readonly Token[], add: Add): void {
  const seen = new Map<number, number[]>();
  tokens.forEach(({ id }, query) => {
    if (query > 0) add('previous', query, [query - 1]);
    const earlier = seen.get(id) ?? [];
    add('duplicate', query, earlier);
    add('induction', query, earlier.map((one) => one + 1));
    seen.set(id, [...earlier, query]);
  });
}

const isBlank = ({ text }: Token) => text.trim() === '';

/** Which tokens of the prompt stand at which characters of its code. */
class TokensAt {
  private readonly code: { position: number; start: number; end: number; first: number }[];

  constructor(tokens: readonly Token[], prompt: Pick<PlacedCode, 'pieces'>) {
    this.code = tokens.flatMap(({ start, end, text }, position) => {
      const place = placeInCode(prompt, { start, end });
      if (typeof place === 'string' || start === end) return [];
      const space = isBlankText(text) ? 0 : text.length - text.trimStart().length;
      const ahead = place.end - place.start < end - start ? 0 : space; // what of it lies before the code is mostly its space
      return [{ position, ...place, first: Math.min(place.start + ahead, place.end - 1) }];
    });
  }

  all(): number[] {
    return this.code.map(({ position }) => position);
  }

  /** The offset of a token's first character that is no space. */
  first(position: number): number {
    return this.code.find((one) => one.position === position)!.first;
  }

  /** Those whose text, without the space before it, lies in a stretch of the code at least in part. */
  in({ start, end }: Stretch): number[] {
    return this.code.filter((one) => one.first < end && one.end > start).map(({ position }) => position);
  }
}

const isBlankText = (text: string) => text.trim() === '';

/** For each name that an import gives, the import statements. */
function importsOf(tree: SyntaxTree): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const statement of tree.ofType('import_statement', 'import_from_statement')) {
    for (const child of statement.children.filter(({ field }) => field === 'name')) {
      const alias = child.type === 'aliased_import' ? childOf(child, 'alias') : undefined;
      const name = alias ? tree.text(alias) : tree.text(child).split('.')[0];
      found.set(name, [...(found.get(name) ?? []), statement]);
    }
  }
  return found;
}

/** The leaf that holds an offset; undefined between leaves, as in the indentation of a line. */
function leafAt(tree: SyntaxTree, offset: number): SyntaxNode | undefined {
  const { leaves } = tree;
  let [low, high] = [0, leaves.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (leaves[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  return leaves[low]?.start <= offset ? leaves[low] : undefined;
}

/** The nearest def or class in whose body a node is. */
function bodyAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = ancestor(node, 'function_definition', 'class_definition'); at; at = ancestor(at, 'function_definition', 'class_definition')) {
    const body = childOf(at, 'body');
    if (body && node.start >= body.start) return at;
  }
  return undefined;
}

/** What stands in the same column of the line before, where that line is so long. */
function byColumns(code: string, at: TokensAt, tokens: readonly Token[], add: Add): void {
  const starts = lineStartsOf(code);
  let line = 0;
  for (const query of at.all()) {
    if (isBlank(tokens[query])) continue;
    const offset = at.first(query);
    while (line + 1 < starts.length && starts[line + 1] <= offset) line++;
    if (line === 0) continue;
    const above = starts[line - 1] + offset - starts[line];
    if (above >= starts[line] || /\s/.test(code[above])) continue;
    add('column', query, at.in({ start: above, end: above + 1 }));
  }
}
