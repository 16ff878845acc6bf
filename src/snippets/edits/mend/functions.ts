/** What a call and its function lack: await, self, an argument, a return, a base case. */
import type { Cause } from '../../cause';
import type { SyntaxNode, SyntaxTree } from '../../syntax/syntax';
import { ancestor, childOf, namedChildren } from '../../syntax/syntax';
import { indentUnit } from '../indentation';
import type { Proposal } from '../types';
import { brief, callName } from '../words';
import {
  calleeName,
  functionsNamed,
  indentAt,
  insert,
  lineBreak,
  nearNames,
  positional,
  replace,
  within,
  type Mend,
} from './kit';

const isAsync = (definition: SyntaxNode) => definition.children.some(({ type }) => type === 'async');

export const mendedAwaits: Mend = {
  kinds: ['repair-await'],
  *propose(tree, cause) {
    if (!/coroutine|async_generator/.test(cause.message) && !/'await' outside/.test(cause.message)) return;
    const kind = 'repair-await';
    if (/outside/.test(cause.message)) {
      for (const node of tree.ofType('await')) {
        const definition = ancestor(node, 'function_definition');
        if (!definition || isAsync(definition)) continue;
        yield {
          kind,
          description: `added async before def on line ${tree.line(definition.start)}`,
          changes: [insert(definition.start, 'async ')],
        };
      }
      return;
    }
    const named = within(tree, cause, 'identifier').map((node) => tree.text(node));
    const assigned = tree.ofType('assignment').flatMap((node) => {
      const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
      return left && right?.type === 'call' && named.includes(tree.text(left)) ? [right] : [];
    });
    for (const call of [...within(tree, cause, 'call'), ...assigned]) {
      const name = calleeName(tree, call);
      if (name === null || call.parent?.type === 'await' || !functionsNamed(tree, name).some(isAsync)) continue;
      const inside = ancestor(call, 'function_definition');
      const line = tree.line(call.start);
      if (inside && isAsync(inside))
        yield {
          kind,
          description: `added await before ${callName(tree, call)} on line ${line}`,
          changes: [insert(call.start, 'await ')],
        };
      const changes = [insert(call.start, 'asyncio.run('), insert(call.end, ')')];
      if (!inside)
        yield { kind, description: `put asyncio.run(…) around ${callName(tree, call)} on line ${line}`, changes };
    }
  },
};

/** Functions that the failing expression, or what its names were given, calls. */
function calledFunctions(tree: SyntaxTree, cause: Cause): SyntaxNode[] {
  const names = new Set(within(tree, cause, 'identifier').map((node) => tree.text(node)));
  for (const assignment of tree.ofType('assignment')) {
    const [left, right] = [childOf(assignment, 'left'), childOf(assignment, 'right')];
    if (!left || !right || !names.has(tree.text(left))) continue;
    for (const call of tree.nodes.filter(
      (node) => node.type === 'call' && right.start <= node.start && node.end <= right.end,
    ))
      names.add(calleeName(tree, call) ?? '');
  }
  return [...names].flatMap((name) => functionsNamed(tree, name));
}

export const mendedReturns: Mend = {
  kinds: ['repair-return'],
  *propose(tree, cause) {
    if (!cause.message.includes('NoneType')) return;
    const kind = 'repair-return';
    for (const definition of calledFunctions(tree, cause)) {
      const body = childOf(definition, 'body');
      const last = body && namedChildren(body).at(-1);
      const name = brief(tree.text(childOf(definition, 'name')!));
      if (!last || last.type === 'return_statement') continue;
      const line = tree.line(last.start);
      const indent = indentAt(tree, namedChildren(body)[0].start);
      const expression = last.type === 'expression_statement' ? namedChildren(last)[0] : undefined;
      const assigned = expression && /assignment$/.test(expression.type) ? childOf(expression, 'left') : undefined;
      const below = (value: string): Proposal => ({
        kind,
        description: `added return ${value} at the end of ${name}, after line ${tree.line(last.end)}`,
        changes: [insert(last.end, `${lineBreak(tree)}${indent}return ${value}`)],
      });
      if (assigned) yield below(tree.text(assigned));
      else if (expression && !(expression.type === 'call' && calleeName(tree, expression) === 'print')) {
        yield {
          kind,
          description: `added return before ${brief(tree.text(expression))} on line ${line}`,
          changes: [insert(expression.start, 'return ')],
        };
      }
      const printed =
        expression?.type === 'call' && calleeName(tree, expression) === 'print'
          ? childOf(expression, 'function')
          : undefined;
      if (printed)
        yield {
          kind,
          description: `changed print to return in ${name} on line ${line}`,
          changes: [replace(printed, 'return')],
        };
      for (const value of standIns(cause.message)) yield below(value);
    }
  },
};

