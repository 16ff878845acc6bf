/** Generated Python: its values, skeletons, and types of a program's own. */
import type { Random } from '../../random';
import { USER_NAMES } from '../vocabulary';
import { HOLE, type Dialect, type Skeleton, type UserType } from './program';
import { FUNCTIONS, NEUTRAL, words, type Value } from './value';

const BASIC: readonly Value[] = [
  { type: 'str', kind: 'keyword', uses: ['v.upper()', 'v.strip()', "v.split(',')", "v.startswith('a')", "v.replace('-', '_')", 'v.lower()', "v.encode('utf8')", 'v.zfill(3)', 'v.title()', 'v.isdigit()', "v.endswith('.py')", "'a' + v", 'v.splitlines()'], literals: ["'Ann'", "'blue'", "''", "'x' + 'y'", "', '.join(['a', 'b'])", 'str(7)', "f'n{3}'"], names: words('name title label text message path url key slug prefix suffix email color city word line token host query content description body locale reason nickname user_name file_name first_name') },
  { type: 'int', kind: 'keyword', admits: ['bool'], uses: ['v << 2', 'range(v)', "'abc'[v]", '[0] * v', 'v & 1', 'v.bit_length()', "'a' * v", 'chr(v)', '[1, 2, 3][v:]'], literals: ['12', '0', '-1', '7 * 6', "len('abc')", "int('7')", 'sum([1, 2])', '9 // 2'], names: words('count total index size width height age offset limit level length depth position quantity year page max_retries page_size item_count') },
  { type: 'float', kind: 'keyword', admits: ['int', 'bool'], uses: ['v.is_integer()', 'v.hex()', 'halve(v)'], literals: ['3.5', '0.1', '1 / 3', "float('2')", '2.0 * 3'], names: words('price ratio weight score amount speed distance rate duration balance average temperature share factor') },
  { type: 'bool', kind: 'keyword', uses: ['is_on(v)', 'flip(v)', 'settings.append(v)'], literals: ['True', 'False', '1 < 2', "'a' == 'b'", 'not 3', "'b' in 'abc'", 'isinstance(3, str)', 'any([1, 0])'], names: words('enabled visible is_open done active ready valid loading has_next can_edit is_empty found checked selected strict verbose force recursive is_admin') },
];
const OTHERS: readonly Value[] = [
  { type: 'list[str]', kind: 'compound', uses: ['[one.upper() for one in v]', 'v[0].strip()', "v.append('z')", "', '.join(v) + str(v.pop())"], literals: ["['a', 'b']", "'a b'.split()"], names: words('names words lines tags keys parts labels paths tokens fields columns titles') },
  { type: 'list[int]', kind: 'compound', uses: ['[one << 1 for one in v]', 'v[0].bit_length()', 'v.append(4)', 'v[0] & v.pop()'], literals: ['[1, 2, 3]', '[0]', '[n for n in range(3)]'], names: words('scores numbers sizes counts ids values totals indices ages offsets') },
  { type: 'dict[str, int]', kind: 'compound', uses: ["v['a'].bit_length()", "v.setdefault('a', 1)", '[one << 1 for one in v.values()]'], literals: ["{'a': 1}", 'dict(a=1)'], names: words('counts totals index lookup table cache scores prices stock') },
  { type: 'set[str]', kind: 'compound', uses: ["v.add('a')", '[one.upper() for one in v.copy()]'], literals: ["{'a'}", "set(['a'])"], names: words('seen visited names tags keys') },
  { type: 'tuple[int, int]', kind: 'compound', uses: ['v[0] << v[1]', 'pair_of(v)'], literals: ['(1, 2)', 'divmod(7, 2)'], names: words('pair span range point size position bounds') },
  { type: 'bytes', kind: 'keyword', uses: ["v.decode('utf8')", 'v.hex()', "v + b'a'", "v.startswith(b'a')"], literals: ["b'a'", "'a'.encode()", 'bytes(3)'], names: words('payload data raw chunk digest buffer') },
  { type: 'Path', kind: 'library', uses: ['v.exists()', 'v.parent', 'v.read_text()', "v / 'a'", 'v.suffix'], literals: ["Path('a')", 'Path.cwd()', 'Path.home()'], names: words('path folder file root target source directory') },
  { type: 'datetime', kind: 'library', uses: ['v.isoformat()', 'v.year', 'v.timestamp()', 'v.weekday()'], literals: ['datetime.now()', 'datetime(2020, 1, 1)'], names: words('date start end created_at deadline birthday due now expires') },
  { type: 'Decimal', kind: 'library', uses: ['v.quantize(v)', 'v.is_finite()', 'v.sqrt()'], literals: ["Decimal('1.5')", 'Decimal(3)'], names: words('price amount total balance rate tax') },
  { type: 'Pattern[str]', kind: 'compound', uses: ["v.match('abc')", "v.sub('a', 'b')", 'v.pattern.upper()'], literals: ["compile('a+')"], names: words('pattern regex matcher rule') },
  { type: 'Exception', kind: 'library', uses: ['v.args', 'v.__traceback__', 'fail(v)'], literals: ["ValueError('no')", "Exception('bad')"], names: words('error exc cause failure problem') },
  { type: 'Callable[[int], str]', kind: 'compound', uses: ['v(3).upper()', '[one.upper() for one in map(v, [1, 2])]'], literals: ['lambda n: str(n)', 'lambda n: chr(n)'], names: words('format render show describe formatter') },
  { type: 'Callable[[], None]', kind: 'compound', uses: ['v()', 'schedule(v)'], literals: ["lambda: print('a')"], names: words('callback handler done listener on_close cb') },
];
const HELPERS: Readonly<Record<string, string>> = {
  'Path': 'from pathlib import Path', 'datetime': 'from datetime import datetime', 'Decimal': 'from decimal import Decimal',
  'Pattern|compile': 'from re import Pattern, compile', 'Callable': 'from collections.abc import Callable', 'dataclass': 'from dataclasses import dataclass',
  'is_on': 'def is_on(flag: bool) -> bool:\n    return flag', 'flip': 'def flip(flag: bool) -> bool:\n    return not flag',
  'settings': 'settings: list[bool] = []', 'halve': 'def halve(number: float) -> float:\n    return number / 2',
  'fail': 'def fail(cause: Exception) -> None:\n    raise cause', 'pair_of': 'def pair_of(pair: tuple[int, int]) -> int:\n    return pair[0]',
  'schedule': "def schedule(job: 'Callable[[], None]') -> None:\n    job()",
};
const FIELDS: readonly { type: string; names: readonly string[]; use: string; literal: string }[] = [
  { type: 'str', names: BASIC[0].names, use: 'v.upper()', literal: "'a'" },
  { type: 'int', names: BASIC[1].names, use: 'v << 1', literal: '1' },
  { type: 'float', names: BASIC[2].names, use: 'v.hex()', literal: '0.5' },
  { type: 'bool', names: BASIC[3].names, use: 'not v', literal: 'True' },
  { type: 'list[str]', names: words('tags names lines keys parts'), use: 'v[0].upper()', literal: "['a']" },
];

