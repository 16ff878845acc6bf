/** The types of the value at a hole while the program runs: of a parameter at each call, of a variable each time, of what is returned. */
import type { Range } from '../judge/messages';
import type { Labeller } from '../outcomes/unjudged';
import type { PythonParser } from '../syntax/parse';
import { ancestor, childOf, namedChildren, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';
import { annotationsOf } from './annotations';
import { filled } from './edits';

/**
 * In the order in which they were first seen, as annotations write them: `int`, `list[int | str]`, `dict[str, float]`; empty where the
 * program does not come by, and null where that cannot be told: code with errors of syntax, attributes, coroutines and generators, runs
 * without an end.
 */
export async function typesSeen(parser: PythonParser, asked: { text: string; hole: Range }, label: Labeller): Promise<string[] | null> {
  const { text, hole } = filled(asked);
  const tree = parser.parse(text);
  const at = tree.errorCount > 0 ? undefined : annotationsOf(tree).find(({ type }) => type.start <= hole.start && hole.end <= type.end);
  if (!at?.named || at.type.start !== hole.start) return null;
  const watched = watching(tree, at.site, at.named);
  if (watched === null) return null;
  const [{ message }] = await label([recorder(watched)]);
  return message?.startsWith(MARK) ? (JSON.parse(message.slice(MARK.length)) as string[]) : null;
}

const MARK = 'seen ';
/** Names that no program has. */
const [SEEN, RETURNS] = ['_latent_lens_seen', '_latent_lens_returns'];

/** The program with what tells of a value put in; null where there is no place for it. */
function watching(tree: SyntaxTree, site: string, named: SyntaxNode): string | null {
  const { code } = tree;
  const put = (at: number, before: string, end = at, after = '') => code.slice(0, at) + before + code.slice(at, end) + after + code.slice(end);
  if (site !== 'parameter' && site !== 'return') {
    const value = childOf(named.parent!, 'right');
    return value ? put(value.start, `${SEEN}(`, value.end, ')') : null;
  }
  const holder = site === 'return' ? named.parent! : ancestor(named, 'function_definition');
  if (!holder) return null;
  const indent = tree.code.slice(tree.lineStart(holder.start), holder.start);
  const end = /\r\n/.test(tree.code) ? '\r\n' : '\n';
  const body = namedChildren(childOf(holder, 'body')!);
  if (site === 'return') {
    const yields = tree.ofType('yield').some((node) => ancestor(node, 'function_definition') === holder);
    const isPlain = holder.children[0].type !== 'async' && !yields;
    return isPlain && indent.trim() === '' ? put(holder.start, `@${RETURNS}${end}${indent}`) : null;
  }
  const docstring = body[0]?.type === 'expression_statement' && body[0].children[0].type === 'string' && body.length > 1;
  const first = body[docstring ? 1 : 0];
  const before = tree.code.slice(tree.lineStart(first.start), first.start);
  return put(first.start, before.trim() === '' ? `${SEEN}(${tree.text(named)})${end}${before}` : `${SEEN}(${tree.text(named)}); `);
}

/** JSON in ASCII, which stands in Python's source as well. */
const ascii = (text: string) =>
  JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Runs a program inside of another one, which ends with what was seen. */
const recorder = (code: string) => String.raw`
import json

found = []

def name(value, depth=0):
    kind = type(value)
    if value is None: return 'None'
    if depth == 2: return kind.__name__
    inner = lambda items: ' | '.join(dict.fromkeys(name(item, depth + 1) for item in list(items)[:50]))
    if kind in (list, set, frozenset) and value: return kind.__name__ + '[' + inner(value) + ']'
    if kind is dict and value: return 'dict[' + inner(value) + ', ' + inner(value.values()) + ']'
    if kind is tuple and value:
        if len(value) > 4: return 'tuple[' + inner(value) + ', ...]'
        return 'tuple[' + ', '.join(name(item, depth + 1) for item in value) + ']'
    if isinstance(value, type): return 'type[' + value.__name__ + ']'
    if callable(value) and kind.__name__ in ('function', 'method', 'builtin_function_or_method'): return 'Callable'
    return kind.__name__

def seen(value):
    said = name(value)
    if said not in found and len(found) < 20: found.append(said)
    return value

def returns(function):
    def call(*arguments, **named): return seen(function(*arguments, **named))
    call.__dict__.update(function.__dict__)
    call.__name__, call.__doc__ = function.__name__, function.__doc__
    return call

try:
    exec(compile(json.loads(${JSON.stringify(ascii(code))}), 'program', 'exec'),
         {'__name__': '__main__', '${SEEN}': seen, '${RETURNS}': returns})
except BaseException:
    pass
raise Exception('${MARK}' + json.dumps(found))
`;
