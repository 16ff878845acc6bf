/** A package's definitions by name, and the code that a snippet about the package needs to run without it. */
import type { PythonParser } from '../../snippets/syntax/parse';
import { importedNames, Module } from './module';
import type { SourceFile } from './sources';

export interface Standalone {
  /** Imports, then definitions, then the snippet. */
  imports: string[];
  definitions: string[];
  body: string;
}

export class PackageIndex {
  readonly modules: readonly Module[];
  private readonly owners = new Map<string, Module>();
  /** First parts of the package's own modules. */
  private readonly roots: ReadonlySet<string>;

  constructor(
    private readonly parser: PythonParser,
    files: readonly SourceFile[],
    private readonly library: ReadonlySet<string>,
  ) {
    const own = files.filter(({ role }) => role === 'module');
    this.modules = own.flatMap(({ name, text }) => Module.parse(parser, name, text) ?? []);
    for (const module of this.modules) {
      for (const { node, binds } of module.statements) {
        if (/import/.test(node.type)) continue;
        for (const name of binds) if (!this.owners.has(name)) this.owners.set(name, module);
      }
    }
    this.roots = new Set(
      own.map(({ name }) =>
        name
          .replace(/^(src|lib)\//, '')
          .split('/')[0]
          .replace(/\.py$/, ''),
      ),
    );
  }

  /**
   * A snippet with what it needs of its own module and of the package in front of it; undefined when something of it
   * is neither there nor in the standard library.
   */
  standalone(snippet: string, context?: Module): Standalone | undefined {
    const module = Module.parse(this.parser, '', snippet);
    if (!module) return undefined;
    const gathered = new Gathered();
    const bound = new Set<string>();
    const aliases = new Set<string>();
    const resolved = new Set<number>();
    for (const [at, { binds }] of module.statements.entries()) {
      const kept = this.importOf(module, at, gathered, aliases);
      if (kept === undefined) return undefined;
      if (kept) binds.forEach((name) => bound.add(name));
      else resolved.add(at);
    }
    // The package itself, imported by the module that the snippet stands in, or not at all, as in much documentation.
    for (const { uses } of module.statements) {
      for (const name of uses) {
        const own = this.roots.has(name) ? !this.owners.has(name) : this.isOwnModule(name, context);
        if (own && !bound.has(name)) aliases.add(name);
      }
    }
    let text = without(module, resolved);
    for (const alias of aliases) {
      text = text.replaceAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'), (whole, name: string) => {
        if (!this.owners.has(name)) return whole;
        gathered.wanted.add(name);
        return name;
      });
      if (new RegExp(`(?<![\\w.])${alias}\\b`).test(text)) return undefined;
    }
    for (const { uses } of module.statements) uses.forEach((name) => bound.has(name) || gathered.wanted.add(name));
    for (const name of gathered.wanted) {
      if (bound.has(name)) continue;
      const owner = context?.find(name) !== undefined ? context : this.owners.get(name);
      gathered.needs.add(name);
      if (owner && !this.gather(owner, name, gathered)) return undefined;
    }
    return { ...this.written(gathered), body: text };
  }

  /** A definition of a module, with what it needs. */
  definition(module: Module, at: number): Standalone | undefined {
    const gathered = new Gathered();
    if (!this.take(module, at, gathered)) return undefined;
    return { ...this.written(gathered), body: '' };
  }

  /** Whether a statement of a snippet stays; false for an import that is resolved, undefined when it cannot be. */
  private importOf(module: Module, at: number, gathered: Gathered, aliases: Set<string>): boolean | undefined {
    const { node } = module.statements[at];
    if (node.type !== 'import_statement' && node.type !== 'import_from_statement') return true;
    const text = module.tree.text(node);
    const [, from = ''] = /^from\s+([\w.]+)/.exec(text) ?? [];
    if (/\*\s*$/.test(text))
      return this.library.has(from.split('.')[0]) ? true : this.roots.has(from.split('.')[0]) ? false : undefined;
    for (const { module: path, name, bound } of importedNames(module.tree, node)) {
      const root = path.split('.')[0];
      if (this.library.has(root)) return true;
      if (!this.roots.has(root) && root !== '') return undefined;
      if (name === undefined) aliases.add(bound);
      else if (!this.owners.has(name) || name !== bound) return undefined;
      else gathered.wanted.add(name);
    }
    return false;
  }

  /** Whether a name stands for a module of the package, by an import of the module around. */
  private isOwnModule(name: string, context: Module | undefined): boolean {
    const at = context?.find(name);
    if (!context || at === undefined || !/^import_/.test(context.statements[at].node.type)) return false;
    return importedNames(context.tree, context.statements[at].node).some(
      ({ module, name: member, bound }) => bound === name && (this.roots.has(module.split('.')[0]) || module === '') && (member === undefined || !this.owners.has(member)),
    );
  }

  private gather(module: Module, name: string, gathered: Gathered): boolean {
    const at = module.find(name);
    return at === undefined || this.take(module, at, gathered);
  }

  private take(module: Module, at: number, gathered: Gathered): boolean {
    const key = `${module.name}:${at}`;
    if (gathered.taken.has(key)) return true;
    if (gathered.taken.size > 14) return false;
    const { node, binds, uses } = module.statements[at];
    if (node.type === 'import_statement' || node.type === 'import_from_statement') {
      for (const { module: from, name, bound } of importedNames(module.tree, node)) {
        if (this.library.has(from.split('.')[0])) continue;
        const owner = name === bound ? this.owners.get(name) : undefined;
        if (!gathered.needs.has(bound)) continue;
        if (!owner || owner === module || !this.gather(owner, name!, gathered)) return false;
      }
      if (!importedNames(module.tree, node).every(({ module: from }) => this.library.has(from.split('.')[0]))) return true;
    } else if (node.type === 'if_statement' && /__main__|TYPE_CHECKING/.test(module.tree.text(node))) return true;
    gathered.taken.set(key, { module, at });
    for (const name of binds) {
      if (gathered.owner.has(name) && gathered.owner.get(name) !== module && !/import/.test(node.type)) return false;
      gathered.owner.set(name, module);
    }
    for (const name of uses) {
      gathered.needs.add(name);
      if (!binds.has(name) && !this.gather(module, name, gathered)) return false;
    }
    return true;
  }

  private written(gathered: Gathered): Pick<Standalone, 'imports' | 'definitions'> {
    const order = new Map(this.modules.map((module, i) => [module, i]));
    const taken = [...gathered.taken.values()].sort(
      (a, b) => (order.get(a.module) ?? 1e9) - (order.get(b.module) ?? 1e9) || a.at - b.at,
    );
    const imports = new Set<string>();
    const definitions: string[] = [];
    for (const { module, at } of taken) {
      const text = module.textOf(at, gathered.needs);
      if (/^(import_statement|import_from_statement|future_import_statement)$/.test(module.statements[at].node.type))
        imports.add(text);
      else definitions.push(text);
    }
    return { imports: [...imports], definitions };
  }
}

class Gathered {
  readonly taken = new Map<string, { module: Module; at: number }>();
  readonly owner = new Map<string, Module>();
  readonly needs = new Set<string>();
  readonly wanted = new Set<string>();
}

/** A module's text without some of its statements. */
function without(module: Module, left: ReadonlySet<number>): string {
  const { tree } = module;
  let text = '';
  let at = 0;
  for (const [i, { node }] of module.statements.entries()) {
    if (!left.has(i)) continue;
    text += tree.code.slice(at, node.start);
    at = node.end;
    if (tree.code[at] === '\n') at++;
  }
  return (text + tree.code.slice(at)).trim();
}