const snake = (name: string) => name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();

function userTypes(random: Random): UserType[] {
  const free = new Map(FIELDS.map(({ type, names }) => [type, random.shuffle(names)]));
  return random.sample(USER_NAMES, random.int(2, 3)).map((type) => {
    const fields = Array.from({ length: random.int(1, 3) }, () => {
      const field = random.pick(FIELDS.filter((one) => free.get(one.type)!.length > 0));
      return { ...field, name: free.get(field.type)!.pop()! };
    });
    const method = `${random.pick(FUNCTIONS)}_${snake(type)}`;
    const data = random.chance(0.5);
    const own = fields.map(({ name, type: of }) => (data ? `    ${name}: ${of}` : `        self.${name}: ${of} = ${name}`)).join('\n');
    const given = fields.map(({ name, type: of }) => `${name}: ${of}`).join(', ');
    const declaration =
      (data ? `@dataclass\nclass ${type}:\n${own}` : `class ${type}:\n    def __init__(self, ${given}) -> None:\n${own}`) +
      `\n\n    def ${method}(self) -> int:\n        return ${random.int(1, 9)}`;
    const lower = snake(type);
    return {
      type, kind: 'declared' as const, declaration, names: [lower, lower, `the_${lower}`, `new_${lower}`],
      uses: [...fields.flatMap(({ name, use }) => [`v.${name}`, use.replace(/\bv\b/, `v.${name}`)]), `v.${method}()`],
      literals: [`${type}(${fields.map(({ literal }) => literal).join(', ')})`],
    };
  });
}

