/** Modules as lists of top-level statements with the names that each binds and uses, and what of them a piece of code needs. */
import type { PythonParser } from '../../snippets/syntax/parse';
import { childOf, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import { shortened } from './shorten';

export interface Statement {
  node: SyntaxNode;
  /** Names that it binds where it stands, also inside its conditions and loops. */
  binds: ReadonlySet<string>;
  /** Names that it reads anywhere, or whose value it may change. */
  uses: ReadonlySet<string>;
  /** Names whose value it may change by a call or an assignment to a part. */
  changes: ReadonlySet<string>;
}

export class Module {
  readonly statements: readonly Statement[];
  /** The last statement that binds a name. */
  private readonly binding = new Map<string, number>();

  constructor(
    readonly name: string,
    readonly tree: SyntaxTree,
  ) {
    this.statements = tree.root.children
      .filter(({ type, named }) => named && type !== 'comment')
      .map((node) => statementOf(tree, node));
    this.statements.forEach(({ binds }, at) => binds.forEach((name) => this.binding.has(name) || this.binding.set(name, at)));
  }

  static parse(parser: PythonParser, name: string, text: string): Module | undefined {
    const tree = parser.parse(text);
    return tree.errorCount > 0 ? undefined : new Module(name, tree);
  }

  /** The statement that binds a name at the top level. */
  find(name: string): number | undefined {
    return this.binding.get(name);
  }

  /** Those among the statements before `until` that decide the values of `names`, transitively; indices in order. */
  needed(names: Iterable<string>, until = this.statements.length): number[] {
    const wanted = new Set(names);
    const taken = new Set<number>();
    for (let grew = true; grew;) {
      grew = false;
      for (let at = until - 1; at >= 0; at--) {
        const { binds, changes, uses } = this.statements[at];
        if (taken.has(at) || ![...binds, ...changes].some((name) => wanted.has(name))) continue;
        taken.add(at);
        uses.forEach((name) => wanted.add(name));
        grew = true;
      }
    }
    return [...taken].sort((a, b) => a - b);
  }

  /** The text of a statement: of an import only the names in `used`, of a definition without its long docstrings. */
  textOf(at: number, used?: ReadonlySet<string>): string {
    const { node } = this.statements[at];
    if (node.type === 'import_from_statement' && used) return trimmedImport(this.tree, node, used);
    return shortened(this.tree, node);
  }
}

function statementOf(tree: SyntaxTree, node: SyntaxNode): Statement {
  const binds = new Set<string>();
  const uses = new Set<string>();
  const changes = new Set<string>();
  const top = (at: SyntaxNode, local: boolean): void => {
    const text = (of: SyntaxNode | undefined) => (of ? tree.text(of) : '');
    switch (at.type) {
      case 'function_definition':
      case 'class_definition':
        if (!local) binds.add(text(childOf(at, 'name')));
        for (const child of at.children) if (child.field !== 'name') top(child, true);
        return;
      case 'lambda':
        for (const child of at.children) top(child, true);
        return;
      case 'import_statement':
      case 'import_from_statement':
        if (!local) for (const { bound } of importedNames(tree, at)) binds.add(bound);
        return;
      case 'attribute': {
        const object = childOf(at, 'object');
        if (object) top(object, local);
        return;
      }
      case 'keyword_argument': {
        const value = childOf(at, 'value');
        if (value) top(value, local);
        return;
      }
      case 'assignment':
      case 'augmented_assignment':
      case 'for_statement':
      case 'for_in_clause': {
        const left = childOf(at, 'left');
        if (left && !local && at.type !== 'for_in_clause') targets(left);
        break;
      }
      case 'as_pattern_target':
        if (!local) binds.add(tree.text(at));
        return;
      case 'call': {
        const method = childOf(at, 'function');
        const object = method?.type === 'attribute' ? childOf(method, 'object') : undefined;
        if (object?.type === 'identifier' && !local) changes.add(tree.text(object));
        break;
      }
      case 'named_expression':
        if (!local && at.children[0]) binds.add(tree.text(at.children[0]));
        break;
      case 'identifier':
        uses.add(tree.text(at));
        return;
    }
    for (const child of at.children) top(child, local);
  };
  const targets = (left: SyntaxNode): void => {
    if (left.type === 'identifier') binds.add(tree.text(left));
    else if (left.type === 'subscript' || left.type === 'attribute') {
      let owner: SyntaxNode | undefined = left;
      while (owner && owner.type !== 'identifier')
        owner = childOf(owner, owner.type === 'subscript' ? 'value' : 'object') ?? undefined;
      if (owner) changes.add(tree.text(owner));
    } else left.children.forEach(targets);
  };
  top(node, false);
  return { node, binds, uses, changes };
}

export interface Imported {
  /** The module after `from`, or the imported module itself. */
  module: string;
  /** The name in that module; undefined for `import module`. */
  name: string | undefined;
  bound: string;
}

/** What an import statement binds. */
export function importedNames(tree: SyntaxTree, node: SyntaxNode): Imported[] {
  const from = childOf(node, 'module_name');
  return node.children.flatMap((child): Imported[] => {
    if (child.field !== 'name') return [];
    const path = tree.text(child.type === 'aliased_import' ? childOf(child, 'name')! : child);
    const alias = child.type === 'aliased_import' ? tree.text(childOf(child, 'alias')!) : undefined;
    if (from) return [{ module: tree.text(from), name: path, bound: alias ?? path }];
    return [{ module: path, name: undefined, bound: alias ?? path.split('.')[0] }];
  });
}

function trimmedImport(tree: SyntaxTree, node: SyntaxNode, used: ReadonlySet<string>): string {
  const names = importedNames(tree, node);
  const kept = names.filter(({ bound }) => used.has(bound));
  if (kept.length === 0) return tree.text(node);
  return `from ${kept[0].module} import ${kept.map(({ name, bound }) => (name === bound ? bound : `${name} as ${bound}`)).join(', ')}`;
}
