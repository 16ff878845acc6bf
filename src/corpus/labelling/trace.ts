/** The values that a program's expressions have when it runs: found by running it with its expressions wrapped. */
import type { Labeller } from './labeller';
import type { LabelledProgram, TypeMark } from './program';

/** Values by their letters in a trace: types, and of small numbers, short lists and texts what indexing or dividing needs to know. */
const LETTERS = {
  z: 'int 0', o: 'int 1', w: 'int 2', h: 'int 3', r: 'int 4', v: 'int 5', x: 'int 6 to 9', i: 'int 10 or more', g: 'int -1', j: 'int below -1',
  k: 'float 0', f: 'float', e: 'str empty', D: 'str of a number', s: 'str', b: 'False', y: 'True', n: 'None',
  m: 'list of 0', p: 'list of 1', q: 'list of 2', L: 'list of 3', u: 'list of 4', l: 'list of 5 or more', c: 'dict empty', d: 'dict', t: 'tuple',
  S: 'set', F: 'function', T: 'class', M: 'module', I: 'iterator', O: 'object', U: 'not defined', X: 'raises',
} as const;
export const TYPE_CLASSES: readonly string[] = Object.values(LETTERS);

/** Programs traced in one run: their traces together must fit into one exception's message, of which a sandbox keeps 2,000 characters. */
const AT_ONCE = 16;
const MOST_CHARACTERS = 1900;

/**
 * Traces programs, short ones several to a run of the sandbox. Each result holds the class of the last value of each expression that was
 * evaluated, by where it ends, and the expression that ended the run; it is empty for a program that does not compile or whose run of
 * several did not end well.
 */
export async function traceTypes(labeller: Labeller, codes: readonly string[], signal?: AbortSignal): Promise<TypeMark[][]> {
  const runs: string[][] = [];
  let room = 0;
  for (const code of codes) {
    const size = traceSize(code);
    if (size > room || runs.length === 0 || runs.at(-1)!.length === AT_ONCE) {
      runs.push([]);
      room = MOST_CHARACTERS;
    }
    runs.at(-1)!.push(code);
    room -= size;
  }
  const outcomes = await labeller.runMany(runs.map(tracer), undefined, signal);
  return outcomes.flatMap(({ message }, run) => {
    const traces = message?.startsWith('trace ') ? message.slice(6).split(';') : [];
    return runs[run].map((_, i) => parse(traces.length === runs[run].length ? traces[i] : ''));
  });
}

/** About the characters of a program's trace, rather too many: a mark for each name, bracket and operator. */
function traceSize(code: string): number {
  const marks = code.match(/[A-Za-z_]\w*|[([]|[-+*/%<>=]=?|\b(?:and|or|not|in|is)\b/g)?.length ?? 0;
  return marks * (String(code.length).length + 1) * 0.75;
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
    if t is bool: return 'y' if value else 'b'
    if t is int:
        if value < 0: return 'g' if value == -1 else 'j'
        return 'zowhrvxxxx'[value] if value < 10 else 'i'
    if t is float: return 'f' if value else 'k'
    if t is str: return 'e' if not value else 'D' if value.strip().isdecimal() else 's'
    if t is list: return 'mpqLul'[min(len(value), 5)]
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
    ends, seen, running = [], {}, []

    class Wrap(ast.NodeTransformer):
        def wrap(self, node):
            self.generic_visit(node)
            if isinstance(getattr(node, 'ctx', None), (ast.Store, ast.Del)):
                return node
            line = lines[node.end_lineno - 1]
            ends.append(starts[node.end_lineno - 1] + len(line.encode()[:node.end_col_offset].decode()))
            start = ast.Call(ast.Name('__start__', ast.Load()), [ast.Constant(len(ends) - 1)], [])
            call = ast.Call(ast.Name('__trace__', ast.Load()), [start, node], [])
            return ast.copy_location(call, node)
        visit_Name = visit_Attribute = visit_Call = visit_Subscript = wrap
        visit_BinOp = visit_UnaryOp = visit_BoolOp = visit_Compare = wrap

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

    def start(index):
        running.append(index)
        return index

    def record(index, value):
        while running and running.pop() != index: pass
        seen[index] = kind(value)
        return value

    try:
        tree = ast.fix_missing_locations(Wrap().visit(ast.parse(source)))
        exec(compile(tree, '<trace>', 'exec'), {'__name__': '__main__', '__start__': start, '__trace__': record})
    except BaseException as error:
        if running: seen[running[-1]] = 'U' if isinstance(error, NameError) else 'X'
    last = {ends[i]: seen[i] for i in sorted(seen)} # of those that end together the outermost
    return ''.join(str(end) + letter for end, letter in last.items())

found = ';'.join([trace(source) for source in ${JSON.stringify(codes).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}])
raise RuntimeError('trace ' + found)
`;

/** Adds the values of its expressions to each program that compiles. */
export async function withTraces(
  labeller: Labeller,
  programs: readonly LabelledProgram[],
  signal?: AbortSignal,
): Promise<LabelledProgram[]> {
  const running = programs.filter(({ label }) => label !== 'SyntaxError' && label !== 'IndentationError');
  const traces = await traceTypes(labeller, running.map(({ code }) => code), signal);
  const marks = new Map(running.map((program, i) => [program, traces[i]]));
  return programs.map((program) => ({ ...program, types: marks.get(program) ?? [] }));
}
