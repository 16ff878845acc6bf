/** The types that a program's expressions have when it runs: found by running it with its expressions wrapped. */
import type { Labeller } from './labeller';

/** Types by their letters in a trace; values that are zero or empty are types of their own. */
const LETTERS = {
  i: 'int', z: 'int 0', f: 'float', s: 'str', e: 'str empty', b: 'bool', n: 'None', l: 'list', m: 'list empty', d: 'dict',
  c: 'dict empty', t: 'tuple', S: 'set', F: 'function', T: 'class', M: 'module', I: 'iterator', O: 'object',
} as const;
export const TYPE_CLASSES: readonly string[] = Object.values(LETTERS);

/** An expression that ends before this character offset had a value of this class (an index into TYPE_CLASSES). */
export type TypeMark = [end: number, type: number];

/** Programs traced in one run: their traces together must fit into one exception's message. */
const AT_ONCE = 20;

/**
 * Traces programs, AT_ONCE to a run of the sandbox. Each result holds the last value's type of each expression that was evaluated,
 * by where it ends; it is empty for a program that does not compile or whose run of several did not end well.
 */
export async function traceTypes(labeller: Labeller, codes: readonly string[], signal?: AbortSignal): Promise<TypeMark[][]> {
  const runs: string[][] = [];
  for (let start = 0; start < codes.length; start += AT_ONCE) runs.push(codes.slice(start, start + AT_ONCE));
  const outcomes = await labeller.runMany(runs.map(tracer), undefined, signal);
  return outcomes.flatMap(({ message }, run) => {
    const traces = message?.startsWith('trace ') ? message.slice(6).split(';') : [];
    return runs[run].map((_, i) => parse(traces.length === runs[run].length ? traces[i] : ''));
  });
}

function parse(trace: string): TypeMark[] {
  const letters = Object.keys(LETTERS);
  return [...trace.matchAll(/(\d+)(\D)/g)].map(([, end, letter]) => [Number(end), letters.indexOf(letter)]);
}

const tracer = (codes: readonly string[]) => String.raw`
import ast, itertools, types

def kind(value):
    t = type(value)
    if value is None: return 'n'
    if t is bool: return 'b'
    if t is int: return 'i' if value else 'z'
    if t is float: return 'f'
    if t is str: return 's' if value else 'e'
    if t is list: return 'l' if value else 'm'
    if t is dict: return 'd' if value else 'c'
    if t is tuple: return 't'
    if t in (set, frozenset): return 'S'
    if isinstance(value, type): return 'T'
    if t is types.ModuleType: return 'M'
    if t in (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodWrapperType): return 'F'
    if hasattr(t, '__next__') or t in (range,): return 'I'
    return 'O'

def trace(source):
    lines = source.split('\n')
    starts = list(itertools.accumulate([0] + [len(line) + 1 for line in lines]))
    ends, seen = [], {}

    class Wrap(ast.NodeTransformer):
        def wrap(self, node):
            self.generic_visit(node)
            if isinstance(getattr(node, 'ctx', None), (ast.Store, ast.Del)):
                return node
            line = lines[node.end_lineno - 1]
            ends.append(starts[node.end_lineno - 1] + len(line.encode()[:node.end_col_offset].decode()))
            call = ast.Call(ast.Name('__trace__', ast.Load()), [ast.Constant(len(ends) - 1), node], [])
            return ast.copy_location(call, node)
        visit_Name = visit_Attribute = visit_Call = visit_Subscript = wrap

        def same(self, node):
            return node
        visit_arg = visit_MatchValue = visit_MatchClass = visit_MatchMapping = same

        def visit_AnnAssign(self, node):
            if node.value: node.value = self.visit(node.value)
            return node

        def visit_FunctionDef(self, node):
            returns, node.returns = node.returns, None
            self.generic_visit(node)
            node.returns = returns
            return node

    def record(index, value):
        seen[index] = kind(value)
        return value

    try:
        tree = ast.fix_missing_locations(Wrap().visit(ast.parse(source)))
        exec(compile(tree, '<trace>', 'exec'), {'__name__': '__main__', '__trace__': record})
    except BaseException:
        pass
    return ''.join(str(ends[i]) + seen[i] for i in sorted(seen))

found = ';'.join([trace(source) for source in ${JSON.stringify(codes).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}])
raise RuntimeError('trace ' + found)
`;
