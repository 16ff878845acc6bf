import type { Fault } from './types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

export const ASSERTION_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.need('int');
    const msg = b.r.chance(0.4) ? `, ${b.text(`${v.name} ${b.r.pick(['is wrong', 'must be positive', 'too small', 'out of range', 'invalid'])}`)}` : '';
    return one([`assert ${v.name} > ${v.size + b.r.int(0, 30)}${msg}`, `assert ${v.name} > ${v.size - b.r.int(1, 9)}${msg}`, `assert ${v.name} == ${v.size}${msg}`, `assert ${v.name} != ${v.size}${msg}`]);
  },
  (b) => {
    const [p, q] = b.r.sample([b.int(), b.int(), b.int(), b.int(1, 9)], 2);
    const op = b.op();
    const r = op === '+' ? p + q : op === '-' ? p - q : p * q;
    return one([`assert ${p} ${op} ${q} == ${r + b.r.pick([1, -1, 2, 10])}`, `assert ${p} ${op} ${q} == ${r}`, `print(${p} ${op} ${q} == ${r})`]);
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'tuple', 'counts'] as const));
    return b.r.pick([
      () => one([`assert len(${v.name}) == ${v.size + b.r.pick([1, 2, 3])}`, `assert len(${v.name}) == ${v.size}`]),
      () => one([`assert len(${v.name}) > ${v.size + b.r.int(0, 5)}, ${b.text('too short')}`, `assert len(${v.name}) > ${v.size - 1}, ${b.text('too short')}`]),
      () => one([`assert not ${v.name}`, `assert ${v.name}`]),
      () => one([`assert isinstance(${v.name}, ${b.r.pick(['str', 'int'])})`, `assert isinstance(${v.name}, (list, tuple, dict))`]),
      () => one([`assert ${b.text('zebra')} in ${v.name}`, `assert ${b.text('zebra')} not in ${v.name}`]),
    ])();
  },
  (b) => {
    const name = b.functionName();
    const x = b.parameter();
    const k = b.r.int(1, 9);
    const [e, f] = b.r.pick([[`${x} + ${k}`, (n: number) => n + k], [`${x} * ${k}`, (n: number) => n * k], [`${x} - ${k}`, (n: number) => n - k], [`${x} ** 2`, (n: number) => n * n]] as const);
    const n = b.int(1, 12);
    const make = (value: number) => [`def ${name}(${x}):`, `    return ${e}`, `assert ${name}(${n}) == ${value}`];
    return [make(f(n) + b.r.pick([1, -1, 3])), make(f(n)), [...make(f(n)).slice(0, 2), `print(${name}(${n}) == ${f(n) + 1})`]];
  },
  (b) => {
    const name = b.functionName();
    const x = b.r.pick(['age', 'n', 'amount', 'price', 'score', 'x', 'value', 'width']);
    const msg = b.r.chance(0.5) ? `, ${b.text(`${x} must be positive`)}` : '';
    const make = (value: number | string) => [`def ${name}(${x}):`, `    assert ${x} > 0${msg}`, `    return ${x} * ${k}`, `print(${name}(${value}))`];
    const k = b.int();
    return [make(`-${b.int()}`), make(b.int()), make(0), make(b.text())];
  },
  (b) => {
    const v = b.need('str');
    const word = v.keys[0];
    return one([b.r.pick([`assert ${v.name} == ${b.text(`${word}x`)}`, `assert ${v.name}.isdigit()`, `assert len(${v.name}) > ${word.length + 3}`, `assert ${v.name}.startswith(${b.text('Z')})`, `assert ${v.name} == ${b.text('')}`, `assert ${v.name}[0] == ${b.text('#')}`]), b.r.pick([`assert ${v.name} == ${b.text(word)}`, `assert len(${v.name}) == ${word.length}`, `assert ${v.name}.startswith(${b.text(word[0])})`])]);
  },
  (b) => {
    const word = b.r.pick(['python', 'level', 'hello', 'stone', 'radar', 'banana']);
    return b.r.pick([
      () => one([`assert ${b.text(word)}.upper() == ${b.text(word)}`, `assert ${b.text(word)}.lower() == ${b.text(word)}`]),
      () => one([`assert sorted([3, 1, 2]) == [3, 2, 1]`, `assert sorted([3, 1, 2]) == [1, 2, 3]`]),
      () => one([`assert False, ${b.text()}`, `assert True, ${b.text()}`, `assert (False, ${b.text()})`]),
      () => one([`assert None`, `assert None is None`]),
      () => one([`raise AssertionError(${b.text()})`, `print(${b.text('AssertionError')})`]),
      () => one([`assert ${b.text(word)} == ${b.text(word)}[::-1]`, `assert ${b.text('level')} == ${b.text('level')}[::-1]`]),
      () => one([`assert 0`, 'assert 1']),
      () => one([`assert []`, 'assert [0]']),
      () => one([`assert ${b.int(1, 50)} > ${b.int(51, 99)}`, `assert ${b.int(51, 99)} > ${b.int(1, 50)}`]),
      () => one([`assert all(n > ${b.int(0, 5)} for n in ${b.ints()})`, `assert any(n > -20 for n in ${b.ints()})`]),
      () => one([`assert type(${b.int()}) == str`, `assert type(${b.int()}) == int`]),
      () => one([`assert 0.1 + 0.2 == 0.3`, `assert 0.5 + 0.25 == 0.75`]),
      () => one([`assert [1, 2] is [1, 2]`, 'assert [1, 2] == [1, 2]']),
      () => one([`assert ${b.text('a')} == ${b.text('A')}`, `assert ${b.text('a')} != ${b.text('A')}`]),
      () => one([`assert 7 % 2 == 0`, 'assert 8 % 2 == 0']),
    ])();
  },
  (b) => {
    const v = b.need('ints');
    return b.r.pick([
      () => one([`assert sum(${v.name}) == ${b.int(1000, 9000)}`, `assert sum(${v.name}) == sum(${v.name}[::-1])`]),
      () => one([`assert max(${v.name}) < -20`, `assert max(${v.name}) >= min(${v.name})`]),
      () => [[`for n in ${v.name}:`, `    assert n > 1000, n`], [`for n in ${v.name}:`, `    assert n < 1000, n`]],
      () => [['try:', `    assert len(${v.name}) > 50`, 'except AssertionError:', '    print("short")'], ['try:', `    assert len(${v.name}) > 50`, 'except ValueError:', '    print("short")']],
      () => one([`assert all(n < 0 for n in ${v.name})`, `assert all(n < 1000 for n in ${v.name})`]),
    ])();
  },
  (b) => {
    const { name, attributes } = b.classType();
    const a = attributes.find((x) => x.kind === 'n') ?? attributes[0];
    const n = b.int();
    const make = (check: number) => [`class ${name}:`, `    def __init__(self, ${a.name}):`, `        self.${a.name} = ${a.name}`, `x = ${name}(${n})`, `assert x.${a.name} == ${check}`];
    return [make(n + b.r.int(1, 5)), make(n)];
  },
];

