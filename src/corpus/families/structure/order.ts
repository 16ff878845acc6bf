/** Which of several troubles wins: grammar before everything, then the first one that is really executed. */
import type { Family } from '../../family';
import { expression, printed } from '../../kits/structure/fillers';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';
import { failing, ungrammatical } from '../../kits/structure/trouble';

export const families: Family[] = [
  variants(
    'grammar after running',
    (p) => {
      const [f, u, s] = [failing(p), ungrammatical(p), `print(${printed(p)})`];
      return [
        `${f}\n${s}`,
        p.one(`${f}\n${u}`, `${s}\n${f}\n${u}`, `${f}\n${s}\n${u}`),
        s,
        p.one(`${s}\n${f}`, `${u}\n${f}`, `${s}\n${u}`),
      ];
    },
    { top: true, weight: 5 },
  ),
  variants(
    'first of two',
    (p) => {
      const [f, g, s] = [failing(p), failing(p), `print(${p.s()})`];
      return [`${f}\n${g}`, `${g}\n${f}`, p.one(`${s}\n${g}\n${f}`, `# ${f}\n${g}`, `${s}  # ${f}`)];
    },
    { weight: 5 },
  ),
  variants(
    'one failing line',
    (p) => {
      const [f, g] = [failing(p), failing(p)];
      return [f, `# ${f}\nprint(${p.s()})`, p.one(g, ungrammatical(p), expression(p))];
    },
    { weight: 4 },
  ),
  variants(
    'never executed',
    (p) => {
      const [f, g] = [failing(p), p.f()];
      const s = `print(${printed(p)})`;
      return [
        p.one(
          `if ${p.i(1, 9)} > ${p.i(10, 30)}:\n    ${f}\n${s}`,
          `def ${g}():\n    ${f}\n${s}`,
          `for x in []:\n    ${f}\n${s}`,
          `while False:\n    ${f}\n${s}`,
          py`
            if True:
                ${s}
            else:
                ${f}
          `,
          py`
            try:
                ${s}
            except Exception:
                ${f}
          `,
          `x = lambda: ${/^(print|len|max|next|open|\W|None|\d)/.test(f) && !f.includes(' = ') ? f : '1 / 0'}\n${s}`,
          py`
            class ${p.c()}:
                def ${g}(self):
                    ${f}
            ${s}
          `,
        ),
        p.one(
          `if ${p.i(1, 9)} < ${p.i(10, 30)}:\n    ${f}\n${s}`,
          py`
            def ${g}():
                ${f}
            ${g}()
            ${s}
          `,
          `for x in [1]:\n    ${f}\n${s}`,
          `class ${p.c()}:\n    ${f}\n${s}`,
          py`
            if True:
                ${f}
            else:
                ${s}
          `,
          py`
            try:
                ${s}
            finally:
                ${f}
          `,
        ),
        p.one(
          `def ${g}():\n    ${ungrammatical(p)}\n${s}`,
          `if False:\n    ${ungrammatical(p)}\n${s}`,
          py`
            def ${g}():
                return
                ${f}
            ${g}()
            ${s}
          `,
          `if False:\n    ${f}\n${s}`,
        ),
      ];
    },
    { top: true, weight: 6 },
  ),
  variants(
    'caught or not',
    (p) => {
      const f = failing(p);
      const [kind, other] = p.r.sample(
        [
          'ValueError',
          'TypeError',
          'KeyError',
          'IndexError',
          'NameError',
          'ZeroDivisionError',
          'AttributeError',
          'AssertionError',
          'FileNotFoundError',
          'ImportError',
          'LookupError',
          'ArithmeticError',
          'OSError',
          'StopIteration',
        ],
        2,
      ) as [string, string];
      return [
        py`
          try:
              ${f}
          except ${kind}:
              print(${p.s()})
        `,
        py`
          try:
              ${f}
          except Exception${p.maybe(0.5, ' as e')}:
              print(${p.s()})
        `,
        p.one(
          py`
            try:
                ${f}
            except ${kind}:
                print(${p.s()})
            except ${other}:
                print(${p.s()})
          `,
          py`
            try:
                ${f}
            except:
                ${failing(p)}
          `,
          py`
            try:
                ${f}
            finally:
                print(${p.s()})
          `,
          py`
            try:
                ${ungrammatical(p)}
            except SyntaxError:
                print(${p.s()})
          `,
          py`
            try:
                ${f}
            except (${kind}, ${other}) as e:
                print(e)
          `,
          py`
            try:
                ${f}
            except ${p.one('ValueEror', 'Error', 'KeyEror', 'exception')}:
                pass
          `,
          py`
            ${f}
            try:
                pass
            except ${kind}:
                pass
          `,
        ),
      ];
    },
    { weight: 5 },
  ),
  variants(
    'before it exists',
    (p) => {
      const [f, a] = [p.f(), p.v()];
      const d = `def ${f}():\n    print(${p.s()})`;
      return [
        `${d}\n\n${f}()`,
        `${f}()\n\n${d}`,
        p.one(
          `${d}\n\n${f}(`,
          `${d}\n\n${f}`,
          `${d}\n\n${f}(${a})`,
          py`
            def ${f}()
                print(${p.s()})

            ${f}()
          `,
          `${d}\n\n${f}(${p.i()})`,
        ),
      ];
    },
    { top: true, weight: 2 },
  ),
];
