import { indent } from './typed-build';
import type { Fault } from './typed-faults-types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

export const INDEX_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'ints', 'tuple', 'matrix'] as const));
    const bad = b.r.pick([v.size, v.size, v.size + 1, v.size + b.r.int(2, 20), -v.size - 1, `len(${v.name})`]);
    return b.use(`${v.name}[${bad}]`, `${v.name}[${b.r.pick([v.size - 1, 0, -1, -v.size, `len(${v.name}) - 1`])}]`);
  },
  (b) => {
    // The same index; the list decides.
    const name = b.fresh('numbers values data items lst nums scores names colors list1', b.subject.numbers.split(' ')[0].split('/')[0]);
    const count = b.r.int(1, 4);
    const text = b.r.chance(0.4);
    const items = Array.from({ length: count + b.r.int(1, 2) }, () => (text ? b.text() : b.int()));
    const [after] = b.print(`${name}[${count}]`);
    return [[`${name} = [${b.comma(items.slice(0, count))}]`, after], [`${name} = [${b.comma(items)}]`, after]];
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    const i = b.r.pick(['i', 'i', 'j', 'k', 'idx']);
    const [body, safe] = b.r.pick([
      [`range(len(${v.name}) + 1)`, `range(len(${v.name}))`], [`range(${v.size + b.r.int(1, 5)})`, `range(${v.size})`], [`range(1, len(${v.name}) + 1)`, `range(0, len(${v.name}))`], [`range(0, ${v.size + 1})`, `range(1, ${v.size})`],
    ]);
    const [line] = b.print(`${v.name}[${i}]`);
    return [[`for ${i} in ${body}:`, `    ${line}`], [`for ${i} in ${safe}:`, `    ${line}`]];
  },
  (b) => {
    const v = b.need('ints');
    const i = b.r.pick(['i', 'j', 'k']);
    const [e, ...ranges] = b.r.pick([[`${v.name}[${i} + 1]`, `range(len(${v.name}))`, `range(len(${v.name}) - 1)`], [`${v.name}[${i}] - ${v.name}[${i} + 1]`, `range(len(${v.name}))`, `range(len(${v.name}) - 1)`], [`${v.name}[${i} + 2]`, `range(len(${v.name}) - 1)`, `range(len(${v.name}) - 2)`]]);
    const [line] = b.print(e);
    return ranges.map((range) => [`for ${i} in ${range}:`, `    ${line}`]);
  },
  (b) => {
    const v = b.need('ints');
    const i = b.fresh('i j index pos k idx');
    const [line] = b.print(`${v.name}[${i}]`);
    const make = (cmp: string) => [`${i} = 0`, `while ${i} ${cmp} len(${v.name}):`, `    ${line}`, `    ${i} += 1`];
    return [make('<='), make('<')];
  },
  (b) => {
    // Values used as positions.
    const v = b.need('ints');
    return [[`for i in ${v.name}:`, `    print(${v.name}[i])`], [`for i in range(len(${v.name})):`, `    print(${v.name}[i])`]];
  },
  (b) => {
    const name = b.fresh('stack queue items empty result lst data todo results matches history', b.subject.names[0].split('/')[0]);
    const first = b.r.chance(0.5) ? b.text() : String(b.int());
    const [bad] = b.r.pick([[`${name}.pop()`], [`${name}[0]`], [`${name}[-1]`], [`${name}.pop(0)`]]);
    const lines = b.use(bad)[0];
    return [[`${name} = []`, ...lines], [`${name} = [${first}]`, ...lines], [`${name} = []`, `${name}.append(${first})`, ...lines]];
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    const value = b.int();
    return b.r.pick([
      () => one([`${v.name}[${v.size + b.r.int(0, 4)}] = ${value}`, `${v.name}[${b.r.int(0, v.size - 1)}] = ${value}`, `${v.name}.insert(${v.size + 2}, ${value})`]),
      () => one([`del ${v.name}[${v.size + b.r.int(0, 3)}]`, `del ${v.name}[0]`, `del ${v.name}[${v.size}:]`]),
      () => one([`${v.name}.pop(${v.size + b.r.int(0, 3)})`, `${v.name}.pop(${v.size - 1})`]),
      () => one([`${v.name}[${v.size}] += ${b.text()}`, `${v.name}[${v.size - 1}] = ${b.text()}`]),
      () => b.use(`${v.name}[${v.size + 3}]`, `${v.name}[${v.size + 3}:]`),
    ])();
  },
  (b) => {
    const v = b.need('str');
    return b.use(`${v.name}[${v.size + b.r.int(0, 9)}]`, `${v.name}[${b.r.int(0, Math.max(0, v.size - 1))}]`, `${v.name}[${v.size + 2}:]`);
  },
  (b) => {
    const word = b.word().split(' ')[0];
    return b.use(`${b.text(word)}[${word.length + b.r.int(0, 5)}]`, `${b.text(word)}[${b.r.int(0, word.length - 1)}]`);
  },
  (b) => {
    const v = b.need('matrix');
    const columns = Number(v.keys[0]);
    return b.use(`${v.name}[${v.size}][0]`, `${v.name}[${v.size - 1}][0]`, `${v.name}[0][${columns}]`, `${v.name}[0][${columns - 1}]`);
  },
  (b) => {
    const v = b.need('matrix');
    const make = (outer: string, inner: string) => [`for i in range(${outer}):`, `    for j in range(${inner}):`, `        print(${v.name}[i][j])`];
    return [make(String(v.size), String(Number(v.keys[0]) + 1)), make(String(v.size), v.keys[0]), make(`len(${v.name})`, `len(${v.name}[0])`), make(String(v.size + 1), '1')];
  },
  (b) => {
    const words = b.r.sample(['John', 'Ann', 'Lee', 'red', 'blue', 'one', 'two', 'x=1', 'Paris', '2024'], b.r.int(1, 3));
    const sep = b.r.pick([' ', ',', '-', ';', '/']);
    const name = b.fresh('parts words fields tokens pieces row data columns');
    const [after] = b.print(`${name}[${words.length}]`);
    const split = sep === ' ' ? '.split()' : `.split(${b.text(sep)})`;
    const head = (w: string[]) => `${name} = ${b.text(w.join(sep))}${split}`;
    return [[head(words), after], [head([...words, 'end']), after]];
  },
  (b) => {
    const name = b.functionName();
    const i = b.r.int(1, 4);
    const make = (count: number) => [`def ${name}(items):`, `    return items[${i}]`, `print(${name}([${b.comma(Array.from({ length: count }, (_, n) => n * 3 + 1))}]))`];
    return [make(b.r.int(0, i)), make(i + 1)];
  },
  (b) => {
    const v = b.need('strs');
    const n = b.r.int(1, 3);
    return [[`for i in range(${v.size}):`, `    ${v.name}.pop(${n})`], [`for i in range(${v.size}):`, `    ${v.name}.pop()`]];
  },
  (b) => b.use(`${b.text('{} {}')}.format(${b.int()})`, `${b.text('{} {}')}.format(${b.int()}, ${b.text()})`),
  (b) => {
    const v = b.need('ints');
    const name = b.fresh('big found matches even result filtered selected');
    const limit = b.r.pick([200, 500, 999]);
    const lines = b.print(`${name}[0]`);
    return [[`${name} = [n for n in ${v.name} if n > ${limit}]`, ...lines], [`${name} = [n for n in ${v.name} if n < ${limit}]`, ...lines]];
  },
  (b) => [['import random', 'print(random.choice([]))'], ['import random', `print(random.choice([${b.text()}]))`]],
  (b) => [['import sys', `print(sys.argv[${b.r.int(3, 9)}])`], ['import sys', 'print(len(sys.argv) > 9)']],
];

