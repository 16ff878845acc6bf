import type { Fault } from './types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

export const VALUE_FAULTS: readonly Fault[] = [
  (b) => {
    const good = b.digits();
    const bad = b.r.pick([b.word(), b.word(), `${good}.5`, '', `${good}a`, `$${good}`, `1,${good}`, 'twelve', 'ten', `${good} 2`, '3.14', 'N/A', 'None', `${good}%`, `${good}kg`, 'abc']);
    return b.use(`int(${b.text(bad)})`, `int(${b.text(good)})`);
  },
  (b) => {
    const name = b.fresh('age num user_input value s text n count price year', b.subject.ints);
    const bad = b.r.pick([b.word(), `${b.digits()}.0`, 'five', '', 'unknown', '12a', '1O']);
    const [after] = b.print(b.r.pick([`int(${name}) + ${b.int()}`, `int(${name})`, `int(${name}) * 2`, `${b.int()} - int(${name})`]));
    return [[`${name} = ${b.text(bad)}`, after], [`${name} = ${b.text(b.digits())}`, after]];
  },
  (b) => b.use(`float(${b.text(b.r.pick(['abc', '1,5', '', 'two', '3.4.5', '$9.99', '10%', '1 000']))})`, `float(${b.text(b.float())})`),
  (b) => {
    const name = b.fresh('values data lines fields numbers_text raw entries');
    const good = [b.digits(), b.digits(), b.digits()];
    const bad = [...good];
    bad[b.r.int(0, 2)] = b.r.pick(['x', '', 'four', '2.5', 'n/a']);
    const after = b.r.pick([`print([int(v) for v in ${name}])`, `print(sum(int(x) for x in ${name}))`, `for v in ${name}: print(int(v))`, `print(list(map(int, ${name})))`]);
    const split = b.r.chance(0.4);
    const list = (items: string[]) => (split ? `${b.text(items.join(','))}.split(${b.text(',')})` : `[${b.comma(items.map((item) => b.text(item)))}]`);
    return [[`${name} = ${list(bad)}`, after], [`${name} = ${list(good)}`, after]];
  },
  (b) => {
    const names = b.r.sample(['a', 'b', 'c', 'x', 'y', 'z', 'first', 'second', 'third', 'name', 'age', 'low', 'high'], b.r.int(2, 3));
    const make = (count: number) => {
      const items = Array.from({ length: count }, (_, i) => i * 7 + 3);
      return [`${names.join(', ')} = ${b.r.chance(0) ? '' : `${open}${b.comma(items)}${close}`}`, `print(${names[0]})`];
    };
    const [open, close] = b.r.pick([['[', ']'], ['(', ')'], ['', '']]);
    return [make(names.length + 1), make(names.length), make(Math.max(2, names.length - 1))];
  },
  (b) => {
    const text = b.r.pick(['John Smith', 'a-b', 'key=value', '10:30', 'x,y', 'user@mail.com']);
    const sep = [' ', '-', '=', ':', ',', '@'].find((s) => text.includes(s))!;
    const [p, q] = b.r.pick([['first', 'last'], ['a', 'b'], ['key', 'value'], ['left', 'right'], ['name', 'domain']]);
    const make = (s: string, value = text) => [`${p}, ${q} = ${b.text(value)}.split(${b.text(s)})`, `print(${q})`];
    return [make(sep === '/' ? '.' : '/'), make(sep), make(sep, `${text}${sep}x`)];
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    const bad = v.type === 'ints' ? String(b.r.pick([777, 1001, 333])) : b.text(b.r.pick(['missing', 'zebra', 'none']));
    const good = v.type === 'ints' ? `${v.name}[0]` : b.text(v.keys[0]);
    return b.r.pick([() => one([`${v.name}.remove(${bad})`, `${v.name}.remove(${good})`, `${v.name}.append(${bad})`]), () => b.use(`${v.name}.index(${bad})`, `${v.name}.index(${good})`, `${v.name}.count(${bad})`)])();
  },
  (b) => {
    const v = b.need('str');
    return b.use(`${v.name}.index(${b.text('Q')})`, `${v.name}.find(${b.text('Q')})`, `${v.name}.index(${b.text(v.keys[0][0])})`);
  },
  (b) => {
    const name = b.fresh('scores values nums data results empty numbers temps');
    const lines = b.print(`${b.r.pick(['max', 'min'])}(${name})`);
    return [[`${name} = []`, ...lines], [`${name} = ${b.ints()}`, ...lines], [`${name} = []`, `print(sum(${name}))`]];
  },
  (b) => {
    const n = b.int();
    const [bad, good] = b.r.pick([['math.sqrt(-', 'math.sqrt('], ['math.log(-', 'math.log('], ['math.factorial(-', 'math.factorial(']]);
    const value = Math.min(n, 15);
    return b.print(`${bad}${value})`, `${good}${value})`, `abs(-${value})`).map((line) => ['import math', line]);
  },
  (b) => {
    const x = b.intName();
    const e = b.r.pick([`math.sqrt(${x})`, `math.log(${x})`, `math.factorial(${x})`]);
    const value = b.r.int(1, 9);
    return [[`import math`, `${x} = -${value}`, `print(${e})`], [`import math`, `${x} = ${value}`, `print(${e})`]];
  },
  (b) => b.r.pick([
    () => b.use(`list(range(1, ${b.int()}, 0))`, `list(range(1, ${b.int(2, 9)}, 1))`),
    () => b.use(`chr(-${b.int()})`, `chr(${b.int(65, 90)})`),
    () => b.use(`${b.text(b.word())}.split(${b.text('')})`, `${b.text(b.word())}.split(${b.text(' ')})`),
    () => b.use(`int(${b.text('19')}, 2)`, `int(${b.text('101')}, 2)`),
    () => b.use(`int(${b.text('9z')}, 16)`, `int(${b.text('9f')}, 16)`),
    () => b.use(`${b.need('ints').name}[::0]`, `${b.need('ints').name}[::2]`),
    () => b.use(`bytes([${b.int(256, 500)}])`, `bytes([${b.int(1, 200)}])`),
    () => b.use(`complex(${b.text('abc')})`, `complex(${b.text('1')})`),
    () => b.use(`f${b.text('{5:s}')}`, `f${b.text('{5:d}')}`),
    () => b.use(`${b.text('{:d}')}.format(${b.text()})`, `${b.text('{:d}')}.format(${b.int()})`),
    () => b.use(`format(${b.text()}, ${b.text('.2f')})`, `format(${b.float()}, ${b.text('.2f')})`),
    () => b.use(`dict([(1, 2, 3)])`, `dict([(1, 2)])`),
    () => b.use(`dict(zip([1, 2], [3], strict=True))`, `dict(zip([1, 2], [3]))`),
    () => b.use(`round(float(${b.text('nope')}), 2)`, `round(float(${b.text('2.345')}), 2)`),
    () => b.use(`1 << -${b.r.int(1, 9)}`, `1 << ${b.r.int(1, 9)}`),
    () => b.use(`(${b.int()}).to_bytes(2, ${b.text('medium')})`, `(${b.int()}).to_bytes(2, ${b.text('big')})`),
    () => b.use(`${b.text()}.encode().index(b${b.text('#')})`, `${b.text()}.encode().find(b${b.text('#')})`),
    () => b.use(`int(float(${b.text('nan')}))`, `int(float(${b.text('2.0')}))`),
    () => b.use(`memoryview(b${b.text('ab')}).cast(${b.text('xx')})`, `len(memoryview(b${b.text('ab')}))`),
  ])(),
  (b) => {
    const [module, bad, good] = b.r.pick([
      ['datetime', 'datetime.date(2024, 13, 1)', 'datetime.date(2024, 12, 1)'], ['datetime', 'datetime.date(2023, 2, 30)', 'datetime.date(2023, 2, 28)'], ['datetime', 'datetime.datetime.strptime("2024", "%d/%m")', 'datetime.datetime.strptime("2024", "%Y")'], ['datetime', 'datetime.time(25, 0)', 'datetime.time(5, 0)'],
      ['random', 'random.sample([1, 2], 3)', 'len(random.sample([1, 2, 3], 2))'], ['random', 'random.randint(10, 1)', 'random.randint(1, 10) > 0'], ['random', 'random.randrange(0)', 'random.randrange(1)'],
      ['time', 'time.sleep(-1)', 'time.sleep(0)'], ['time', 'time.strptime("x", "%Y")', 'len(time.strptime("2020", "%Y"))'], ['math', 'math.sqrt(-1)', 'math.sqrt(1)'], ['math', 'math.log(0)', 'math.log(1)'], ['ipaddress', 'ipaddress.ip_address("1.2.3")', 'ipaddress.ip_address("1.2.3.4")'], ['uuid', 'uuid.UUID("123")', 'len(str(uuid.uuid4()))'], ['math', 'math.acos(2)', 'math.acos(1)'], ['statistics', 'statistics.quantiles([1, 2], n=0.5)', 'statistics.mean([1, 2])'], ['fractions', 'fractions.Fraction("a/b")', 'fractions.Fraction("1/2")'],
    ]);
    return b.print(bad, good).map((line) => [`import ${module}`, line]);
  },
  (b) => {
    const name = b.fresh('set_age withdraw check validate divide set_price withdraw_cash check_age deposit register');
    const x = b.r.pick(['age', 'amount', 'x', 'n', 'price', 'value', 'score']);
    const limit = b.r.pick([0, 0, 10, 18, 100]);
    const cmp = b.r.pick(['<', '<', '<=', '>']);
    const error = b.r.chance(0.85) ? 'ValueError' : b.r.pick(['TypeError', 'KeyError', 'IndexError']);
    const make = (value: number) => [`def ${name}(${x}):`, `    if ${x} ${cmp} ${limit}:`, `        raise ${error}(${b.text(`${x} too low`)})`, `    return ${x}`, `print(${name}(${value}))`];
    const k = b.r.int(1, 20);
    return [make(limit - k), make(limit + k)];
  },
  (b) => {
    const v = b.need('counts');
    return b.r.pick([
      () => [[`for k, v in ${v.name}:`, '    print(k)'], [`for k, v in ${v.name}.items():`, '    print(k)']],
      () => [[`for a, b in ${b.need('strs').name}:`, '    print(a)'], [`for a in ${b.need('strs').name}:`, '    print(a)']],
      () => [[`for a, b in [(1, 2), (3, 4, 5)]:`, '    print(a + b)'], [`for a, b in [(1, 2), (3, 4)]:`, '    print(a + b)']],
      () => [[`for i, k, n in enumerate(${v.name}.items()):`, '    print(k)'], [`for i, (k, n) in enumerate(${v.name}.items()):`, '    print(k)']],
    ])();
  },
  (b) => {
    const name = b.functionName();
    const count = b.r.int(2, 3);
    const make = (n: number) => [`def ${name}():`, `    return ${b.comma(Array.from({ length: n }, (_, i) => i + 1))}`, `${['a', 'b', 'c'].slice(0, count).join(', ')} = ${name}()`, 'print(a)'];
    return [make(count + 1), make(count)];
  },
  (b) => {
    const cls = b.fresh('Color Level Status Size Mode Kind');
    const make = (n: number) => ['from enum import Enum', `class ${cls}(Enum):`, '    LOW = 1', '    HIGH = 2', `print(${cls}(${n}))`];
    return [make(b.r.int(3, 9)), make(b.r.int(1, 2))];
  },
  (b) => [[`raise ValueError(${b.text()})`], [`print(ValueError(${b.text()}))`]],
];

