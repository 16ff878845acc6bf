import { indent, type Build } from './typed-build';
import type { Fault } from './typed-faults-types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

/** A name with a slip of the finger: letters swapped, dropped, doubled, or another case. */
export function typo(b: Build, name: string): string {
  const { r } = b;
  const at = r.int(0, Math.max(0, name.length - 2));
  const slips = [
    name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2),
    name.slice(0, at + 1) + name.slice(at + 2),
    name.slice(0, at + 1) + name[at] + name.slice(at + 1),
    name[0].toUpperCase() + name.slice(1),
    name.endsWith('s') ? name.slice(0, -1) : `${name}s`,
    name.replace('_', ''),
    `${name}1`,
    name.replace(/_(\w)/, (_, c: string) => c.toUpperCase()),
  ].filter((slip) => /^[A-Za-z_]\w*$/.test(slip) && slip !== name);
  return slips.length > 0 ? r.pick(slips) : `${name}_`;
}

const bodyUse = (b: Build, name: string): string => b.r.pick([name, `${name} ${b.op()} ${b.int()}`, `len(${name})`, `str(${name})`, `${name}[0]`, `${name}.upper()`]);

export const NAME_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.r.chance(0.7) && b.variables.length ? b.r.pick(b.variables) : b.need(b.r.pick(['int', 'ints', 'str', 'strs', 'counts', 'float'] as const));
    return b.use(typo(b, v.name), v.name);
  },
  (b) => {
    const v = b.need('int');
    const e = b.r.pick([(n: string) => `${n} * ${b.r.int(2, 2)}`, (n: string) => `${n} + ${n}`, (n: string) => `round(${n} / 3, 2)`, (n: string) => `str(${n})`, (n: string) => `f${b.text(`{${n}}`)}`]);
    return b.use(e(typo(b, v.name)), e(v.name));
  },
  (b) => {
    const name = b.r.pick([b.intName, b.textName, b.floatName])();
    const e = bodyUse(b, name);
    const value = /upper|len|\[0/.test(e) ? b.text() : b.int();
    const lines = b.use(e)[0];
    return [lines, [`${name} = ${value}`, ...lines], [...lines, `${name} = ${value}`]];
  },
  (b) => {
    // Quotes forgotten around a word.
    const word = b.word().split(' ')[0].replace(/\W/g, '') || 'hello';
    const w = /^\d/.test(word) ? 'hello' : word;
    return b.r.pick([
      () => one([`print(${w})`, `print(${b.text(w)})`]),
      () => one([`${b.textName()} = ${w}`, `${b.textName()} = ${b.text(w)}`]),
      () => { const v = b.need('counts'); return b.use(`${v.name}[${v.keys[0].split(' ')[0]}]`, `${v.name}[${b.text(v.keys[0].split(' ')[0])}]`); },
      () => { const v = b.need('strs'); return one([`${v.name}.append(${w})`, `${v.name}.append(${b.text(w)})`]); },
      () => b.use(`${b.text('Hello ')} + ${w}`, `${b.text('Hello ')} + ${b.text(w)}`),
      () => one([`names = [${w}, ${b.text()}]`, `names = [${b.text(w)}, ${b.text()}]`]),
      () => { const v = b.need('str'); return [[`if ${v.name} == ${w}:`, '    print("yes")'], [`if ${v.name} == ${b.text(w)}:`, '    print("yes")']]; },
    ])();
  },
  (b) => {
    const [module, e] = b.r.pick([
      ['math', 'math.sqrt(16)'], ['math', 'math.pi * 2'], ['random', 'random.randint(1, 6) > 0'], ['json', 'json.dumps([1])'], ['os', 'os.getcwd() != ""'], ['sys', 'len(sys.argv) >= 0'], ['time', 'time.time() > 0'], ['datetime', 'datetime.date(2024, 5, 1)'], ['re', 're.findall("a", "banana")'], ['string', 'string.ascii_lowercase'], ['collections', 'collections.Counter("aab")'], ['itertools', 'list(itertools.chain([1], [2]))'], ['functools', 'functools.reduce(max, [1, 3])'], ['copy', 'copy.copy([1])'], ['statistics', 'statistics.mean([1, 2])'],
    ]);
    const lines = b.use(e)[0];
    return [lines, [`import ${module}`, ...lines], [`from ${module} import *`, ...lines]];
  },
  (b) => {
    const [module, name, e] = b.r.pick([
      ['math', 'sqrt', 'sqrt(25)'], ['math', 'pi', 'pi * 3 ** 2'], ['math', 'ceil', 'ceil(4.2)'], ['random', 'choice', 'choice([1, 2]) > 0'], ['random', 'randint', 'randint(1, 9) > 0'], ['datetime', 'datetime', 'datetime(2024, 1, 1)'], ['collections', 'Counter', 'Counter("hello")'], ['collections', 'defaultdict', 'defaultdict(int)'], ['collections', 'deque', 'deque([1, 2])'], ['functools', 'reduce', 'reduce(lambda a, b: a + b, [1, 2, 3])'], ['itertools', 'permutations', 'list(permutations([1, 2]))'], ['time', 'sleep', 'sleep(0)'], ['copy', 'deepcopy', 'deepcopy([1])'], ['decimal', 'Decimal', 'Decimal("1.5")'], ['pathlib', 'Path', 'Path("a.txt").name'], ['string', 'ascii_letters', 'ascii_letters[:3]'],
    ]);
    const lines = b.use(e)[0];
    return [[`import ${module}`, ...lines], [`from ${module} import ${name}`, ...lines], lines];
  },
  (b) => {
    const [bad, good] = b.r.pick([['true', 'True'], ['false', 'False'], ['null', 'None'], ['none', 'None'], ['TRUE', 'True'], ['nil', 'None'], ['undefined', 'None']]);
    const name = b.fresh('flag done active found is_ready result status current enabled value');
    return b.r.pick([() => one([`${name} = ${bad}`, `${name} = ${good}`]), () => [[`if ${bad}:`, `    print(${b.text()})`], [`if ${good}:`, `    print(${b.text()})`]], () => [[`while ${bad}:`, '    break'], [`while ${good}:`, '    break']], () => b.print(bad, good).map((line) => [line])])();
  },
  (b) => {
    const e = b.number();
    const [bad, good] = b.r.pick([['Print', 'print'], ['pritn', 'print'], ['prnt', 'print'], ['printf', 'print'], ['echo', 'print'], ['println', 'print'], ['raw_input', 'str'], ['lenght', 'str'], ['Str', 'str'], ['Int', 'int'], ['integer', 'int'], ['string', 'str'], ['xrange', 'range'], ['unicode', 'str'], ['long', 'int'], ['Range', 'range'], ['Len', 'str'], ['size', 'str'], ['sqrt', 'abs'], ['Sum', 'abs'], ['avg', 'abs'], ['average', 'abs'], ['toString', 'str'], ['floor', 'round'], ['parseInt', 'int'], ['reduce', 'abs'], ['unichr', 'chr'], ['cmp', 'max']]);
    const second = good === 'max' ? ', 3' : '';
    return good === 'print' ? one([`${bad}(${e})`, `${good}(${e})`]) : b.use(`${bad}(${e}${second})`, `${good}(${e}${second})`);
  },
  (b) => {
    const name = b.functionName();
    const def = [`def ${name}():`, `    ${b.r.pick([`print(${b.text()})`, `return ${b.int()}`, 'pass'])}`];
    const call = (n: string) => (b.r.chance(0.5) ? `${n}()` : `print(${n}())`);
    const good = call(name);
    return b.r.pick([() => [[...def, good.replace(name, typo(b, name))], [...def, good]], () => [[good, ...def], [...def, good]], () => [[good], [...def, good]]])();
  },
  (b) => {
    // A local name used outside its function.
    const name = b.functionName();
    const x = b.fresh('result total answer value message local_var output temp area');
    const value = b.r.chance(0.5) ? b.text() : b.int();
    const [after] = b.print(x);
    return [[`def ${name}():`, `    ${x} = ${value}`, `${name}()`, after], [`def ${name}():`, `    global ${x}`, `    ${x} = ${value}`, `${name}()`, after], [`def ${name}():`, `    return ${value}`, `${x} = ${name}()`, after], [`${x} = ${b.int()}`, `def ${name}():`, `    ${x} = ${value}`, `${name}()`, after]];
  },
  (b) => {
    const name = b.functionName();
    const [p, q] = b.r.sample(['price', 'width', 'height', 'rate', 'x', 'y', 'radius', 'count', 'name', 'amount', 'n', 'total'], 2);
    const make = (body: string, args = `${b.r.int(5, 5)}`) => [`def ${name}(${p}):`, `    return ${body}`, `print(${name}(${args}))`];
    const op = b.op();
    return [make(`${p} ${op} ${q}`), make(`${p} ${op} ${p}`), make(`${typo(b, p)} ${op} 2`)];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const [a] = attributes;
    const value = a.kind === 't' ? b.text() : b.int();
    const method = b.r.pick(['show', 'describe', 'info', 'display', 'get']);
    const make = (body: string, init = `self.${a.name} = ${a.name}`) => [`class ${name}:`, `    def __init__(self, ${a.name}):`, `        ${init}`, `    def ${method}(self):`, `        print(${body})`, `${name}(${value}).${method}()`];
    return [make(a.name), make(`self.${a.name}`), make(`self.${a.name}`, `${a.name} = ${a.name}`), make(`self.${a.name}`, `self.${a.name} = ${typo(b, a.name)}`), make(`this.${a.name}`)];
  },
  (b) => {
    const { name } = b.classType();
    const helper = b.r.pick(['area', 'total', 'check', 'double', 'helper', 'compute']);
    const make = (call: string) => [`class ${name}:`, `    def ${helper}(self):`, `        return ${n}`, '    def run(self):', `        return ${call}`, `print(${name}().run())`];
    const n = b.int();
    return [make(`${helper}()`), make(`self.${helper}()`), make(`${helper}(self)`)];
  },
  (b) => {
    const { name } = b.classType();
    const object = b.fresh('obj thing p item my_obj a x');
    const def = [`class ${name}:`, '    pass'];
    return [[...def, `${object} = ${name.toLowerCase()}()`], [...def, `${object} = ${name}()`], [`${object} = ${name}()`, ...def], [...def, `print(${object})`]];
  },
  (b) => {
    const v = b.need(b.r.pick(['int', 'str', 'ints', 'counts'] as const));
    return [[`del ${v.name}`, ...b.print(v.name)], [...b.print(v.name), `del ${v.name}`]];
  },
  (b) => {
    const v = b.need('ints');
    const x = b.r.pick(['n', 'x', 'num', 'k', 'val']);
    const made = b.fresh('squares doubled result out evens');
    return b.r.pick([
      () => [[`${made} = [${x} * 2 for ${x} in ${v.name}]`, `print(${x})`], [`${made} = [${x} * 2 for ${x} in ${v.name}]`, `print(${made})`]],
      () => b.use(`[${x} for y in ${v.name}]`, `[${x} for ${x} in ${v.name}]`),
      () => [[`for ${x} in ${typo(b, v.name)}:`, `    print(${x})`], [`for ${x} in ${v.name}:`, `    print(${x})`]],
      () => [[`for ${x} in ${v.name}:`, `    print(${x}_)`], [`for ${x} in ${v.name}:`, `    print(${x})`]],
      () => [[`for ${x} in ${v.name}:`, `    ${made} += ${x}`], [`${made} = 0`, `for ${x} in ${v.name}:`, `    ${made} += ${x}`]],
      () => [[`for ${x} in ${v.name}:`, `    ${made}.append(${x})`], [`${made} = []`, `for ${x} in ${v.name}:`, `    ${made}.append(${x})`]],
      () => [[`for ${x} in range(size_):`, `    print(${x})`], [`for ${x} in range(2):`, `    print(${x})`]],
    ])();
  },
  (b) => {
    const v = b.need('int');
    const name = b.fresh('message level status label grade result category discount');
    const limit = v.size;
    const make = (cmp: string) => [`if ${v.name} ${cmp} ${limit}:`, `    ${name} = ${b.text(value)}`, after];
    const value = b.word();
    const [after] = b.print(name);
    return [make('>'), make('=='), [...make('>').slice(0, 2), 'else:', `    ${name} = ${b.text('other')}`, after]];
  },
  (b) => {
    const x = b.fresh('counter total i count n score num');
    return b.r.pick([
      () => one([`${x} += 1`, `${x} = 1`]),
      () => [[`while ${x} < 3:`, `    ${x} += 1`], [`${x} = 0`, `while ${x} < 3:`, `    ${x} += 1`]],
      () => [[`${x}[0] = ${b.int()}`], [`${x} = [0]`, `${x}[0] = ${b.int()}`]],
      () => [[`${x}.append(${b.int()})`], [`${x} = []`, `${x}.append(${b.int()})`]],
      () => [[`if ${x} > 10:`, '    print("big")'], [`${x} = 5`, `if ${x} > 10:`, '    print("big")']],
      () => [['try:', `    ${x} = int(${b.text('5')})`, 'except ValueErr:', '    print("bad")', `print(${x}x)`], ['try:', `    ${x} = int(${b.text('5')})`, 'except ValueErr:', '    print("bad")', `print(${x})`]],
      () => [['try:', `    ${x} = 1 / 0`, 'except ZeroDivisionError as e:', '    pass', 'print(e)'], ['try:', `    ${x} = 1 / 0`, 'except ZeroDivisionError as e:', '    print(e)']],
      () => [['try:', `    ${x} = int(${b.text('five')})`, 'except ValueError:', `    print(${b.text('bad')})`, `print(${x})`], ['try:', `    ${x} = int(${b.text('5')})`, 'except ValueError:', `    print(${b.text('bad')})`, `print(${x})`]],
    ])();
  },
  (b) => {
    const n = b.int();
    return b.r.pick([
      () => one([`print(f${b.text(`Total: {totl}`)})`, `print(f${b.text(`Total: {${n}}`)})`, `print(${b.text('Total: {totl}')})`]),
      () => b.use(`sorted([1, 2], key=by_size)`, `sorted([1, 2], key=abs)`),
      () => [['@cached', `def f(x):`, '    return x'], ['def f(x):', '    return x']],
      () => [['def f(x: Integer):', '    return x', 'print(f(1))'], ['def f(x: int):', '    return x', 'print(f(1))'], ['def f(x: "Integer"):', '    return x', 'print(f(1))']],
      () => [['def f(x=size):', '    return x'], ['def f(x):', '    return size'], ['def f(x=3):', '    return x']],
      () => one([`raise ValueErorr(${b.text()})`, `print(${b.text()})`]),
      () => [['class Dog(Animal):', '    pass'], ['class Dog:', '    pass']],
      () => [['with opn("a") as f:', '    pass'], ['for f in "a":', '    pass']],
      () => one([`assert x == 1`, `assert 1 == 1`]),
      () => [[`def f():`, `    retrun`, 'f()'], ['def f():', '    return', 'f()'], ['def f():', '    retrun']],
    ])();
  },
];

