/** What windows need to know of a Python file: its annotations and what they name, as the syntax tree and its imports say. */
import { ancestor, childOf, namedChildren, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import type { Declaration, Range, Site, SourceModule } from './row';
import { keywordTypes, PYTHON_BUILTINS } from './vocabulary';

const MOST_TYPE = 60;
const MOST_HEAD = 220;

/** The heads of a package's classes by their names; of a name that two classes have, none. */
export function classHeads(trees: Iterable<SyntaxTree>): Map<string, string> {
  const heads = new Map<string, string>();
  const twice = new Set<string>();
  for (const tree of trees) {
    for (const node of tree.ofType('class_definition')) {
      const name = tree.text(childOf(node, 'name')!);
      if (heads.has(name)) twice.add(name);
      heads.set(name, headOf(tree, node));
    }
  }
  twice.forEach((name) => heads.delete(name));
  return heads;
}

/** @param heads of the package's classes @param library the modules of the standard library */
export function pythonModule(
  file: string,
  tree: SyntaxTree,
  heads: ReadonlyMap<string, string>,
  library: ReadonlySet<string>,
): SourceModule {
  const { code: text } = tree;
  const declaredAt = new Map<string, number[]>();
  const imported = new Map<string, string>();
  const fromLibrary = new Set(PYTHON_BUILTINS);
  const declare = (name: string, at: number) => declaredAt.set(name, [...(declaredAt.get(name) ?? []), at]);
  for (const node of tree.ofType('import_from_statement')) {
    const module = childOf(node, 'module_name');
    for (const child of node.children.filter(({ field }) => field === 'name')) {
      const name = childOf(child, 'alias') ?? child;
      const spelt = tree.text(name);
      declare(spelt, name.start);
      imported.set(spelt, `from ${module ? tree.text(module) : '.'} import ${tree.text(child)}`);
      if (module && library.has(tree.text(module).split('.')[0])) fromLibrary.add(spelt);
    }
  }
  const classes = new Map<string, SyntaxNode>();
  for (const node of tree.ofType('class_definition')) {
    const name = childOf(node, 'name')!;
    declare(tree.text(name), name.start);
    classes.set(tree.text(name), node);
    fromLibrary.delete(tree.text(name));
  }
  const variables = new Map<string, string>();
  for (const node of tree.ofType('assignment')) {
    const left = childOf(node, 'left')!;
    if (left.type !== 'identifier' || !/^_*[A-Z]/.test(tree.text(left)) || ancestor(node, 'function_definition')) continue;
    declare(tree.text(left), left.start);
    if (node.end - node.start < 120) variables.set(tree.text(left), tree.text(node));
  }

  const declarations = new Map<string, Declaration>();
  const refer = (name: string): boolean => {
    if (fromLibrary.has(name)) return true;
    const node = classes.get(name);
    const head = node ? headOf(tree, node) : (variables.get(name) ?? heads.get(name) ?? '');
    const importLine = imported.get(name) ?? (node || variables.has(name) ? `from .${name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase()} import ${name}` : '');
    if (head !== '' || importLine !== '') declarations.set(name, { head, importLine: importLine === '' ? head : importLine, parameter: false });
    return false;
  };

  const sites: Site[] = [];
  const add = (site: Site['site'], name: string, type: SyntaxNode, cut: Range | null, unit: SyntaxNode) => {
    const written = tree.text(type);
    const before = text.slice(Math.max(0, type.start - 3), type.start);
    if (written.length > MOST_TYPE || written.includes('\n') || !(site === 'return' ? before === '-> ' : before.endsWith(': '))) return;
    let kind: Site['kind'] = 'compound';
    let uses: string[] = [];
    if (keywordTypes('python').has(written)) kind = 'keyword';
    else if (/^[A-Za-z_]\w*$/.test(written)) {
      kind = refer(written) ? 'library' : 'named';
      if (kind === 'named') uses = [written];
    } else {
      const names = [...new Set(written.replace(/"[^"]*"|'[^']*'/g, (quoted) => quoted.slice(1, -1)).match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [])];
      uses = names.filter((one) => !keywordTypes('python').has(one) && !refer(one) && declarations.has(one));
    }
    sites.push({ start: type.start, end: type.end, cut, site, name, kind, uses, unit: { start: unit.start, end: unit.end } });
  };
  for (const type of tree.ofType('type')) {
    const node = type.parent;
    if (!node || type.field === null && node.type !== 'typed_parameter') continue;
    const definition = ancestor(type, 'function_definition');
    if (node.type === 'typed_parameter' || node.type === 'typed_default_parameter') {
      const name = node.type === 'typed_parameter' ? namedChildren(node)[0] : childOf(node, 'name')!;
      const owner = ancestor(node, 'function_definition', 'lambda');
      if (name.type !== 'identifier' || owner?.type !== 'function_definition') continue;
      add('parameter', tree.text(name), type, { start: name.end, end: type.end }, outer(owner));
    } else if (node.type === 'function_definition') {
      add('return', tree.text(childOf(node, 'name')!), type, { start: childOf(node, 'parameters')!.end, end: type.end }, outer(node));
    } else if (node.type === 'assignment') {
      const left = childOf(node, 'left')!;
      if (left.type !== 'identifier' && left.type !== 'attribute') continue;
      const name = tree.text(left).replace(/^.*\./, '');
      const block = ancestor(node, 'function_definition', 'class_definition');
      const site = block?.type === 'class_definition' || left.type === 'attribute' ? 'property' : 'variable';
      const cut = childOf(node, 'right') ? { start: left.end, end: type.end } : null;
      add(site, name, type, cut, definition ?? block ?? node);
    }
  }
  const comments = [...tree.ofType('comment'), ...docstrings(tree)].map(({ start, end }) => ({ start, end })).sort((a, b) => a.start - b.start);
  const names = tree.leaves.filter(({ type }) => type === 'identifier').map(({ start, end }) => ({ start, end }));
  return { language: 'python', file, text, sites: sites.sort((a, b) => a.start - b.start), comments, names, declaredAt, declarations };
}

/** A function with its decorators. */
function outer(node: SyntaxNode): SyntaxNode {
  return node.parent?.type === 'decorated_definition' ? node.parent : node;
}

/** What functions and classes say of themselves, where there is more in them. */
function docstrings(tree: SyntaxTree): SyntaxNode[] {
  return tree.ofType('block').flatMap((block) => {
    const statements = namedChildren(block);
    const [first] = statements;
    if (statements.length < 2 || first.type !== 'expression_statement') return [];
    const [only] = namedChildren(first);
    return only?.type === 'string' ? [first] : [];
  });
}

/** A class with some of its attributes and the heads of some methods. */
function headOf(tree: SyntaxTree, node: SyntaxNode): string {
  const body = childOf(node, 'body')!;
  let out = tree.code.slice(node.start, body.start).trim().split('\n')[0];
  if (!out.endsWith(':') || out.length > MOST_HEAD) return '';
  const header = out;
  for (const member of namedChildren(body)) {
    const inner = member.type === 'decorated_definition' ? childOf(member, 'definition')! : member;
    const line = inner.type === 'function_definition' ? functionHead(tree, inner) : inner.type === 'expression_statement' ? tree.text(inner) : '';
    if (line === '' || /^["'rRfbu]*["']/.test(line) || line.includes('\n') || out.length + line.length > MOST_HEAD) continue;
    out += `\n    ${line}`;
  }
  return out === header ? `${out} ...` : out;
}

function functionHead(tree: SyntaxTree, node: SyntaxNode): string {
  const body = childOf(node, 'body');
  return body ? `${tree.code.slice(node.start, body.start).trim()} ...` : '';
}
