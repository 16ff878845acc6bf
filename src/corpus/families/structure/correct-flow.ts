/** Error-free programs with branches, loops and exceptions. */
import type { Family } from '../../family';
import { expression, printed } from '../../kits/structure/fillers';
import { skeleton } from '../../kits/structure/groups';

export const families: Family[] = [
  skeleton(
    'if else',
    (p) => {
      const a = p.v();
      return `${a} = ${p.n()}\nif ${a} ${p.one('>', '<', '==', '>=', '!=')} ${p.n()}:\n    print(${printed(p)})\nelse:\n    print(${printed(p)})`;
    },
    2,
  ),
  skeleton('grades', (p) => {
    const a = p.v();
    const b = p.v();
    return `${a} = ${p.i(30, 100)}\nif ${a} >= 90:\n    ${b} = ${p.q('A')}\nelif ${a} >= ${p.i(60, 80)}:\n    ${b} = ${p.q('B')}\nelse:\n    ${b} = ${p.q('F')}\nprint(${p.one(b, `${p.q('Grade:')}, ${b}`, `f${p.q(`{${a}} -> {${b}}`)}`)})`;
  }),
  skeleton(
    'fizzbuzz',
    (p) =>
      `for ${'i'} in range(1, ${p.i(5, 20)}):\n    if i % 15 == 0:\n        print(${p.q('FizzBuzz')})\n    elif i % ${p.i(2, 3)} == 0:\n        print(${p.q('Fizz')})\n    else:\n        print(i)`,
  ),
  skeleton(
    'sum loop',
    (p) => {
      const [t, l, x] = [p.v(), p.vs(), p.v()];
      return `${t} = 0\n${p.one(`for ${x} in ${p.ints()}:`, `${l} = ${p.ints()}\nfor ${x} in ${l}:`, `for ${x} in range(${p.i(2, 12)}):`)}\n    ${t} ${p.one('+=', '+=', '-=')} ${x}\nprint(${p.one(t, `${p.s()}, ${t}`, `${p.s()} + str(${t})`)})`;
    },
    2,
  ),
  skeleton('count loop', (p) => {
    const [c, s] = [p.v(), p.v()];
    return `${s} = ${p.s()}\n${c} = 0\nfor ch in ${s}:\n    if ch ${p.one(`== ${p.q('a')}`, `in ${p.q('aeiou')}`, `!= ${p.q(' ')}`)}:\n        ${c} += 1\nprint(${c})`;
  }),
  skeleton(
    'while count',
    (p) => {
      const a = p.v();
      return p.one(
        `${a} = 0\nwhile ${a} < ${p.i(2, 9)}:\n    print(${a})\n    ${a} += 1`,
        `${a} = ${p.i(3, 9)}\nwhile ${a} > 0:\n    ${a} -= 1\nprint(${p.s()})`,
        `${a} = 1\nwhile True:\n    ${a} *= 2\n    if ${a} > ${p.i(20, 90)}:\n        break\nprint(${a})`,
      );
    },
    2,
  ),
  skeleton(
    'nested loops',
    (p) =>
      `for i in range(${p.i(1, 4)}):\n    for j in range(${p.i(1, 4)}):\n        print(${p.one('i * j', 'i, j', `i, j, end=${p.q(' ')}`, `(i + 1) * (j + 1)`, `f${p.q('{i}x{j}={i * j}')}`)})${p.maybe(0.4, '\n    print()')}`,
  ),
  skeleton('continue break', (p) => {
    const x = p.v();
    return `for ${x} in ${p.one(p.ints(), `range(${p.i(4, 12)})`)}:\n    if ${x} ${p.one('== ' + p.i(), '% 2', '> ' + p.i())}:\n        ${p.one('continue', 'break')}\n    print(${x})${p.maybe(0.3, `\nelse:\n    print(${p.s()})`)}`;
  }),
  skeleton(
    'for over dict',
    (p) => {
      const d = p.vs();
      const [k, v] = [p.v(), p.v()];
      return `${d} = ${p.table().text}\nfor ${k}, ${v} in ${d}.items():\n    print(${p.one(`${k}, ${v}`, `f${p.q(`{${k}}: {${v}}`)}`, `${k} + ${p.q(': ')} + str(${v})`)})`;
    },
    2,
  ),
  skeleton('enumerate', (p) => {
    const [l, x] = [p.vs(), p.v()];
    return `${l} = ${p.strs()}\nfor i, ${x} in enumerate(${l}${p.maybe(0.4, ', 1')}):\n    print(${p.one(`i, ${x}`, `f${p.q(`{i}. {${x}}`)}`, `str(i) + ${p.q('. ')} + ${x}`)})`;
  }),
  skeleton('zip', (p) => {
    const [a, b] = [p.vs(), p.vs()];
    return `${a} = ${p.strs(3)}\n${b} = ${p.ints(3)}\nfor x, y in zip(${a}, ${b}):\n    print(x, y)`;
  }),
  skeleton(
    'range index',
    (p) => {
      const l = p.vs();
      return `${l} = ${p.ints()}\nfor i in range(len(${l})):\n    ${p.one(`print(${l}[i])`, `${l}[i] = ${l}[i] * 2\nprint(${l})`, `${l}[i] += ${p.n()}\nprint(${l}[-1])`)}`;
    },
    2,
  ),
  skeleton('word count', (p) => {
    const [c, w] = [p.vs(), p.v()];
    return `${p.v()} = ${p.s()}\n${c} = {}\nfor ${w} in ${p.q(p.one('the cat and the dog', 'a b a c a', 'one two one'))}.split():\n    ${p.one(`${c}[${w}] = ${c}.get(${w}, 0) + 1`, `if ${w} in ${c}:\n        ${c}[${w}] += 1\n    else:\n        ${c}[${w}] = 1`, `if ${w} not in ${c}:\n        ${c}[${w}] = 0\n    ${c}[${w}] += 1`)}\nprint(${c})`;
  }),
  skeleton('find maximum', (p) => {
    const [l, m, x] = [p.vs(), p.v(), p.v()];
    return `${l} = ${p.ints()}\n${m} = ${l}[0]\nfor ${x} in ${l}[1:]:\n    if ${x} ${p.one('>', '<')} ${m}:\n        ${m} = ${x}\nprint(${m})`;
  }),
  skeleton('build list', (p) => {
    const [l, x] = [p.vs(), p.v()];
    return `${l} = []\nfor ${x} in range(${p.i(1, 3)}, ${p.i(4, 9)}):\n    ${l}.append(${p.one(`${x} ** 2`, x, `(${x}, ${x} * 2)`, `str(${x})`, `[${x}] * 2`)})\nprint(${l})`;
  }),
  skeleton('matrix', (p) => {
    const m = p.vs();
    return `${m} = [[${p.intItems(3)}],\n     [${p.intItems(3)}],\n     [${p.intItems(3)}]]\n${p.one(`print(${m}[${p.i(0, 2)}][${p.i(0, 2)}])`, `for row in ${m}:\n    print(row)`, `print(sum(${m}[i][i] for i in range(3)))`, `print([sum(row) for row in ${m}])`)}`;
  }),
  skeleton(
    'try except',
    (p) => {
      const a = p.v();
      return `try:\n    ${a} = ${p.one(`int(${p.w()})`, `${p.i()} / 0`, `${p.ints(3)}[${p.i(3, 9)}]`, `${p.table().text}[${p.q('nothing')}]`, `int(${p.q('12')})`)}\nexcept ${p.one('ValueError', 'ZeroDivisionError', '(IndexError, KeyError)', 'Exception', 'Exception as e', '')}:\n    print(${p.s()})`.replace(
        'except :',
        'except:',
      );
    },
    2,
  ),
  skeleton('try full', (p) => {
    const a = p.v();
    return `try:\n    ${a} = ${p.one(`int(${p.q('5')})`, `${p.i()} // ${p.i()}`, p.n())}\nexcept ValueError as ${p.one('e', 'err', 'error')}:\n    print(${p.s()})\nelse:\n    print(${a})\nfinally:\n    print(${p.s()})`;
  }),
  skeleton('raise and catch', (p) => {
    const e = p.one('ValueError', 'TypeError', 'KeyError', 'RuntimeError', 'IndexError');
    return `try:\n    raise ${e}(${p.s()})\nexcept ${e} as e:\n    print(${p.one('e', 'str(e)', `${p.s()}, e`, 'type(e).__name__')})`;
  }),
  skeleton('assert fine', (p) => {
    const a = p.v();
    return `${a} = ${p.one(p.ints(), p.s())}\nassert ${p.one(`len(${a}) > 0`, `${a}`, `${a} != ${p.n()}`, `isinstance(${a}, (list, str))`)}${p.maybe(0.5, `, ${p.s()}`)}\nprint(${a})`;
  }),
  skeleton(
    'conditions',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      return `${a} = ${p.n()}\n${b} = ${p.one(p.n(), 'True', 'False')}\nif ${p.one(`(${a} > ${p.i()} and ${b})`, `${a} > ${p.i()} or not ${b}`, `(${a} == ${p.i()}) and (${b} != ${p.i()})`, `not (${a} < ${p.i()} or ${b})`, `${a} in (${p.intItems(3)}) and ${b}`)}:\n    print(${printed(p)})`;
    },
    2,
  ),
  skeleton('nested if', (p) => {
    const [a, b] = [p.v(), p.v()];
    return `${a} = ${p.n()}\n${b} = ${p.s()}\nif ${a} > ${p.i()}:\n    if ${b} == ${p.s()}:\n        print(${p.s()})\n    else:\n        print(${printed(p)})\nelif ${a} == 0:\n    pass\nelse:\n    print(${p.s()})`;
  }),
  skeleton('shop total', (p) => {
    const [d, t, k] = [p.vs(), p.v(), p.v()];
    return `${d} = [{${p.q('name')}: ${p.w()}, ${p.q('price')}: ${p.n()}}, {${p.q('name')}: ${p.w()}, ${p.q('price')}: ${p.n()}}]\n${t} = 0\nfor ${k} in ${d}:\n    ${t} += ${k}[${p.q('price')}]\nprint(${p.q('Total:')}, ${t})`;
  }),
  skeleton('guard', (p) => {
    const l = p.vs();
    return `${l} = ${p.one('[]', p.ints())}\nif ${p.one(l, `len(${l}) > 0`, `not ${l}`)}:\n    print(${p.one(p.s(), `len(${l})`)})\nelse:\n    print(${p.s()})`;
  }),
  skeleton('iterators', (p) => {
    const it = p.v();
    return `${it} = iter(${p.ints(3)})\nprint(next(${it}))\nprint(next(${it}))${p.maybe(0.5, `\nprint(next(${it}))`)}${p.maybe(0.4, `\nprint(next(${it}, None))`)}`;
  }),
  skeleton(
    'division average',
    (p) => {
      const l = p.vs();
      const a = p.v();
      return `${l} = ${p.ints()}\n${a} = sum(${l}) / len(${l})\nprint(${p.one(`round(${a}, 2)`, `${p.q('Average:')}, ${a}`, `f${p.q(`{${a}:.1f}`)}`)})`;
    },
    2,
  ),
  skeleton('reverse text', (p) => {
    const [a, b] = [p.v(), p.v()];
    return `${a} = ${p.s()}\n${b} = ${p.q('')}\nfor c in ${a}:\n    ${b} = c + ${b}\n${p.one(`print(${b})`, `if ${a} == ${b}:\n    print(${p.q('palindrome')})`)}`;
  }),
  skeleton('parse lines', (p) => {
    const t = p.v();
    return `${t} = ${p.q(`${p.word()},${p.i()};${p.word()},${p.i()}`)}\nfor part in ${t}.split(${p.q(';')}):\n    name, value = part.split(${p.q(',')})\n    print(name, int(value)${p.maybe(0.5, ` * ${p.i()}`)})`;
  }),
  skeleton('two dicts', (p) => {
    const [a, b] = [p.vs(), p.vs()];
    const t = p.table(2);
    return `${a} = ${t.text}\n${b} = {${t.keys[0]}: ${p.i()}, ${t.keys[1]}: ${p.i()}}\nfor key in ${a}:\n    print(key, ${a}[key] * ${b}[key])`;
  }),
  skeleton('stack queue', (p) => {
    const s = p.vs();
    return `${s} = []\n${s}.append(${p.n()})\n${s}.append(${p.s()})\nwhile ${s}:\n    print(${s}.pop())`;
  }),
  skeleton('pass bodies', (p) =>
    p.one(
      `if ${p.i()} > ${p.i()}:\n    pass\nprint(${printed(p)})`,
      `for ${p.v()} in ${p.ints()}:\n    pass\nprint(${expression(p)})`,
      `def ${p.f()}():\n    pass\n\nprint(${expression(p)})`,
      `class ${p.c()}:\n    ...\nprint(${p.s()})`,
    ),
  ),
  skeleton('walrus if', (p) => {
    const [l, n] = [p.vs(), p.v()];
    return `${l} = ${p.ints()}\nif (${n} := len(${l})) > ${p.i(1, 4)}:\n    print(${p.s()}, ${n})`;
  }),
  skeleton(
    'guess',
    (p) =>
      `secret = ${p.i()}\nfor guess in ${p.ints()}:\n    if guess < secret:\n        print(${p.q('too low')})\n    elif guess > secret:\n        print(${p.q('too high')})\n    else:\n        print(${p.q('correct')})\n        break`,
  ),
];
