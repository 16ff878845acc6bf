/** Names that are the program's own, as far as its syntax tells: what is not must keep its spelling. */
import { BUILTINS, KEYWORDS } from '../syntax/keywords';
import { namesOf } from '../syntax/occurrences';
import { ancestor, childOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';

export interface OwnNames {
  /** Names that the program gives something, its attributes and parameters among them. */
  own: Set<string>;
  /** Names that it only uses, and that may be anything: a slip of the pen, or what a line above gave. */
  unknown: Set<string>;
  /** Names that mean something elsewhere: modules and what comes from them, attributes of others, arguments of builtins. */
  foreign: Set<string>;
}

/** With these a string may name an attribute. */
const BY_TEXT = new Set(['namedtuple', 'setattr', 'make_dataclass', 'SimpleNamespace', '__slots__', 'Enum']);
/** Their keyword arguments are names of the caller's choice. */
const FREE_ARGUMENTS = new Set(['dict', 'SimpleNamespace', 'format']);

export function ownNames(tree: SyntaxTree): OwnNames {
  const own = new Set<string>();
  const foreign = new Set<string>();
  const unknown = new Set<string>();
  const parameters = new Set<string>();
  const members = new Set<string>();
  const objects = new Set<string>();
  const { leaves } = tree;
  for (const [name, places] of namesOf(tree).occurrences) {
    const bindings = places.filter(({ binds }) => binds);
    if (bindings.length > 0) own.add(name);
    else unknown.add(name);
    for (const { node, binds } of bindings) {
      if (binds === 'parameter') parameters.add(name);
      if (scopeOf(node)?.type === 'class_definition') members.add(name);
    }
  }
  for (const match of tree.code.matchAll(/\b(?:global|nonlocal)[ \t]+([\w, \t]+)/g)) {
    for (const name of match[1].split(',')) if (/^\w+$/.test(name.trim())) own.add(name.trim());
  }
  const texts = new Set(leaves.some((leaf) => BY_TEXT.has(tree.text(leaf))) ? textWords(tree) : []);
  const attributes: { name: string; assigned: boolean }[] = [];
  for (const [i, leaf] of leaves.entries()) {
    if (leaf.type !== 'identifier' || leaf.start === leaf.end) continue;
    const name = tree.text(leaf);
    const parent = leaf.parent!;
    if (leaves[i + 1]?.type === '.' || leaves[i + 1]?.type === '(') objects.add(name);
    if (imported(tree, leaf)) {
      if (parent.field !== 'alias' && leaf.field !== 'alias') foreign.add(name);
    } else if (leaves[i - 1]?.type === '.') {
      attributes.push({ name, assigned: isAssigned(parent) || leaves[i + 1]?.type === '=' });
    } else if (parent.type === 'dotted_name' && ancestor(leaf, 'case_pattern') && leaves[i + 1]?.type !== '(') own.add(name);
  }
  for (const { name, assigned } of attributes) if (assigned || texts.has(name)) members.add(name);
  for (const { name } of attributes) if (!members.has(name)) foreign.add(name);
  for (const argument of tree.ofType('keyword_argument')) {
    const name = tree.text(argument.children[0]);
    const callee = calleeOf(tree, argument);
    const free = FREE_ARGUMENTS.has(callee) || (!BUILTINS.has(callee) && (own.has(callee) || parameters.has(name) || members.has(name)));
    if (!free) foreign.add(name);
    else own.add(name);
  }
  for (const name of members) own.add(name);
  // A name that is used as a module or function but never given is most often one that everybody knows.
  for (const name of [...unknown]) if (own.has(name) || objects.has(name) || /^\p{Lu}/u.test(name)) unknown.delete(name);
  for (const set of [own, unknown]) for (const name of set) if (isReserved(name)) set.delete(name);
  return { own, unknown, foreign };
}

/** Keywords, builtins, and names of Python's own protocols. */
export function isReserved(name: string): boolean {
  return KEYWORDS.has(name) || BUILTINS.has(name) || /^__.*__$/.test(name);
}

function textWords(tree: SyntaxTree): string[] {
  return tree.ofType('string_content').flatMap((node) => tree.text(node).match(/\w+/g) ?? []);
}

/** Where a name is bound; for a function's or class's own name that around it. */
function scopeOf(node: SyntaxNode): SyntaxNode | undefined {
  const named = node.field === 'name' && /^(?:function|class)_definition$/.test(node.parent!.type);
  return ancestor(named ? node.parent! : node, 'function_definition', 'lambda', 'class_definition');
}

function imported(tree: SyntaxTree, leaf: SyntaxNode): boolean {
  if (ancestor(leaf, 'import_statement', 'import_from_statement', 'future_import_statement')) return true;
  return tree.errorCount > 0 && /^\s*(?:from|import)\b/.test(tree.code.slice(tree.lineStart(leaf.start), leaf.start));
}

/** Whether an attribute is given a value: on the left of an assignment, or in a pattern there. */
function isAssigned(attribute: SyntaxNode): boolean {
  if (attribute.type !== 'attribute') return false;
  const parent = attribute.parent!;
  if (attribute.field === 'left') return /assignment$|^for_/.test(parent.type);
  return parent.type === 'pattern_list' || parent.type === 'tuple_pattern';
}

/** The last name of what a keyword argument is given to: `format` of `"{x}".format(x=1)`; empty where it has none. */
function calleeOf(tree: SyntaxTree, argument: SyntaxNode): string {
  const call = ancestor(argument, 'call', 'class_definition');
  const callee = call?.type === 'call' ? childOf(call, 'function') : undefined;
  return callee ? (/\w+$/.exec(tree.text(callee))?.[0] ?? '') : '';
}
