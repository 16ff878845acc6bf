/** Evaluation sets of type prediction: each annotation is right, needed, and of the kind and site that its row says. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedParser } from '../../src/snippets/syntax/parse';
import { ancestor, childOf } from '../../src/snippets/syntax/syntax';
import type { SyntaxNode, SyntaxTree } from '../../src/snippets/syntax/syntax';

interface TypeRow {
  id: string;
  language: string;
  prefix: string;
  suffix: string;
  type: string;
  kind: string;
  site: string;
  /** Other texts that are equally right. */
  equivalents?: string[];
}

const fixtures = new URL('../fixtures/', import.meta.url);
const examples = new URL('../../examples/', import.meta.url);

function readRows(name: string): TypeRow[] {
  const lines = readFileSync(new URL(name, fixtures), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as TypeRow);
}

const windowOf = (row: TypeRow, type = row.type): string => row.prefix + type + row.suffix;
const squeezed = (code: string): string => code.replace(/\s+/g, '');

/** All other code that the project keeps for showing or evaluating: a function of these sets is none of it. */
function otherCode(): string {
  const files = (folder: URL, pattern: RegExp): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => pattern.test(file) && !/^(types-|golden|gguf|tokenizers)/.test(file))
      .map((file) => readFileSync(new URL(file.replaceAll(path.sep, '/'), folder), 'utf8'));
  const programs = files(fixtures, /\.jsonl$/).flatMap((text) =>
    text.trimEnd().split('\n').map((line) => (JSON.parse(line) as { code: string }).code),
  );
  return squeezed([...programs, ...files(fixtures, /\.py$/), ...files(examples, /\.(py|[mc]?[jt]sx?)$/)].join('\n'));
}

/** Ids of the rows with a function, longer than a line, that another row or the project's other code has, too. */
function findCopies(functions: ReadonlyMap<string, readonly string[]>): string[] {
  const other = otherCode();
  const seen = new Map<string, string>();
  const copies: string[] = [];
  for (const [id, texts] of functions) {
    for (const text of texts.map(squeezed).filter((code) => code.length > 60)) {
      if (other.includes(text) || (seen.has(text) && seen.get(text) !== id)) copies.push(id);
      seen.set(text, id);
    }
  }
  return copies;
}

function share(rows: readonly TypeRow[], field: 'kind' | 'site' | 'type', value: string): number {
  return rows.filter((row) => row[field] === value).length / rows.length;
}

/** What holds of the sets in both languages. */
function itIsMade(rows: readonly TypeRow[], language: string, count: number): void {
  it(`has ${count} different windows of 5 to 40 lines and at most 220 words`, () => {
    expect(new Set(rows.map((row) => row.id)).size).toBe(count);
    expect(new Set(rows.map((row) => squeezed(windowOf(row)))).size).toBe(rows.length);
    const odd = rows.filter((row) => {
      const lines = windowOf(row).trimEnd().split('\n').length;
      return lines < 5 || lines > 40 || windowOf(row).split(/\s+/).length > 220 || row.language !== language;
    });
    expect(odd.map((row) => row.id)).toEqual([]);
  });

  it('has all kinds and sites, and no type in more than a quarter of the rows', () => {
    const shares = { keyword: 0.4, declared: 0.35, library: 0.08, compound: 0.17 };
    for (const [kind, about] of Object.entries(shares)) {
      expect(Math.abs(share(rows, 'kind', kind) - about), kind).toBeLessThan(0.03);
    }
    for (const site of ['parameter', 'return', 'variable', 'property']) {
      expect(share(rows, 'site', site), site).toBeGreaterThan(0.05);
    }
    for (const { type } of rows) expect(share(rows, 'type', type), type).toBeLessThan(0.25);
  });
}

