import { indent, type Build } from './typed-build';

/**
 * A place in a program where one edit decides what Python raises: the lines of each variant, the first of them
 * (usually) wrong. What they need is declared in the program before. Labels are never assumed.
 */
export type Fault = (b: Build) => string[][];

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

/** Text with a colon and a space, as in front of a value. */
export function lead(b: Build): string {
  return b.text(`${b.r.chance(0.7) ? b.phrase() : b.word()}${b.r.pick([': ', ': ', ' ', ' = ', ' is '])}`);
}

export const TYPE_FAULTS: readonly Fault[] = [
  // Text and numbers added.
  (b) => {
    const v = b.need(b.r.pick(['int', 'int', 'float'] as const));
    const l = lead(b);
    const tail = b.r.chance(0.3) ? ` + ${b.text(b.r.pick(['!', ' units', ' years old', '%', ' points', '.']))}` : '';
    return one([`print(${l} + ${v.name}${tail})`, `print(${l} + str(${v.name})${tail})`, tail ? `print(${l}, ${v.name})` : `print(${l}, ${v.name})`]);
  },
  (b) => {
    const l = lead(b);
    const n = b.number();
    const name = b.textName();
    return [[`${name} = ${l} + ${n}`], [`${name} = ${l} + str(${n})`], [`${name} = f${b.text(`{${n}}`)}`]].map((x) => [...x, `print(${name})`]);
  },
  (b) => {
    const d = b.need('digits');
    const n = b.int();
    const [bad, good] = b.r.pick([[`${d.name} + ${n}`, `int(${d.name}) + ${n}`], [`${n} + ${d.name}`, `${n} + int(${d.name})`], [`${d.name} - ${n}`, `int(${d.name}) - ${n}`], [`${d.name} / ${n}`, `float(${d.name}) / ${n}`], [`${d.name} ** 2`, `int(${d.name}) ** 2`], [`${d.name} * 1.5`, `float(${d.name}) * 1.5`], [`${d.name} % 2`, `${d.name} * 2`]]);
    return b.use(bad, good);
  },
  (b) => {
    const d = b.digits();
    const name = b.intName();
    const [after] = b.print(`${name} ${b.op()} ${b.int()}`);
    return [[`${name} = ${b.text(d)}`, after], [`${name} = ${d}`, after], [`${name} = int(${b.text(d)})`, after]];
  },
  (b) => {
    // The operand decides: a number in quotes or not.
    const n = b.int();
    const m = b.int();
    const op = b.op();
    return b.use(`${n} ${op} ${b.text(String(m))}`, `${n} ${op} ${m}`);
  },
  (b) => {
    const d = b.need('digits');
    const n = b.int();
    const cmp = b.r.pick(['>', '<', '>=', '<=']);
    const then = indent([b.r.pick([`print(${b.text()})`, 'pass'])]);
    return [[`if ${d.name} ${cmp} ${n}:`, ...then], [`if int(${d.name}) ${cmp} ${n}:`, ...then], [`if ${d.name} == ${n}:`, ...then]];
  },
  (b) => {
    const v = b.need('str');
    return b.use(b.r.pick([`${v.name} - ${b.text('a')}`, `${v.name} / 2`, `${v.name} * ${b.text('2')}`, `-${v.name}`, `${v.name} + None`, `${v.name} + 1`, `${v.name} > 3`, `${v.name} ** 2`]), b.r.pick([`${v.name} + ${b.text('a')}`, `${v.name} * 2`, `${v.name} == 3`]));
  },
  // Containers in arithmetic.
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    const n = b.int();
    return b.r.pick([
      () => b.use(`${v.name} + ${n}`, `${v.name} + [${n}]`),
      () => one([`${v.name} += ${n}`, `${v.name} += [${n}]`]),
      () => b.use(`${v.name} - [${n}]`, `${v.name} + [${n}]`),
      () => b.use(`${v.name} * 1.5`, `${v.name} * 2`),
      () => b.use(`${v.name} / 2`, `len(${v.name}) / 2`),
      () => b.use(`${v.name} > ${n}`, `len(${v.name}) > ${n}`),
      () => b.use(`${v.name} + (1, 2)`, `${v.name} + [1, 2]`),
    ])();
  },
  (b) => {
    const v = b.need('counts');
    const u = b.need(b.r.pick(['ints', 'tuple'] as const));
    return b.r.pick([
      () => b.use(`${v.name} + {${b.text()}: 1}`, `${v.name} | {${b.text()}: 1}`),
      () => b.use(`sum(${v.name})`, `sum(${v.name}.values())`),
      () => b.use(`${v.name}[[1]]`, `${v.name}.get(1)`),
      () => b.use(`${u.name} + ${v.name}`, `list(${u.name}) + list(${v.name})`),
    ])();
  },
  // Built-ins with the wrong kind of value.
  (b) => {
    const v = b.need('int');
    return b.r.pick([
      () => b.use(`len(${v.name})`, `len(str(${v.name}))`),
      () => b.use(`sum(${v.name})`, `sum([${v.name}, 1])`),
      () => b.use(`max(${v.name})`, `max(${v.name}, 3)`),
      () => b.use(`sorted(${v.name})`, `sorted([${v.name}])`),
      () => b.use(`list(${v.name})`, `list(range(${v.name}))`),
      () => b.use(`set(${v.name})`, `set([${v.name}])`),
      () => b.use(`${v.name}[0]`, `str(${v.name})[0]`),
      () => b.use(`${v.name}()`, `${v.name}`),
      () => b.use(`${v.name}(2)`, `${v.name} * (2)`),
      () => b.use(`3 in ${v.name}`, `3 in [${v.name}]`),
      () => b.use(`iter(${v.name})`, `iter([${v.name}])`),
      () => b.use(`${b.text(', ')}.join(${v.name})`, `${b.text(', ')}.join(str(${v.name}))`),
      () => b.use(`enumerate(${v.name})`, `enumerate([${v.name}])`),
    ])();
  },
  (b) => {
    const v = b.need('str');
    return b.r.pick([
      () => b.use(`abs(${v.name})`, `len(${v.name})`),
      () => b.use(`round(${v.name}, 2)`, `round(len(${v.name}), 2)`),
      () => b.use(`sum(${v.name})`, `len(${v.name})`),
      () => b.use(`range(${v.name})`, `range(len(${v.name}))`),
      () => b.use(`${v.name}[${b.text('0')}]`, `${v.name}[0]`),
      () => b.use(`${v.name}[1.0]`, `${v.name}[1:]`),
      () => b.use(`${v.name}()`, `${v.name}.upper()`),
      () => b.use(`chr(${v.name})`, `ord(${v.name}[0])`),
      () => b.use(`ord(${v.name} + ${b.text('ab')})`, `ord(${v.name}[0])`),
      () => b.use(`isinstance(${v.name}, ${b.text('str')})`, `isinstance(${v.name}, str)`),
      () => b.use(`5 in ${v.name}`, `${b.text('5')} in ${v.name}`),
      () => b.use(`${v.name}.replace(${b.text('a')})`, `${v.name}.replace(${b.text('a')}, ${b.text('b')})`),
      () => b.use(`${v.name}.split(1)`, `${v.name}.split()`),
      () => b.use(`${v.name}.count()`, `${v.name}.count(${b.text('a')})`),
      () => b.use(`${v.name}.upper(1)`, `${v.name}.upper()`),
      () => b.use(`${v.name}.startswith(1)`, `${v.name}.startswith(${b.text('1')})`),
      () => b.use(`len(${v.name}, 1)`, `len(${v.name})`),
      () => b.use(`len()`, `len(${v.name})`),
      () => b.use(`bin(${v.name})`, `bin(len(${v.name}))`),
      () => one([`${v.name}[0] = ${b.text('J')}`, `${v.name} = ${b.text('J')} + ${v.name}[1:]`]),
      () => one([`del ${v.name}[0]`, `del ${v.name}`]),
    ])();
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    return b.r.pick([
      () => b.use(`${v.name}[${b.text(b.r.pick(['0', '1', b.word()]))}]`, `${v.name}[0]`),
      () => b.use(`${v.name}[1.0]`, `${v.name}[1]`),
      () => b.use(`${v.name}[0, 1]`, `${v.name}[0:1]`),
      () => b.use(`${v.name}(0)`, `${v.name}[0]`),
      () => b.use(`int(${v.name})`, `len(${v.name})`),
      () => b.use(`float(${v.name})`, `bool(${v.name})`),
      () => b.use(`abs(${v.name})`, `len(${v.name})`),
      () => b.use(`range(${v.name})`, `range(len(${v.name}))`),
      () => b.use(`{${v.name}}`, `set(${v.name})`),
      () => b.use(`{${v.name}: 1}`, `{tuple(${v.name}): 1}`),
      () => b.use(`hash(${v.name})`, `hash(tuple(${v.name}))`),
      () => one([`${v.name}.append()`, `${v.name}.append(${b.int()})`]),
      () => one([`${v.name}.append(${b.int()}, ${b.int()})`, `${v.name}.extend([${b.int()}, ${b.int()}])`]),
      () => one([`${v.name}.insert(${b.int()})`, `${v.name}.insert(0, ${b.int()})`]),
      () => one([`${v.name}.extend(${b.int()})`, `${v.name}.append(${b.int()})`]),
      () => one([`${v.name}.sort(lambda x: x)`, `${v.name}.sort(key=lambda x: x)`]),
      () => one([`${v.name}.pop(${b.text('0')})`, `${v.name}.pop(0)`]),
      () => one([`print(${b.text(b.phrase())} + ${v.name})`, `print(${b.text(b.phrase())}, ${v.name})`]),
    ])();
  },
  (b) => {
    const v = b.need('ints');
    return b.r.pick([
      () => b.use(`${b.text(', ')}.join(${v.name})`, `${b.text(', ')}.join(map(str, ${v.name}))`),
      () => b.use(`sorted(${v.name} + [${b.text()}])`, `sorted(${v.name} + [${b.int()}])`),
      () => b.use(`max(${v.name}, ${b.int()})`, `max(${v.name} + [${b.int()}])`),
      () => b.use(`sum(${v.name}, ${b.text()})`, `sum(${v.name}, ${b.int()})`),
      () => b.use(`[x + ${b.text('1')} for x in ${v.name}]`, `[x + 1 for x in ${v.name}]`),
      () => b.use(`list(map(len, ${v.name}))`, `list(map(str, ${v.name}))`),
      () => b.use(`[x[0] for x in ${v.name}]`, `[x for x in ${v.name}]`),
      () => b.use(`sum(str(x) for x in ${v.name})`, `sum(int(x) for x in ${v.name})`),
      () => b.use(`sorted(${v.name}, reverse=${b.text('yes')})`, `sorted(${v.name}, reverse=True)`),
      () => b.use(`sorted(${v.name}, key=1)`, `sorted(${v.name}, key=abs)`),
    ])();
  },
  (b) => {
    // The element decides: one value of the list is of another type.
    const name = b.fresh('numbers data values items nums scores total_list', b.subject.numbers.split(' ')[0].split('/')[0]);
    const head = Array.from({ length: b.r.int(1, 4) }, () => b.int());
    const odd = b.r.pick([b.text(String(b.int())), b.text(), 'None']);
    const at = b.r.int(0, head.length);
    const list = (x: string | number) => `${name} = [${b.comma([...head.slice(0, at), x, ...head.slice(at)])}]`;
    const [after] = b.print(b.r.pick([`sum(${name})`, `max(${name})`, `sorted(${name})`, `sum(${name}) / len(${name})`, `min(${name})`, `[n * n for n in ${name}]`]));
    return [[list(odd), after], [list(b.int()), after]];
  },
  (b) => {
    const v = b.need('strs');
    return b.r.pick([
      () => b.use(`sum(${v.name})`, `len(${v.name})`),
      () => b.use(`${v.name}[0] + ${b.int()}`, `${v.name}[0] + ${b.text(String(b.int()))}`),
      () => b.use(`[w + 1 for w in ${v.name}]`, `[w + ${b.text('1')} for w in ${v.name}]`),
      () => b.use(`max(${v.name}) - min(${v.name})`, `max(${v.name}) + min(${v.name})`),
      () => b.use(`${v.name}.join(${b.text(', ')})` , `${b.text(', ')}.join(${v.name})`),
      () => b.use(`sorted(${v.name}, len)`, `sorted(${v.name}, key=len)`),
    ])();
  },
  // Loops.
  (b) => {
    const v = b.need('int');
    const name = b.r.pick(['i', 'x', 'k', 'n', 'item']);
    const body = indent(b.print(name === v.name ? b.text() : name));
    return [[`for ${name} in ${v.name}:`, ...body], [`for ${name} in range(${v.name}):`, ...body]];
  },
  (b) => {
    const v = b.need('ints');
    const body = indent(b.print('i'));
    return b.r.pick([
      () => [[`for i in len(${v.name}):`, ...body], [`for i in range(len(${v.name})):`, ...body]],
      () => [[`for i in range(${v.name}):`, ...body], [`for i in range(len(${v.name})):`, ...body]],
      () => [[`for a, i in ${v.name}:`, ...body], [`for a, i in enumerate(${v.name}):`, ...body]],
      () => [['for i in range(len(' + v.name + ') / 2):', ...body], ['for i in range(len(' + v.name + ') // 2):', ...body]],
      () => [[`for i in range(${b.text(String(b.r.int(2, 9)))}):`, ...body], [`for i in range(${b.r.int(2, 9)}):`, ...body]],
      () => [[`for i in range(${b.r.int(2, 9)}.0):`, ...body], [`for i in range(${b.r.int(2, 9)}):`, ...body]],
      () => [[`for i in range():`, ...body], [`for i in range(3):`, ...body]],
      () => [[`for i in None:`, ...body], [`for i in []:`, ...body]],
    ])();
  },
  (b) => {
    const v = b.need('strs');
    const total = b.fresh('total count result length acc n');
    const w = v.singular;
    const [after] = b.print(total);
    const make = (line: string) => [`${total} = 0`, `for ${w} in ${v.name}:`, `    ${line}`, after];
    return [make(`${total} += ${w}`), make(`${total} += len(${w})`), make(`${total} = ${total} + 1`)];
  },
  (b) => {
    const v = b.need('ints');
    const text = b.fresh('text result s output line out message');
    const n = b.r.pick(['n', 'x', 'i', v.singular]);
    const make = (line: string) => [`${text} = ${b.style.quote}${b.style.quote}`, `for ${n} in ${v.name}:`, `    ${line}`, `print(${text})`];
    return [make(`${text} += ${n}`), make(`${text} += str(${n})`)];
  },
  (b) => {
    const v = b.need('counts');
    const w = b.r.pick(['k', 'key', 'name', 'item']);
    return b.r.pick([
      () => [[`for ${w} in ${v.name}:`, `    print(${w} + ${v.name}[${w}])`], [`for ${w} in ${v.name}:`, `    print(${w}, ${v.name}[${w}])`]],
      () => [[`for ${w}, n in ${v.name}.items:`, `    print(${w})`], [`for ${w}, n in ${v.name}.items():`, `    print(${w})`]],
      () => [[`for ${w}, n in ${v.name}.items():`, `    print(${w} + ": " + n)`], [`for ${w}, n in ${v.name}.items():`, `    print(${w} + ": " + str(n))`]],
      () => [[`for ${w}, n in ${v.name}.values():`, `    print(n)`], [`for n in ${v.name}.values():`, `    print(n)`]],
      () => b.use(`${v.name}.keys()[0]`, `list(${v.name}.keys())[0]`),
      () => b.use(`${v.name}.values()[0]`, `list(${v.name}.values())[0]`),
    ])();
  },
  // None.
  (b) => {
    const v = b.need('none');
    const n = b.int();
    return b.r.pick([
      () => b.use(`${v.name} + ${n}`, `(${v.name} or 0) + ${n}`),
      () => b.use(`len(${v.name})`, `len(${v.name} or [])`),
      () => b.use(`${v.name}[0]`, `[${v.name}][0]`),
      () => b.use(`${v.name} > ${n}`, `${v.name} == ${n}`),
      () => b.use(`int(${v.name})`, `bool(${v.name})`),
      () => b.use(`${b.text()} + ${v.name}`, `${b.text()} + str(${v.name})`),
      () => b.use(`${v.name}()`, `${v.name}`),
      () => [[`for x in ${v.name}:`, '    print(x)'], [`for x in ${v.name} or []:`, '    print(x)']],
      () => [[`a, b = ${v.name}`, 'print(a)'], [`a, b = ${v.name}, 1`, 'print(a)']],
    ])();
  },
  (b) => {
    const name = b.functionName();
    const x = b.parameter();
    const e = b.r.pick([`${x} * 2`, `${x} + 1`, `${x} ** 2`, `${x} - 3`]);
    const [after] = b.print(`${name}(${b.int()}) ${b.op()} ${b.int()}`);
    const make = (line: string) => [`def ${name}(${x}):`, `    ${line}`, after];
    return [make(b.r.pick([`print(${e})`, `y = ${e}`, e])), make(`return ${e}`)];
  },
  (b) => {
    const v = b.need('ints');
    const name = b.fresh('result ordered new_list data sorted_list ranked');
    const [after] = b.print(b.r.pick([`${name}[0]`, `len(${name})`, `sum(${name})`]));
    return b.r.pick([
      () => [[`${name} = ${v.name}.sort()`, after], [`${name} = sorted(${v.name})`, after]],
      () => [[`${name} = ${v.name}.append(${b.int()})`, after], [`${name} = ${v.name} + [${b.int()}]`, after]],
      () => [[`${name} = ${v.name}.reverse()`, after], [`${name} = ${v.name}[::-1]`, after]],
      () => [[`${name} = print(${v.name})`, after], [`${name} = list(${v.name})`, after]],
    ])();
  },
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