export const RECURSION_FAULTS: readonly Fault[] = [
  (b) => {
    const name = b.fresh('factorial fact countdown sum_to f recurse power sum_digits count_down fib total triangle depth loop rec');
    const n = b.r.pick(['n', 'n', 'x', 'num', 'k']);
    const step = b.r.pick([`${n} * ${name}(${n} - 1)`, `${n} + ${name}(${n} - 1)`, `${name}(${n} - 1) + 1`, `${name}(${n} - 1)`, `2 * ${name}(${n} - 1)`]);
    const value = b.r.int(1, 12);
    const base = b.r.pick([[`    if ${n} == 0:`, '        return 1'], [`    if ${n} <= 1:`, '        return 1'], [`    if ${n} == 0: return 0`], [`    if ${n} < 1:`, '        return 0']]);
    const make = (body: string[], s = step, arg: string | number = value) => [`def ${name}(${n}):`, ...body, `    return ${s}`, `print(${name}(${arg}))`];
    return [make([]), make(base), make(base, b.r.pick([step.replace(`${n} - 1`, `${n} + 1`), step.replace(`${n} - 1`, n)])), make(base, step, b.r.pick([`-${value}`, 5000, 10000, '2.5', 0]))];
  },
  (b) => {
    const name = b.fresh('fib fibonacci climb ways');
    const make = (base: string[], value = b.r.int(3, 9)) => [`def ${name}(n):`, ...base, `    return ${name}(n - 1) + ${name}(n - 2)`, `print(${name}(${value}))`];
    return [make([]), make(['    if n < 2:', '        return n']), make(['    if n == 0:', '        return 0'])];
  },
  (b) => {
    const [f, g] = [b.functionName(), b.functionName()];
    const n = b.int(2, 20);
    const make = (stop: string[]) => [`def ${f}(n):`, ...stop, `    return ${g}(n - 1)`, `def ${g}(n):`, `    return ${f}(n)`, `${f}(${n})`];
    return [make([]), make(['    if n <= 0:', '        return 0'])];
  },
  (b) => {
    const name = b.functionName();
    const body = b.r.pick([`${name}()`, `return ${name}()`, `return 1 + ${name}()`, `print(${b.text()}); ${name}()`]);
    return [[`def ${name}():`, `    ${body}`, `${name}()`], [`def ${name}():`, `    ${body}`], [`def ${name}():`, `    print(${b.text()})`, `${name}()`]];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const a = attributes[0].name;
    const value = attributes[0].kind === 't' ? b.text() : b.int();
    return b.r.pick([
      () => [[`class ${name}:`, '    @property', `    def ${a}(self):`, `        return self.${a}`, `print(${name}().${a})`], [`class ${name}:`, `    _${a} = ${value}`, '    @property', `    def ${a}(self):`, `        return self._${a}`, `print(${name}().${a})`]],
      () => [[`class ${name}:`, '    def __init__(self):', `        self.child = ${name}()`, `x = ${name}()`], [`class ${name}:`, '    def __init__(self):', '        self.child = None', `x = ${name}()`]],
      () => [[`class ${name}:`, `    def set_${a}(self, v):`, `        self.set_${a}(v)`, `${name}().set_${a}(${value})`], [`class ${name}:`, `    def set_${a}(self, v):`, `        self.${a} = v`, `${name}().set_${a}(${value})`]],
    ])();
  },
  (b) => {
    const name = b.fresh('length flatten total sum_list count reverse last');
    const p = b.r.pick(['lst', 'items', 'xs', 's', 'values']);
    const [e, arg] = b.r.pick([[`1 + ${name}(${p}[1:])`, b.ints(3)], [`${p}[0] + ${name}(${p}[1:])`, b.ints(3)], [`${name}(${p}[1:]) + 1`, b.text()], [`${name}(${p}) + 1`, b.ints(2)]]);
    const make = (base: string[]) => [`def ${name}(${p}):`, ...base, `    return ${e}`, `print(${name}(${arg}))`];
    return [make([]), make([`    if not ${p}:`, '        return 0'])];
  },
  (b) => {
    const f = b.fresh('f fact loop g rec step');
    return [[`${f} = lambda n: ${f}(n - 1)`, `print(${f}(${b.int()}))`], [`${f} = lambda n: n - 1`, `print(${f}(${b.int()}))`], [`${f} = lambda n: 1 if n <= 0 else ${f}(n - 1)`, `print(${f}(${b.int(1, 20)}))`]];
  },
  (b) => {
    const name = b.functionName();
    const make = (arg: number) => [`def ${name}(n):`, '    if n == 0:', `        return ${b.r.pick([0, 1, '"done"'])}`, `    return ${name}(n - ${s})`, `print(${name}(${arg}))`];
    const s = b.r.pick([2, 2, 3]);
    const k = b.r.int(1, 9);
    return [make(k * s + 1), make(k * s)];
  },
  (b) => [[`raise RecursionError(${b.text()})`], [`print(RecursionError(${b.text()}))`]],
  (b) => {
    const name = b.functionName();
    return [['import sys', `def ${name}():`, `    return ${name}()`, 'try:', `    ${name}()`, 'except RecursionError:', '    print("deep")'], ['import sys', `def ${name}():`, `    return ${name}()`, 'try:', `    ${name}()`, 'except ValueError:', '    print("deep")']];
  },
];

