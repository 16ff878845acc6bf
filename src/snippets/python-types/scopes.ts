/**
 * Which places of a Python program mean the same variable, parameter, function or class, by Python's own rules of scope
 * (https://docs.python.org/3/reference/executionmodel.html#naming-and-binding).
 */
import type { Range } from '../judge/messages';
import { BUILTINS } from '../syntax/keywords';
import { ancestor, childOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';

export interface Scope {
  kind: 'module' | 'function' | 'lambda' | 'class' | 'comprehension' | 'types';
  parent: Scope | null;
  names: Map<string, Binding>;
  /** Names that it declares to be those of the module, or of a function around it. */
  declared: Map<string, 'global' | 'nonlocal'>;
}

/** One name of a scope, with all places that mean it. */
export interface Binding {
  name: string;
  of: 'parameter' | 'variable' | 'function' | 'type';
  scope: Scope;
  /** In the order of the text. */
  places: Range[];
  /** Where it is given something. */
  bound: SyntaxNode[];
  /** Another name might change what the program does. */
  fixed: boolean;
}

export interface Resolved {
  bindings: Binding[];
  /** What an identifier, as a variable's name, means; undefined of builtins, attributes and keywords. */
  meaning: (node: SyntaxNode) => Binding | undefined;
}

const FUNCTIONS: ReadonlySet<string> = new Set(['function_definition', 'lambda']);
const COMPREHENSIONS: ReadonlySet<string> = new Set([
  'list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression',
]);
/** Between a parameter and the list that it stands in. */
const PARAMETERS: ReadonlySet<string> = new Set([
  'parameters', 'lambda_parameters', 'typed_parameter', 'default_parameter', 'typed_default_parameter', 'list_splat_pattern',
  'dictionary_splat_pattern',
]);
const TARGETS: ReadonlySet<string> = new Set([
  'pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern', 'tuple', 'list', 'parenthesized_expression', 'expression_list',
]);
/** With these a program reads names as text. */
const REFLECTION = /\b(?:locals|globals|eval|exec|inspect|_getframe|f_locals|f_globals|get_type_hints|__annotations__)\b|\b(?:vars|dir)\(\s*\)|\bsys\.modules\b/;
/** The text that is given to them is the name of what they make. */
const NAMING: ReadonlySet<string> = new Set([
  'TypeVar', 'ParamSpec', 'TypeVarTuple', 'NewType', 'namedtuple', 'NamedTuple', 'TypedDict', 'Enum',
]);

type Role = Binding['of'] | 'import' | 'capture' | 'use' | 'global' | 'nonlocal';

/** @param tree of code that the grammar accepts */
export function resolved(tree: SyntaxTree): Resolved {
  const scopes = scopesOf(tree);
  const module = scopes.get(tree.root)!;
  const bindings: Binding[] = [];
  const meanings = new Map<SyntaxNode, Binding>();
  const named = tree.leaves.flatMap((node) => {
    const role = node.type === 'identifier' && node.end > node.start ? roleOf(node) : null;
    return role ? [{ node, role, name: tree.text(node), scope: scopeFor(node, role, scopes.get(node)!) }] : [];
  });
  for (const { role, name, scope } of named) if (role === 'global' || role === 'nonlocal') scope.declared.set(name, role);

  const given = (scope: Scope, name: string, of: Binding['of']): Binding => {
    let binding = scope.names.get(name);
    if (!binding) {
      binding = { name, of, scope, places: [], bound: [], fixed: scope.kind === 'class' || /^__/.test(name) || BUILTINS.has(name) };
      scope.names.set(name, binding);
      bindings.push(binding);
    }
    return binding;
  };
  const isGiven = (role: Role) => role !== 'use' && role !== 'global' && role !== 'nonlocal';
  for (const { node, role, name, scope } of named) {
    if (!isGiven(role) || scope.declared.get(name) === 'nonlocal') continue;
    const of = role === 'import' || role === 'capture' ? 'variable' : (role as Binding['of']);
    const binding = given(scope.declared.get(name) === 'global' ? module : scope, name, of);
    binding.bound.push(node);
    if (role === 'import' || role === 'capture') binding.fixed = true;
    if (binding.of !== of) binding.of = binding.of === 'parameter' || of === 'parameter' ? 'parameter' : of === 'variable' ? binding.of : of;
  }
  for (const { role, name } of named) if (role === 'global') given(module, name, 'variable');

  const place = (name: string, scope: Scope, range: Range): Binding | undefined => {
    const [binding, ...others] = candidates(name, scope, module);
    binding?.places.push(range);
    // In a class's body a name is the module's until the class has one of its own.
    if (binding?.scope.kind === 'class') for (const other of others) other.fixed = true;
    return binding;
  };
  for (const { node, name, scope } of named) {
    const binding = place(name, scope, { start: node.start, end: node.end });
    if (!binding) continue;
    meanings.set(node, binding);
    if (isDebugged(node)) binding.fixed = true;
  }
  for (const { name, scope, range } of quotedNames(tree, scopes)) place(name, scope, range);
  fixWhatIsRead(tree, bindings, module);
  for (const binding of bindings) binding.places.sort((a, b) => a.start - b.start);
  return { bindings, meaning: (node) => meanings.get(node) };
}

/** What a name means in a scope, and what it would mean without that. */
function candidates(name: string, from: Scope, module: Scope): Binding[] {
  const found: Binding[] = [];
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.kind === 'class' && scope !== from) continue;
    const declared = scope.declared.get(name);
    if (declared === 'global') scope = module;
    const binding = declared === 'nonlocal' ? undefined : scope.names.get(name);
    if (binding) found.push(binding);
  }
  return found;
}

