/** Programs that stand in a package: its definitions, documentation's examples, tests and scripts, each cut to what runs alone. */
import type { PythonParser } from '../../snippets/syntax/parse';
import { childOf, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import { estimateTokens } from '../labelling/program';
import type { Random } from '../random';
import { Module } from './module';
import { PackageIndex, type Standalone } from './package-index';
import { blocksIn, sessionsIn, statementsOf } from './sessions';
import { shortened, tidy } from './shorten';
import type { SourceFile } from './sources';
import { testBodies } from './tests';

/** Where in a package a program comes from. */
export const KINDS = ['definitions', 'called', 'session', 'block', 'test', 'script', 'head'] as const;
export type Kind = (typeof KINDS)[number];

export interface Base {
  code: string;
  kind: Kind;
}

export interface ExtractOptions {
  parser: PythonParser;
  /** First names of the standard library's modules. */
  library: ReadonlySet<string>;
  random: Random;
  maxTokens: number;
  /** The most programs of each kind; a package is not to outweigh others. */
  most: Readonly<Record<Kind, number>>;
}

/** The programs of a package, without repetition, in a random order that the seed decides. */
export function extractPrograms(files: readonly SourceFile[], options: ExtractOptions): Base[] {
  const { parser, library, random, maxTokens, most } = options;
  const index = new PackageIndex(parser, files, library);
  const seen = new Set<string>();
  const found = new Map<Kind, number>();
  const bases: Base[] = [];
  const full = (kind: Kind) => (found.get(kind) ?? 0) >= most[kind];
  const add = (kind: Kind, code: string | undefined): void => {
    if (code === undefined || full(kind)) return;
    const text = tidy(code);
    if (
      text.length < 40 ||
      text.length > 2400 ||
      /[^\t\n -~]/.test(text) ||
      /\binput\(|^\s*while True:\s*$[^]*\bsleep\b/m.test(text) ||
      seen.has(text) ||
      estimateTokens(text) > maxTokens
    ) {
      return;
    }
    seen.add(text);
    found.set(kind, (found.get(kind) ?? 0) + 1);
    bases.push({ code: text, kind });
  };
  for (const module of random.shuffle(index.modules)) {
    for (const at of random.shuffle(module.statements.map((_, i) => i))) addDefinition(module, at);
    if (!full('head')) add('head', headOf(module, library, maxTokens, random));
  }
  for (const file of random.shuffle(files)) {
    if (file.role === 'text') addProse(file.text, undefined);
    else if (file.role !== 'module') {
      const module = Module.parse(parser, file.name, file.text);
      if (module && file.role === 'test') addTests(module);
      else if (module) addScript(module);
    }
  }
  return random.shuffle(bases);

  function addDefinition(module: Module, at: number): void {
    const { node } = module.statements[at];
    const definition = node.type === 'decorated_definition' ? childOf(node, 'definition')! : node;
    if (!/^(function|class)_definition$/.test(definition.type)) return;
    const examples = docstringsOf(module.tree, node).filter((text) => text.includes('>>>'));
    if (full('definitions') && examples.length === 0) return;
    const alone = index.definition(module, at);
    if (!alone) return;
    add('definitions', assemble(alone, random));
    for (const text of examples) addProse(text, module, 'called');
  }

  function addProse(text: string, context: Module | undefined, kind: Kind = 'session'): void {
    if (full(kind)) return;
    for (const session of sessionsIn(text)) {
      const statements = statementsOf(parser, session, { shows: random.chance(0.2) ? 'assert' : 'print' });
      addSnippet(kind, statements, context);
    }
    for (const block of blocksIn(text)) add('block', standaloneOf(block, context));
  }

  function addTests(module: Module): void {
    for (const { name, statements } of random.shuffle(testBodies(module.tree))) {
      if (full('test')) return;
      const plain = random.chance(0.4) ? statements.map(printed) : statements;
      if (random.chance(0.25) && /^test_\w+$/.test(name)) {
        const body = plain
          .join('\n')
          .split('\n')
          .map((line) => (line === '' ? line : `    ${line}`))
          .join('\n');
        if (!/"""|'''/.test(body)) add('test', standaloneOf(`def ${name}():\n${body}\n\n${name}()`, module));
      } else addSnippet('test', plain, module);
    }
  }

  function addScript(module: Module): void {
    const text = tidy(module.statements.map(({ node }) => shortened(module.tree, node)).join('\n'));
    if (estimateTokens(text) <= maxTokens) return add('script', standaloneOf(tidy(module.tree.code)));
    for (let i = 0; i < 3; i++) {
      const from = random.int(0, module.statements.length - 1);
      const chosen = module.statements.map((_, at) => at).slice(from, from + random.int(2, 8));
      const uses = chosen.flatMap((at) => [...module.statements[at].uses]);
      const all = [...new Set([...module.needed(uses, from), ...chosen])].sort((a, b) => a - b);
      const used = new Set(all.flatMap((at) => [...module.statements[at].uses]));
      add('script', standaloneOf(all.map((at) => module.textOf(at, used)).join('\n')));
    }
  }

  /** A snippet of several statements; of a long one pieces, each with the earlier statements that it needs. */
  function addSnippet(kind: Kind, statements: readonly string[], context: Module | undefined): void {
    for (let start = 0, tries = 0; start < statements.length && tries < 6; tries++) {
      const room = random.int(Math.floor(maxTokens / 4), maxTokens);
      let end = start;
      for (let used = 0; end < statements.length && (end === start || used < room * 0.6); end++)
        used += estimateTokens(statements[end]);
      const piece = sliced(statements, start, end);
      add(kind, piece && standaloneOf(piece, context));
      start = end;
    }
  }

  function sliced(statements: readonly string[], start: number, end: number): string | undefined {
    if (start === 0) return statements.slice(0, end).join('\n');
    const module = Module.parse(parser, '', statements.slice(0, end).join('\n'));
    if (!module) return undefined;
    const before = Module.parse(parser, '', statements.slice(0, start).join('\n'))?.statements.length;
    if (before === undefined) return undefined;
    const uses = module.statements.slice(before).flatMap((statement) => [...statement.uses]);
    const earlier = module.needed(uses, before).map((at) => module.textOf(at));
    return [...earlier, ...statements.slice(start, end)].join('\n');
  }

  function standaloneOf(code: string, context?: Module): string | undefined {
    const alone = index.standalone(code, context);
    return alone && assemble(alone, random);
  }
}

/** The first statements of a module that imports the standard library only, as far as they fit. */
function headOf(module: Module, library: ReadonlySet<string>, maxTokens: number, random: Random): string | undefined {
  const room = random.int(Math.floor(maxTokens / 3), maxTokens);
  const parts: string[] = [];
  let used = 0;
  for (const { node } of module.statements) {
    const text = shortened(module.tree, node);
    if (parts.length === 0 && /^\w*("""|''')/.test(text)) continue;
    const [, from = ''] = /^(?:from|import)\s+([\w.]+)/.exec(text) ?? [];
    if (/import/.test(node.type) && !library.has(from.split('.')[0])) return undefined;
    used += estimateTokens(text);
    if (used > room) break;
    parts.push(text);
  }
  return parts.length < 3 ? undefined : spaced(parts);
}

/** Imports, definitions and what comes after them as one program. */
export function assemble({ imports, definitions, body }: Standalone, random: Random): string {
  const lines = body.split('\n');
  const own = lines.filter((line) => /^(import|from) /.test(line) && !/[(\\]\s*$/.test(line));
  const rest = lines
    .filter((line) => !own.includes(line))
    .join('\n')
    .trim();
  const all = [...new Set([...imports, ...own])].sort((a, b) => Number(/__future__/.test(b)) - Number(/__future__/.test(a)));
  const gap = random.chance(0.6) ? '\n\n\n' : '\n\n';
  return [all.join('\n'), spaced(definitions, gap), rest]
    .filter((part) => part !== '')
    .join(definitions.length > 0 ? gap : '\n\n');
}

/** Statements under each other, definitions with blank lines around them. */
function spaced(parts: readonly string[], gap = '\n\n\n'): string {
  let text = '';
  parts.forEach((part, i) => {
    const block = (code: string | undefined) => code !== undefined && /^(def|class|async def|@)\b|^@/.test(code);
    text += i === 0 ? part : (block(part) || block(parts[i - 1]) ? gap : '\n') + part;
  });
  return text;
}

/** The docstrings of a definition and of its methods. */
function docstringsOf(tree: SyntaxTree, node: SyntaxNode): string[] {
  const texts: string[] = [];
  const pending = [node];
  while (pending.length > 0) {
    const at = pending.pop()!;
    if (at.type === 'expression_statement' && at.children[0]?.type === 'string')
      texts.push(tree.text(at).replace(/^\w*("""|''')|("""|''')$/g, ''));
    else if (/^(decorated|function|class)_definition$|^block$/.test(at.type)) pending.push(...at.children);
  }
  return texts;
}

/** `assert f(x) == y` as `print(f(x))`: what a reader of a test would try. */
function printed(statement: string): string {
  const [, shown] = /^assert (\w[\w.]*\(.*\)) == [^=]+$/.exec(statement) ?? [];
  return shown !== undefined && balanced(shown) ? `print(${shown})` : statement;
}

function balanced(text: string): boolean {
  return ['()', '[]', '{}'].every(([open, close]) => text.split(open).length === text.split(close).length);
}
