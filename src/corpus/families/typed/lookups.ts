import type { Fault } from './types';

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
