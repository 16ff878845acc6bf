/** Files through open. The sandbox has an empty file system in memory: what was not written is not there. */
import type { Family } from '../../family';
import { fileName, handled, plainName, reading, written, STEMS } from '../../kits/structure/file-pieces';
import { expression } from '../../kits/structure/fillers';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'open to read',
    (p) => {
      const n = fileName(p);
      const r = reading(p, n);
      return [r, ...handled(p, r).slice(1)];
    },
    { weight: 4 },
  ),
  variants(
    'read what was written',
    (p) => {
      const n = plainName(p);
      const other = plainName(p);
      const r = reading(p, n);
      return [written(p, n) + r, written(p, other) + r, r];
    },
    { weight: 4 },
  ),
  variants(
    'open modes',
    (p) => {
      const n = plainName(p);
      const open = (mode: string): string =>
        p.one(`f = open(${n}, ${p.q(mode)})\n`, `f = open(${n}, mode=${p.q(mode)})\n`) +
        p.one(`f.close()`, `print(f.name)`, `print(${p.s()})`, 'f.close()\nprint(f.closed)');
      return [
        open(p.one('r', 'rb', 'r+', 'rt')),
        open(p.one('w', 'a', 'w+', 'a+', 'x', 'wb')),
        open(p.one('read', 'write', 'rw', 'q', 'R', 'W', 'wr', 'append', 'b', '', 'z')),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'write in which mode',
    (p) => {
      const n = plainName(p);
      const w = (mode: string): string =>
        `with open(${n}${mode}) as f:\n    f.write(${p.one(p.s(), p.s(), `str(${p.n()})`)})`;
      return [
        w(`, ${p.q(p.one('w', 'a'))}`),
        w(p.one('', `, ${p.q('r')}`)),
        p.one(
          `with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.n()})`,
          `with open(${n}, ${p.q('w')}) as f\n    f.write(${p.s()})`,
          `with open(${n}, ${p.q('w')}) as f:\nf.write(${p.s()})`,
          `with open(${n}, ${p.q('w')}) as f:\n    f.writ(${p.s()})`,
          `with open(${n}, "w') as f:\n    f.write(${p.s()})`,
          `with open(${n}, ${p.q('wb')}) as f:\n    f.write(${p.s()})`,
          `with opne(${n}, ${p.q('w')}) as f:\n    f.write(${p.s()})`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'closed file',
    (p) => {
      const n = plainName(p);
      const v = p.v();
      const w = `f = open(${n}, ${p.q('w')})\nf.write(${p.s()})\n`;
      return [
        `${w}f.close()\n${v} = open(${n})\nprint(${v}.read())`,
        `${w}f.close()\nf.write(${p.s()})`,
        `${w}f.close()\n${v} = open(${p.q('other_' + p.word() + '.txt')})\nprint(${v}.read())`,
        `${w}f.close\nprint(f.closed)`,
      ];
    },
    { weight: 2 },
  ),
  variants(
    'open missing quotes',
    (p) => {
      const stem = p.r.pick(STEMS);
      const f = p.one('f', 'file', 'fh');
      return [
        `${f} = open(${p.q(`${stem}.txt`)})`,
        `${f} = open(${stem}.txt)`,
        `${f} = open(${p.q(`${stem}.txt`)}, ${p.q('w')})`,
        p.one(
          `${f} = open("${stem}.txt)`,
          `${f} = open(${p.q(`${stem}.txt`)}`,
          `${f} = open ${p.q(`${stem}.txt`)}`,
          `${f} = file(${p.q(`${stem}.txt`)})`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants(
    'file in function',
    (p) => {
      const [f, n] = [p.f(), fileName(p)];
      const body = p.one(
        `with open(name) as fh:\n        return fh.read()`,
        `return open(name).read()`,
        py`
          fh = open(name)
              lines = fh.readlines()
              fh.close()
              return len(lines)
        `,
        py`
          total = 0
              for line in open(name):
                  total += int(line)
              return total
        `,
      );
      const head = `def ${f}(name):\n    ${body}\n`;
      return [
        `${head}\nprint(${f}(${n}))`,
        `${head}\nprint(${p.s()})`,
        py`
          def ${f}(name):
              try:
                  return open(name).read()
              except ${p.one('FileNotFoundError', 'OSError', 'IOError')}:
                  return ${p.one('None', '""', '[]')}

          print(${f}(${n}))
        `,
        p.one(
          `${head}\nprint(${f}())`,
          `${head}\nprint(${f}(${n.slice(1, -1).split(/[./]/).filter(Boolean)[0]!.replace(/\W/g, '')}))`,
          `${head}\nprint(${f}(${n})`,
        ),
      ];
    },
    { top: true, weight: 4 },
  ),
  variants(
    'file name variable',
    (p) => {
      const [v, n] = [p.one('filename', 'path', 'file_name', 'fname', p.v()), fileName(p)];
      return [
        `${v} = ${n}\n${reading(p, v)}`,
        `${v} = ${n}\nprint(${p.one(`${v}.split(${p.q('.')})[0]`, `len(${v})`, `${v}.endswith(${p.q('.txt')})`, `${v}[-3:]`)})`,
        `${v} = ${n}\nf = open(${v}, ${p.q('w')})\nf.close()`.replace(/= (["'])[^"']*\/([^/"']*)\1/, '= $1$2$1'),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'numbers from a file',
    (p) => {
      const n = plainName(p);
      const content = p.one(`${p.i()}\\n${p.i()}\\n`, `${p.i()}`);
      const sum = py`
        total = 0
        for line in open(${n}):
            total += int(line)
        print(total)
      `;
      return [
        `with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.q(content)})\n${sum}`,
        `with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.q(p.word())})\n${sum}`,
        sum,
        `with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.q(content)})\n${sum.replace('int(line)', 'line')}`,
      ];
    },
    { weight: 2 },
  ),
  variants(
    'several files',
    (p) => {
      const [a, b, c] = [plainName(p), plainName(p), plainName(p)];
      return [
        `for name in [${a}, ${b}]:\n    with open(name, ${p.q('w')}) as f:\n        f.write(${p.s()})`,
        `for name in [${a}, ${b}]:\n    with open(name) as f:\n        print(f.read())`,
        `with open(${a}, ${p.q('w')}) as out, open(${b}) as src:\n    out.write(src.read())`,
        py`
          for name in [${a}, ${c}]:
              try:
                  print(open(name).read())
              except FileNotFoundError:
                  print(name, ${p.q('is missing')})
        `,
      ];
    },
    { weight: 2 },
  ),
  variants(
    'raised by hand',
    (p) => {
      const e = p.one(
        'FileNotFoundError',
        'ImportError',
        'ModuleNotFoundError',
        'RecursionError',
        'AssertionError',
        'NameError',
        'IndexError',
        'KeyError',
        'ZeroDivisionError',
        'StopIteration',
        'SyntaxError',
        'IndentationError',
        'AttributeError',
        'UnboundLocalError',
        'TypeError',
        'ValueError',
      );
      const text = p.one(`(${p.s()})`, `(${p.s()})`, '', '()', `(f${p.q(`${p.word()} {${p.i()}}`)})`);
      const a = p.v();
      return [
        `raise ${e}${text}`,
        `if ${p.i(1, 9)} > ${p.i(10, 20)}:\n    raise ${e}${text}\nprint(${expression(p)})`,
        py`
          try:
              raise ${e}${text}
          except ${e}:
              print(${p.s()})
        `,
        p.one(`${a} = ${e}${text}\nprint(${a})`, `print(${e}.__name__)`, `raise ${e.replace('Error', 'Eror')}x${text}`),
      ];
    },
    { weight: 3 },
  ),
  variants('bad file arguments', (p) => {
    const n = plainName(p);
    return [
      `print(open(${n}).read())`,
      p.one(`open()`, `open(None)`, `open(${n}, ${p.i()}.5)`, `open([${n}])`, `print(len(open))`),
      p.one(
        `open(${n}, ${p.q('w')}).wite(${p.s()})`,
        `open(${n}, ${p.q('w')}).append(${p.s()})`,
        `f = open(${n}, ${p.q('w')})\nprint(f[0])`,
        `f = open(${n}, ${p.q('w')})\nprint(len(f))`,
        `f = open(${n}, ${p.q('w')})\nfor x in f.lines():\n    print(x)`,
      ),
    ];
  }),
];
