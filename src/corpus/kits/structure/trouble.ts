/** Lines that fail when they run, and lines that are no Python. */
import type { Pen } from './words';

/** A line that raises when it is executed. */
export function failing(p: Pen): string {
  const t = p.table();
  const a = p.v();
  return p.one(
    `print(${a})`,
    `${a} = ${p.i()} / 0`,
    `print(${p.i()} % 0)`,
    `${a} = int(${p.w()})`,
    `print(${p.ints(3)}[${p.i(3, 9)}])`,
    `print(${t.text}[${p.q('missing')}])`,
    `${a} = ${p.s()} + ${p.i()}`,
    `${a} = ${p.i()} + ${p.q(String(p.i()))}`,
    `print(len(${p.i()}))`,
    `${p.s()}.${p.one('push', 'append', 'length', 'reverse')}()`,
    `assert ${p.i(1, 5)} == ${p.i(6, 9)}`,
    `raise ValueError(${p.s()})`,
    `next(iter([]))`,
    `open(${p.q(`${p.word()}.txt`)})`,
    `import ${p.word()}_${p.word()}`,
    `from math import ${p.word()}`,
    `${p.ints(3)}.index(${p.i(200, 300)})`,
    `${a} = None + ${p.i()}`,
    `None.${p.attr()}`,
    `float(${p.w()})`,
    `${p.s()}[${p.i(60, 90)}]`,
    `[].pop()`,
    `max([])`,
    `print(undefined_${a})`,
    `${p.i()}()`,
    `(1, 2)[2]`,
    `sum([1, ${p.w()}])`,
  );
}

/** A line that is no Python. */
export function ungrammatical(p: Pen): string {
  const a = p.v();
  return p.one(
    `print(${p.s()}`,
    `${a} = ${p.ints().slice(0, -1)}`,
    `${a} = `,
    `if ${p.i()} > ${p.i()}`,
    `print ${p.s()}`,
    `${p.i()} = ${a}`,
    `${a} = ${p.s().slice(0, -1)}`,
    `for ${a} in ${p.ints()}`,
    `${a}++`,
    `def ${p.f()}(:`,
    `${a} = ${p.i()} +`,
    `else:`,
    `return ${p.i()}`,
    `${a} = ${p.n()})`,
    `import`,
    `${a} ${p.n()}`,
    `class = ${p.i()}`,
    `x = {${p.q('a')}: 1`,
    `break`,
    `print(${p.s()}))`,
    `while True`,
  );
}