const TEXT_METHODS =
  /'(lower|upper|strip|split|title|replace|join|startswith|endswith|format|capitalize|encode|isdigit|find|center|ljust|rjust)'/;

/** Values that can stand where None failed. */
function standIns(message: string): string[] {
  if (TEXT_METHODS.test(message)) return ['""'];
  if (/subscriptable|iterable|item assignment|has no len|'(append|extend|sort|pop)'/.test(message)) return ['[]', '""'];
  if (/'(items|keys|values|get|update)'/.test(message)) return ['{}'];
  return /operand|instances of/.test(message) ? ['0', '""'] : [];
}

export const mendedNone: Mend = {
  kinds: ['repair-none'],
  *propose(tree, cause) {
    if (!cause.message.includes('NoneType')) return;
    for (const value of standIns(cause.message)) {
      for (const node of noneOperands(cause)) {
        const description = `put ${value} in the place of None from ${brief(tree.text(node))} on line ${tree.line(node.start)}`;
        yield {
          kind: 'repair-none',
          description,
          changes: [insert(node.start, '('), insert(node.end, ` or ${value})`)],
        };
      }
    }
  },
};

function noneOperands({ node }: Cause): SyntaxNode[] {
  const reached = node?.type === 'call' ? childOf(node, 'function') : node;
  if (!reached) return [];
  switch (reached.type) {
    case 'attribute':
      return [childOf(reached, 'object')].filter((child) => child !== undefined);
    case 'subscript':
      return [childOf(reached, 'value')].filter((child) => child !== undefined);
    case 'binary_operator':
    case 'comparison_operator':
      return namedChildren(reached);
    case 'augmented_assignment':
      return [childOf(reached, 'right')].filter((child) => child !== undefined);
    default:
      return node?.type === 'call' ? positional(node) : [reached];
  }
}

