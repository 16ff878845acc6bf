/** A name or attribute that does not exist becomes the nearest one that does. */
import { namesOf } from '../../syntax/occurrences';
import type { SyntaxNode, SyntaxTree } from '../../syntax/syntax';
import { ancestor, childOf } from '../../syntax/syntax';
import { WRONG_METHODS } from '../calls';
import { brief, quoteAt } from '../words';
import { indentAt, insert, lineBreak, nearNames, replace, within, type Mend } from './kit';
import { BUILTINS } from '../../syntax/keywords';

export const mendedNames: Mend = {
  kinds: ['repair-name'],
  *propose(tree, cause) {
    if (cause.label !== 'NameError') return;
    const name = cause.detail?.name ?? /name '(.+?)' is not defined/.exec(cause.message)?.[1];
    if (!name) return;
    const { suggestion, known = [] } = cause.detail ?? {};
    const bound = [...namesOf(tree).occurrences].flatMap(([candidate, list]) =>
      list.some(({ binds }) => binds) ? [candidate] : [],
    );
    const near = nearNames(name, [...known, ...bound, ...BUILTINS]);
    for (const node of uses(tree, cause, name)) {
      const line = tree.line(node.start);
      for (const other of new Set([...(suggestion && suggestion !== name ? [suggestion] : []), ...near])) {
        yield {
          kind: 'repair-name',
          description: `changed the name ${brief(name)} to ${brief(other)} on line ${line}`,
          changes: [replace(node, other)],
        };
      }
      const quote = quoteAt(tree, node);
      yield {
        kind: 'repair-name',
        description: `put ${brief(name)} in quotes on line ${line}`,
        changes: [replace(node, quote + name + quote)],
      };
    }
  },
};

function uses(tree: SyntaxTree, cause: Parameters<Mend['propose']>[1], name: string): SyntaxNode[] {
  return within(tree, cause, 'identifier')
    .filter((node) => tree.text(node) === name)
    .slice(0, 1);
}

/** A function that assigns to a variable from outside says that it means that one. */
export const mendedScopes: Mend = {
  kinds: ['repair-scope'],
  *propose(tree, cause) {
    const name = /local variable '(.+?)'/.exec(cause.message)?.[1];
    if (cause.label !== 'UnboundLocalError' || !name || !cause.node) return;
    const definition = ancestor(cause.node, 'function_definition');
    const body = definition && childOf(definition, 'body');
    if (!body) return;
    const indent = indentAt(tree, body.start);
    const outer = ancestor(definition, 'function_definition');
    const word = outer && new RegExp(`\\b${name}\\b`).test(tree.text(outer)) ? 'nonlocal' : 'global';
    const first = body.children[0];
    const line = tree.line(first.start);
    yield {
      kind: 'repair-scope',
      description: `added ${word} ${brief(name)} before line ${line}`,
      changes: [insert(first.start, `${word} ${name}${lineBreak(tree)}${indent}`)],
    };
    for (const parameter of [childOf(definition, 'parameters')]) {
      if (!parameter || parameter.end - parameter.start > 2) continue;
      yield {
        kind: 'repair-scope',
        description: `added ${brief(name)} = 0 before line ${line}`,
        changes: [insert(first.start, `${name} = 0${lineBreak(tree)}${indent}`)],
      };
    }
  },
};

export const mendedAttributes: Mend = {
  kinds: ['repair-attribute'],
  *propose(tree, cause) {
    if (cause.label !== 'AttributeError') return;
    const { suggestion, known = [], type, name = /no attribute '(.+?)'/.exec(cause.message)?.[1] } = cause.detail ?? {};
    if (!name || type === 'NoneType') return;
    const [attribute] = within(tree, cause, 'attribute').filter(
      (node) => tree.text(childOf(node, 'attribute') ?? node) === name,
    );
    const node = attribute && childOf(attribute, 'attribute');
    const object = attribute && childOf(attribute, 'object');
    if (!node || !object) return;
    const line = tree.line(node.start);
    const wrong = Object.entries(WRONG_METHODS).flatMap(([right, slips]) =>
      slips.includes(name) && known.includes(right) ? [right] : [],
    );
    for (const other of new Set([
      ...(suggestion ? [suggestion.replace(/^.*\./, '')] : []),
      ...wrong,
      ...nearNames(name, known),
    ])) {
      yield {
        kind: 'repair-attribute',
        description: `changed the attribute ${brief(name)} to ${brief(other)} on line ${line}`,
        changes: [replace(node, other)],
      };
    }
    const quote = quoteAt(tree, node);
    if (type === 'dict') {
      yield {
        kind: 'repair-attribute',
        description: `read ${brief(name)} as a key of ${brief(tree.text(object))} on line ${line}`,
        changes: [replace({ start: object.end, end: attribute.end }, `[${quote}${name}${quote}]`)],
      };
    }
  },
};
