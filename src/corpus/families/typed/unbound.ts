import type { Fault } from './types';

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
