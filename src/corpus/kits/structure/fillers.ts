/** Short error-free lines that surround a fragment. */
import type { Pen } from './words';

/** A harmless expression of literals, often with nested brackets. */
export function expression(p: Pen): string {
  const kind = p.r.int(0, 31);
  const table = p.table();
  const x = p.one('x', 'n', 'i', 'item', 'w');
  switch (kind) {
    case 0:
      return `${p.n()} + ${p.n()}`;
    case 1:
      return `${p.n()} * (${p.n()} + ${p.n()})`;
    case 2:
      return `len(${p.strs()})`;
    case 3:
      return `sum(${p.ints()})`;
    case 4:
      return `max(${p.intItems()})`;
    case 5:
      return `sorted(${p.ints()})`;
    case 6:
      return `${p.q(p.one(', ', '-', ' ', ''))}.join(${p.strs()})`;
    case 7:
      return `${p.s()}.${p.one('upper()', 'lower()', 'title()', 'split()', 'strip()', `count(${p.q('a')})`, `replace(${p.q('a')}, ${p.q('o')})`)}`;
    case 8:
      return `${table.text}[${table.keys[0]}]`;
    case 9:
      return `${p.s()} * ${p.i(2, 5)}`;
    case 10:
      return `[${x} * ${p.i(2, 9)} for ${x} in range(${p.i(2, 8)})]`;
    case 11:
      return `${p.w()} in ${p.strs()}`;
    case 12:
      return `str(${p.n()}) + ${p.s()}`;
    case 13:
      return `int(${p.q(String(p.i(1, 99)))}) ${p.one('+', '-', '*')} ${p.i()}`;
    case 14:
      return `round(${p.fl()}, ${p.i(0, 1)})`;
    case 15:
      return `list(range(${p.i(1, 5)}, ${p.i(6, 12)}))`;
    case 16:
      return `${p.ints(4)}[${p.i(0, 3)}]`;
    case 17:
      return `${p.ints(5)}[${p.i(0, 2)}:${p.i(3, 5)}]`;
    case 18:
      return `{${x}: ${x} ** 2 for ${x} in ${p.ints(3)}}`;
    case 19:
      return `(${p.i()}, ${p.s()}, ${p.fl()})`;
    case 20:
      return `abs(${p.i(1, 9)} - ${p.i(10, 50)})`;
    case 21:
      return `${p.s()} if ${p.n()} > ${p.n()} else ${p.s()}`;
    case 22:
      return `${p.i(1, 9)} == ${p.i(1, 9)}`;
    case 23:
      return `[[${p.intItems(2)}], [${p.intItems(2)}]]`;
    case 24:
      return `set(${p.ints()})`;
    case 25:
      return `not (${p.i()} > ${p.i()} and ${p.i()} < ${p.i()})`;
    case 26:
      return `${p.i(10, 99)} ${p.one('/', '//', '%')} ${p.i(1, 9)}`;
    case 27:
      return `{${p.q('items')}: [${p.wordItems(2)}], ${p.q('ok')}: True}`;
    case 28:
      return `${p.s()}[${p.i(0, 1)}]`;
    case 29:
      return `float(${p.q(p.fl())})`;
    case 30:
      return `isinstance(${p.i()}, ${p.one('int', 'str', 'float')})`;
    default:
      return `dict(${p.one('a', 'x')}=${p.i()}, ${p.one('b', 'y')}=${p.s()})`;
  }
}

/** What people pass to print. */
export function printed(p: Pen): string {
  const kind = p.r.int(0, 9);
  if (kind < 3) return p.s();
  if (kind < 5) return `${p.s()}, ${expression(p)}`;
  if (kind < 6) return `f${p.q(`${p.word()}: {${p.i()} ${p.one('+', '*', '-')} ${p.i()}}`)}`;
  if (kind < 7) return `${p.s()} + str(${p.n()})`;
  if (kind < 8) return `${p.q(`${p.word()} {} ${p.word()} {}`)}.format(${p.n()}, ${p.s()})`;
  return expression(p);
}

const COMMENTS = [
  '# setup',
  '# main program',
  '# TODO',
  '# test',
  '# calculate the total',
  '# print the result',
  '# example',
  '# exercise 3',
  '# this is a comment',
  "# don't forget",
  '# step 1',
  '# (optional)',
  '# data',
  '# homework',
  '# check it',
  '# works?',
];

/** One to four error-free lines on names of their own. */
export function filler(p: Pen): string {
  const kind = p.r.int(0, 27);
  const [a, b] = [p.v(), p.v()];
  switch (kind) {
    case 0:
    case 1:
    case 2:
      return `print(${printed(p)})`;
    case 3:
    case 4:
      return `${a} = ${p.n()}`;
    case 5:
      return `${a} = ${p.s()}`;
    case 6:
    case 7:
      return `${a} = ${expression(p)}`;
    case 8:
      return `${a} = ${p.n()}\n${b} = ${a} ${p.one('+', '*', '-')} ${p.n()}`;
    case 9:
      return `${p.one('import math', 'import random', 'import json', 'import os', 'import sys', 'import re', 'from datetime import datetime', 'from collections import Counter', 'import time', 'import string', 'import math, random', 'from math import sqrt, pi')}`;
    case 10:
      return p.one(...COMMENTS);
    case 11:
      return `for ${p.one('i', 'k', 'j')} in range(${p.i(1, 6)}):\n    print(${p.one('"line"', p.s(), String(p.i()))})`;
    case 12:
      return `${a} = ${p.n()}\nif ${a} ${p.one('>', '<', '>=', '!=')} ${p.n()}:\n    print(${p.s()})`;
    case 13:
      return `${a} = ${p.n()}\nif ${a} ${p.one('>', '<', '==')} ${p.n()}:\n    print(${p.s()})\nelse:\n    print(${p.s()})`;
    case 14: {
      const f = p.f();
      return `def ${f}(${a}):\n    return ${a} ${p.one('+', '*')} ${p.n()}\n\nprint(${f}(${p.i()}))`;
    }
    case 15: {
      const f = p.f();
      return `def ${f}():\n    print(${p.s()})\n\n${f}()`;
    }
    case 16: {
      const l = p.vs();
      return `${l} = ${p.one(p.ints(), p.strs())}\nfor ${a} in ${l}:\n    print(${a})`;
    }
    case 17: {
      const l = p.vs();
      return `${l} = []\n${l}.append(${p.n()})`;
    }
    case 18:
      return `${a} = ${p.table().text}`;
    case 19:
      return `${a}, ${b} = ${p.n()}, ${p.n()}`;
    case 20:
      return `${a} = 0\n${a} += ${p.n()}`;
    case 21:
      return `class ${p.c()}:\n    pass`;
    case 22: {
      const f = p.f();
      return `def ${f}(${a}, ${b}=${p.n()}):\n    return ${a} + ${b}`;
    }
    case 23:
      return `${a} = ${p.s()}\nprint(f${p.q(`${p.word()} {${a}}`)})`;
    case 24:
      return `${a} = lambda ${b}: ${b} ${p.one('*', '+')} ${p.n()}`;
    case 25:
      return `""${`"${p.one('A small example.', "Homework, it's due Monday", 'Prints (some) numbers', 'module docs')}"`}""`;
    case 26:
      return `${a} = ${p.one('True', 'False', 'None', '[]', '{}', '""')}`;
    default: {
      const l = p.vs();
      return `${l} = ${p.ints()}\nprint(${p.one('sum', 'max', 'len', 'sorted')}(${l}))`;
    }
  }
}