export const ZERO_FAULTS: readonly Fault[] = [
  (b) => {
    const op = b.r.pick(['/', '//', '%', '/']);
    const n = b.number();
    return b.use(`${n} ${op} 0`, `${n} ${op} ${b.int()}`, `0 ${op} ${b.int()}`);
  },
  (b) => {
    const x = b.intName();
    const n = b.number();
    const e = b.r.pick([`${n} / ${x}`, `${n} // ${x}`, `${n} % ${x}`, `divmod(${n}, ${x})`, `1 / ${x}`, `100 * ${b.int()} / ${x}`, `round(${n} / ${x}, 2)`, `${n} / (${x} * 2)`, `${n} / ${x} ** 2`, `pow(${x}, -1)`, `${x} ** -1`]);
    const lines = b.use(e)[0];
    return [[`${x} = ${b.r.pick(['0', '0', '0.0', 'len([])', 'int("0")', `${b.int()} * 0`])}`, ...lines], [`${x} = ${b.int()}`, ...lines]];
  },
  (b) => {
    const x = b.fresh('scores values nums data results marks empty readings ratings sales');
    const avg = b.fresh('average avg mean result ratio');
    const make = (list: string) => [`${x} = ${list}`, `${avg} = sum(${x}) / len(${x})`, ...after];
    const after = b.print(avg);
    return [make('[]'), make(b.ints())];
  },
  (b) => {
    const name = b.fresh('average mean avg ratio divide percent rate safe_divide compute_ratio', b.subject.functions);
    const list = b.r.chance(0.5);
    const [p, q] = b.r.pick([['a', 'b'], ['x', 'y'], ['total', 'count'], ['num', 'den'], ['part', 'whole'], ['numerator', 'denominator']]);
    const guard = b.r.chance(0.25);
    if (list) {
      const arg = b.r.pick(['numbers', 'values', 'nums', 'lst', 'items', 'scores']);
      const make = (value: string) => [`def ${name}(${arg}):`, ...(guard ? [`    if not ${arg}:`, '        return 0'] : []), `    return sum(${arg}) / len(${arg})`, `print(${name}(${value}))`];
      return [make('[]'), make(b.ints())];
    }
    const make = (value: number | string) => [`def ${name}(${p}, ${q}):`, ...(guard ? [`    if ${q} == 0:`, '        return None'] : []), `    return ${p} ${op} ${q}`, `print(${name}(${n}, ${value}))`];
    const op = b.r.pick(['/', '//', '%']);
    const n = b.number();
    return [make(b.r.pick(['0', '0.0', '5 - 5'])), make(b.int())];
  },
  (b) => {
    const n = b.int();
    const m = b.int();
    const i = b.r.pick(['i', 'x', 'n', 'd']);
    return b.r.pick([
      () => [[`for ${i} in range(${m}):`, `    print(${n} / ${i})`], [`for ${i} in range(1, ${m + 1}):`, `    print(${n} / ${i})`]],
      () => [[`for ${i} in [${b.r.int(1, 9)}, ${b.r.int(1, 9)}, 0]:`, `    print(${n} / ${i})`], [`for ${i} in [${b.r.int(1, 9)}, ${b.r.int(1, 9)}, ${b.r.int(1, 9)}]:`, `    print(${n} / ${i})`]],
      () => b.use(`[${n} // ${i} for ${i} in range(3)]`, `[${n} // ${i} for ${i} in range(1, 3)]`),
      () => b.use(`[${n} % ${i} for ${i} in (2, 1, 0)]`, `[${i} % ${n} for ${i} in (2, 1, 0)]`),
      () => b.use(`list(map(lambda ${i}: ${n} / ${i}, [1, 0]))`, `list(map(lambda ${i}: ${i} / ${n}, [1, 0]))`),
      () => b.use(`(lambda ${i}: ${n} / ${i})(0)`, `(lambda ${i}: ${n} / ${i})(${m})`),
    ])();
  },
  (b) => {
    const a = b.intName();
    const c = b.intName();
    const n = b.int();
    const lines = b.print(`${b.int()} / (${a} - ${c})`);
    return [[`${a} = ${n}`, `${c} = ${n}`, ...lines], [`${a} = ${n}`, `${c} = ${n + b.r.int(1, 5)}`, ...lines]];
  },
  (b) => {
    const v = b.need('int');
    return b.r.pick([
      () => b.use(`${b.int()} / (${v.name} - ${v.name})`, `${b.int()} / (${v.name} + ${v.name})`),
      () => [[`${v.name} = 0`, ...b.print(`${b.int()} % ${v.name}`)], [`${v.name} = ${b.r.int(1, 9)}`, ...b.print(`${b.int()} % ${v.name}`)]],
      () => one([`${v.name} /= 0`, `${v.name} *= 0`, `${v.name} //= 2`]),
      () => one([`${v.name} %= 0`, `${v.name} %= 7`]),
      () => [[`if ${v.name} / 0 > 1:`, '    print("big")'], [`if ${v.name} / 1 > 1:`, '    print("big")']],
      () => b.use(`${v.name} > 0 and 1 / 0`, `${v.name} < 0 and 1 / 0`),
    ])();
  },
  (b) => {
    const x = b.fresh('count n i k counter num');
    const start = b.r.int(2, 4);
    const make = (cmp: string) => [`${x} = ${start}`, `while ${x} ${cmp} 0:`, `    print(${n} / ${x})`, `    ${x} -= 1`];
    const n = b.int();
    return [make('>='), make('>')];
  },
  (b) => {
    const name = b.fresh('stats data counts d totals');
    const make = (value: number) => [`${name} = {${b.text('total')}: ${n}, ${b.text('count')}: ${value}}`, `print(${name}[${b.text('total')}] / ${name}[${b.text('count')}])`];
    const n = b.int();
    return [make(0), make(b.int())];
  },
  (b) => {
    const cls = b.classType();
    const x = b.r.pick(['total', 'count', 'size', 'days']);
    const make = (value: number) => [`class ${cls.name}:`, '    def __init__(self, n):', `        self.${x} = n`, '    def ratio(self):', `        return ${n} / self.${x}`, `print(${cls.name}(${value}).ratio())`];
    const n = b.int();
    return [make(0), make(b.int())];
  },
  (b) => {
    const v = b.need('ints');
    const w = b.fresh('big matches found evens high selected');
    const make = (limit: number) => [`${w} = [n for n in ${v.name} if n > ${limit}]`, `print(sum(${w}) / len(${w}))`];
    return [make(b.r.pick([150, 500, 1000])), make(-20)];
  },
  (b) => b.use(`${b.text('abc')} and ${b.int()} % 0`, `${b.text('')} and ${b.int()} % 0`),
  (b) => [['from fractions import Fraction', `print(Fraction(${b.int()}, 0))`], ['from fractions import Fraction', `print(Fraction(0, ${b.int()}))`]],
  (b) => [[`raise ZeroDivisionError(${b.text()})`], [`print(${b.text('ZeroDivisionError')})`]],
];
