import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { SyntaxTree } from './syntax';
import type { SyntaxNode } from './syntax';

/** Longer programs are refused: a selection is a few lines, and a whole data file would only stall the editor. */
export const MAX_CODE_LENGTH = 400_000;

/** A warm tree-sitter parser with the Python grammar; `parse` is synchronous. */
export class PythonParser {
  /** Use `createParser`. */
  constructor(
    private readonly parser: TreeSitter.Parser,
    private readonly language: TreeSitter.Language,
  ) {}

  /** The syntax tree of any text; what is not Python becomes ERROR nodes. Offsets are UTF-16. */
  parse(code: string): SyntaxTree {
    if (code.length > MAX_CODE_LENGTH) {
      throw new RangeError(
        `The code has ${code.length} characters; at most ${MAX_CODE_LENGTH} are parsed. Select a smaller part.`,
      );
    }
    const tree = this.parser.parse(code);
    if (!tree) throw new Error('tree-sitter gave no syntax tree; create a new parser and try again.');
    try {
      return new SyntaxTree(code, this.copy(tree));
    } finally {
      tree.delete();
    }
  }

  dispose(): void {
    this.parser.delete();
  }

  /** Copies the tree out of WebAssembly memory, without recursion: nesting may be thousands deep. */
  private copy(tree: TreeSitter.Tree): SyntaxNode {
    const { types, fields } = this.language;
    const cursor = tree.walk();
    const read = (parent: SyntaxNode | null): SyntaxNode => {
      const field = cursor.currentFieldId;
      return {
        type: cursor.nodeTypeId === ERROR_TYPE_ID ? 'ERROR' : types[cursor.nodeTypeId],
        named: cursor.nodeIsNamed,
        missing: cursor.nodeIsMissing,
        field: field ? fields[field] : null,
        start: cursor.startIndex,
        end: cursor.endIndex,
        parent,
        children: [],
      };
    };
    const root = read(null);
    let node = root;
    for (;;) {
      if (cursor.gotoFirstChild()) {
        const child = read(node);
        node.children.push(child);
        node = child;
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          cursor.delete();
          return root;
        }
        node = node.parent!;
      }
      const sibling = read(node.parent);
      node.parent!.children.push(sibling);
      node = sibling;
    }
  }
}

/** tree-sitter's fixed type id of ERROR nodes. */
const ERROR_TYPE_ID = 65535;

let language: Promise<{ runtime: typeof TreeSitter; python: TreeSitter.Language }> | undefined;

async function load(): Promise<{ runtime: typeof TreeSitter; python: TreeSitter.Language }> {
  const require = createRequire(import.meta.url);
  const runtimeFile = require.resolve('@vscode/tree-sitter-wasm');
  const runtime = require(runtimeFile) as typeof TreeSitter;
  await runtime.Parser.init();
  const grammar = await readFile(path.join(path.dirname(runtimeFile), 'tree-sitter-python.wasm'));
  return { runtime, python: await runtime.Language.load(grammar) };
}

/**
 * A Python parser. The runtime and the grammar are loaded once a process (about 0.1 s).
 * @throws when the package `@vscode/tree-sitter-wasm` is not installed
 */
export async function createParser(): Promise<PythonParser> {
  language ??= load();
  const { runtime, python } = await language;
  return new PythonParser(new runtime.Parser().setLanguage(python), python);
}

let shared: Promise<PythonParser> | undefined;

/** One parser for the whole process, made at the first call. */
export function sharedParser(): Promise<PythonParser> {
  shared ??= createParser();
  return shared;
}
