import type { Fault } from './types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

export const SYNTAX_FAULTS: readonly Fault[] = [
  // Brackets and quotes left open.
  (b) => {
    const [line] = b.print(b.number());
    return one([line.slice(0, -1), line, `${line})`, line.replace('(', '')]);
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'int', 'str'] as const));
    const e = v.type === 'int' ? `max(${v.name}, ${b.int()})` : `len(${v.name})`;
    const good = b.r.pick([`print(${e})`, `${b.intName()} = ${e}`, `print(str(${e}) + ${b.text('!')})`]);
    const at = good.lastIndexOf(')');
    return one([good.slice(0, at) + good.slice(at + 1), good, good.replace('(', '')]);
  },
  (b) => {
    const name = b.textName();
    const text = b.text();
    return [[`${name} = ${text.slice(0, -1)}`, `print(${name})`], [`${name} = ${text}`, `print(${name})`], [`${name} = ${text.slice(1)}`, `print(${name})`], [`${name} = ${text.slice(0, -1)}${text[0] === '"' ? "'" : '"'}`, `print(${name})`]];
  },
  (b) => {
    const name = b.fresh('values items names data numbers lst', b.subject.numbers.split(' ')[0].split('/')[0]);
    const items = Array.from({ length: b.r.int(2, 5) }, () => (b.r.chance(0.5) ? b.text() : b.int()));
    const list = b.comma(items);
    const [after] = b.print(`len(${name})`);
    return [[`${name} = [${list}`, after], [`${name} = [${list}]`, after], [`${name} = [${list})`, after], [`${name} = ${list}]`, after], [`${name} = [${items.join(' ')}]`, after]];
  },
  (b) => {
    const v = b.variable('counts').lines[0];
    const at = v.lastIndexOf(':');
    const comma = v.indexOf(',');
    return one([v.slice(0, -1), v, v.slice(0, at) + v.slice(at + 1), comma > 0 ? v.slice(0, comma) + v.slice(comma + 1) : v, v.replace(/: (\d)/, ' = $1')]);
  },
  (b) => {
    const l = b.text(`${b.phrase()}: `);
    const n = b.number();
    return one([`print(${l} ${n})`, `print(${l}, ${n})`, `print ${l}, ${n}`, `print(${l} + str(${n})`, `print(${l} + str(${n}))`]);
  },
  (b) => {
    const q = b.style.quote;
    const n = b.number();
    return one([`print(f${q}${b.phrase()}: {${n}${q})`, `print(f${q}${b.phrase()}: {${n}}${q})`, `print(f${q}${b.phrase()}: ${n}}${q})`, `print(f${q}${b.phrase()}: {}${q})`, `print(${q}${b.phrase()}: {}${q}.format(${n}))`]);
  },
  (b) => {
    const words = b.r.pick(["I'm here", "it's late", "don't stop", "we're open", "Bob's car"]);
    return one([`print('${words}')`, `print("${words}")`, `print('${words.replace("'", "\\'")}')`]);
  },
  (b) => {
    const word = b.word();
    return one([`print("She said "${word}"")`, `print("She said '${word}'")`, `print('She said "${word}"')`]);
  },
  (b) => [[`${b.textName()} = """${b.word()}`, `${b.word()}`, 'print(1)'], [`${b.textName()} = """${b.word()}`, `${b.word()}"""`, 'print(1)']],
  // Colons.
  (b) => {
    const v = b.need('int');
    const cmp = b.r.pick(['>', '<', '==', '!=', '>=']);
    const then = `    print(${b.text()})`;
    const n = b.int();
    return [[`if ${v.name} ${cmp} ${n}`, then], [`if ${v.name} ${cmp} ${n}:`, then], [`if ${v.name} = ${n}:`, then], [`if (${v.name} ${cmp} ${n}:`, then], [`if ${v.name} ${cmp} ${n} then:`, then], [`if ${v.name} ${cmp}:`, then], [`if ${v.name} => ${n}:`, then], [`if ${v.name} ${cmp} ${n} {`, then, '}']].sort((x, y) => (x[0].endsWith(`${cmp} ${n}:`) ? 1 : y[0].endsWith(`${cmp} ${n}:`) ? -1 : b.r.float() - 0.5));
  },
  (b) => {
    const v = b.need('int');
    const n = b.int();
    const make = (middle: string) => [`if ${v.name} > ${n}:`, `    print(${yes})`, middle, `    print(${no})`];
    const yes = b.text();
    const no = b.text();
    return [make(b.r.pick(['else', 'else if:', `elseif ${v.name} < 3:`, `else ${v.name} < 3:`, `else if ${v.name} == 2:`, `elif:`, `elif ${v.name} == 2`, `elsif ${v.name}:`, '    else:'])), make('else:'), make(`elif ${v.name} == 2:`)];
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    const x = b.r.pick([v.singular, 'i', 'x']);
    const body = `    print(${x})`;
    return [[b.r.pick([`for ${x} in ${v.name}`, `for ${x} ${v.name}:`, `for ${x} of ${v.name}:`, `foreach ${x} in ${v.name}:`, `for in ${v.name}:`, `for ${x} in:`, `for (${x} in ${v.name}):`, `for ${x} = 1 to 5:`, `for ${x} in ${v.name}):`, `for ${x} in range(3:`, `for ${x} in range(3`, `for ${x}, in in ${v.name}:`]), body], [`for ${x} in ${v.name}:`, body]];
  },
  (b) => {
    const name = b.functionName();
    const [p, q] = b.r.sample(['a', 'b', 'x', 'y', 'name', 'price', 'n', 'rate'], 2);
    const body = `    return ${p}`;
    const call = `print(${name}(${b.int()}, ${b.int()}))`;
    return [[b.r.pick([`def ${name}(${p}, ${q})`, `def ${name}(${p} ${q}):`, `def ${name} ${p}, ${q}:`, `def ${name}(${p}, ${q}:`, `def (${p}, ${q}):`, `def ${name}(${p}, ${p}):`, `def ${name}(${p}=1, ${q}):`, `function ${name}(${p}, ${q}):`, `def ${name}(${p}, 5):`, `def ${name}[${p}, ${q}]:`, `define ${name}(${p}, ${q}):`, `def 2${name}(${p}, ${q}):`, `def ${name}(${p}, ${q}));`, `def ${name}(${p}; ${q}):`, `def ${name}(${p}, "${q}"):`]), body, call], [`def ${name}(${p}, ${q}):`, body, call]];
  },
  (b) => {
    const { name } = b.classType();
    const body = ['    def __init__(self):', `        self.x = ${b.int()}`];
    return [[b.r.pick([`class ${name}`, `class ${name}(:`, `class ${name}():)`, `class my ${name}:`, `Class ${name}:`, `class 1${name}:`, `class ${name}() {`]), ...body], [`class ${name}:`, ...body], [`class ${name}:`, body[0].slice(0, -1), body[1]], [`class ${name}():`, ...body]];
  },
  (b) => {
    const x = b.fresh('count i n k num');
    return [[`${x} = ${b.r.int(1, 4)}`, b.r.pick([`while ${x} < 5`, `while (${x} < 5:`, `while ${x} =< 5:`, `while ${x} < 5 do:`, `while ${x} <:`, `while ${x} < 5;`]), `    ${x} += 1`], [`${x} = ${b.r.int(1, 4)}`, `while ${x} < 5:`, `    ${x} += 1`], [`${x} = 3`, `while ${x} < 5:`, `    ${x}++`]];
  },
  (b) => {
    const e = b.r.pick(['ValueError', 'ZeroDivisionError', 'TypeError']);
    const x = b.intName();
    return [b.r.pick([['try', `    ${x} = int("5")`, `except ${e}:`, '    pass'], ['try:', `    ${x} = int("5")`, `except ${e}`, '    pass'], ['try:', `    ${x} = int("5")`], ['try:', `    ${x} = int("5")`, `catch ${e}:`, '    pass'], ['try:', `    ${x} = int("5")`, 'else:', '    pass'], ['try:', `    ${x} = 5`, 'except:', '    pass', `except ${e}:`, '    pass']]), ['try:', `    ${x} = int("5")`, `except ${e}:`, '    pass'], ['try:', `    ${x} = int("5")`, 'finally:', '    pass']];
  },
  // Names, operators, assignments.
  (b) => {
    const name = b.intName();
    const n = b.int();
    return one([b.r.pick([`1${name} = ${n}`, `${name}-total = ${n}`, `${name} count = ${n}`, `${n} = ${name}`, `${name} == ${n} = 3`, `${name} + 1 = ${n}`, `${name} =`, `= ${n}`, `${name} = = ${n}`, `${name} := ${n}`, `let ${name} = ${n}`, `var ${name} = ${n}`, `int ${name} = ${n}`, `const ${name} = ${n}`, `${name}$ = ${n}`, `${name}! = ${n}`, `${name} = ${n} ${n}`, `${name} = 0${b.r.int(1, 9)}`, `${name}.5 = ${n}`, `"${name}" = ${n}`, `len(${name}) = ${n}`, `${name}++ `, `${name} = ${n};;`, `${name} = ?`, `${name} = ${n}kg`, `$${name} = ${n}`, `${name} <- ${n}`, `@${name} = ${n}`]), `${name} = ${n}`, `${name} = -${n}`]);
  },
  (b) => {
    const word = b.r.pick(['class', 'for', 'if', 'def', 'return', 'in', 'is', 'lambda', 'from', 'import', 'while', 'True', 'None', 'pass', 'and', 'or', 'not', 'try', 'with', 'del', 'global', 'yield', 'async', 'break', 'else', 'except']);
    const n = b.r.chance(0.5) ? b.int() : b.text();
    return [[`${word} = ${n}`], [`${word}_ = ${n}`, `print(${word}_)`]];
  },
  (b) => {
    const v = b.need('int');
    const n = b.int();
    return b.use(b.r.pick([`${v.name} +`, `${v.name} * * ${n}`, `${v.name} && ${n}`, `${v.name} || ${n}`, `!${v.name}`, `${v.name} + * ${n}`, `${v.name} ${n}`, `(${v.name} + ${n}`, `${v.name} + ${n})`, `[${v.name}, ${n}`, `${v.name} ? 1 : 2`, `${v.name} === ${n}`, `${v.name} <> ${n}`, `${v.name} if ${v.name} > 1`, `not`, `${v.name} not ${n}`, `${v.name} and`, `* ${v.name}`, `${v.name} is not in [1]`, `lambda x x + 1`, `lambda: return 1`, `[x for x ${v.name}]`, `[for x in [1]]`, `[x in range(3) for x]`, `{1: 2, 3}`, `(1, 2`, `x.${n}`, `${v.name}.`, `${v.name}[`, `${v.name}[1:2:3:4]`, `${n}${v.name}`, `"a" "b" 3`]), `${v.name} + ${n}`);
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'counts'] as const));
    const inner = v.type === 'counts' ? b.text(v.keys[0]) : '0';
    return b.use(`${v.name}[${inner}`, `${v.name}[${inner}]`, `${v.name}[${inner})`);
  },
  // Statements in the wrong place.
  (b) => {
    const name = b.functionName();
    const n = b.int();
    return b.r.pick([
      () => [[`return ${n}`], [`print(${n})`], [`def ${name}():`, `    return ${n}`]],
      () => [['break'], ['while True:', '    break'], [`if ${n} > 3:`, '    break']],
      () => [[`if ${n} > 3:`, '    continue'], ['for i in range(3):', '    continue']],
      () => [[`def ${name}():`, '    pass', 'break'], [`def ${name}():`, '    pass', `${name}()`]],
      () => [['yield 5'], [`def ${name}():`, '    yield 5']],
      () => [[`def ${name}(x):`, `    print(x)`, `return x`], [`def ${name}(x):`, `    print(x)`, `    return x`]],
      () => [['else:', '    print(1)'], ['if 1:', '    print(1)']],
      () => [['except ValueError:', '    print(1)'], ['if ValueError:', '    print(1)']],
      () => [['elif 3 > 2:', '    print(1)'], ['if 3 > 2:', '    print(1)']],
      () => [['await 5'], ['print(5)']],
      () => [[`def ${name}():`, '    nonlocal zz', '    zz = 1'], [`def ${name}():`, '    global zz', '    zz = 1']],
      () => [[`def ${name}():`, '    total = 1', '    global total'], [`def ${name}():`, '    global total', '    total = 1']],
      () => [[`case 1:`, '    print(1)'], ['if 1:', '    print(1)']],
      () => [[`nonlocal ${b.intName()}`], [`global ${b.intName()}`]],
    ])();
  },
  (b) => {
    const name = b.functionName();
    const n = b.int();
    return [`${name}(a=${n}, ${n})`, `${name}(a=1, a=2)`, `${name}(${n}`, `${name}(${n}, , 2)`, `${name}(for x in 3)`, `${name}(${n};)`, `${name}(1 2)`].filter(() => b.r.chance(0.3)).concat([`${name}(a=1, a=2)`, `${name}(a=${n})`]).slice(-3).map((call) => [`def ${name}(a, b=2):`, '    return a', call]);
  },
  (b) => {
    const [bad, good] = b.r.pick([
      ['import math as', 'import math as m'], ['import', 'import math'], ['from math import', 'from math import pi'], ['import math.sqrt()', 'import math'], ['from math', 'from math import pi'], ['import math from sqrt', 'from math import sqrt'], ['import "math"', 'import math'], ['from "math" import pi', 'from math import pi'], ['import math, random,', 'import math, random'], ['include math', 'import math'], ['using math', 'import math'], ['from math import (pi', 'from math import (pi)'], ['import os-path', 'import os.path'], ['from math import sqrt as', 'from math import sqrt as s'], ['#include <math>', 'import math'], ['require math', 'import math'], ['import random as 1', 'import random as r'],
    ]);
    const [after] = b.print(b.number());
    return [[bad, after], [good, after]];
  },
  (b) => {
    const n = b.number();
    const t = b.text();
    return one([b.r.pick([`print ${t}`, `print ${n}`, `print(${t}`, `print ${t}, ${n}`, `exec ${t}`, `print(${t}))`, `print[${t})`, `print{${t}}`, `print(${t};`, `print("${b.word()})`, `print(${b.word().split(' ')[0].replace(/\W/g, '')}")`, `raise ValueError, ${t}`, `print(${t} ${n})`, `print(${n} ${t})`, `print(, ${t})`, `print(${t}).`, `prin t(${t})`, `print(${t}) print(${n})`, `if True print(${t})`, `del`, `assert`, `print(${t}, end=)`, `print "${b.word()}" % 3`, `echo ${t}`, `x = print ${t}`]), `print(${t})`, `print(${t}, ${n})`]);
  },
  (b) => {
    const v = b.need('strs');
    const name = b.fresh('result lengths out new_list');
    return [[b.r.pick([`${name} = [w.upper() for w in ${v.name}`, `${name} = [w.upper() for w ${v.name}]`, `${name} = [w.upper() if w for w in ${v.name}]`, `${name} = [w.upper() in ${v.name} for w]`, `${name} = [for w in ${v.name}: w.upper()]`, `${name} = [w.upper() for w in ${v.name} if]`, `${name} = (w.upper() for w in ${v.name}]`, `${name} = [w.upper(), for w in ${v.name}]`, `${name} = {w: len(w) for w in ${v.name}`, `${name} = [w, len(w) for w in ${v.name}]`])], [`${name} = [w.upper() for w in ${v.name}]`], [`${name} = {w: len(w) for w in ${v.name}}`]];
  },
];