const KINDS: Readonly<Record<string, Scope['kind']>> = {
  function_definition: 'function', lambda: 'lambda', class_definition: 'class',
  ...Object.fromEntries([...COMPREHENSIONS].map((type) => [type, 'comprehension'] as const)),
};

/** The scope of each node's own text: what is evaluated outside of a function or class belongs to what is around it. */
function scopesOf(tree: SyntaxTree): Map<SyntaxNode, Scope> {
  const made = (kind: Scope['kind'], parent: Scope | null): Scope => ({ kind, parent, names: new Map(), declared: new Map() });
  const scopes = new Map<SyntaxNode, Scope>([[tree.root, made('module', null)]]);
  /** Of a function, class or comprehension: of its type parameters, and its own. */
  const inner = new Map<SyntaxNode, { types: Scope; own: Scope }>();
  for (const node of tree.nodes) {
    const { parent } = node;
    const around = parent ? scopes.get(parent)! : scopes.get(tree.root)!;
    const scope = parent ? scopeIn(parent, node, around, inner) : around;
    scopes.set(node, scope);
    const kind = KINDS[node.type];
    if (kind === undefined) continue;
    const types = childOf(node, 'type_parameters') ? made('types', scope) : scope;
    inner.set(node, { types, own: made(kind, types) });
  }
  return scopes;
}

function scopeIn(parent: SyntaxNode, node: SyntaxNode, around: Scope, inner: ReadonlyMap<SyntaxNode, { types: Scope; own: Scope }>): Scope {
  const made = inner.get(parent);
  if (made) {
    if (node.field === 'name') return around;
    return node.field === 'type_parameters' || node.field === 'superclasses' || node.field === 'return_type' ? made.types : made.own;
  }
  const holder = holderOf(parent);
  if (holder && PARAMETERS.has(parent.type)) {
    // Defaults and types are not evaluated in the function.
    const { types } = inner.get(holder)!;
    if (node.field === 'value') return types.kind === 'types' ? types.parent! : types;
    return node.field === 'type' ? types : around;
  }
  // The first iterable of a comprehension is evaluated where the comprehension stands.
  const isIterable = parent.type === 'for_in_clause' && node.field === 'right';
  const isFirst = isIterable && parent.parent!.children.find(({ type }) => type === 'for_in_clause') === parent;
  return isFirst ? inner.get(parent.parent!)!.own.parent! : around;
}

/** The function whose parameters a node belongs to. */
function holderOf(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at && PARAMETERS.has(at.type) && at.type !== 'parameters' && at.type !== 'lambda_parameters') at = at.parent;
  return at && (at.type === 'parameters' || at.type === 'lambda_parameters') && at.parent && FUNCTIONS.has(at.parent.type) ? at.parent : undefined;
}

/** A name that is given something within a comprehension, but for its own, is one of the scope around it. */
function scopeFor(node: SyntaxNode, role: Role, scope: Scope): Scope {
  if (role !== 'variable' || node.parent!.type !== 'named_expression') return scope;
  let at = scope;
  while (at.kind === 'comprehension') at = at.parent!;
  return at;
}

/** How an identifier is a variable's name; null where it is none. */
function roleOf(node: SyntaxNode): Role | null {
  const parent = node.parent!;
  switch (parent.type) {
    case 'attribute':
      return node.field === 'attribute' ? null : targetRole(node);
    case 'keyword_argument':
      return node.field === 'name' ? null : 'use';
    case 'keyword_pattern':
      return parent.children[0] === node ? null : 'use';
    case 'function_definition':
      return node.field === 'name' ? 'function' : 'use';
    case 'class_definition':
      return node.field === 'name' ? 'type' : 'use';
    case 'global_statement':
      return 'global';
    case 'nonlocal_statement':
      return 'nonlocal';
    case 'aliased_import':
      return node.field === 'alias' ? 'import' : null;
    case 'splat_pattern':
      return 'capture';
    case 'dotted_name':
      return dottedRole(node, parent);
    case 'as_pattern':
      return ancestor(node, 'case_pattern') ? 'capture' : 'use';
    case 'type':
      if (parent.parent?.type === 'type_parameter') return 'type';
      return parent.parent?.type === 'type_alias_statement' && parent.field === 'left' ? 'type' : 'use';
    case 'constrained_type':
      return parent.children[0] === node && ancestor(node, 'type_parameter') ? 'type' : 'use';
  }
  return targetRole(node);
}

