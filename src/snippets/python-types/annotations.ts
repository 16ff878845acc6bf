/** Where types are written in a Python program. */
import type { Range, SiteKind } from '../judge/messages';
import type { Removable } from '../judge/edits/removal-edits';
import { ancestor, childOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';

export interface Annotation extends Removable {
  type: SyntaxNode;
  /** What has the type, or returns it: its name; null of an attribute. */
  named: SyntaxNode | null;
}

/** Libraries and functions that read annotations while the program runs. */
const READ = /\b(?:__annotations__|get_type_hints|get_annotations|signature|pydantic|attrs?|typeguard|beartype|singledispatch|typer|fastapi)\b/;

/** All of them in the order of the text. Those that are part of what the program does have no `removal`. */
export function annotationsOf(tree: SyntaxTree): Annotation[] {
  const areRead = READ.test(tree.code);
  return tree.ofType('type').flatMap((type): Annotation[] => {
    const found = ownerOf(type);
    if (!found) return [];
    const { site, owner, named, after } = found;
    const removal = areRead || after === null || isField(owner) ? null : { ...after, replacement: '' };
    return [{ site, type, named, name: tree.text(named ?? owner), written: tree.text(type), removal }];
  });
}

interface Owner {
  site: SiteKind;
  owner: SyntaxNode;
  named: SyntaxNode | null;
  /** What goes with the annotation; null where the statement is nothing without it. */
  after: Range | null;
}

function ownerOf(type: SyntaxNode): Owner | null {
  const parent = type.parent!;
  if (parent.type === 'function_definition' && type.field === 'return_type') {
    return { site: 'return', owner: parent, named: childOf(parent, 'name')!, after: { start: childOf(parent, 'parameters')!.end, end: type.end } };
  }
  if (type.field !== 'type') return null;
  if (parent.type === 'typed_parameter' || parent.type === 'typed_default_parameter') {
    const first = parent.children[0];
    const named = first.type === 'identifier' ? first : first.children.find((node) => node.type === 'identifier') ?? null;
    // Before a default with a type stands "= ", without one "=".
    return { site: 'parameter', owner: parent, named, after: { start: first.end, end: type.end } };
  }
  if (parent.type !== 'assignment') return null;
  const left = childOf(parent, 'left')!;
  const isName = left.type === 'identifier';
  const inClass = isName && ancestor(parent, 'function_definition', 'lambda', 'class_definition')?.type === 'class_definition';
  const after = childOf(parent, 'right') ? { start: left.end, end: type.end } : null;
  return { site: inClass || left.type === 'attribute' ? 'property' : 'variable', owner: isName ? parent : left, named: isName ? left : null, after };
}

/** What a class's base or decorator may make a field of. */
function isField(owner: SyntaxNode): boolean {
  if (owner.type !== 'assignment') return false;
  const around = ancestor(owner, 'function_definition', 'class_definition');
  return around?.type === 'class_definition' && (childOf(around, 'superclasses') !== undefined || around.parent?.type === 'decorated_definition');
}