describe('types-typescript.jsonl', () => {
  const rows = readRows('types-typescript.jsonl');
  const keywords = new Set(
    'string number boolean void any unknown never bigint symbol object null undefined'.split(' '),
  );
  let program: ts.Program;
  let checker: ts.TypeChecker;

  const fileOf = (folder: 'row' | 'wrong' | 'same', row: TypeRow): string => `/${folder}/${row.id}.ts`;
  const diagnosticsOf = (file: string): string[] => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  };

  /** A type that a row's is not: `number`, or `string` for numbers. */
  const wrongFor = ({ type, equivalents = [] }: TypeRow): string =>
    /\bnumber\b/.test([type, ...equivalents].join(' ')) ? 'string' : 'number';

  /** The type that fills the hole, in the file of the row; several are asked for as a tuple. */
  function filled<T extends ts.TypeNode>(file: string, row: TypeRow, is: (node: ts.Node) => node is T): T {
    const source = program.getSourceFile(file)!;
    const find = (node: ts.Node): T | undefined =>
      node.getStart(source) === row.prefix.length && is(node) ? node : ts.forEachChild(node, find);
    const found = find(source);
    if (!found) throw new Error(`${row.id}: no type stands where the hole is.`);
    return found;
  }

  function kindOf(node: ts.TypeNode): string {
    if (keywords.has(node.getText())) return 'keyword';
    if (!ts.isTypeReferenceNode(node) || node.typeArguments || !ts.isIdentifier(node.typeName)) return 'compound';
    const sources = checker.getSymbolAtLocation(node.typeName)?.declarations?.map((at) => at.getSourceFile()) ?? [];
    if (sources.includes(node.getSourceFile())) return 'declared';
    return sources.length > 0 ? 'library' : 'outside';
  }

  function siteOf({ parent }: ts.TypeNode): string {
    if (ts.isParameter(parent)) return 'parameter';
    if (ts.isVariableDeclaration(parent)) return 'variable';
    if (ts.isPropertyDeclaration(parent) || ts.isPropertySignature(parent)) return 'property';
    return ts.isFunctionLike(parent) ? 'return' : ts.SyntaxKind[parent.kind];
  }

  beforeAll(() => {
    const texts = new Map<string, string>();
    for (const row of rows) {
      texts.set(fileOf('row', row), windowOf(row));
      texts.set(fileOf('wrong', row), windowOf(row, wrongFor(row)));
      if (row.equivalents) texts.set(fileOf('same', row), windowOf(row, `[${[row.type, ...row.equivalents].join(', ')}]`));
    }
    program = compile(texts);
    checker = program.getTypeChecker();
  });

  itIsMade(rows, 'typescript', 200);

  it('has no diagnostics', () => {
    expect(rows.flatMap((row) => diagnosticsOf(fileOf('row', row)))).toEqual([]);
  });

  it('has whole annotations behind a colon, of the kind and at the site that it says', () => {
    const found = rows.map((row) => {
      const node = filled(fileOf('row', row), row, ts.isTypeNode);
      return { id: row.id, text: node.getText(), behind: row.prefix.slice(-2), kind: kindOf(node), site: siteOf(node) };
    });
    expect(found).toEqual(rows.map(({ id, type, kind, site }) => ({ id, text: type, behind: ': ', kind, site })));
  });

  it('needs the type: with a wrong one at least nine rows in ten have diagnostics', () => {
    const needed = rows.filter((row) => diagnosticsOf(fileOf('wrong', row)).length > 0);
    expect(needed.length / rows.length).toBeGreaterThanOrEqual(0.9);
  });

  it('names equivalents that are assignable both ways', () => {
    for (const row of rows.filter(({ equivalents }) => equivalents)) {
      const { elements } = filled(fileOf('same', row), row, ts.isTupleTypeNode);
      const [type, ...others] = elements.map((element) => checker.getTypeFromTypeNode(element));
      const both = others.map((o) => checker.isTypeAssignableTo(o, type) && checker.isTypeAssignableTo(type, o));
      expect(both, row.id).toEqual(row.equivalents!.map(() => true));
    }
  });

  it('has no function twice, nor one of the other fixtures or the examples', () => {
    const functions = new Map(rows.map((row) => [row.id, bodiesIn(program.getSourceFile(fileOf('row', row))!)]));
    expect(findCopies(functions)).toEqual([]);
  });
});