export const KEY_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.need(b.r.pick(['counts', 'counts', 'record', 'groups'] as const));
    const good = b.r.pick(v.keys);
    const bad = b.r.pick([b.word(), b.word(), good[0] === good[0].toUpperCase() ? good.toLowerCase() : good.toUpperCase(), `${good}s`, good.slice(0, -1), 'missing', 'total', 'id', 'email', 'phone']);
    return b.use(`${v.name}[${b.text(bad)}]`, `${v.name}[${b.text(good)}]`, `${v.name}.get(${b.text(bad)})`);
  },
  (b) => {
    // The same key; the dictionary decides.
    const name = b.fresh('ages prices stock data d person config settings phone_book capitals scores student', b.subject.counts[0].split('=')[0]);
    const keys = b.r.sample(['Alice', 'Bob', 'apple', 'pear', 'name', 'age', 'size', 'red', 'x', 'y', 'Spain', 'Italy', 'cat', 'dog'], b.r.int(2, 4));
    const pairs = keys.map((key) => `${b.text(key)}: ${b.int()}`);
    const [after] = b.print(`${name}[${b.text(keys.at(-1))}]`);
    return [[`${name} = {${b.comma(pairs.slice(0, -1))}}`, after], [`${name} = {${b.comma(pairs)}}`, after], [`${name} = {}`, after]];
  },
  (b) => {
    const name = b.fresh('names lookup codes months grades d table squares mapping days');
    const start = b.r.int(0, 3);
    const words = ['one', 'two', 'three', 'red', 'jan', 'low'];
    const dict = `${name} = {${b.comma([0, 1, 2].map((i) => `${start + i}: ${b.text(words[i])}`))}}`;
    return b.print(`${name}[${start + 3 + b.r.int(0, 4)}]`, `${name}[${start + 1}]`, `${name}[${b.text(String(start + 1))}]`, `${name}.get(${start + 9})`).map((line) => [dict, line]);
  },
  (b) => {
    const v = b.need('strs');
    const name = b.fresh('counts freq tally counter result occurrences d word_count');
    const w = v.singular;
    return [[`${name} = {}`, `for ${w} in ${v.name}:`, `    ${name}[${w}] += 1`], [`${name} = {}`, `for ${w} in ${v.name}:`, `    ${name}[${w}] = ${name}.get(${w}, 0) + 1`], [`${name} = {}`, `for ${w} in ${v.name}:`, `    ${name}[${w}] = 1`]];
  },
  (b) => {
    const name = b.fresh('groups by_letter index result d');
    const v = b.need('strs');
    const make = (line: string) => [`${name} = {}`, `for w in ${v.name}:`, `    ${line}`, `print(${name})`];
    return [make(`${name}[w[0]].append(w)`), make(`${name}.setdefault(w[0], []).append(w)`)];
  },
  (b) => {
    const v = b.need(b.r.pick(['counts', 'record'] as const));
    const bad = b.text(b.r.pick([b.word(), 'missing', 'none', 'z', 'color']));
    const good = b.text(b.r.pick(v.keys));
    return b.r.pick([
      () => one([`del ${v.name}[${bad}]`, `del ${v.name}[${good}]`]),
      () => one([`${v.name}.pop(${bad})`, `${v.name}.pop(${good})`, `${v.name}.pop(${bad}, None)`]),
      () => one([`${v.name}[${bad}] += ${b.int()}`, `${v.name}[${bad}] = ${b.int()}`]),
      () => [[`del ${v.name}[${good}]`, `print(${v.name}[${good}])`], [`print(${v.name}[${good}])`, `del ${v.name}[${good}]`]],
      () => b.use(`${v.name}[0]`, `list(${v.name})[0]`),
      () => b.use(`[${v.name}[k] for k in [${good}, ${bad}]]`, `[${v.name}[k] for k in [${good}]]`),
      () => [[`for k in [${good}, ${bad}]:`, `    print(${v.name}[k])`], [`for k in ${v.name}:`, `    print(${v.name}[k])`]],
      () => [[`if ${bad} not in ${v.name}:`, `    print(${v.name}[${bad}])`], [`if ${bad} in ${v.name}:`, `    print(${v.name}[${bad}])`]],
    ])();
  },
  (b) => {
    const v = b.need('set');
    const bad = b.text(b.r.pick(['missing', 'none', 'other', 'zebra']));
    return one([`${v.name}.remove(${bad})`, `${v.name}.remove(${b.text(v.keys[0])})`, `${v.name}.discard(${bad})`]);
  },
  (b) => {
    const v = b.need('records');
    const bad = b.text(b.r.pick(['email', 'size', 'phone', 'value2', 'nick']));
    const item = b.r.pick([v.singular, 'x', 'p', 'row']);
    const good = b.text(v.keys[0]);
    return b.r.chance(0.5) ? b.use(`${v.name}[0][${bad}]`, `${v.name}[0][${good}]`) : b.use(`[${item}[${bad}] for ${item} in ${v.name}]`, `[${item}[${good}] for ${item} in ${v.name}]`);
  },
  (b) => {
    const name = b.functionName();
    const key = b.r.pick(['name', 'age', 'price', 'id', 'total', 'city']);
    const other = b.r.pick(['title', 'cost', 'Name', 'size']);
    const make = (k: string) => [`def ${name}(record):`, `    return record[${b.text(key)}]`, `print(${name}({${b.text(k)}: ${b.int()}}))`];
    const value = b.r.chance(0.5);
    return value ? [make(other), make(key)] : b.print(`${b.text(`{${key}}`)}.format(${other.toLowerCase()}=${b.int()})`, `${b.text(`{${key}}`)}.format(${key}=${b.int()})`).map((line) => [line]);
  },
  (b) => {
    const outer = b.fresh('users school data config company library settings game');
    const [k, inner, bad] = b.r.sample(['alice', 'bob', 'math', 'size', 'db', 'host', 'age', 'port', 'level'], 3);
    const dict = `${outer} = {${b.text(k)}: {${b.text(inner)}: ${b.int()}}}`;
    return b.print(`${outer}[${b.text(k)}][${b.text(bad)}]`, `${outer}[${b.text(k)}][${b.text(inner)}]`, `${outer}[${b.text(inner)}]`).map((line) => [dict, line]);
  },
  (b) => {
    const name = b.textName();
    const v = b.need('counts');
    const make = (value: string) => [`${name} = ${b.text(value)}`, `print(${v.name}[${name}])`];
    return [make('unknown'), make(v.keys[0]), make(v.keys[0].toUpperCase())];
  },
  (b) => [['import os', `print(os.environ[${b.text(b.r.pick(['API_KEY', 'DB_HOST', 'SECRET', 'MY_VAR', 'TOKEN']))}])`], ['import os', `print(os.environ.get(${b.text('API_KEY')}))`]],
  (b) => [[`d = {}`, 'd.popitem()'], [`d = {${b.text()}: 1}`, 'd.popitem()']],
  (b) => [[`raise KeyError(${b.text()})`], [`print(KeyError(${b.text()}))`]],
  (b) => {
    const v = b.need('counts');
    return [[`keys = list(${v.name}) + [${b.text('extra')}]`, `print(sum(${v.name}[k] for k in keys))`], [`keys = list(${v.name})`, `print(sum(${v.name}[k] for k in keys))`]];
  },
];

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
  (b) => [indent([]).concat([`raise ZeroDivisionError(${b.text()})`]), [`print(${b.text('ZeroDivisionError')})`]],
];
