/** Where in a program something stands, in words: the nearest construct around it that says most. */
import { childOf, type SyntaxNode, type SyntaxTree } from './syntax';

/** Longer names of functions are left out. */
const MAX_NAME = 24;

/** "inside print(…)", "in the condition of an if"; null at the top level of a program, outside of any expression. */
export function placeOf(tree: SyntaxTree, leaf: SyntaxNode): string | null {
  for (let at = leaf; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'ERROR') return brokenPlace(tree, leaf);
    const place = at === leaf && !at.named ? ownPlace(tree, at, parent) : within(tree, at, parent);
    if (place !== null) return place;
  }
  return null;
}

const BODY_OF: Readonly<Record<string, string>> = {
  function_definition: 'in the body of a def', class_definition: 'in the body of a class', for_statement: 'in the body of a for',
  while_statement: 'in the body of a while', if_statement: 'in the body of an if', elif_clause: 'in the body of an elif',
  else_clause: 'in the body of an else', try_statement: 'in the body of a try', except_clause: 'in the body of an except',
  finally_clause: 'in the body of a finally', with_statement: 'in the body of a with',
};

/** What statements are called. */
const STATEMENTS: Readonly<Record<string, string>> = {
  return_statement: 'a return', raise_statement: 'a raise', assert_statement: 'an assert', delete_statement: 'a del', pass_statement: 'a pass',
  import_statement: 'an import', import_from_statement: 'an import', future_import_statement: 'an import', break_statement: 'a break',
  continue_statement: 'a continue', global_statement: 'a global', nonlocal_statement: 'a nonlocal', print_statement: 'a print without parentheses',
};

/** Where the end of a line stands: "after an import", "after the header of an if", or inside of what goes on in the next line. */
export function placeAfter(tree: SyntaxTree, last: SyntaxNode): string | null {
  if (last.type === 'comment') return 'after a comment';
  if (last.type === ':' && last.parent && last.parent.type in HEADER_OF) return `after the header of ${HEADER_OF[last.parent.type]}`;
  let statement = last;
  while (statement.parent && !['module', 'block', 'ERROR'].includes(statement.parent.type)) {
    if (statement.parent.end > last.end) return placeOf(tree, last);
    statement = statement.parent;
  }
  if (statement.parent?.type === 'ERROR' || statement.type === 'ERROR') return brokenPlace(tree, last);
  if (STATEMENTS[statement.type]) return `after ${STATEMENTS[statement.type]}`;
  const [expression] = statement.type === 'expression_statement' ? statement.children : [];
  if (expression?.type === 'call') return `after ${callName(tree, expression)}`;
  return expression && /assignment$/.test(expression.type) ? 'after an assignment' : null;
}

/** What its header is called. */
const HEADER_OF: Readonly<Record<string, string>> = {
  function_definition: 'a def', class_definition: 'a class', for_statement: 'a for', while_statement: 'a while', if_statement: 'an if', elif_clause: 'an elif',
  else_clause: 'an else', try_statement: 'a try', except_clause: 'an except', finally_clause: 'a finally', with_statement: 'a with', lambda: 'a lambda',
};

const INSIDE: Readonly<Record<string, string>> = {
  return_statement: 'in a return', raise_statement: 'in a raise', assert_statement: 'in an assert', delete_statement: 'in a del',
  import_statement: 'in an import', import_from_statement: 'in an import', future_import_statement: 'in an import',
  global_statement: 'in a global', nonlocal_statement: 'in a nonlocal', print_statement: 'in a print without parentheses',
  parameters: 'in the parameters of a def', lambda_parameters: 'in the parameters of a lambda', decorator: 'in a decorator',
  list: 'in a list', dictionary: 'in a dict', set: 'in a set', tuple: 'in a tuple', slice: 'in a slice', interpolation: 'in a field of an f-string',
  list_comprehension: 'in a list comprehension', dictionary_comprehension: 'in a dict comprehension', set_comprehension: 'in a set comprehension',
  generator_expression: 'in a generator', with_clause: 'in the header of a with', conditional_expression: 'in a conditional expression',
  type: 'in a type',
};

/** Where a node stands by its parent; null when the parent says nothing. */
function within(tree: SyntaxTree, at: SyntaxNode, parent: SyntaxNode): string | null {
  const { field } = at;
  if (parent.type === 'argument_list' && parent.parent) return `inside ${callName(tree, parent.parent)}`;
  if (at.type === 'block' || field === 'body') return BODY_OF[parent.type] ?? null;
  switch (parent.type) {
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement':
      return field === 'condition' ? `in the condition of ${HEADER_OF[parent.type]}` : null;
    case 'for_statement':
    case 'for_in_clause':
      return field === 'right' ? 'in what a for goes over' : field === 'left' ? 'of a for' : null;
    case 'subscript':
      return field === 'subscript' ? 'in an index' : null;
    case 'assignment':
    case 'augmented_assignment':
      return field === 'right' ? 'on the right of an assignment' : null;
    case 'except_clause':
      return 'in the header of an except';
    case 'lambda':
      return field === 'body' ? 'in the body of a lambda' : null;
    default:
      return INSIDE[parent.type] ?? null;
  }
}

/** Where a sign or keyword stands: a bracket or colon belongs to its parent, anything else stands in it. */
function ownPlace(tree: SyntaxTree, leaf: SyntaxNode, parent: SyntaxNode): string | null {
  if ('()[]{}'.includes(leaf.type)) {
    const owner = { list: 'of a list', dictionary: 'of a dict', set: 'of a set', tuple: 'of a tuple', subscript: 'of an index', parameters: 'of a def' }[parent.type];
    if (parent.type === 'argument_list' && parent.parent) return `of ${callName(tree, parent.parent)}`;
    return owner ?? null;
  }
  if (leaf.type === ':') return parent.type in HEADER_OF ? `of ${HEADER_OF[parent.type]}` : within(tree, leaf, parent);
  // A statement's own keyword says already which statement it is.
  return leaf.type !== ',' && /_statement$|_clause$|_definition$|^lambda$/.test(parent.type) ? null : within(tree, leaf, parent);
}

/** The call or class that has an argument list: "print(…)", ".append(…)". */
function callName(tree: SyntaxTree, owner: SyntaxNode): string {
  if (owner.type === 'class_definition') return 'the bases of a class';
  const called = childOf(owner, 'function');
  const attribute = called && childOf(called, 'attribute');
  const name = attribute ? `.${tree.text(attribute)}` : called?.type === 'identifier' ? tree.text(called) : '';
  return name === '' || name.length > MAX_NAME ? 'a call' : `${name}(…)`;
}

/** Where the grammar gave up: the innermost bracket that is open there says more than the tree. */
function brokenPlace(tree: SyntaxTree, leaf: SyntaxNode): string {
  const { brackets, strings } = tree.lexical;
  const string = strings.find(({ start, end, terminated }) => !terminated && start < leaf.start && leaf.start < end);
  if (string) return 'in a string that is not closed';
  const open = brackets.findLast(({ at, char, partner }) => '([{'.includes(char) && at < leaf.start && (partner === null || partner >= leaf.start));
  if (!open) return 'in broken syntax';
  const name = /([\w.]*\.)?(\w+)$/.exec(tree.code.slice(0, open.at));
  const before = open.char === '(' && name && name[2].length <= MAX_NAME ? `${name[1] === undefined ? '' : '.'}${name[2]}` : '';
  const closed = { '(': ')', '[': ']', '{': '}' }[open.char];
  return open.partner === null ? `inside ${before}${open.char}… without its ${closed}` : `inside ${before}${open.char}…${closed}`;
}