export const INDENT_FAULTS: readonly Fault[] = [
  (b) => {
    const name = b.functionName();
    const p = b.parameter();
    const body = b.r.pick([`return ${p}`, `print(${p})`, `return ${p} * 2`, `${p} = ${p}`]);
    const call = b.r.pick([`${name}(${b.int()})`, `print(${name}(${b.text()}))`]);
    return [[`def ${name}(${p}):`, body, call], [`def ${name}(${p}):`, `    ${body}`, call], [`def ${name}(${p}):`, `    ${body}`, `    ${call}`]];
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'counts'] as const));
    const x = b.r.pick([v.singular, 'i', 'x']);
    const body = b.r.pick([`print(${x})`, `print(${x}, ${b.int()})`, 'pass']);
    const [after] = b.print(b.text());
    return [[`for ${x} in ${v.name}:`, body, after], [`for ${x} in ${v.name}:`, `    ${body}`, after], [`for ${x} in ${v.name}:`, `    ${body}`, `  ${after}`], [`for ${x} in ${v.name}:`, `    ${body}`, `      ${after}`]];
  },
  (b) => {
    const v = b.need('int');
    const n = b.int();
    const [yes, no] = [b.text(), b.text()];
    return [
      b.r.pick([
        [`if ${v.name} > ${n}:`, `print(${yes})`],
        [`if ${v.name} > ${n}:`, `    print(${yes})`, 'else:', `print(${no})`],
        [`if ${v.name} > ${n}:`, `    print(${yes})`, `   print(${no})`],
        [`if ${v.name} > ${n}:`, `    print(${yes})`, `     print(${no})`],
        [`if ${v.name} > ${n}:`, `# big`, `print(${yes})`],
        [`if ${v.name} > ${n}:`, `  print(${yes})`, ` else:`, `  print(${no})`],
      ]),
      [`if ${v.name} > ${n}:`, `    print(${yes})`],
      [`if ${v.name} > ${n}:`, `    print(${yes})`, 'else:', `    print(${no})`],
    ];
  },
  (b) => {
    const x = b.fresh('count i n k num');
    return [[`${x} = 0`, `while ${x} < 3:`, `${x} += 1`], [`${x} = 0`, `while ${x} < 3:`, `    ${x} += 1`], [`${x} = 0`, `while ${x} < 3:`, `    ${x} += 1`, `   print(${x})`], [`${x} = 0`, `  while ${x} < 3:`, `    ${x} += 1`]];
  },
  (b) => {
    const name = b.intName();
    const n = b.int();
    const [after] = b.print(name);
    const pad = ' '.repeat(b.r.pick([1, 2, 4, 4, 3, 8]));
    return [[`${name} = ${n}`, `${pad}${after}`], [`${name} = ${n}`, after], [`${pad}${name} = ${n}`, after]];
  },
  (b) => {
    const { name } = b.classType();
    const m = b.r.pick(['run', 'show', 'get', 'area', 'start']);
    const make = (a: string, c: string) => [`class ${name}:`, `${a}def ${m}(self):`, `${c}return ${n}`, `print(${name}().${m}())`];
    const n = b.r.chance(0.5) ? b.int() : b.text();
    return [b.r.pick([make('', '    '), make('    ', '    '), make('    ', '  '), make('    ', '')]), make('    ', '        '), make('  ', '    ')];
  },
  (b) => {
    const name = b.functionName();
    const p = b.parameter();
    const n = b.int();
    const pad = b.r.pick(['  ', '      ', '   ', '        ', '     ']);
    return [[`def ${name}(${p}):`, `    y = ${n}`, `${pad}return y`, `print(${name}(1))`], [`def ${name}(${p}):`, `    y = ${n}`, `    return y`, `print(${name}(1))`], [`def ${name}(${p}):`, `    y = ${n}`, 'return y', `print(${name}(1))`]];
  },
  (b) => {
    const v = b.need('ints');
    const t = b.fresh('total result acc s');
    const make = (a: string, c: string) => [`${t} = 0`, `for n in ${v.name}:`, `${a}if n > ${k}:`, `${c}${t} += n`, `print(${t})`];
    const k = b.int();
    return [b.r.pick([make('    ', '    '), make('', '    '), make('    ', '  '), make('    ', '')]), make('    ', '        '), make('  ', '    ')];
  },
  (b) => {
    const x = b.intName();
    return [b.r.pick([['try:', `${x} = int("3")`, 'except ValueError:', '    pass'], ['try:', `    ${x} = int("3")`, 'except ValueError:', 'pass'], ['try:', `    ${x} = int("3")`, '  except ValueError:', '    pass'], ['try:', `    ${x} = int("3")`, 'except ValueError:', `print(${b.text()})`]]), ['try:', `    ${x} = int("3")`, 'except ValueError:', '    pass']];
  },
  (b) => {
    const [line] = b.print(b.number());
    return one([` ${line}`, line, `    ${line}`]);
  },
  (b) => {
    const name = b.functionName();
    return [[`def ${name}():`, `    # ${b.word()}`, `print(${b.text()})`], [`def ${name}():`, `    pass`, `print(${b.text()})`], [`def ${name}():`, `    """${b.word()}"""`, `print(${b.text()})`]];
  },
  (b) => {
    const v = b.need('ints');
    return [[`for n in ${v.name}:`, ''], [`for n in ${v.name}:`, '    pass'], [`for n in ${v.name}: pass`], [`if ${v.name}:`], [`while ${v.name}:`], [`def ${b.functionName()}():`]].slice(b.r.int(0, 1));
  },
  (b) => {
    const v = b.need('int');
    const word = b.text();
    return [[`with open("a.txt") as f:`, `print(${v.name})`], [`if ${v.name}:`, `    print(${word})`, `\tprint(${word})`], [`if ${v.name}:`, `    print(${word})`]].slice(b.r.int(0, 1));
  },
];
