import { indent, type Build } from '../../kits/typed/build';

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
];
