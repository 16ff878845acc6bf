/** Headers of blocks and statements to put in them. */
import { expression, printed } from './fillers';
import type { Pen } from './words';

/** A header with what must come after its body, if anything. */
export function header(p: Pen): { head: string; tail: string } {
  const a = p.v();
  return p.one(
    { head: `if ${p.n()} ${p.one('>', '<', '==')} ${p.n()}:`, tail: '' },
    { head: `for ${a} in range(${p.i(1, 6)}):`, tail: '' },
    { head: `def ${p.f()}(${p.maybe(0.6, a)}):`, tail: '' },
    { head: `class ${p.c()}${p.maybe(0.2, '(Exception)')}:`, tail: '' },
    { head: 'try:', tail: `\nexcept ${p.one('ValueError', 'Exception', 'KeyError as e')}:\n    print(${p.s()})` },
    { head: `for ${a} in ${p.strs()}:`, tail: '' },
    { head: `while ${p.i(1, 9)} > ${p.i(10, 20)}:`, tail: '' },
    { head: `with open(${p.q(p.word() + '.txt')}, ${p.q('w')}) as f:`, tail: '' },
    { head: `if ${p.w()} in ${p.strs()}:`, tail: `\nelse:\n    print(${p.s()})` },
    { head: `${a} = ${p.n()}\nif ${a}:`, tail: '' },
    { head: `if ${p.i()} > ${p.i()}:\n    print(${p.s()})\nelse:`, tail: '' },
    { head: `try:\n    ${a} = ${p.n()}\nexcept ValueError:`, tail: '' },
    { head: `if ${p.i()} > ${p.i()}:\n    pass\nelif ${p.i()} > ${p.i()}:`, tail: '' },
    { head: `for i, ${a} in enumerate(${p.strs()}):`, tail: '' },
    { head: `class ${p.c()}:\n    def ${p.f()}(self):`, tail: '' },
    { head: `def ${p.f()}(${a}, b=2):\n    if ${a}:`, tail: '' },
    { head: `try:\n    ${a} = ${p.n()}\nfinally:`, tail: '' },
  );
}

export const statement = (p: Pen): string =>
  p.one(
    `print(${printed(p)})`,
    `print(${p.s()})`,
    `${p.v()} = ${expression(p)}`,
    `${p.v()} = ${p.n()}`,
    'pass',
    `print(${p.v()})`,
  );

export function block(p: Pen): { head: string; tail: string; pad: string } {
  const { head, tail } = header(p);
  const last = head.split('\n').at(-1)!;
  return { head, tail, pad: `${/^\s*/.exec(last)![0]}    ` };
}
