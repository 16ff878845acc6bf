/** A module that is used and not imported, or whose name is misspelt. */
import { brief } from '../words';
import { insert, lineBreak, nearNames, replace, within, type Mend } from './kit';

/** Modules of the standard library that small programs use. */
const MODULES = (
  'abc argparse array ast asyncio base64 bisect calendar collections contextlib copy csv dataclasses datetime decimal enum fractions ' +
  'functools glob hashlib heapq html io itertools json logging math numbers operator os pathlib pickle platform pprint queue random re ' +
  'secrets shutil signal socket sqlite3 statistics string struct subprocess sys tempfile textwrap threading time timeit traceback types ' +
  'typing unittest urllib uuid warnings weakref zlib'
).split(' ');

/** Where names that are often used without an import come from. */
const FROM: Readonly<Record<string, string>> = {
  Counter: 'collections',
  defaultdict: 'collections',
  deque: 'collections',
  namedtuple: 'collections',
  OrderedDict: 'collections',
  dataclass: 'dataclasses',
  field: 'dataclasses',
  Enum: 'enum',
  Path: 'pathlib',
  Decimal: 'decimal',
  Fraction: 'fractions',
  sqrt: 'math',
  floor: 'math',
  ceil: 'math',
  pi: 'math',
  sin: 'math',
  cos: 'math',
  log: 'math',
  randint: 'random',
  choice: 'random',
  shuffle: 'random',
  sleep: 'time',
  reduce: 'functools',
  partial: 'functools',
  lru_cache: 'functools',
  cache: 'functools',
  wraps: 'functools',
  chain: 'itertools',
  combinations: 'itertools',
  permutations: 'itertools',
  Optional: 'typing',
  List: 'typing',
  Dict: 'typing',
  Union: 'typing',
  Any: 'typing',
  Callable: 'typing',
  mean: 'statistics',
  median: 'statistics',
  date: 'datetime',
  timedelta: 'datetime',
  deepcopy: 'copy',
  contextmanager: 'contextlib',
  ABC: 'abc',
  abstractmethod: 'abc',
};

export const mendedImports: Mend = {
  kinds: ['repair-import'],
  *propose(tree, cause) {
    const kind = 'repair-import';
    const { suggestion, name = /No module named '(.+?)'/.exec(cause.message)?.[1] } = cause.detail ?? {};
    if (cause.label === 'NameError' && name) {
      const line = MODULES.includes(name)
        ? `import ${name}`
        : Object.hasOwn(FROM, name)
          ? `from ${FROM[name]} import ${name}`
          : null;
      // Below what must stay first, a docstring or an import from __future__.
      const first = tree.root.children.find(
        (node) => node.type !== 'comment' && node.type !== 'future_import_statement' && tree.code[node.start] !== '"',
      );
      if (line && first)
        yield {
          kind,
          description: `added ${line} before line ${tree.line(first.start)}`,
          changes: [insert(tree.lineStart(first.start), line + lineBreak(tree))],
        };
    }
    if (cause.label !== 'ModuleNotFoundError' && cause.label !== 'ImportError') return;
    const wanted = cause.label === 'ModuleNotFoundError' ? name : /cannot import name '(\w+)'/.exec(cause.message)?.[1];
    if (!wanted) return;
    const candidates = cause.label === 'ModuleNotFoundError' ? nearNames(wanted, MODULES) : [];
    for (const node of within(tree, { ...cause, node: null }, 'dotted_name').filter(
      (found) => tree.text(found) === wanted,
    )) {
      for (const other of new Set([...(suggestion ? [suggestion] : []), ...candidates])) {
        const what = cause.label === 'ModuleNotFoundError' ? 'module' : 'imported name';
        yield {
          kind,
          description: `changed the ${what} ${brief(wanted)} to ${brief(other)} on line ${tree.line(node.start)}`,
          changes: [replace(node, other)],
        };
      }
    }
  },
};