const put = (use: string, name: string) => use.replace(/(?<![\w.'"])v(?![\w'"])/g, name);
const fn = (random: Random) => random.pick(FUNCTIONS);
function parameters(random: Random, name: string): string {
  const { type, names } = random.pick(BASIC);
  const other = `${random.pick([...names, ...NEUTRAL].filter((one) => one !== name))}«: ${type}»`;
  const own = `${name}: ${HOLE}`;
  return random.pick([own, own, `${own}, ${other}`, `${other}, ${own}`]);
}
const before = (random: Random) => random.pick(['', '', '    step = 3\n', "    print('begin')\n", '    # one after another\n', '    out: list[object] = []\n']);

const skeletons: readonly Skeleton[] = [
  ({ name, random, use }) => ({ site: 'parameter', text: `def ${fn(random)}(${parameters(random, name)})« -> str»:\n${before(random)}    return str(${put(use, name)})\n` }),
  ({ name, random, use }) => ({ site: 'parameter', text: `def ${fn(random)}(${parameters(random, name)})« -> None»:\n${before(random)}    print(${put(use, name)})\n` }),
  ({ name, random, use }) => ({ site: 'parameter', text: `def ${fn(random)}(${parameters(random, name)}):\n    ${random.pick(['result', 'out', 'answer'])} = ${put(use, name)}\n${before(random)}    return True\n` }),
  ({ name, random, use }) => ({
    site: 'parameter',
    text: `class ${random.pick(['Base', 'Main', 'Helper', 'Keeper'])}:\n    calls = 0\n\n    def ${fn(random)}(self, ${parameters(random, name)})« -> int»:\n        print(${put(use, name)})\n        self.calls += 1\n        return self.calls\n`,
  }),
  ({ value, name, random }) => {
    const [inner, outer] = random.sample(FUNCTIONS, 2);
    const one = random.pick(['one', 'that', 'item', 'value']);
    return { site: 'parameter', text: `def ${inner}(${one}: ${value.type})« -> None»:\n    print(${one})\n\n\ndef ${outer}(${parameters(random, name)}):\n${before(random)}    return ${inner}(${name})\n` };
  },
  ({ name, random, literal }) => {
    const f = fn(random);
    return { site: 'parameter', text: `def ${f}(${name}: ${HOLE}):\n${before(random)}    return [${name}]\n\n\n${f}(${literal})\n` };
  },
  ({ value, name, random }) => {
    const list = random.pick(['everything', 'queue', 'rows']);
    return { site: 'parameter', text: `${list}: list[${value.type}] = []\n\n\ndef ${fn(random)}(${parameters(random, name)})« -> None»:\n    ${list}.append(${name})\n` };
  },
  ({ name, random, literal }) => ({ site: 'return', text: `def ${name}() -> ${HOLE}:\n${before(random)}    return ${literal}\n` }),
  ({ value, name, random }) => {
    const one = random.pick(NEUTRAL.filter((other) => other !== name));
    return { site: 'return', text: `def ${name}(${one}: ${value.type}, again: int) -> ${HOLE}:\n${before(random)}    return ${one}\n` };
  },
  ({ name, random, use }) => ({ site: 'return', text: `def ${name}() -> ${HOLE}:\n    raise NotImplementedError\n\n\ndef ${fn(random)}()« -> None»:\n    one = ${name}()\n    print(${put(use, 'one')})\n` }),
  ({ value, name, random }) => {
    const f = fn(random);
    return { site: 'variable', text: `def ${f}() -> ${value.type}:\n    raise NotImplementedError\n\n\n${name}: ${HOLE} = ${f}()\n` };
  },
  ({ name, random, literal, use }) => ({ site: 'variable', text: `def ${fn(random)}():\n    ${name}: ${HOLE} = ${literal}\n    return ${put(use, name)}\n` }),
  ({ name, random, use }) => ({
    site: 'property',
    text: `class Options:\n    ${name}: ${HOLE}\n    ${random.pick(['retries', 'mode', 'scale'])}: int = 3\n\n\ndef ${fn(random)}(options: Options):\n    return ${put(use, `options.${name}`)}\n`,
  }),
  ({ value, name, random }) => {
    const given = random.pick(['given', 'start', 'first']);
    return { site: 'property', text: `class Holder:\n    def __init__(self, ${given}: ${value.type})« -> None»:\n        self.${name}: ${HOLE} = ${given}\n` };
  },
  ({ name, random, use }) => ({ site: 'parameter', text: `def ${fn(random)}(${name}: ${HOLE} | None)« -> str»:\n    if ${name} is None:\n        return ''\n    return str(${put(use, name)})\n` }),
];

export const pythonDialect: Dialect = { language: 'python', basic: BASIC, others: OTHERS, skeletons, userTypes, helpers: HELPERS };