describe('types-python.jsonl', () => {
  const rows = readRows('types-python.jsonl');
  const keywords = new Set('int str float bool bytes None object complex'.split(' '));
  const builtins = new Set('list dict set tuple frozenset bytearray range type'.split(' '));
  let trees: SyntaxTree[];

  beforeAll(async () => {
    const parser = await sharedParser();
    trees = rows.map((row) => parser.parse(windowOf(row)));
  });

  function kindOf(type: string, tree: SyntaxTree): string {
    if (keywords.has(type)) return 'keyword';
    if (!/^\w+$/.test(type)) return 'compound';
    const names = (node: SyntaxNode, field: string): boolean => {
      const name = childOf(node, field);
      return name !== undefined && tree.text(name) === type;
    };
    if (tree.ofType('class_definition').some((node) => names(node, 'name'))) return 'declared';
    if (tree.ofType('assignment').some((node) => names(node, 'left'))) return 'declared';
    const imports = tree.ofType('import_from_statement').map((node) => tree.text(node).split(' import ')[1].split(', '));
    return builtins.has(type) || imports.flat().includes(type) ? 'library' : 'outside';
  }

  function siteOf(type: SyntaxNode): string {
    const parent = type.parent!;
    if (parent.type === 'assignment') {
      const ofObject = childOf(parent, 'left')?.type === 'attribute';
      const around = ancestor(parent, 'class_definition', 'function_definition');
      return ofObject || around?.type === 'class_definition' ? 'property' : 'variable';
    }
    if (parent.type === 'function_definition') return 'return';
    return /^typed_(default_)?parameter$/.test(parent.type) ? 'parameter' : parent.type;
  }

  itIsMade(rows, 'python', 100);

  it('is Python', () => {
    expect(rows.filter((_, i) => trees[i].errorCount > 0).map((row) => row.id)).toEqual([]);
  });

  it('has whole annotations, of the kind and at the site that it says', () => {
    const found = rows.map((row, i) => {
      const node = trees[i].ofType('type').find(({ start }) => start === row.prefix.length)!;
      const behind = /(: |-> )$/.test(row.prefix);
      return { id: row.id, text: trees[i].text(node), behind, kind: kindOf(row.type, trees[i]), site: siteOf(node) };
    });
    expect(found).toEqual(rows.map(({ id, type, kind, site }) => ({ id, text: type, behind: true, kind, site })));
  });

  it('has no function twice, nor one of the other fixtures or the examples', () => {
    const bodies = (tree: SyntaxTree): string[] =>
      tree.ofType('function_definition').map((node) => tree.text(childOf(node, 'body')!));
    expect(findCopies(new Map(rows.map((row, i) => [row.id, bodies(trees[i])])))).toEqual([]);
  });
});

/** One strict program of the files, each a module of its own, that sees no file but the compiler's libraries. */
function compile(texts: ReadonlyMap<string, string>): ts.Program {
  const libraries = path.dirname(fileURLToPath(import.meta.resolve('typescript')));
  const read = (file: string): string | undefined =>
    texts.get(file) ?? (file.startsWith(libraries) ? ts.sys.readFile(file) : undefined);
  const host: ts.CompilerHost = {
    fileExists: (file) => texts.has(file),
    readFile: read,
    getSourceFile: (file, target) => {
      const text = read(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, target, true);
    },
    getDefaultLibFileName: () => path.join(libraries, 'lib.d.ts'),
    getDefaultLibLocation: () => libraries,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
  };
  return ts.createProgram([...texts.keys()], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
  }, host);
}

/** The bodies of all functions in a file. */
function bodiesIn(source: ts.SourceFile): string[] {
  const bodies: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) bodies.push((node.body as ts.Node).getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return bodies;
}