export const mendedSelf: Mend = {
  kinds: ['repair-self'],
  *propose(tree, cause) {
    const takes = /(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given/.exec(cause.message);
    if (takes && Number(takes[3]) === Number(takes[2]) + 1) {
      for (const definition of functionsNamed(tree, takes[1])) {
        const parameters = childOf(definition, 'parameters');
        if (
          !parameters ||
          !ancestor(definition, 'class_definition') ||
          /^\(\s*(self|cls)\b/.test(tree.text(parameters))
        )
          continue;
        const some = namedChildren(parameters).length > 0;
        const description = `added self to the parameters of ${takes[1]} on line ${tree.line(parameters.start)}`;
        yield { kind: 'repair-self', description, changes: [insert(parameters.start + 1, some ? 'self, ' : 'self')] };
      }
    }
    if (/missing 1 required positional argument: 'self'/.test(cause.message)) {
      for (const attribute of within(tree, cause, 'attribute')) {
        const object = childOf(attribute, 'object');
        if (
          object?.type !== 'identifier' ||
          !tree
            .ofType('class_definition')
            .some((node) => tree.text(childOf(node, 'name') ?? node) === tree.text(object))
        )
          continue;
        yield {
          kind: 'repair-self',
          description: `made an object of ${tree.text(object)} on line ${tree.line(object.start)}`,
          changes: [insert(object.end, '()')],
        };
      }
    }
  },
};

export const mendedArguments: Mend = {
  kinds: ['repair-argument'],
  *propose(tree, cause) {
    if (cause.label !== 'TypeError') return;
    const kind = 'repair-argument';
    const call = cause.node?.type === 'call' ? cause.node : within(tree, cause, 'call')[0];
    const list = call && childOf(call, 'arguments');
    if (!call || list?.type !== 'argument_list') return;
    const line = tree.line(call.start);
    const missing = /missing \d+ required positional arguments?: (.+)$/.exec(cause.message)?.[1];
    if (missing && !missing.includes("'self'")) {
      const names = [...missing.matchAll(/'(\w+)'/g)].map(([, name]) => name);
      const given = positional(call);
      const at = given.at(-1)?.end ?? list.start + 1;
      const like = given.at(-1) ? tree.text(given.at(-1)!) : '1';
      for (const value of new Set([like, '1', '""', '[]', 'None'])) {
        const text = names.map(() => value).join(', ');
        const added = given.length > 0 ? `, ${text}` : list.end - list.start > 2 ? `${text}, ` : text;
        const what =
          names.length === 1
            ? `the missing argument ${names[0]}, ${brief(value)},`
            : `the missing arguments ${names.join(' and ')}, each ${brief(value)},`;
        yield {
          kind,
          description: `added ${what} to ${callName(tree, call)} on line ${line}`,
          changes: [insert(at, added)],
        };
      }
      const name = calleeName(tree, call);
      for (const definition of functionsNamed(tree, name ?? '')) {
        const last = namedChildren(childOf(definition, 'parameters')!).at(-1);
        if (last?.type !== 'identifier' || tree.text(last) !== names.at(-1) || names.length > 1) continue;
        yield {
          kind,
          description: `gave the parameter ${names[0]} of ${name} the default 0 on line ${tree.line(last.start)}`,
          changes: [insert(last.end, '=0')],
        };
      }
    }
    const takes =
      /takes (?:from \d+ to |exactly |at most )?(\d+|no|one|two) (?:positional )?arguments?.* (?:but|\()\s*(\d+)/.exec(
        cause.message,
      );
    const given = positional(call);
    if (takes && given.length > 0) {
      const last = given.at(-1)!;
      const start = given.length > 1 ? given.at(-2)!.end : last.start;
      yield {
        kind,
        description: `removed the argument ${brief(tree.text(last))} of ${callName(tree, call)} on line ${line}`,
        changes: [replace({ start, end: last.end }, '')],
      };
    }
    const unexpected = /unexpected keyword argument '(\w+)'/.exec(cause.message)?.[1];
    const keyword =
      unexpected &&
      namedChildren(list).find(
        (node) => node.type === 'keyword_argument' && tree.text(childOf(node, 'name')!) === unexpected,
      );
    if (keyword) {
      const meant = /Did you mean '(\w+)'/.exec(cause.message)?.[1];
      const parameters = functionsNamed(tree, calleeName(tree, call) ?? '').flatMap((node) =>
        childOf(node, 'parameters') ? (tree.text(childOf(node, 'parameters')!).match(/\w+/g) ?? []) : [],
      );
      for (const other of new Set([...(meant ? [meant] : []), ...nearNames(unexpected, parameters)])) {
        yield {
          kind,
          description: `changed the keyword ${unexpected} to ${other} on line ${line}`,
          changes: [replace(childOf(keyword, 'name')!, other)],
        };
      }
      const before = list.children[list.children.indexOf(keyword) - 1];
      const after = list.children[list.children.indexOf(keyword) + 1];
      const range =
        before?.type === ','
          ? { start: before.start, end: keyword.end }
          : { start: keyword.start, end: after?.type === ',' ? after.end : keyword.end };
      yield {
        kind,
        description: `removed the keyword argument ${unexpected} on line ${line}`,
        changes: [replace(range, '')],
      };
    }
  },
};

export const mendedRecursion: Mend = {
  kinds: ['repair-recursion'],
  *propose(tree, cause) {
    if (cause.label !== 'RecursionError' || !cause.node) return;
    const kind = 'repair-recursion';
    const definition = ancestor(cause.node, 'function_definition');
    const body = definition && childOf(definition, 'body');
    const parameters = definition && childOf(definition, 'parameters');
    if (!body || !parameters) return;
    for (const node of tree
      .ofType('comparison_operator')
      .filter(({ start, end }) => definition.start <= start && end <= definition.end)) {
      const sign = node.children.find(({ type }) => type === '==');
      if (sign)
        yield {
          kind,
          description: `changed == to <= in the base case on line ${tree.line(node.start)}`,
          changes: [replace(sign, '<=')],
        };
    }
    for (const call of within(tree, cause, 'call')) {
      if (calleeName(tree, call) !== tree.text(childOf(definition, 'name')!)) continue;
      for (const argument of positional(call)) {
        if (argument.type === 'identifier')
          yield {
            kind,
            description: `called itself with ${tree.text(argument)} - 1 on line ${tree.line(call.start)}`,
            changes: [insert(argument.end, ' - 1')],
          };
        const plus = argument.children.find(({ type }) => type === '+');
        if (plus)
          yield {
            kind,
            description: `changed + to - in the call of itself on line ${tree.line(call.start)}`,
            changes: [replace(plus, '-')],
          };
      }
    }
    const first = namedChildren(parameters).find((node) => node.type === 'identifier' && tree.text(node) !== 'self');
    const start = namedChildren(body)[0];
    const name = first && tree.text(first);
    const indent = indentAt(tree, start.start);
    for (const [test, value] of name
      ? [
          [`${name} <= 0`, '1'],
          [`not ${name}`, name],
        ]
      : []) {
      const description = `added a base case, if ${test}, before line ${tree.line(start.start)}`;
      yield {
        kind,
        description,
        changes: [
          insert(
            start.start,
            `if ${test}:${lineBreak(tree)}${indent}${indentUnit(tree.code)}return ${value}${lineBreak(tree)}${indent}`,
          ),
        ],
      };
    }
    // A circle in the data that the function walks through.
    for (const list of tree
      .ofType('list')
      .filter((node) => node.parent?.type === 'pair' && namedChildren(node).length > 0)) {
      yield {
        kind,
        description: `emptied the list ${brief(tree.text(list))} on line ${tree.line(list.start)}`,
        changes: [replace(list, '[]')],
      };
    }
  },
};
