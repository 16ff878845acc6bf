/** Error-free programs with branches, loops and exceptions. */
import type { Family } from '../../family';
import { expression, printed } from '../../kits/structure/fillers';
import { skeleton } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  skeleton(
    'if else',
    (p) => {
      const a = p.v();
      return py`
        ${a} = ${p.n()}
        if ${a} ${p.one('>', '<', '==', '>=', '!=')} ${p.n()}:
            print(${printed(p)})
        else:
            print(${printed(p)})
      `;
    },
    2,
  ),
  skeleton('grades', (p) => {
    const a = p.v();
    const b = p.v();
    return py`
      ${a} = ${p.i(30, 100)}
      if ${a} >= 90:
          ${b} = ${p.q('A')}
      elif ${a} >= ${p.i(60, 80)}:
          ${b} = ${p.q('B')}
      else:
          ${b} = ${p.q('F')}
      print(${p.one(b, `${p.q('Grade:')}, ${b}`, `f${p.q(`{${a}} -> {${b}}`)}`)})
    `;
  }),
  skeleton(
    'fizzbuzz',
    (p) =>
      py`
        for ${'i'} in range(1, ${p.i(5, 20)}):
            if i % 15 == 0:
                print(${p.q('FizzBuzz')})
            elif i % ${p.i(2, 3)} == 0:
                print(${p.q('Fizz')})
            else:
                print(i)
      `,
  ),
  skeleton(
    'sum loop',
    (p) => {
      const [t, l, x] = [p.v(), p.vs(), p.v()];
      return py`
        ${t} = 0
        ${p.one(`for ${x} in ${p.ints()}:`, `${l} = ${p.ints()}\nfor ${x} in ${l}:`, `for ${x} in range(${p.i(2, 12)}):`)}
            ${t} ${p.one('+=', '+=', '-=')} ${x}
        print(${p.one(t, `${p.s()}, ${t}`, `${p.s()} + str(${t})`)})
      `;
    },
    2,
  ),
  skeleton('count loop', (p) => {
    const [c, s] = [p.v(), p.v()];
    return py`
      ${s} = ${p.s()}
      ${c} = 0
      for ch in ${s}:
          if ch ${p.one(`== ${p.q('a')}`, `in ${p.q('aeiou')}`, `!= ${p.q(' ')}`)}:
              ${c} += 1
      print(${c})
    `;
  }),
  skeleton(
    'while count',
    (p) => {
      const a = p.v();
      return p.one(
        py`
          ${a} = 0
          while ${a} < ${p.i(2, 9)}:
              print(${a})
              ${a} += 1
        `,
        py`
          ${a} = ${p.i(3, 9)}
          while ${a} > 0:
              ${a} -= 1
          print(${p.s()})
        `,
        py`
          ${a} = 1
          while True:
              ${a} *= 2
              if ${a} > ${p.i(20, 90)}:
                  break
          print(${a})
        `,
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
    return py`
      for ${x} in ${p.one(p.ints(), `range(${p.i(4, 12)})`)}:
          if ${x} ${p.one('== ' + p.i(), '% 2', '> ' + p.i())}:
              ${p.one('continue', 'break')}
          print(${x})${p.maybe(0.3, `\nelse:\n    print(${p.s()})`)}
    `;
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
    return py`
      ${a} = ${p.strs(3)}
      ${b} = ${p.ints(3)}
      for x, y in zip(${a}, ${b}):
          print(x, y)
    `;
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
    return py`
      ${p.v()} = ${p.s()}
      ${c} = {}
      for ${w} in ${p.q(p.one('the cat and the dog', 'a b a c a', 'one two one'))}.split():
          ${p.one(`${c}[${w}] = ${c}.get(${w}, 0) + 1`, `if ${w} in ${c}:\n        ${c}[${w}] += 1\n    else:\n        ${c}[${w}] = 1`, `if ${w} not in ${c}:\n        ${c}[${w}] = 0\n    ${c}[${w}] += 1`)}
      print(${c})
    `;
  }),
  skeleton('find maximum', (p) => {
    const [l, m, x] = [p.vs(), p.v(), p.v()];
    return py`
      ${l} = ${p.ints()}
      ${m} = ${l}[0]
      for ${x} in ${l}[1:]:
          if ${x} ${p.one('>', '<')} ${m}:
              ${m} = ${x}
      print(${m})
    `;
  }),
  skeleton('build list', (p) => {
    const [l, x] = [p.vs(), p.v()];
    return py`
      ${l} = []
      for ${x} in range(${p.i(1, 3)}, ${p.i(4, 9)}):
          ${l}.append(${p.one(`${x} ** 2`, x, `(${x}, ${x} * 2)`, `str(${x})`, `[${x}] * 2`)})
      print(${l})
    `;
  }),
  skeleton('matrix', (p) => {
    const m = p.vs();
    return py`
      ${m} = [[${p.intItems(3)}],
           [${p.intItems(3)}],
           [${p.intItems(3)}]]
      ${p.one(`print(${m}[${p.i(0, 2)}][${p.i(0, 2)}])`, `for row in ${m}:\n    print(row)`, `print(sum(${m}[i][i] for i in range(3)))`, `print([sum(row) for row in ${m}])`)}
    `;
  }),
  skeleton(
    'try except',
    (p) => {
      const a = p.v();
      return py`
        try:
            ${a} = ${p.one(`int(${p.w()})`, `${p.i()} / 0`, `${p.ints(3)}[${p.i(3, 9)}]`, `${p.table().text}[${p.q('nothing')}]`, `int(${p.q('12')})`)}
        except ${p.one('ValueError', 'ZeroDivisionError', '(IndexError, KeyError)', 'Exception', 'Exception as e', '')}:
            print(${p.s()})
      `.replace(
        'except :',
        'except:',
      );
    },
    2,
  ),
  skeleton('try full', (p) => {
    const a = p.v();
    return py`
      try:
          ${a} = ${p.one(`int(${p.q('5')})`, `${p.i()} // ${p.i()}`, p.n())}
      except ValueError as ${p.one('e', 'err', 'error')}:
          print(${p.s()})
      else:
          print(${a})
      finally:
          print(${p.s()})
    `;
  }),
  skeleton('raise and catch', (p) => {
    const e = p.one('ValueError', 'TypeError', 'KeyError', 'RuntimeError', 'IndexError');
    return py`
      try:
          raise ${e}(${p.s()})
      except ${e} as e:
          print(${p.one('e', 'str(e)', `${p.s()}, e`, 'type(e).__name__')})
    `;
  }),
  skeleton('assert fine', (p) => {
    const a = p.v();
    return `${a} = ${p.one(p.ints(), p.s())}\nassert ${p.one(`len(${a}) > 0`, `${a}`, `${a} != ${p.n()}`, `isinstance(${a}, (list, str))`)}${p.maybe(0.5, `, ${p.s()}`)}\nprint(${a})`;
  }),
  skeleton(
    'conditions',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      return py`
        ${a} = ${p.n()}
        ${b} = ${p.one(p.n(), 'True', 'False')}
        if ${p.one(`(${a} > ${p.i()} and ${b})`, `${a} > ${p.i()} or not ${b}`, `(${a} == ${p.i()}) and (${b} != ${p.i()})`, `not (${a} < ${p.i()} or ${b})`, `${a} in (${p.intItems(3)}) and ${b}`)}:
            print(${printed(p)})
      `;
    },
    2,
  ),
  skeleton('nested if', (p) => {
    const [a, b] = [p.v(), p.v()];
    return py`
      ${a} = ${p.n()}
      ${b} = ${p.s()}
      if ${a} > ${p.i()}:
          if ${b} == ${p.s()}:
              print(${p.s()})
          else:
              print(${printed(p)})
      elif ${a} == 0:
          pass
      else:
          print(${p.s()})
    `;
  }),
  skeleton('shop total', (p) => {
    const [d, t, k] = [p.vs(), p.v(), p.v()];
    return py`
      ${d} = [{${p.q('name')}: ${p.w()}, ${p.q('price')}: ${p.n()}}, {${p.q('name')}: ${p.w()}, ${p.q('price')}: ${p.n()}}]
      ${t} = 0
      for ${k} in ${d}:
          ${t} += ${k}[${p.q('price')}]
      print(${p.q('Total:')}, ${t})
    `;
  }),
  skeleton('guard', (p) => {
    const l = p.vs();
    return py`
      ${l} = ${p.one('[]', p.ints())}
      if ${p.one(l, `len(${l}) > 0`, `not ${l}`)}:
          print(${p.one(p.s(), `len(${l})`)})
      else:
          print(${p.s()})
    `;
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
    return py`
      ${a} = ${p.s()}
      ${b} = ${p.q('')}
      for c in ${a}:
          ${b} = c + ${b}
      ${p.one(`print(${b})`, `if ${a} == ${b}:\n    print(${p.q('palindrome')})`)}
    `;
  }),
  skeleton('parse lines', (p) => {
    const t = p.v();
    return py`
      ${t} = ${p.q(`${p.word()},${p.i()};${p.word()},${p.i()}`)}
      for part in ${t}.split(${p.q(';')}):
          name, value = part.split(${p.q(',')})
          print(name, int(value)${p.maybe(0.5, ` * ${p.i()}`)})
    `;
  }),
  skeleton('two dicts', (p) => {
    const [a, b] = [p.vs(), p.vs()];
    const t = p.table(2);
    return py`
      ${a} = ${t.text}
      ${b} = {${t.keys[0]}: ${p.i()}, ${t.keys[1]}: ${p.i()}}
      for key in ${a}:
          print(key, ${a}[key] * ${b}[key])
    `;
  }),
  skeleton('stack queue', (p) => {
    const s = p.vs();
    return py`
      ${s} = []
      ${s}.append(${p.n()})
      ${s}.append(${p.s()})
      while ${s}:
          print(${s}.pop())
    `;
  }),
  skeleton('pass bodies', (p) =>
    p.one(
      `if ${p.i()} > ${p.i()}:\n    pass\nprint(${printed(p)})`,
      `for ${p.v()} in ${p.ints()}:\n    pass\nprint(${expression(p)})`,
      py`
        def ${p.f()}():
            pass

        print(${expression(p)})
      `,
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
      py`
        secret = ${p.i()}
        for guess in ${p.ints()}:
            if guess < secret:
                print(${p.q('too low')})
            elif guess > secret:
                print(${p.q('too high')})
            else:
                print(${p.q('correct')})
                break
      `,
  ),
];