export const STOP_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'tuple'] as const));
    const it = b.fresh('it iterator items_iter gen stream numbers_iter my_iter reader');
    const show = b.r.chance(0.6);
    const next = show ? `print(next(${it}))` : `next(${it})`;
    const make = (count: number) => [`${it} = iter(${v.name})`, ...Array.from({ length: count }, () => next)];
    return [make(v.size + 1), make(v.size), [...make(v.size), `print(next(${it}, ${b.r.pick(['None', '"done"', '0', '-1'])}))`], [`${it} = iter(${v.name})`, `for _ in range(${v.size + b.r.int(1, 4)}):`, `    ${next}`], [`${it} = iter(${v.name})`, `for _ in range(${v.size}):`, `    ${next}`]];
  },
  (b) => {
    const it = b.fresh('it iterator gen empty stream nums letters');
    const [empty, full] = b.r.pick([['iter([])', `iter([${b.int()}])`], ['iter("")', `iter(${b.text()})`], ['iter({})', `iter({${b.text()}: 1})`], ['iter(())', `iter((${b.int()},))`], ['(x for x in [])', '(x for x in [1])'], ['iter(range(0))', 'iter(range(3))'], ['map(str, [])', 'map(str, [1])'], ['filter(None, [0])', 'filter(None, [1])'], ['zip([], [1])', 'zip([1], [1])'], ['iter(set())', 'iter({1})'], ['enumerate([])', 'enumerate("a")'], ['reversed([])', 'reversed([1, 2])']]);
    const direct = b.r.chance(0.4);
    if (direct) return b.use(`next(${empty})`, `next(${full})`, `next(${empty}, None)`);
    const lines = b.use(`next(${it})`)[0];
    return [[`${it} = ${empty}`, ...lines], [`${it} = ${full}`, ...lines], [`${it} = ${empty}`, ...b.use(`list(${it})`)[0]]];
  },
  (b) => {
    const v = b.need('ints');
    const n = b.r.pick(['n', 'x', 'v', v.singular]);
    const [no, yes] = b.r.pick([[`${n} > 5000`, `${n} > -99`], [`${n} < -99`, `${n} < 5000`], [`${n} == 999`, `${n} == ${v.name}[0]`], [`${n} % 1000 == 777`, `${n} % 1 == 0`]]);
    const name = b.fresh('first found match result big hit');
    const make = (c: string, d = '') => [`${name} = next(${d ? `(${n} for ${n} in ${v.name} if ${c})${d}` : `${n} for ${n} in ${v.name} if ${c}`})`, `print(${name})`];
    return [make(no), make(yes), make(no, ', None')];
  },
  (b) => {
    const v = b.need('strs');
    const w = b.r.pick(['w', 's', 'name', v.singular]);
    const name = b.fresh('first found match result who');
    const make = (c: string, d = '') => [`${name} = next((${w} for ${w} in ${v.name} if ${c})${d})`, `print(${name})`];
    const no = b.r.pick([`${w}.startswith(${b.text('#')})`, `len(${w}) > 40`, `${w} == ${b.text('missing')}`, `${w}.isdigit()`]);
    return [make(no), make(`len(${w}) > 0`), make(no, `, ${b.text('nobody')}`)];
  },
  (b) => {
    const name = b.fresh('numbers gen countdown count_up letters produce squares stream evens my_gen simple');
    const k = b.r.int(1, 3);
    const g = b.fresh('g gen1 it source counter c');
    const yields = Array.from({ length: k }, (_, i) => `    yield ${b.r.chance(0.6) ? i + 1 : b.text()}`);
    const loop = b.r.chance(0.4);
    const body = loop ? [`    for i in range(${k}):`, '        yield i'] : yields;
    const make = (count: number) => [`def ${name}():`, ...body, `${g} = ${name}()`, ...Array.from({ length: count }, () => `print(next(${g}))`)];
    return [make(k + 1), make(k), [...make(0), `for x in ${g}:`, '    print(x)'], [...make(0), `list(${g})`, `next(${g})`]];
  },
  (b) => {
    const it = b.fresh('it g numbers_it rows lines');
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    const use = b.r.pick([`list(${it})`, `print(list(${it}))`, `for x in ${it}: pass`, `print(len(list(${it})))`, `tuple(${it})`]);
    const lines = b.use(`next(${it})`)[0];
    return [[`${it} = iter(${v.name})`, use, ...lines], [`${it} = iter(${v.name})`, ...lines, use]];
  },
  (b) => {
    const { name } = b.classType();
    const make = (call: string) => [`class ${name}:`, '    def __iter__(self):', '        return self', '    def __next__(self):', '        raise StopIteration', call];
    return [make(`print(next(${name}()))`), make(`print(list(${name}()))`), make(`for x in ${name}(): print(x)`)];
  },
  (b) => {
    const it = b.fresh('it gen items stream');
    return [[`${it} = iter([${b.int()}])`, 'while True:', `    print(next(${it}))`], [`${it} = iter([${b.int()}])`, 'while True:', '    try:', `        print(next(${it}))`, '    except StopIteration:', '        break'], [`${it} = iter([${b.int()}])`, `for x in ${it}:`, '    print(x)']];
  },
  (b) => [[`raise StopIteration${b.r.pick(['', `(${b.text()})`])}`], [`print(StopIteration)`], [`raise IndexError(${b.text()})`]],
  (b) => {
    const v = b.need('counts');
    const it = b.fresh('keys it key_iter');
    const make = (count: number) => [`${it} = iter(${v.name})`, ...Array.from({ length: count }, () => `print(next(${it}))`)];
    return [make(v.size + 1), make(v.size)];
  },
  (b) => {
    const f = b.functionName();
    const make = (arg: string) => [`def ${f}(items):`, `    return next(iter(items))`, `print(${f}(${arg}))`];
    return [make(b.r.pick(['[]', '""', '{}', '()'])), make(b.ints())];
  },
  (b) => {
    const [m, e, ok] = b.r.pick([['itertools', 'next(itertools.islice([1], 5, 6))', 'next(itertools.islice([1], 0, 1))'], ['itertools', 'next(itertools.chain([], []))', 'next(itertools.chain([], [1]))'], ['csv', 'next(csv.reader([]))', 'next(csv.reader(["a,b"]))'], ['re', 'next(re.finditer("x", "abc"))', 'next(re.finditer("b", "abc"))'], ['itertools', 'next(itertools.takewhile(lambda x: x > 5, [1]))', 'next(itertools.takewhile(lambda x: x > 0, [1]))']]);
    return b.print(e, ok).map((line) => [`import ${m}`, line]);
  },
];