function dottedRole(node: SyntaxNode, parent: SyntaxNode): Role | null {
  const statement = ancestor(node, 'import_statement', 'import_from_statement', 'future_import_statement');
  if (statement) {
    if (parent.field === 'module_name' || parent.parent!.type === 'aliased_import') return null;
    return parent.children[0] === node ? 'import' : null;
  }
  if (parent.children[0] !== node) return null;
  const isCapture = parent.children.length === 1 && parent.parent!.type !== 'class_pattern' && ancestor(node, 'case_pattern') !== undefined;
  return isCapture ? 'capture' : 'use';
}

function targetRole(node: SyntaxNode): Role {
  let at = node;
  while (at.parent && PARAMETERS.has(at.parent.type) && at.field !== 'value' && at.field !== 'type') at = at.parent;
  if (at.parent && FUNCTIONS.has(at.parent.type) && /parameters$/.test(at.type)) return 'parameter';
  at = node;
  while (at.parent && TARGETS.has(at.parent.type)) at = at.parent;
  switch (at.parent?.type) {
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
    case 'for_in_clause':
      return at.field === 'left' ? 'variable' : 'use';
    case 'named_expression':
      return at.field === 'name' ? 'variable' : 'use';
    case 'as_pattern_target':
    case 'delete_statement':
      return 'variable';
    default:
      return 'use';
  }
}

/** `f"{total=}"` prints the name. */
function isDebugged(node: SyntaxNode): boolean {
  const interpolation = ancestor(node, 'interpolation');
  return interpolation?.children.some(({ type }) => type === '=') ?? false;
}

/** Names in texts that stand for types: in annotations, and what a type variable is told to be called. */
function quotedNames(tree: SyntaxTree, scopes: ReadonlyMap<SyntaxNode, Scope>): { name: string; scope: Scope; range: Range }[] {
  return tree.leaves.flatMap((leaf) => {
    if (leaf.type !== 'string_content') return [];
    const type = ancestor(leaf, 'type');
    const isType = type !== undefined && !ancestor(leaf, 'call') && !/\bLiteral\b/.test(tree.text(outermost(type)));
    if (!isType && !namesItself(tree, leaf)) return [];
    const words = [...tree.text(leaf).matchAll(/(?<![.\w])[\p{L}_][\p{L}\p{N}_]*/gu)];
    const range = (at: number, length: number): Range => ({ start: leaf.start + at, end: leaf.start + at + length });
    return words.map(({ 0: name, index }) => ({ name, scope: scopes.get(leaf)!, range: range(index, name.length) }));
  });
}

function outermost(type: SyntaxNode): SyntaxNode {
  let at = type;
  for (let next = ancestor(at, 'type'); next; next = ancestor(at, 'type')) at = next;
  return at;
}

/** The first text of `T = TypeVar("T")`. */
function namesItself(tree: SyntaxTree, leaf: SyntaxNode): boolean {
  const call = ancestor(leaf, 'call');
  const first = call && childOf(call, 'arguments')?.children.find(({ named }) => named);
  const left = call?.parent?.type === 'assignment' && call.field === 'right' ? childOf(call.parent, 'left') : undefined;
  if (!call || leaf.parent !== first || !left || tree.text(left) !== tree.text(leaf)) return false;
  return NAMING.has(/\w+$/.exec(tree.text(childOf(call, 'function')!))?.[0] ?? '');
}

/** Names that a program reads as text, or that come from elsewhere. */
function fixWhatIsRead(tree: SyntaxTree, bindings: readonly Binding[], module: Scope): void {
  const { code } = tree;
  const all = REFLECTION.test(code);
  const isNamed = tree.ofType('attribute').some((node) => /\.__(?:qual)?name__$/.test(tree.text(node)));
  const exports = new Set(/\b__all__\b/.test(code) ? tree.ofType('string_content').map((node) => tree.text(node)) : []);
  const isOpen = tree.ofType('wildcard_import').length > 0;
  for (const binding of bindings) {
    const saysName = isNamed && (binding.of === 'function' || binding.of === 'type');
    if (all || saysName || exports.has(binding.name) || (isOpen && binding.scope === module)) binding.fixed = true;
  }
}