export const UNBOUND_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.need(b.r.pick(['int', 'int', 'float'] as const));
    const name = b.functionName();
    const line = b.r.pick([`${v.name} += ${b.int(1, 9)}`, `${v.name} = ${v.name} + ${b.int(1, 9)}`, `${v.name} -= 1`, `${v.name} *= 2`]);
    const tail = b.r.pick([[], [`    print(${v.name})`], [`    return ${v.name}`]]);
    const call = b.r.chance(0.6) ? `${name}()` : `print(${name}())`;
    const other = b.fresh('new_value temp tmp y z2');
    return [[`def ${name}():`, `    ${line}`, ...tail, call], [`def ${name}():`, `    global ${v.name}`, `    ${line}`, ...tail, call], [`def ${name}():`, `    ${other} = ${v.name} + 1`, ...tail, call], [`def ${name}():`, `    ${line}`, ...tail]];
  },
  (b) => {
    const v = b.need(b.r.pick(['int', 'str', 'ints', 'strs'] as const));
    const name = b.functionName();
    const again = { int: `${b.int()}`, str: b.text(), ints: b.ints(), strs: `[${b.text()}]` }[v.type as 'int'];
    const [show] = b.print(v.name);
    return [[`def ${name}():`, `    ${show}`, `    ${v.name} = ${again}`, `${name}()`], [`def ${name}():`, `    ${show}`, `${name}()`], [`def ${name}():`, `    ${v.name} = ${again}`, `    ${show}`, `${name}()`], [`def ${name}():`, `    global ${v.name}`, `    ${show}`, `    ${v.name} = ${again}`, `${name}()`]];
  },
  (b) => {
    // Assigned in one branch only.
    const name = b.functionName();
    const p = b.r.pick(['n', 'x', 'score', 'age', 'value', 'temp', 'amount', 'grade']);
    const local = b.fresh('result label message status category level discount msg price fee');
    const limit = b.int(2, 60);
    const k = b.r.int(1, 10);
    const value = b.r.chance(0.6) ? b.text() : String(b.int());
    const make = (arg: number, more: string[] = []) => [`def ${name}(${p}):`, `    if ${p} > ${limit}:`, `        ${local} = ${value}`, ...more, `    return ${local}`, `print(${name}(${arg}))`];
    return [make(limit - k), make(limit + k), make(limit - k, ['    else:', `        ${local} = ${b.text('other')}`])];
  },
  (b) => {
    const name = b.functionName();
    const items = b.r.pick(['items', 'values', 'numbers', 'lst', 'names', 'rows']);
    const x = b.r.pick(['x', 'item', 'last', 'n', 'current']);
    const make = (arg: string) => [`def ${name}(${items}):`, `    for ${x} in ${items}:`, `        ${b.r.chance(0) ? '' : body}`, `    return ${x}`, `print(${name}(${arg}))`];
    const body = b.r.pick(['pass', `print(${x})`]);
    return [make('[]'), make(b.ints())];
  },
  (b) => {
    const name = b.functionName();
    const items = b.r.pick(['items', 'values', 'numbers', 'lst', 'scores', 'data']);
    const total = b.fresh('total result acc s count best longest output');
    const step = b.r.pick([`${total} += x`, `${total} = ${total} + x`, `${total} *= x`]);
    const make = (init: string[]) => [`def ${name}(${items}):`, ...init, `    for x in ${items}:`, `        ${step}`, `    return ${total}`, `print(${name}(${b.ints(3)}))`];
    return [make([]), make([`    ${total} = 0`])];
  },
  (b) => {
    const outer = b.fresh('outer make_counter counter start build create wrapper');
    const inner = b.fresh('inner increment add step update bump');
    const x = b.fresh('count total n value calls x');
    const make = (lines: string[]) => [`def ${outer}():`, `    ${x} = ${start}`, `    def ${inner}():`, ...lines.map((line) => `        ${line}`), `        return ${x}`, `    return ${inner}`, `print(${outer}()())`];
    const start = b.r.pick([0, 1, 10]);
    return [make([`${x} += 1`]), make([`nonlocal ${x}`, `${x} += 1`]), make([`y = ${x} + 1`])];
  },
  (b) => {
    const name = b.functionName();
    const x = b.fresh('total result value temp data');
    const v = b.int();
    return [[`def ${name}():`, `    ${x} = ${v}`, `    del ${x}`, `    return ${x}`, `print(${name}())`], [`def ${name}():`, `    ${x} = ${v}`, `    return ${x}`, `print(${name}())`]];
  },
  (b) => {
    const name = b.functionName();
    const text = b.r.chance(0.5) ? b.word() : b.digits();
    const make = (value: string) => [`def ${name}(s):`, '    try:', '        n = int(s)', '    except ValueError:', `        print(${b.text('bad input')})`, '    return n', `print(${name}(${b.text(value)}))`];
    return [make(/^\d+$/.test(text) ? 'abc' : text), make(b.digits())];
  },
  (b) => {
    const name = b.functionName();
    const [a, c] = b.r.sample(['total', 'tax', 'price', 'area', 'width', 'speed', 'result', 'base'], 2);
    const n = b.int();
    const lines = [`    ${a} = ${c} * 2`, `    ${c} = ${n}`];
    return [[`def ${name}():`, ...lines, `    return ${a}`, `print(${name}())`], [`def ${name}():`, lines[1], lines[0], `    return ${a}`, `print(${name}())`]];
  },
  (b) => {
    const name = b.functionName();
    const v = b.need('ints');
    const [builtin, e] = b.r.pick([['sum', `sum(${v.name})`], ['max', `max(${v.name})`], ['len', `len(${v.name})`], ['list', `list(${v.name})`], ['str', `str(${v.name})`], ['min', `min(${v.name})`]]);
    return [[`def ${name}():`, `    ${builtin} = ${e}`, `    return ${builtin}`, `print(${name}())`], [`def ${name}():`, `    result = ${e}`, '    return result', `print(${name}())`]];
  },
  (b) => {
    const name = b.functionName();
    const i = b.fresh('i count n tries k');
    return [[`def ${name}():`, `    while ${i} < 3:`, `        ${i} += 1`, `${name}()`], [`def ${name}():`, `    ${i} = 0`, `    while ${i} < 3:`, `        ${i} += 1`, `${name}()`]];
  },
  (b) => {
    const name = b.functionName();
    return b.r.pick([
      () => [[`def ${name}():`, '    print(math.pi)', '    import math', `${name}()`], [`def ${name}():`, '    import math', '    print(math.pi)', `${name}()`]],
      () => [[`import random`, `def ${name}():`, '    random = random.randint(1, 6)', '    return random', `${name}()`], [`import random`, `def ${name}():`, '    r = random.randint(1, 6)', '    return r', `${name}()`]],
      () => [[`def ${name}(flag):`, '    if flag:', `        msg = ${b.text()}`, '    print(msg)', `${name}(False)`], [`def ${name}(flag):`, '    if flag:', `        msg = ${b.text()}`, '    print(msg)', `${name}(True)`]],
      () => [[`def ${name}():`, '    try:', '        x = 1 / 0', '    except ZeroDivisionError as err:', '        pass', '    print(err)', `${name}()`], [`def ${name}():`, '    try:', '        x = 1 / 0', '    except ZeroDivisionError as err:', '        print(err)', `${name}()`]],
      () => [[`def ${name}():`, `    ${b.need('strs').name} += [${b.text()}]`, `${name}()`], [`def ${name}():`, `    ${b.need('strs').name}.append(${b.text()})`, `${name}()`]],
      () => [[`def ${name}():`, '    result()', '    def result():', '        print("hi")', `${name}()`], [`def ${name}():`, '    def result():', '        print("hi")', '    result()', `${name}()`]],
    ])();
  },
];

