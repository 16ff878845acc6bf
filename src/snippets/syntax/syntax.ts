import { scanLexical } from './lexical';
import type { LexicalScan } from './lexical';

/** A node of a Python syntax tree; `start` and `end` are UTF-16 offsets in the code. */
export interface SyntaxNode {
  /** The grammar's name, for example `call`; for a keyword or a sign the text itself, for example `)`. */
  type: string;
  named: boolean;
  /** Invented by the parser to go on: it has no text. */
  missing: boolean;
  /** The role in the parent, for example `function` in a `call`. */
  field: string | null;
  start: number;
  end: number;
  parent: SyntaxNode | null;
  children: SyntaxNode[];
}

/** A parsed program: its nodes in source order and what edits ask of them. */
export class SyntaxTree {
  /** Every node, parents before children, in source order. */
  readonly nodes: readonly SyntaxNode[];
  /** The nodes without children, in source order. */
  readonly leaves: readonly SyntaxNode[];
  /** How many nodes are ERROR or MISSING; 0 for code the grammar accepts. */
  readonly errorCount: number;
  private readonly lineStarts: number[];
  private scan: LexicalScan | undefined;

  constructor(
    readonly code: string,
    readonly root: SyntaxNode,
  ) {
    const nodes: SyntaxNode[] = [];
    const stack: SyntaxNode[] = [root];
    while (stack.length > 0) {
      const node = stack.pop()!;
      nodes.push(node);
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i]);
    }
    this.nodes = nodes;
    this.leaves = nodes.filter((node) => node.children.length === 0);
    this.errorCount = nodes.filter((node) => node.missing || node.type === 'ERROR').length;
    this.lineStarts = lineStartsOf(code);
  }

  /** Strings and brackets found without the grammar, which broken code needs. */
  get lexical(): LexicalScan {
    this.scan ??= scanLexical(this.code);
    return this.scan;
  }

  ofType(...types: string[]): SyntaxNode[] {
    return this.nodes.filter((node) => types.includes(node.type));
  }

  text(node: SyntaxNode): string {
    return this.code.slice(node.start, node.end);
  }

  /** The 1-based line of an offset; lines end with LF, CRLF or CR, as in Python. */
  line(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The offset at which the line of `offset` starts. */
  lineStart(offset: number): number {
    return this.lineStarts[this.line(offset) - 1];
  }
}

/** The offset of each line's first character. */
export function lineStartsOf(code: string): number[] {
  const starts = [0];
  for (const match of code.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** The child in a role, or undefined. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}

/** The children that are not signs, keywords or comments. */
export function namedChildren(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named && child.type !== 'comment');
}

/** The nearest ancestor of one of the types, or undefined. */
export function ancestor(node: SyntaxNode, ...types: string[]): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (types.includes(at.type)) return at;
  return undefined;
}
