/** Which names of keyword arguments are a parameter's: `count` of `repeat(text, count=2)` changes with the parameter. */
import type { Range } from '../judge/messages';
import { BUILTINS } from '../syntax/keywords';
import { ancestor, childOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';
import type { Binding, Resolved } from './scopes';

/** Decorators that pass on what they are called with, or are not told how the parameters are called. */
const PLAIN_DECORATORS: ReadonlySet<string> = new Set(['staticmethod', 'classmethod', 'property', 'override', 'abstractmethod', 'final']);

interface KeywordCall {
  name: string;
  range: Range;
  /** What is called, where it is a variable's name. */
  callee: Binding | undefined;
  /** The attribute that is called. */
  method: string | undefined;
  isBuiltin: boolean;
}

/** Adds the places of keyword arguments to parameters, and fixes those of which it cannot be told who passes them by name. */
export function joinKeywords(tree: SyntaxTree, { bindings, meaning }: Resolved): void {
  const calls = tree.ofType('keyword_argument').flatMap((node): KeywordCall[] => {
    const call = node.parent?.parent;
    const callee = call?.type === 'call' ? childOf(call, 'function') : undefined;
    if (!callee) return []; // of a class's bases
    const { start, end } = node.children[0];
    const binding = callee.type === 'identifier' ? meaning(callee) : undefined;
    return [{
      name: tree.text(node.children[0]),
      range: { start, end },
      callee: binding,
      method: callee.type === 'attribute' ? tree.text(childOf(callee, 'attribute')!) : undefined,
      isBuiltin: callee.type === 'identifier' && !binding && BUILTINS.has(tree.text(callee)),
    }];
  });
  // Keys of a dict that is passed on may come from any text, such as a regular expression's groups.
  const texts = new Set(tree.ofType('string_content').flatMap((node) => tree.text(node).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
  const splats = tree.ofType('dictionary_splat').filter(({ parent }) => parent?.type === 'argument_list');
  for (const parameter of bindings.filter(({ of }) => of === 'parameter')) {
    const holder = ancestor(parameter.bound[0], 'function_definition', 'lambda')!;
    if (holder.type === 'lambda') {
      if (calls.some((call) => call.name === parameter.name && !call.isBuiltin && !isOther(call))) parameter.fixed = true;
      continue;
    }
    const self = meaning(childOf(holder, 'name')!)!;
    const owner = self.scope.kind === 'class' ? ancestor(holder, 'class_definition')! : null;
    const makes = owner && self.name === '__init__' ? meaning(childOf(owner, 'name')!) : undefined;
    const called = owner ? makes : self;
    const own = ({ callee }: KeywordCall) => callee !== undefined && callee === called && callee.bound.length === 1;
    // Who is not told apart may call it: what is passed on, replaced or decorated, and what Python itself calls.
    const isFree = owner ? self.name.startsWith('__') || isReadAsValue(tree, self.name) : isPassedOn(tree, self, meaning);
    const escapes = isFree || self.bound.length > 1 || isDecorated(tree, holder);
    const reaches = (call: KeywordCall) => {
      if (call.isBuiltin || own(call)) return false;
      return (owner !== null && call.method === self.name) || call.callee === self || (escapes && !isOther(call));
    };
    const mine = calls.filter(({ name }) => name === parameter.name);
    const byText = texts.has(parameter.name) && splats.length > 0;
    if (byText || mine.some(reaches) || isDecorated(tree, holder)) parameter.fixed = true;
    else parameter.places.push(...mine.filter(own).map(({ range }) => range));
    parameter.places.sort((a, b) => a.start - b.start);
  }

  /** What is called is one function or class of the program, another one. */
  function isOther({ callee }: KeywordCall): boolean {
    return callee !== undefined && callee.bound.length === 1 && (callee.of === 'function' || (callee.of === 'type' && hasInit(tree, callee)));
  }
}

function isDecorated(tree: SyntaxTree, holder: SyntaxNode): boolean {
  const decorated = holder.parent?.type === 'decorated_definition' ? holder.parent : null;
  const decorators = decorated?.children.filter(({ type }) => type === 'decorator') ?? [];
  return decorators.some((node) => !PLAIN_DECORATORS.has(/(\w+)\s*$/.exec(tree.text(node))?.[1] ?? ''));
}

/** Whether a function is used otherwise than by calling it. */
function isPassedOn(tree: SyntaxTree, binding: Binding, meaning: Resolved['meaning']): boolean {
  return tree.leaves.some((node) => node.type === 'identifier' && meaning(node) === binding && !binding.bound.includes(node)
    && !(node.parent!.type === 'call' && node.field === 'function') && !ancestor(node, 'type'));
}

const isReadAsValue = (tree: SyntaxTree, name: string) => tree.ofType('attribute').some((node) =>
  tree.text(childOf(node, 'attribute')!) === name && !(node.parent?.type === 'call' && node.field === 'function'));

function hasInit(tree: SyntaxTree, { bound }: Binding): boolean {
  const definition = bound[0].parent!;
  const body = definition.type === 'class_definition' ? childOf(definition, 'body') : undefined;
  return body?.children.some((child) => child.type === 'function_definition' && tree.text(childOf(child, 'name')!) === '__init__') ?? false;
}
