/** Error-free programs with functions and classes. */
import type { Family } from '../../family';
import { expression, printed } from '../../kits/structure/fillers';
import { skeleton } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  skeleton(
    'function one',
    (p) => {
      const [f, a] = [p.f(), p.v()];
      return `def ${f}(${a}):\n    return ${a} ${p.one('*', '+', '-', '**')} ${p.n()}\n${p.maybe(0.5, '\n')}print(${f}(${p.i()}))`;
    },
    2,
  ),
  skeleton(
    'function two',
    (p) => {
      const [f, a, b, c] = [p.f(), p.v(), p.v(), p.v()];
      return `def ${f}(${a}, ${b}):\n    ${c} = ${a} ${p.one('*', '+')} ${b}\n    return ${c}\n${p.maybe(0.5, '\n')}${p.one(`print(${f}(${p.i()}, ${p.i()}))`, `${p.v()} = ${f}(${p.n()}, ${p.n()})`, `print(${p.s()}, ${f}(${a}=${p.i()}, ${b}=${p.i()}))`)}`;
    },
    2,
  ),
  skeleton('greet', (p) => {
    const [f, a] = [p.f(), p.one('name', 'person', 'who')];
    return `def ${f}(${a}${p.maybe(0.3, `=${p.q('you')}`)}):\n    ${p.one(`print(${p.q('Hello, ')} + ${a})`, `print(f${p.q(`Hello {${a}}!`)})`, `return ${p.q('Hi ')} + ${a}`)}\n\n${f}(${p.q(p.person())})`;
  }),
  skeleton('defaults', (p) => {
    const [f, a, b] = [p.f(), p.v(), p.v()];
    return `def ${f}(${a}, ${b}=${p.n()}):\n    ${p.maybe(0.3, `"""${p.word()} ${p.word()}."""\n    `)}return ${a} + ${b}\n\nprint(${f}(${p.i()}))\nprint(${f}(${p.i()}, ${p.one('', b + '=')}${p.i()}))`;
  }),
  skeleton(
    'docstring only',
    (p) =>
      `def ${p.f()}(${p.v()}):\n    """${p.one('Return the result.', "Don't call me", 'Not written yet (sorry)', p.text())}"""\n\nprint(${expression(p)})`,
  ),
  skeleton(
    'recursion',
    (p) => {
      const f = p.one('factorial', 'fact', 'fib', p.f());
      return p.one(
        `def ${f}(n):\n    if n <= 1:\n        return 1\n    return n * ${f}(n - 1)\n\nprint(${f}(${p.i(2, 9)}))`,
        `def ${f}(n):\n    if n < 2:\n        return n\n    return ${f}(n - 1) + ${f}(n - 2)\nprint(${f}(${p.i(2, 9)}))`,
        py`
          def ${f}(n):
              if n == 0:
                  return
              print(n)
              ${f}(n - 1)

          ${f}(${p.i(2, 6)})
        `,
        `def ${f}(n):\n    return n if n < 10 else n % 10 + ${f}(n // 10)\nprint(${f}(${p.i(10, 999)}))`,
      );
    },
    2,
  ),
  skeleton('inner function', (p) => {
    const [f, g] = [p.f(), p.f()];
    return `def ${f}(x):\n    def ${g}(y):\n        return x ${p.one('+', '*')} y\n    return ${p.one(`${g}(${p.i()})`, g)}\n\n${p.one(`print(${f}(${p.i()}))`, `${p.v()} = ${f}(${p.i()})`)}`;
  }),
  skeleton('closure counter', (p) => {
    const f = p.f();
    return py`
      def ${f}():
          count = ${p.i(0, 3)}
          def inner():
              nonlocal count
              count += 1
              return count
          return inner

      c = ${f}()
      print(c(), c())
    `;
  }),
  skeleton('global counter', (p) => {
    const [a, f] = [p.v(), p.f()];
    return py`
      ${a} = ${p.n()}

      def ${f}():
          global ${a}
          ${a} += ${p.n()}

      ${f}()
      print(${a})
    `;
  }),
  skeleton('read global', (p) => {
    const [a, f] = [p.v(), p.f()];
    return `${a} = ${p.one(p.n(), p.s())}\ndef ${f}():\n    print(${a})\n${f}()`;
  }),
  skeleton('star arguments', (p) => {
    const f = p.f();
    return p.one(
      `def ${f}(*args):\n    return sum(args)\n\nprint(${f}(${p.intItems()}))`,
      `def ${f}(*args, **kwargs):\n    print(args, kwargs)\n\n${f}(${p.i()}, ${p.s()}, ${p.key()}=${p.n()})`,
      `def ${f}(a, b, c):\n    return a + b + c\nprint(${f}(*${p.ints(3)}))`,
      `def ${f}(a, /, b, *, c=${p.i()}):\n    return a + b + c\nprint(${f}(${p.i()}, ${p.i()}, c=${p.i()}))`,
    );
  }),
  skeleton('generator', (p) => {
    const f = p.f();
    return `def ${f}(n):\n    for i in range(n):\n        yield i ${p.one('* 2', '** 2', '+ 1')}\n\n${p.one(`print(list(${f}(${p.i(1, 6)})))`, `for x in ${f}(${p.i(1, 5)}):\n    print(x)`, `g = ${f}(${p.i(2, 5)})\nprint(next(g), next(g))`)}`;
  }),
  skeleton('decorator', (p) => {
    const [d, f] = [p.f(), p.f()];
    return py`
      def ${d}(func):
          def wrapper(*args):
              print(${p.s()})
              return func(*args)
          return wrapper

      @${d}
      def ${f}(x):
          return x + ${p.i()}

      print(${f}(${p.i()}))
    `;
  }),
  skeleton('typed function', (p) => {
    const [f, a] = [p.f(), p.v()];
    return `def ${f}(${a}: int${p.maybe(0.4, ` = ${p.i()}`)}) -> ${p.one('int', 'float', 'str')}:\n    return ${a} * ${p.n()}\n\nprint(${f}(${p.i()}))`;
  }),
  skeleton('validation', (p) => {
    const [f, a] = [p.f(), p.v()];
    return py`
      def ${f}(${a}):
          if ${a} ${p.one('<', '>')} ${p.i(0, 3)}:
              return ${p.one('False', 'None', p.s())}
          return ${p.one('True', a, `${a} * 2`)}

      if ${f}(${p.i()}):
          print(${p.s()})
    `;
  }),
  skeleton('raise if', (p) => {
    const [f, a] = [p.f(), p.v()];
    return `def ${f}(${a}):\n    if ${a} < 0:\n        raise ValueError(${p.s()})\n    return ${a} ** 0.5\n\nprint(${f}(${p.i(1, 50)}))`;
  }),
  skeleton('main function', (p) => {
    const f = p.f();
    return `def ${f}():\n    ${p.v()} = ${expression(p)}\n    print(${printed(p)})\n\nif __name__ == ${p.q('__main__')}:\n    ${f}()`;
  }),
  skeleton('never called', (p) => {
    const f = p.f();
    return `def ${f}(${p.v()}):\n    return ${p.one('undefined_thing', '1 / 0', `[][${p.i()}]`, `${p.v()} + 1`, `int(${p.w()})`, `${p.s()} + 1`)}\n\nprint(${printed(p)})`;
  }),
  skeleton(
    'map filter',
    (p) => {
      const l = p.vs();
      return `${l} = ${p.ints()}\nprint(list(${p.one(`map(lambda x: x * ${p.i()}, ${l})`, `filter(lambda x: x > ${p.i()}, ${l})`, `map(str, ${l})`, `filter(lambda n: n % 2 == 0, map(lambda n: n + 1, ${l}))`)}))`;
    },
    2,
  ),
  skeleton('list helper', (p) => {
    const [f, l] = [p.f(), p.vs()];
    return py`
      def ${f}(values):
          result = []
          for v in values:
              if v ${p.one('> ' + p.i(), '% 2 == 0', `!= ${p.i()}`)}:
                  result.append(v)
          return result

      ${l} = ${p.ints()}
      print(${f}(${l}))
    `;
  }),
  skeleton('function table', (p) => {
    const [f, g, d] = [p.f(), p.f(), p.vs()];
    return py`
      def ${f}(x):
          return x + ${p.i()}

      def ${g}(x):
          return x * ${p.i()}

      ${d} = {${p.q('a')}: ${f}, ${p.q('b')}: ${g}}
      print(${d}[${p.q(p.one('a', 'b'))}](${p.i()}))
    `;
  }),
  skeleton('prime check', (p) => {
    const f = p.one('is_prime', p.f());
    return py`
      def ${f}(n):
          if n < 2:
              return False
          for i in range(2, n):
              if n % i == 0:
                  return False
          return True

      print(${p.one(`${f}(${p.i(2, 40)})`, `[n for n in range(${p.i(5, 20)}) if ${f}(n)]`)})
    `;
  }),
  skeleton(
    'simple class',
    (p) => {
      const [c, o] = [p.c(), p.v()];
      const a = p.attr();
      return `class ${c}:\n    def __init__(self, ${a}):\n        self.${a} = ${a}\n\n${o} = ${c}(${p.one(p.s(), p.n())})\nprint(${o}.${a})`;
    },
    2,
  ),
  skeleton(
    'class method',
    (p) => {
      const [c, o, m] = [p.c(), p.v(), p.f()];
      const a = p.attr();
      return py`
        class ${c}:
            def __init__(self, ${a}):
                self.${a} = ${a}

            def ${m}(self):
                return ${p.one(`self.${a}`, `self.${a} * 2`, `f${p.q(`${p.word()} {self.${a}}`)}`)}

        ${o} = ${c}(${p.n()})
        print(${o}.${m}())
      `;
    },
    2,
  ),
  skeleton('account', (p) => {
    const o = p.v();
    return py`
      class Account:
          def __init__(self, balance=0):
              self.balance = balance
          def deposit(self, amount):
              self.balance += amount
          def withdraw(self, amount):
              if amount > self.balance:
                  raise ValueError(${p.s()})
              self.balance -= amount
      ${o} = Account(${p.i(20, 100)})
      ${o}.${p.one('deposit', 'withdraw')}(${p.i()})
      print(${o}.balance)
    `;
  }),
  skeleton('inheritance', (p) => {
    const [a, b, m] = [p.c(), p.c(), p.f()];
    return py`
      class ${a}:
          def ${m}(self):
              return ${p.s()}

      class ${b}(${a}):
          ${p.one('pass', `def ${m}(self):\n        return super().${m}() + ${p.s()}`)}

      print(${b}().${m}())
    `;
  }),
  skeleton('super init', (p) => {
    const [a, b] = [p.c(), p.c()];
    return py`
      class ${a}:
          def __init__(self, name):
              self.name = name

      class ${b}(${a}):
          def __init__(self, name, level):
              super().__init__(name)
              self.level = level

      x = ${b}(${p.w()}, ${p.i()})
      print(x.name, x.level)
    `;
  }),
  skeleton('class attribute', (p) => {
    const c = p.c();
    const a = p.attr();
    return `class ${c}:\n    ${a} = ${p.one(p.n(), p.s(), '[]')}\n    count = 0\n\n${c}.count += 1\nprint(${c}.${a}, ${c}.count)`;
  }),
  skeleton('repr', (p) => {
    const c = p.c();
    return py`
      class ${c}:
          def __init__(self, x, y):
              self.x, self.y = x, y
          def __${p.one('repr', 'str')}__(self):
              return f${p.q(`${c}({self.x}, {self.y})`)}

      print(${c}(${p.i()}, ${p.i()}))
    `;
  }),
  skeleton('operator class', (p) => {
    const c = p.c();
    return py`
      class ${c}:
          def __init__(self, v):
              self.v = v
          def __add__(self, other):
              return ${c}(self.v + other.v)
          def __len__(self):
              return self.v

      print(len(${c}(${p.i()}) + ${c}(${p.i()})))
    `;
  }),
  skeleton('property', (p) => {
    const c = p.c();
    return py`
      class ${c}:
          def __init__(self, r):
              self._r = r

          @property
          def ${p.one('area', 'size')}(self):
              return 3.14 * self._r ** 2

      print(${c}(${p.i()})._r)
    `;
  }),
  skeleton('static method', (p) => {
    const [c, m] = [p.c(), p.f()];
    return `class ${c}:\n    @${p.one('staticmethod\n    def ' + m + '(x)', 'classmethod\n    def ' + m + '(cls, x)')}:\n        return x + ${p.i()}\n\nprint(${c}.${m}(${p.i()}))`;
  }),
  skeleton('dataclass', (p) => {
    const c = p.c();
    return py`
      from dataclasses import dataclass

      @dataclass
      class ${c}:
          name: str
          ${p.key() === 'name' ? 'size' : 'amount'}: int = ${p.i()}

      print(${c}(${p.w()}))
    `;
  }),
  skeleton('namedtuple', (p) => {
    const c = p.c();
    return `from collections import namedtuple\n${c} = namedtuple(${p.q(c)}, ${p.one(`[${p.q('x')}, ${p.q('y')}]`, p.q('x y'))})\np = ${c}(${p.i()}, ${p.i()})\nprint(p.x ${p.one('+', '*')} p.y)`;
  }),
  skeleton(
    'enum',
    (p) =>
      py`
        from enum import Enum

        class ${p.one('Color', 'Level', 'State')}(Enum):
            ${p.one('RED', 'LOW', 'ON')} = 1
            ${p.one('BLUE', 'HIGH', 'OFF')} = 2

        print(${expression(p)})
      `,
  ),
  skeleton('own exception', (p) => {
    const e = `${p.word()[0]!.toUpperCase()}${p.word()}Error`.replace(/\W/g, '');
    return py`
      class ${e}(Exception):
          pass

      try:
          raise ${e}(${p.s()})
      except ${e} as e:
          print(${p.one('e', `${p.s()}, e`)})
    `;
  }),
];
