import type { Random } from '../../random';

const LONGEST = 15;
const indent = (text: string): string => text.replace(/^(?=.*\S)/gm, '    ');
const lineCount = (text: string): number => text.split('\n').length;

const CAUGHT = ['TypeError', 'ValueError', 'KeyError', 'IndexError', 'ZeroDivisionError', 'NameError', 'AttributeError',
  'Exception', 'AssertionError', 'LookupError', 'ArithmeticError', 'RecursionError', 'StopIteration'];
const NAMED_HANDLERS = ['print(e)', 'print("Error:", e)', 'print(f"failed: {e}")', 'print(type(e).__name__)'];
const HANDLERS = ['pass', 'print("error")', 'print("Something went wrong")', 'print("oops")', '$iv9 = 0',
  'print("$w8")'];

const BEFORE = [
  'import math', 'import os', 'import sys', 'import random', 'import json', 'from collections import Counter',
  'import math\nimport random', 'from datetime import datetime', 'import re', 'import string', 'import time',
  '$iv9 = $n9', '$sv9 = "$w9"', '$sv9 = "$P9"', '$lst9 = [$ints9~3]', '$lst9 = []', '$dv9 = {}', '$dv9 = {"$w9": $n9}',
  'print("$sent9~3")', 'print("$label9")', '$iv9 = 0', '$iv9, $iv8 = $d9, $d8', '$lst9 = ["$w9", "$w8"]',
  'def $fn9($arg9):\n    return $arg9\n', 'def $fn9():\n    print("$w9")\n', '"""$(cap:cmt)."""',
  '$iv9 = $n9\n$iv8 = $iv9 * 2',
  'def $fn9($arg9, $arg8):\n    return $arg9 ⟨+|*|-⟩ $arg8\n', '$(up:iv9) = $n9', 'class $cls9:\n    pass\n',
  '$lst9 = list(range($d9))', 'for $i9 in range($d9):\n    pass',
];
const AFTER = [
  'print("done")', 'print("Done!")', 'print()', 'print("$sent9~3")', '$iv9 = $n9', 'print("$w9")', 'print("end")',
  'print("finished", $n9)', 'for $i9 in range($d9):\n    print($i9)', 'print($n9 + $n8)', 'print("$label9" + str($n9))',
  '$sv9 = "$w9"\nprint($sv9.upper())', '$lst9 = [$ints9~3]\nprint(sum($lst9))',
];

/** Puts a skeleton into other surroundings: code around it, a function, a guard, a handler, a branch not taken. */
export function surround(skeleton: string, random: Random): string {
  let text = skeleton;
  const room = (lines: number): boolean => lineCount(text) + lines <= LONGEST - 1;
  const scoped = /\b(global|nonlocal)\b|__main__|import \*|^class |^@/m.test(text);
  const simple = !/\n\n|^def |^try/m.test(text);
  const around = random.float();
  if (!scoped && room(3)) {
    if (around < 0.06 && simple) {
      const caught = random.sample(CAUGHT, random.int(2, 3)).join('|');
      const type = random.chance(0.2) ? `(⟦${caught}⟧, ${random.pick(CAUGHT)})` : `⟦${caught}⟧`;
      const named = random.chance(0.4);
      const body = random.pick(named ? NAMED_HANDLERS : HANDLERS);
      text = `try:\n${indent(text)}\nexcept ${type}${named ? ' as e' : ''}:\n    ${body}`;
      if (random.chance(0.15) && room(2)) text += `\n${random.pick(['finally', 'else'])}:\n    print("$w7")`;
    } else if (around < 0.09) {
      text = `def $fn8():\n${indent(text)}\n\n⟦$fn8()|⟨$fn8|pass|print("$w8")⟩⟧`;
    } else if (around < 0.14) {
      const call = random.chance(0.3) ? 'if __name__ == "__main__":\n    $fn8()' : '$fn8()';
      text = `def $fn8():\n${indent(text)}\n\n${call}`.replace(/\$fn8/g, random.chance(0.6) ? 'main' : '$fn8');
    } else if (around < 0.17 && simple) {
      const test = random.pick(['⟦True|False⟧', '$d8 ⟦<|>⟧ $(d8+1)', '"$w8" ⟦==|!=⟧ "$w8"', '⟦1|0⟧', 'not ⟦[]|[0]⟧',
        'len("$w8") ⟦>|<⟧ 1', '$n8 % 2 == ⟦0|1⟧']);
      text = `if ${test}:\n${indent(text)}`;
    } else if (around < 0.185 && simple) {
      text = `for ⟨_|$i8⟩ in range(⟦$d8|0⟧):\n${indent(text)}`;
    } else if (around < 0.2 && simple && room(4)) {
      text = `$iv8 = ⟦$d8|0⟧\nif $iv8 > 0:\n${indent(text)}\nelse:\n    print("$w8")`;
    }
  }
  if (random.chance(0.2)) {
    const before = random.pick(BEFORE);
    if (room(lineCount(before))) text = `${before}\n${text}`;
  }
  if (random.chance(0.1)) {
    const after = random.pick(AFTER);
    if (room(lineCount(after))) text = `${text}\n${after}`;
  }
  if (random.chance(0.08) && room(1)) text = `# ${random.chance(0.7) ? '$cmt9' : '$sent9~4'}\n${text}`;
  return text;
}

/** One hand's habits over a whole group: quotes, indentation, spaces, blank lines, remarks at line ends. */
export function restyle(programs: string[], random: Random): string[] {
  const habits: ((text: string) => string)[] = [];
  const plain = !programs.some((program) => /['\\]|"{3}/.test(program));
  if (random.chance(0.45) && plain) habits.push((text) => text.replaceAll('"', "'"));
  const width = random.weighted(['    ', '  ', '\t', '   '], [86, 9, 3, 1]);
  if (width !== '    ') habits.push((text) => text.replace(/^( {4})+/gm, (spaces) => width.repeat(spaces.length / 4)));
  if (random.chance(0.09)) habits.push((text) => text.replace(/ (=|\+|\*|-|\/|<|>|==) /g, '$1'));
  if (random.chance(0.07)) habits.push((text) => text.replaceAll(', ', ','));
  if (random.chance(0.04)) habits.push((text) => text.replace(/print\((.+)\)$/gm, 'print( $1 )'));
  if (random.chance(0.03)) habits.push((text) => text.replace(/\n(?=\S)/g, '\n\n'));
  return programs.map((program) => {
    const changed = habits.reduce((text, habit) => habit(text), program);
    const text = changed.replace(/^[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').replace(/^\n+|\s+$/g, '');
    return text.split('\n').length > LONGEST ? text.replace(/\n\n+/g, '\n') : text;
  });
}
