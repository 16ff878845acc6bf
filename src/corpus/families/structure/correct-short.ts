/** Error-free programs of one to four lines. */
import type { Family } from '../../family';
import { expression, printed } from '../../kits/structure/fillers';
import { skeleton } from '../../kits/structure/groups';

export const families: Family[] = [
  skeleton('print one', (p) => `print(${printed(p)})`, 3),
  skeleton('print expression', (p) => `print(${expression(p)})`, 3),
  skeleton(
    'print text and number',
    (p) =>
      `print(${p.q(p.one(`${p.word()}: `, `${p.text()} `))}${p.one(', ', ' + str(', ', str(')}${p.n()})`.replace(
        /(str\([\d.]+)\)$/,
        '$1))',
      ),
    3,
  ),
  skeleton(
    'assign and print',
    (p) => {
      const a = p.v();
      return `${a} = ${expression(p)}\nprint(${p.one(a, `${p.s()}, ${a}`, `str(${a})`, `f${p.q(`{${a}}`)}`)})`;
    },
    3,
  ),
  skeleton(
    'two numbers',
    (p) => {
      const [a, b, c] = [p.v(), p.v(), p.v()];
      return `${a} = ${p.n()}\n${b} = ${p.n()}\n${p.one(`${c} = ${a} ${p.one('+', '*', '-', '/')} ${b}\nprint(${c})`, `print(${a} ${p.one('+', '*', '/')} ${b})`, `print(${p.s()}, ${a} + ${b})`, `${c} = (${a} + ${b}) / 2\nprint(${p.s()}, ${c})`)}`;
    },
    2,
  ),
  skeleton('expression alone', (p) => expression(p), 2),
  skeleton(
    'list grows',
    (p) => {
      const l = p.vs();
      return `${l} = ${p.ints()}\n${p.one(`${l} += [${p.n()}]`, `${l}.append(${p.n()})`, `${l} = ${l} + [${p.n()}, ${p.n()}]`, `${l}.insert(0, ${p.n()})`, `${l}.extend([${p.intItems(2)}])`)}${p.maybe(0.6, `\nprint(${l})`)}`;
    },
    2,
  ),
  skeleton(
    'list index',
    (p) => {
      const l = p.vs();
      return `${l} = ${p.one(p.ints(4), p.strs(4))}\nprint(${l}[${p.one('0', '1', '2', '3', '-1', '-4', 'len(' + l + ') - 1')}])`;
    },
    2,
  ),
  skeleton(
    'dict index',
    (p) => {
      const t = p.one(p.table(), p.record());
      const d = p.v();
      return `${d} = ${t.text}\nprint(${d}[${p.one(...t.keys)}])`;
    },
    2,
  ),
  skeleton('dict set', (p) => {
    const t = p.table();
    const d = p.vs();
    return `${d} = ${t.text}\n${d}[${p.w()}] = ${p.n()}\n${p.one(`print(${d})`, `print(len(${d}))`, `for k in ${d}:\n    print(k, ${d}[k])`)}`;
  }),
  skeleton(
    'string methods',
    (p) => {
      const a = p.v();
      return `${a} = ${p.s()}\nprint(${a}.${p.one('upper()', 'lower()', 'capitalize()', 'split()', 'strip()', 'title()', `replace(${p.q('a')}, ${p.q('b')})`, `startswith(${p.q('h')})`, `find(${p.q('e')})`, 'isdigit()')})`;
    },
    2,
  ),
  skeleton('string index', (p) => {
    const a = p.v();
    return `${a} = ${p.w()}\n${p.one(`print(${a}[0])`, `print(${a}[1:3])`, `print(${a}[::-1])`, `print(${a}[-1] + ${a}[0])`, `${p.v()} = ${a}[:2].upper()`)}`;
  }),
  skeleton(
    'f-string',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      return `${a} = ${p.w()}\n${b} = ${p.n()}\nprint(f${p.q(p.one(`${p.word()} {${a}} ${p.word()} {${b}}`, `{${a}} is {${b}} years old`, `{${a}}: {${b}:.2f}`, `{${a}.upper()} - {${b} * 2}`, `{${a}!r} {${b}:>5}`, `Hello {${a}}, you have {${b} + 1} points`))})`;
    },
    2,
  ),
  skeleton('format call', (p) => {
    const a = p.v();
    return `${a} = ${p.n()}\nprint(${p.q(p.one(`${p.word()} {}`, '{0} {0}', '{:.1f}', `{} ${p.word()}`))}.format(${a}))`;
  }),
  skeleton('percent format', (p) => {
    const a = p.v();
    return `${a} = ${p.w()}\nprint(${p.q(`Hello %s, %d ${p.word()}`)} % (${a}, ${p.i()}))`;
  }),
  skeleton('conversion', (p) => {
    const a = p.v();
    return `${a} = ${p.one('int', 'float')}(${p.q(String(p.i(1, 500)))})\n${p.one(`print(${a} * 2)`, `${a} += ${p.i()}\nprint(${a})`, `print(${p.s()} + str(${a}))`)}`;
  }),
  skeleton(
    'nested calls',
    (p) =>
      `print(${p.one(`len(str(${p.i(10, 99999)}))`, `max(len(${p.w()}), len(${p.w()}))`, `sum([len(w) for w in ${p.strs()}])`, `list(map(int, ${p.strs().replace(/["'][^"']*["']/g, (m) => m[0] + p.i() + m[0])}))`, `round(sum(${p.ints()}) / len(${p.ints()}), 2)`, `sorted(set(${p.ints()}), reverse=True)`, `${p.q(' ')}.join(reversed(${p.s()}.split()))`, `list(zip(${p.ints(3)}, ${p.strs(3)}))`, `dict(zip(${p.strs(2)}, ${p.ints(2)}))`, `list(enumerate(${p.strs()}))`, `int(float(${p.q(p.fl())}))`, `abs(min(${p.intItems()}) - max(${p.intItems()}))`, `any([x > ${p.i()} for x in ${p.ints()}])`, `str(int(${p.q(String(p.i()))}) + ${p.i()}) + ${p.s()}`)})`,
    4,
  ),
  skeleton(
    'comprehension',
    (p) => {
      const [l, x] = [p.vs(), p.one('x', 'n', 'i', 'num')];
      return `${l} = [${p.one(`${x} * ${p.i()}`, `${x} ** 2`, `(${x}, ${x} + 1)`, `str(${x})`, `[${x}, 0]`)} for ${x} in ${p.one(`range(${p.i(2, 12)})`, p.ints())}${p.maybe(0.4, ` if ${x} % 2 == ${p.one('0', '1')}`)}]\nprint(${p.one(l, `len(${l})`, `${l}[0]`)})`;
    },
    2,
  ),
  skeleton('dict comprehension', (p) => {
    const d = p.vs();
    return `${d} = {${p.one('w: len(w) for w in ' + p.strs(), `i: i * i for i in range(${p.i(2, 6)})`, `k.upper(): v for k, v in ${p.table().text}.items()`)}}\nprint(${d})`;
  }),
  skeleton('set operations', (p) => {
    const [a, b] = [p.v(), p.v()];
    return `${a} = {${p.intItems()}}\n${b} = {${p.intItems()}}\nprint(${p.one(`${a} & ${b}`, `${a} | ${b}`, `${a} - ${b}`, `${a}.union(${b})`, `len(${a} ^ ${b})`)})`;
  }),
  skeleton('lambda', (p) => {
    const f = p.f();
    return `${f} = lambda ${p.one('x: x * ' + p.n(), 'a: a + ' + p.i(), `n: n ** 2 if n > ${p.i()} else n`)}\nprint(${f}(${p.i()}))`;
  }),
  skeleton('lambda two', (p) => `print((lambda a, b: a ${p.one('+', '*')} b)(${p.i()}, ${p.i()}))`),
  skeleton('sort key', (p) => {
    const l = p.vs();
    return `${l} = [(${p.w()}, ${p.i()}), (${p.w()}, ${p.i()})]\n${p.one(`${l}.sort(key=lambda t: t[1])\nprint(${l})`, `print(sorted(${l}, key=lambda pair: pair[0]))`, `print(max(${l}, key=lambda x: x[1])[0])`)}`;
  }),
  skeleton('ternary', (p) => {
    const [a, b] = [p.v(), p.v()];
    return `${a} = ${p.n()}\n${b} = ${p.s()} if ${a} ${p.one('>', '<', '==', '>=')} ${p.n()} else ${p.s()}\nprint(${b})`;
  }),
  skeleton('tuple unpacking', (p) => {
    const [a, b, c] = [p.v(), p.v(), p.v()];
    return p.one(
      `${a}, ${b} = ${p.i()}, ${p.i()}\n${a}, ${b} = ${b}, ${a}\nprint(${a}, ${b})`,
      `(${a}, ${b}), ${c} = (${p.i()}, ${p.i()}), ${p.s()}\nprint(${a} + ${b}, ${c})`,
      `${a}, *${b} = ${p.ints(4)}\nprint(${b})`,
      `${a}, ${b}, ${c} = ${p.q(p.one('a b c', '1 2 3', 'red green blue'))}.split()\nprint(${c})`,
    );
  }),
  skeleton('chained comparison', (p) => {
    const a = p.v();
    return `${a} = ${p.i(1, 100)}\nprint(${p.i(0, 5)} < ${a} <= ${p.i(20, 100)} ${p.one('and', 'or')} not ${a} == ${p.i()})`;
  }),
  skeleton('several on one line', (p) => {
    const [a, b] = [p.v(), p.v()];
    return p.one(
      `${a} = ${p.i()}; ${b} = ${p.i()}; print(${a} + ${b})`,
      `if ${p.i(1, 9)} > ${p.i(0, 5)}: print(${p.s()})`,
      `for i in range(${p.i(2, 5)}): print(i, end=${p.q(' ')})`,
      `import math; print(math.sqrt(${p.i()}))`,
      `def ${a}(x): return x * ${p.i()}\nprint(${a}(${p.i()}))`,
    );
  }),
  skeleton('big literals', (p) =>
    p.one(
      `print(${p.i(1, 9)}_000_000 + 1)`,
      `print(0x${p.i(10, 99)} + 0b101)`,
      `print(1e${p.i(2, 6)} * ${p.i()})`,
      `print(r${p.q('C:\\new\\test')})`,
      `print(b${p.q(p.word())}[0])`,
      `print(${p.i()}j * 2)`,
      `print(${p.q('tab\\tnew\\nline')})`,
      `print(${p.q(`it\\${"'"}s`)})`,
    ),
  ),
  skeleton(
    'quotes inside',
    (p) =>
      p.one(
        `print("It's ${p.word()}")`,
        `print('He said "${p.word()}"')`,
        `print('don\\'t ${p.word()}')`,
        `print("say \\"${p.word()}\\" now")`,
        `print("${p.person()}'s ${p.word()} (${p.i()})")`,
        `print("(" + "${p.word()}" + ")")`,
        `print("a" 'b' "${p.word()}")`,
        `print(f"{${p.i()} + ${p.i()}} isn't {'${p.word()}'}")`,
        `x = "["\ny = ']'\nprint(x + "${p.word()}" + y)`,
        `print("# not a comment")  # it's a comment (really`,
      ),
    2,
  ),
  skeleton('implicit concatenation', (p) =>
    p.one(
      `print(${p.s()} ${p.s()})`,
      `${p.v()} = (${p.s()}\n    ${p.s()})`,
      `print([${p.w()}, ${p.w()} ${p.w()}, ${p.w()}])`,
      `${p.v()} = ${p.s()} \\\n    ${p.s()}`,
    ),
  ),
  skeleton(
    'print options',
    (p) =>
      `print(${p.s()}, ${p.n()}, ${p.one(`sep=${p.q('-')}`, `end=${p.q('!\\n')}`, `sep=${p.q(', ')}, end=${p.q('')}`)})`,
  ),
  skeleton('in test', (p) => {
    const l = p.vs();
    return `${l} = ${p.one(p.strs(), p.table().text, p.s())}\nprint(${p.w()} ${p.one('in', 'not in')} ${l})`;
  }),
  skeleton(
    'math one line',
    (p) =>
      `import math\nprint(math.${p.one(`sqrt(${p.i(1, 99)})`, `floor(${p.fl()})`, `ceil(${p.fl()})`, 'pi * 2', `factorial(${p.i(2, 6)})`, `gcd(${p.i(2, 30)}, ${p.i(2, 30)})`, `pow(${p.i(2, 5)}, ${p.i(2, 4)})`, `hypot(${p.i()}, ${p.i()})`, 'cos(0)', `log10(${p.i(1, 100)})`)})`,
    2,
  ),
  skeleton('type checks', (p) => {
    const a = p.v();
    return `${a} = ${p.one(p.n(), p.s(), p.ints())}\nprint(${p.one(`type(${a})`, `isinstance(${a}, (int, float))`, `type(${a}).__name__`, `${a} is None`, `bool(${a})`, `id(${a}) == id(${a})`)})`;
  }),
  skeleton('del and pop', (p) => {
    const l = p.vs();
    return p.one(
      `${l} = ${p.ints(4)}\ndel ${l}[${p.i(0, 3)}]\nprint(${l})`,
      `${l} = ${p.strs(3)}\n${p.v()} = ${l}.pop()\nprint(${l}[1])`,
      `${l} = {${p.q('a')}: 1, ${p.q('b')}: 2}\ndel ${l}[${p.q('a')}]\nprint(${l}.get(${p.q('a')}))`,
      `${l} = ${p.ints(3)}\n${l}.clear()\nprint(len(${l}))`,
    );
  }),
];