const METHODS: readonly [type: 'ints' | 'strs' | 'str' | 'counts' | 'set' | 'tuple' | 'int' | 'float', bad: string, good: string][] = [
  ['ints', '.push(3)', '.append(3)'], ['ints', '.add(5)', '.append(5)'], ['ints', '.appned(4)', '.append(4)'], ['ints', '.length', '.copy()'], ['ints', '.size()', '.copy()'], ['ints', '.length()', '.copy()'], ['ints', '.sum()', '.copy()'], ['ints', '.max()', '.pop()'], ['ints', '.shuffle()', '.reverse()'], ['ints', '.sorted()', '.sort()'], ['ints', '.contains(3)', '.count(3)'], ['ints', '.keys()', '.copy()'], ['ints', '.split()', '.clear()'], ['ints', '.get(0)', '.pop(0)'], ['ints', '.items()', '.copy()'], ['ints', '.join(", ")', '.copy()'], ['ints', '.delete(0)', '.pop(0)'], ['ints', '.addAll([1])', '.extend([1])'], ['ints', '.update([1])', '.extend([1])'], ['ints', '.reversed()', '.reverse()'], ['ints', '.find(2)', '.count(2)'], ['ints', '.len()', '.copy()'], ['ints', '.append.(1)', '.append(1)'], ['ints', '.apend(2)', '.append(2)'], ['ints', '.extends([2])', '.extend([2])'], ['ints', '.inserts(0, 1)', '.insert(0, 1)'], ['ints', '.forEach(print)', '.sort()'], ['ints', '.map(str)', '.copy()'], ['ints', '.mean()', '.copy()'], ['ints', '.filter(None)', '.copy()'],
  ['strs', '.upper()', '.copy()'], ['strs', '.lower()', '.sort()'], ['strs', '.strip()', '.copy()'], ['strs', '.replace("a", "b")', '.count("a")'], ['strs', '.push("x")', '.append("x")'], ['strs', '.join()', '.copy()'], ['strs', '.add("x")', '.append("x")'], ['strs', '.title()', '.reverse()'], ['strs', '.values()', '.copy()'], ['strs', '.startswith("a")', '.count("a")'],
  ['str', '.append("s")', '.strip()'], ['str', '.reverse()', '.lower()'], ['str', '.push("a")', '.strip()'], ['str', '.sort()', '.title()'], ['str', '.length', '.upper'], ['str', '.length()', '.upper()'], ['str', '.toUpperCase()', '.upper()'], ['str', '.uppercase()', '.upper()'], ['str', '.contains("a")', '.count("a")'], ['str', '.trim()', '.strip()'], ['str', '.add("a")', '.strip()'], ['str', '.remove("a")', '.replace("a", "")'], ['str', '.uper()', '.upper()'], ['str', '.spilt()', '.split()'], ['str', '.splitt(",")', '.split(",")'], ['str', '.repalce("a", "b")', '.replace("a", "b")'], ['str', '.capitalise()', '.capitalize()'], ['str', '.isNumeric()', '.isnumeric()'], ['str', '.startsWith("a")', '.startswith("a")'], ['str', '.endsWith("a")', '.endswith("a")'], ['str', '.indexOf("a")', '.find("a")'], ['str', '.substring(0, 2)', '.find("b")'], ['str', '.keys()', '.split()'], ['str', '.pop()', '.strip()'], ['str', '.len()', '.upper()'], ['str', '.decode()', '.encode()'], ['str', '.to_upper()', '.upper()'], ['str', '.format_map', '.format'], ['str', '.concat("a")', '.join("ab")'], ['str', '.charAt(0)', '.find("c")'], ['str', '.size', '.upper'], ['str', '.extend("a")', '.strip()'], ['str', '.reversed()', '.swapcase()'], ['str', '.get("a")', '.find("a")'], ['str', '.lowercase()', '.lower()'],
  ['counts', '.append(1)', '.copy()'], ['counts', '.has_key("a")', '.get("a")'], ['counts', '.add("x", 1)', '.update(x=1)'], ['counts', '.iteritems()', '.items()'], ['counts', '.sort()', '.copy()'], ['counts', '.push(1)', '.clear()'], ['counts', '.item()', '.items()'], ['counts', '.key()', '.keys()'], ['counts', '.length', '.copy'], ['counts', '.remove("a")', '.pop("a", 0)'], ['counts', '.value()', '.values()'], ['counts', '.size()', '.values()'], ['counts', '.index("a")', '.get("a")'], ['counts', '.contains("a")', '.get("a")'], ['counts', '.insert("a", 2)', '.setdefault("a", 2)'], ['counts', '.name', '.get("name")'], ['counts', '.total', '.get("total")'], ['counts', '.sorted()', '.items()'],
  ['set', '.append("x")', '.add("x")'], ['set', '.push("x")', '.add("x")'], ['set', '.sort()', '.copy()'], ['set', '.insert(0, "x")', '.add("x")'], ['set', '.get("x")', '.discard("x")'], ['set', '.extend(["x"])', '.update(["x"])'], ['set', '.index("x")', '.discard("x")'], ['set', '.keys()', '.copy()'],
  ['tuple', '.append(3)', '.count(3)'], ['tuple', '.sort()', '.count(1)'], ['tuple', '.add(1)', '.count(1)'], ['tuple', '.remove(1)', '.count(1)'], ['tuple', '.x', '.count'], ['tuple', '.pop()', '.count(2)'], ['tuple', '.insert(0, 1)', '.count(0)'], ['tuple', '.reverse()', '.count(3)'],
  ['int', '.upper()', '.bit_length()'], ['int', '.append(1)', '.bit_length()'], ['int', '.length', '.real'], ['int', '.split()', '.bit_length()'], ['int', '.strip()', '.conjugate()'], ['int', '.toString()', '.__str__()'], ['int', '.isdigit()', '.bit_length()'], ['int', '.sqrt()', '.bit_length()'], ['int', '.round()', '.__round__()'], ['int', '.items()', '.bit_length()'], ['int', '.replace("1", "2")', '.bit_length()'], ['int', '.keys()', '.bit_length()'], ['int', '.lower()', '.conjugate()'], ['int', '.add(2)', '.__add__(2)'],
  ['float', '.round(2)', '.is_integer()'], ['float', '.floor()', '.is_integer()'], ['float', '.upper()', '.hex()'], ['float', '.toFixed(2)', '.__round__(2)'], ['float', '.append(1.5)', '.is_integer()'],
];

