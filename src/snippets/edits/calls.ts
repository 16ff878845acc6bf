import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import { childOf } from '../syntax/syntax';
import type { EditFamily, Proposal } from './types';
import { brief, callName, misspellings, wordsOf } from './words';

/** Names from other languages and from older or other types, which people try. */
export const WRONG_METHODS: Readonly<Record<string, readonly string[]>> = {
  append: ['add', 'push'],
  add: ['append'],
  extend: ['concat'],
  insert: ['add'],
  remove: ['delete'],
  pop: ['shift'],
  upper: ['to_upper', 'uppercase'],
  lower: ['to_lower', 'lowercase'],
  strip: ['trim'],
  items: ['iteritems', 'entries'],
  keys: ['iterkeys'],
  get: ['fetch'],
  join: ['concat'],
  split: ['explode'],
  startswith: ['starts_with'],
  endswith: ['ends_with'],
  replace: ['replace_all'],
  find: ['index_of'],
  sort: ['order'],
  update: ['merge'],
  count: ['length'],
};

/** Reads an attribute or calls a method that does not exist. */
export const attributes: EditFamily = {
  kinds: ['missing-attribute'],
  *propose(tree): Iterable<Proposal> {
    const taken = wordsOf(tree.code);
    const found: { node: SyntaxNode; slips: string[]; method: boolean }[] = [];
    for (const attribute of tree.ofType('attribute')) {
      const node = childOf(attribute, 'attribute');
      const parent = attribute.parent;
      if (!node || node.start === node.end || parent?.type === 'decorator') continue;
      if (parent?.type === 'assignment' && attribute.field === 'left') continue;
      const name = tree.text(node);
      const slips = misspellings(name, taken);
      const wrong = Object.hasOwn(WRONG_METHODS, name) ? WRONG_METHODS[name] : [];
      found.push({
        node,
        slips: [...slips.slice(0, 1), ...wrong, ...slips.slice(1, 2)],
        method: parent?.type === 'call',
      });
    }
    for (let round = 0; found.some(({ slips }) => slips.length > round); round++) {
      for (const { node, slips, method } of found) {
        if (slips.length <= round) continue;
        const what = `the ${method ? 'method' : 'attribute'} ${brief(tree.text(node))}`;
        yield {
          kind: 'missing-attribute',
          description: `changed ${what} to ${brief(slips[round])} on line ${tree.line(node.start)}`,
          changes: [{ start: node.start, end: node.end, replacement: slips[round] }],
        };
      }
    }
  },
};

/** The arguments between the parentheses of a call, without comments; empty for a bare generator. */
function argumentsOf(call: SyntaxNode): { list: SyntaxNode; given: SyntaxNode[] } | undefined {
  const list = childOf(call, 'arguments');
  if (list?.type !== 'argument_list' || list.children.at(-1)?.type !== ')' || list.children.at(-1)!.missing)
    return undefined;
  const given = list.children.filter((child) => child.named && child.type !== 'comment');
  return given.some((argument) => argument.type === 'ERROR') ? undefined : { list, given };
}

/** Drops an argument with its comma. */
export const droppedArguments: EditFamily = {
  kinds: ['drop-argument'],
  *propose(tree): Iterable<Proposal> {
    for (const call of tree.ofType('call')) {
      const args = argumentsOf(call);
      if (!args) continue;
      // From the last to the first: the last argument is the one that people forget.
      for (let i = args.given.length - 1; i >= 0; i--) {
        const argument = args.given[i];
        const start = i > 0 ? args.given[i - 1].end : argument.start;
        const end = i > 0 || args.given.length === 1 ? argument.end : args.given[1].start;
        const what = `the argument ${brief(tree.text(argument))} of ${callName(tree, call)}`;
        yield {
          kind: 'drop-argument',
          description: `removed ${what} on line ${tree.line(argument.start)}`,
          changes: [{ start, end, replacement: '' }],
        };
      }
    }
  },
};

/** A value like the arguments that are there. */
function extraArgument(tree: SyntaxTree, given: SyntaxNode[]): string {
  const last = given.at(-1);
  if (last?.type === 'string') return 'None';
  if (last?.type === 'integer' && /^\d{1,9}$/.test(tree.text(last))) return String(Number(tree.text(last)) + 1);
  return given.length % 2 === 0 ? '1' : 'None';
}

/** Adds a positional argument after the last one, before keyword arguments. */
export const addedArguments: EditFamily = {
  kinds: ['add-argument'],
  *propose(tree): Iterable<Proposal> {
    for (const call of tree.ofType('call')) {
      const args = argumentsOf(call);
      if (!args) continue;
      const keywords = ['keyword_argument', 'dictionary_splat'];
      const positional = args.given.filter((argument) => !keywords.includes(argument.type));
      const last = positional.at(-1);
      const extra = extraArgument(tree, positional);
      const at = last ? last.end : args.list.start + 1;
      const replacement = last ? `, ${extra}` : args.given.length > 0 ? `${extra}, ` : extra;
      yield {
        kind: 'add-argument',
        description: `added the argument ${extra} to ${callName(tree, call)} on line ${tree.line(at)}`,
        changes: [{ start: at, end: at, replacement }],
      };
    }
  },
};

/** Misspells a module or an imported name. */
export const imports: EditFamily = {
  kinds: ['misspell-import'],
  *propose(tree): Iterable<Proposal> {
    const taken = wordsOf(tree.code);
    const found: { node: SyntaxNode; what: string }[] = [];
    for (const statement of tree.ofType('import_statement', 'import_from_statement')) {
      for (const child of statement.children) {
        const module = statement.type === 'import_statement' || child.field === 'module_name';
        const name = child.type === 'aliased_import' ? childOf(child, 'name') : child;
        if (name?.type !== 'dotted_name' || name.start === name.end) continue;
        const last = name.children.at(-1);
        if (last?.type === 'identifier') found.push({ node: last, what: module ? 'module' : 'imported name' });
      }
    }
    const slips = found.map(({ node }) => misspellings(tree.text(node), taken));
    for (let round = 0; round < 2; round++) {
      for (const [i, { node, what }] of found.entries()) {
        if (slips[i].length <= round) continue;
        const name = `the ${what} ${brief(tree.text(node))}`;
        yield {
          kind: 'misspell-import',
          description: `changed ${name} to ${brief(slips[i][round])} on line ${tree.line(node.start)}`,
          changes: [{ start: node.start, end: node.end, replacement: slips[i][round] }],
        };
      }
    }
  },
};
