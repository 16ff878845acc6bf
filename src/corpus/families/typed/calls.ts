import type { Fault } from './types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

/** Type errors of calls, classes, unpacking and modules. */
export const CALL_FAULTS: readonly Fault[] = [
  // Calls.
  (b) => {
    const name = b.functionName();
    const count = b.r.int(1, 3);
    const params = b.r.sample(['x', 'y', 'a', 'b', 'price', 'rate', 'width', 'height', 'first', 'second', 'n', 'value', 'qty'], count);
    const args = params.map(() => b.number());
    const body = b.r.pick([`return ${params.join(' + ')}`, `return ${params[0]} * 2`, `print(${b.comma(params)})`]);
    const call = (list: (string | number)[]) => `${name}(${b.comma(list)})`;
    const head = [`def ${name}(${b.comma(params)}):`, `    ${body}`];
    const wrong = b.r.pick([
      () => call(args.slice(1)),
      () => call([...args, b.int()]),
      () => call([...args.slice(1), `${b.r.pick(['size', 'total', 'other', 'z', 'rat'])}=${b.int()}`]),
      () => call([...args, `${params[0]}=${b.int()}`]),
      () => `${name}[${args[0]}]`,
      () => `${name} + ${args[0]}`,
      () => `${call(args)}()`,
    ])();
    return b.r.chance(0.8) ? b.print(wrong, call(args)).map((line) => [...head, line]) : [[...head, wrong], [...head, call(args)]];
  },
  (b) => {
    const name = b.functionName();
    const x = b.parameter();
    const f = b.r.pick([[`${x} + 1`, b.text(), b.int()], [`${x} * ${x}`, b.text(), b.int()], [`len(${x})`, b.int(), b.text()], [`${x}[0]`, b.int(), b.text('abc')], [`sum(${x})`, b.int(), '[1, 2]'], [`${b.text('Hi ')} + ${x}`, b.int(), b.text()], [`round(${x} / 3, 2)`, b.text(), b.int()]] as const);
    const head = [`def ${name}(${x}):`, `    return ${f[0]}`];
    return b.print(`${name}(${f[1]})`, `${name}(${f[2]})`).map((line) => [...head, line]);
  },
  (b) => {
    const { name, attributes } = b.classType();
    const names = attributes.map((attribute) => attribute.name);
    const values = attributes.map((attribute) => (attribute.kind === 't' ? b.text() : b.int()));
    const object = b.fresh(`${name.toLowerCase()} obj p item1 my_obj`);
    const method = b.r.pick(['show', 'describe', 'info', 'get_info', 'display', 'update', 'reset']);
    const make = (self: string, args: string, call: string) => [
      `class ${name}:`,
      `    def __init__(self, ${b.comma(names)}):`,
      ...names.map((n) => `        self.${n} = ${n}`),
      `    def ${method}(${self}):`,
      `        print(${b.text(b.phrase())})`,
      `${object} = ${name}(${args})`,
      call,
    ];
    const all = b.comma(values);
    const good = make('self', all, `${object}.${method}()`);
    return [
      b.r.pick([
        () => make('', all, `${object}.${method}()`),
        () => make('self', b.comma(values.slice(1)), `${object}.${method}()`),
        () => make('self', `${all}, ${b.int()}`, `${object}.${method}()`),
        () => make('self', all, `${object}.${method}(${b.int()})`),
        () => make('self', all, `${object}()`),
        () => make('self', all, `print(${object} + ${b.int()})`),
        () => make('self', all, `print(len(${object}))`),
        () => make('self', all, `print(${object}[0])`),
        () => make('self', all, `print(${object}.${names[0]}())`),
        () => make('self', all, `for x in ${object}: print(x)`),
        () => make('self', all, `print(${object} < ${object})`),
        () => make('self', all, `${name}.${method}()`),
      ])(),
      good,
    ];
  },
  (b) => {
    // A built-in's name is taken by a variable.
    const [builtin, value, call] = b.r.pick([
      ['list', b.ints(), 'list(range(3))'], ['str', b.text(), `str(${b.int()})`], ['sum', String(b.int()), 'sum([1, 2])'], ['max', String(b.int()), 'max(1, 2)'],
      ['len', String(b.int()), 'len("abc")'], ['dict', '{}', 'dict(a=1)'], ['int', '5', 'int("7")'], ['input', b.text(), 'input()'], ['print', b.text(), 'print("x")'], ['min', '0', 'min([3, 4])'], ['range', '10', 'range(3)'], ['set', '{1}', 'set([1])'],
    ]);
    const other = b.fresh('total value data text result items x');
    return b.r.chance(0.5) ? [[`${builtin} = ${value}`, call], [`${other} = ${value}`, call.startsWith('input') ? other : call]] : b.print(call).flatMap((line) => [[`${builtin} = ${value}`, line], [`${other} = ${value}`, builtin === 'input' ? `print(${other})` : line]]);
  },
  // Tuples, sets, unpacking.
  (b) => {
    const v = b.need('tuple');
    return b.r.pick([
      () => one([`${v.name}[0] = ${b.int()}`, `${v.name} = (${b.int()}, ${b.int()})`]),
      () => b.use(`${v.name} + [${b.int()}]`, `${v.name} + (${b.int()},)`),
      () => b.use(`${v.name} + ${b.int()}`, `${v.name} + (${b.int()},)`),
      () => b.use(`${v.name} - (1, 2)`, `${v.name} + (1, 2)`),
      () => one([`del ${v.name}[0]`, `del ${v.name}`]),
      () => one([`${v.name}[1] += ${b.int()}`, `${v.name} += (${b.int()},)`]),
      () => b.use(`${b.text('%d and %d')} % ${v.name}[0]`, `${b.text('%d')} % ${v.name}[0]`),
      () => b.use(`${v.name}(0)`, `${v.name}[0]`),
    ])();
  },
  (b) => {
    const v = b.need('set');
    return b.r.pick([
      () => b.use(`${v.name}[0]`, `list(${v.name})[0]`),
      () => one([`${v.name}.add([1, 2])`, `${v.name}.add((1, 2))`]),
      () => b.use(`${v.name} + {${b.text()}}`, `${v.name} | {${b.text()}}`),
      () => one([`${v.name}[0] = ${b.text()}`, `${v.name}.add(${b.text()})`]),
      () => one([`${v.name}.add(${b.text()}, ${b.text()})`, `${v.name}.update([${b.text()}])`]),
      () => b.use(`${v.name} * 2`, `len(${v.name}) * 2`),
    ])();
  },
  (b) => {
    const n = b.need('int');
    return b.r.pick([
      () => [[`a, b = ${n.name}`], [`a, b = ${n.name}, ${b.int()}`], [`a, b = divmod(${n.name}, 3)`]],
      () => b.use(`print(*${n.name})`, `print(*[${n.name}])`),
      () => b.use(`[*${n.name}]`, `[${n.name}]`),
      () => [[`with ${n.name} as f:`, '    print(f)'], [`if ${n.name}:`, `    print(${n.name})`]],
      () => b.use(`${n.name} if ${n.name} > ${b.text('1')} else 0`, `${n.name} if ${n.name} > 1 else 0`),
      () => b.use(`${b.text('%d items')} % ${b.text()}`, `${b.text('%d items')} % ${n.name}`),
      () => b.use(`int(${b.text('10')}, ${b.text('2')})`, `int(${b.text('10')}, 2)`),
      () => b.use(`int([${n.name}])`, `int(${n.name})`),
      () => b.use(`float({})`, `float(${n.name})`),
      () => b.use(`pow(${b.text('2')}, ${n.name} % 5)`, `pow(2, ${n.name} % 5)`),
      () => b.use(`round(${b.text('3.7')})`, 'round(3.7)'),
      () => b.use(`{[1, 2]: ${n.name}}`, `{(1, 2): ${n.name}}`),
      () => b.use(`{{}, ${n.name}}`, `{1, ${n.name}}`),
      () => b.use(`{${b.text()}: 1} < {${b.text()}: 2}`, `{${b.text()}: 1} == {${b.text()}: 2}`),
      () => b.use(`sorted([${n.name}, ${b.text()}])`, `sorted([${n.name}, ${b.int()}])`),
      () => b.use(`${n.name} + [${b.int()}]`, `[${n.name}] + [${b.int()}]`),
      () => one([`${n.name} += ${b.text('1')}`, `${n.name} += 1`]),
      () => one([`${n.name}[0] = 1`, `${n.name} = 1`]),
      () => b.use(`zip(${n.name}, [1])`, `zip([${n.name}], [1])`),
    ])();
  },
  (b) => {
    const [module, bad, good] = b.r.pick([
      ['math', `math.sqrt(${b.text(b.digits())})`, `math.sqrt(${b.digits()})`], ['math', 'math.floor("2.5")', 'math.floor(2.5)'], ['math', 'math.pi()', 'math.pi'], ['math', 'math(9)', 'math.sqrt(9)'],
      ['random', 'random.randint(5)', 'random.randint(1, 5) > 0'], ['random', 'random(1, 6)', 'random.randint(1, 6) > 0'], ['json', 'json.loads(5)', 'json.loads("5")'], ['json', 'json.dumps({1, 2})', 'json.dumps([1, 2])'],
      ['datetime', 'datetime(2024, 1, 1)', 'datetime.date(2024, 1, 1)'], ['datetime', 'datetime.date("2024", 1, 1)', 'datetime.date(2024, 1, 1)'], ['time', 'time.sleep("0")', 'time.sleep(0)'], ['re', 're.findall("a", 5)', 're.findall("a", "5")'], ['os', 'os.path.join("a", 1)', 'os.path.join("a", "1")'], ['copy', 'copy([1])', 'copy.copy([1])'], ['random', 'random.choice(5)', 'random.choice([5])'], ['collections', 'collections.Counter(5)', 'collections.Counter([5])'], ['string', 'string.capwords(5)', 'string.capwords("a b")'],
    ]);
    return b.print(bad, good).map((line) => [`import ${module}`, line]);
  },
  (b) => {
    const v = b.need('record');
    return b.r.pick([
      () => b.use(`${v.name}(${b.text(v.keys[0])})`, `${v.name}[${b.text(v.keys[0])}]`),
      () => b.use(`${b.text(b.phrase())} + ${v.name}`, `${b.text(b.phrase())} + str(${v.name})`),
      () => b.use(`${v.name}[${b.text(v.keys[0])}][${b.text('id')}][0]`, `${v.name}[${b.text(v.keys[0])}]`),
      () => one([`${v.name}[[${b.text(v.keys[0])}]] = 1`, `${v.name}[${b.text(v.keys[0])}] = 1`]),
      () => one([`${v.name}.update(${b.text('x')}, 1)`, `${v.name}.update({${b.text('x')}: 1})`]),
      () => b.use(`${v.name}.get()`, `${v.name}.get(${b.text(v.keys[0])})`),
    ])();
  },
  (b) => {
    const v = b.need('records');
    const key = b.text(v.keys[0]);
    return b.use(`${v.name}[${key}]`, `${v.name}[0][${key}]`);
  },
];