export const ATTRIBUTE_FAULTS: readonly Fault[] = [
  (b) => {
    const [type, bad, good] = b.r.pick(METHODS);
    const v = b.need(type);
    const quote = (text: string) => text.replaceAll('"', b.style.quote);
    return b.r.chance(0.5) ? one([v.name + quote(bad), v.name + quote(good)]) : b.use(v.name + quote(bad), v.name + quote(good));
  },
  (b) => {
    // The value decides whether the method is there.
    const name = b.fresh('data value result x item items text output s thing');
    const values: [string, string][] = [[b.text(), '.upper()'], [b.ints(), '.append(1)'], [`{${b.text()}: 1}`, '.items()'], [String(b.int()), '.bit_length()'], [`{${b.int()}, ${b.int()}}`, '.add(4)'], [b.ints(), '.sort()'], [b.text(), '.split()'], [b.text(), '.replace("a", "b")'], [`{${b.text()}: 2}`, '.keys()'], [b.ints(), '.pop()'], ['None', '.upper()'], ['None', '.append(1)'], ['None', '.items()'], [`(${b.int()}, ${b.int()})`, '.count(1)'], [b.text(), '.strip()'], ['True', '.real']];
    const [right, call] = b.r.pick(values.filter(([value]) => value !== 'None'));
    const wrong = b.r.pick(values.filter(([value]) => value !== right))[0];
    const use = b.r.pick([`print(${name}${call})`, `${name}${call}`]);
    return [[`${name} = ${wrong}`, use], [`${name} = ${right}`, use]];
  },
  (b) => {
    const v = b.need('none');
    const call = b.r.pick(['.append(1)', '.upper()', '.split()', '.name', '.next', '.items()', '.strip()', '.get("a")', '.value', '.lower()', '.group()']);
    return [[`${b.r.chance(0.5) ? `print(${v.name}${call})` : `${v.name}${call}`}`], [`if ${v.name}:`, `    print(${v.name}${call})`], [`print(${v.name})`]];
  },
  (b) => {
    const v = b.need('ints');
    return b.r.pick([
      () => { const n = b.fresh('result new_list data sorted_list'); return [[`${n} = ${v.name}.sort()`, `${n}.append(${b.int()})`], [`${n} = sorted(${v.name})`, `${n}.append(${b.int()})`]]; },
      () => { const n = b.fresh('result new_list data more'); return [[`${n} = ${v.name}.append(${b.int()})`, `${n}.sort()`], [`${n} = ${v.name} + [${b.int()}]`, `${n}.sort()`]]; },
      () => one([`${v.name}.sort().reverse()`, `${v.name}.sort(reverse=True)`]),
      () => one([`${v.name}.append(1).append(2)`, `${v.name}.extend([1, 2])`]),
      () => one([`${v.name}[0].append(${b.int()})`, `${v.name}.append(${b.int()})`]),
      () => b.use(`${v.name}[0].upper()`, `str(${v.name}[0]).upper()`),
      () => [[`for x in ${v.name}:`, '    print(x.upper())'], [`for x in ${v.name}:`, '    print(str(x).upper())']],
      () => [[`${v.name} = ${v.name}.append(${b.int()})`, `${v.name}.append(${b.int()})`], [`${v.name}.append(${b.int()})`, `${v.name}.append(${b.int()})`]],
      () => one([`print(${b.text()}).upper()`, `print(${b.text()}.upper())`]),
      () => b.use(`[x.strip() for x in ${v.name}]`, `[str(x).strip() for x in ${v.name}]`),
    ])();
  },
  (b) => {
    const name = b.functionName();
    const e = b.r.pick([b.text(), 'name.upper()', 'name + "!"']);
    const make = (line: string) => [`def ${name}(name):`, `    ${line}`, `print(${name}(${b.text()}).lower())`];
    return [make(`print(${e})`), make(`return ${e}`)];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const names = attributes.map((attribute) => attribute.name);
    const values = attributes.map((attribute) => (attribute.kind === 't' ? b.text() : b.int()));
    const object = b.fresh(`${name.toLowerCase()} obj p my_obj first`);
    const method = b.r.pick(['show', 'describe', 'info', 'display']);
    const make = (line: string, body = `print(self.${names[0]})`) => [`class ${name}:`, `    def __init__(self, ${b.comma(names)}):`, ...names.map((n) => `        self.${n} = ${n}`), `    def ${method}(self):`, `        ${body}`, `${object} = ${name}(${b.comma(values)})`, line];
    const missing = b.r.pick(['email', 'color', 'weight', 'address', 'id_number', 'get_name', 'city_name', typo(b, names[0]), names[0].toUpperCase()]);
    return [b.r.pick([() => make(`print(${object}.${missing})`), () => make(`${object}.${b.r.pick(['run', 'print', 'save', 'speak', typo(b, method), `${method}_all`])}()`), () => make(`${object}.${method}()`, `print(self.${missing})`), () => make(`print(${name}.${names[0]})`), () => make(`${object}.append(1)`), () => make(`print(${object}.__${names[0]})`)])(), make(`print(${object}.${names[0]})`), make(`${object}.${method}()`)];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const a = attributes[0];
    const value = a.kind === 't' ? b.text() : b.int();
    const make = (init: string) => [`class ${name}:`, `    def __init__(self, ${a.name}):`, `        ${init}`, `x = ${name}(${value})`, `print(x.${a.name})`];
    return [make(b.r.pick([`${a.name} = ${a.name}`, 'pass', `self._${a.name} = ${a.name}`, `self.__${a.name} = ${a.name}`, `self.${typo(b, a.name)} = ${a.name}`])), make(`self.${a.name} = ${a.name}`)];
  },
  (b) => {
    const { name } = b.classType();
    const n = b.r.pick(['count', 'total', 'size', 'limit']);
    return [[`class ${name}:`, '    pass', `${b.r.pick(['a', 'x', 'obj'])} = ${name}()`, `print(${name}.${n})`], [`class ${name}:`, `    ${n} = ${b.int()}`, `print(${name}.${n})`]];
  },
  (b) => {
    const [module, bad, good] = b.r.pick([
      ['math', 'math.square(4)', 'math.sqrt(4)'], ['math', 'math.PI', 'math.pi'], ['math', 'math.sqroot(9)', 'math.sqrt(9)'], ['math', 'math.power(2, 3)', 'math.pow(2, 3)'], ['math', 'math.round(2.5)', 'math.floor(2.5)'], ['math', 'math.max(1, 2)', 'math.fmod(1, 2)'], ['math', 'math.abs(-3)', 'math.fabs(-3)'], ['math', 'math.ceiling(2.1)', 'math.ceil(2.1)'], ['math', 'math.sum([1])', 'math.fsum([1])'], ['math', 'math.random()', 'math.pi'],
      ['random', 'random.rand()', 'random.random() < 1'], ['random', 'random.randInt(1, 6)', 'random.randint(1, 6) > 0'], ['random', 'random.int(1, 6)', 'random.randint(1, 6) > 0'], ['random', 'random.pick([1])', 'random.choice([1])'], ['random', 'random.number()', 'random.random() < 1'],
      ['json', 'json.parse("[1]")', 'json.loads("[1]")'], ['json', 'json.stringify([1])', 'json.dumps([1])'], ['json', 'json.dumb([1])', 'json.dumps([1])'], ['os', 'os.getcurrentdir()', 'len(os.getcwd()) > 0'], ['os', 'os.cwd()', 'len(os.getcwd()) > 0'], ['os', 'os.path.exist("x")', 'os.path.exists("x")'], ['os', 'os.path.joins("a", "b")', 'os.path.join("a", "b")'],
      ['time', 'time.now()', 'time.time() > 0'], ['time', 'time.clock()', 'time.time() > 0'], ['time', 'time.wait(0)', 'time.sleep(0)'], ['datetime', 'datetime.now()', 'datetime.datetime.now() is None'], ['datetime', 'datetime.today()', 'datetime.date.today() is None'], ['datetime', 'datetime.strptime("1", "%d")', 'datetime.datetime.strptime("1", "%d")'], ['string', 'string.letters', 'string.ascii_letters'], ['string', 'string.lowercase', 'string.ascii_lowercase'], ['string', 'string.upper("a")', 'string.capwords("a")'], ['sys', 'sys.args', 'len(sys.argv) >= 0'], ['sys', 'sys.maxint', 'sys.maxsize > 0'], ['re', 're.find("a", "b")', 're.findall("a", "b")'], ['re', 're.match("a", "b").group()', 're.match("b", "b").group()'], ['re', 're.search("x", "abc").start()', 're.search("b", "abc").start()'], ['collections', 'collections.counter("ab")', 'collections.Counter("ab")'], ['itertools', 'itertools.combination([1], 1)', 'list(itertools.combinations([1], 1))'], ['statistics', 'statistics.average([1])', 'statistics.mean([1])'], ['copy', 'copy.deep([1])', 'copy.deepcopy([1])'], ['functools', 'functools.reduced(max, [1])', 'functools.reduce(max, [1])'],
    ]);
    return b.print(bad, good).map((line) => [`import ${module}`, line]);
  },
  (b) => {
    const v = b.need('record');
    return b.use(`${v.name}.${v.keys[0]}`, `${v.name}[${b.text(v.keys[0])}]`);
  },
  (b) => {
    const v = b.need('records');
    const item = b.r.pick([v.singular, 'x', 'p']);
    return [[`for ${item} in ${v.name}:`, ...indent([`print(${item}.${v.keys[0]})`])], [`for ${item} in ${v.name}:`, ...indent([`print(${item}[${b.text(v.keys[0])}])`])]];
  },
  (b) => {
    const name = b.functionName();
    return [[`def ${name}():`, `    return ${b.int()}`, `print(${name}.${b.r.pick(['result', 'value', 'total'])})`], [`def ${name}():`, `    return ${b.int()}`, `print(${name}.__name__)`], [`def ${name}():`, `    return ${b.text()}`, `print(${name}.upper())`], [`def ${name}():`, `    return ${b.text()}`, `print(${name}().upper())`]];
  },
  (b) => {
    const v = b.need('counts');
    return b.r.pick([
      () => [[`for k in ${v.name}.keys():`, `    print(k.append(1))`], [`for k in ${v.name}.keys():`, '    print(k.upper())']],
      () => one([`${v.name}[${b.text(v.keys[0])}].append(1)`, `${v.name}[${b.text(v.keys[0])}] += 1`]),
      () => [[`for k in ${v.name}.values():`, '    print(k.lower())'], [`for k in ${v.name}:`, '    print(k.lower())']],
      () => b.use(`${v.name}.get(${b.text('nobody')}).upper()`, `${v.name}.get(${b.text('nobody')}, ${b.text('x')})`),
    ])();
  },
  (b) => {
    const text = b.text(b.digits());
    const name = b.fresh('n age value num x amount');
    return b.r.pick([
      () => [[`${name} = int(${text})`, `print(${name}.isdigit())`], [`${name} = ${text}`, `print(${name}.isdigit())`]],
      () => [[`${name} = ${text}`, `${name}.append(1)`], [`${name} = [${text}]`, `${name}.append(1)`]],
      () => [[`${name} = ${b.int()}`, `print(${name}.zfill(5))`], [`${name} = ${text}`, `print(${name}.zfill(5))`]],
      () => [[`with ${b.int()} as ${name}: pass`], [`if ${b.int()}: pass`]],
      () => [[`${name} = ${text}.split()`, `print(${name}.upper())`], [`${name} = ${text}.split()`, `print(${name}[0].upper())`]],
      () => [[`${name} = open`, `print(${name}.read())`], [`${name} = open`, `print(${name})`]],
      () => [[`${name} = range(5)`, `${name}.append(5)`], [`${name} = list(range(5))`, `${name}.append(5)`]],
      () => [[`${name} = (n for n in [1])`, `print(${name}.sort())`], [`${name} = [n for n in [1]]`, `print(${name}.sort())`]],
      () => [[`${name} = object()`, `${name}.color = ${b.text()}`], ['class Box: pass', `${name} = Box()`, `${name}.color = ${b.text()}`]],
    ])();
  },
];
