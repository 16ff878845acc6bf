/** Programs that read and write files. The sandbox has an empty file system in memory: what was not written is not there. */
import type { Family } from '../family';
import { expression } from './structure-fillers';
import { variants } from './structure-groups';
import type { Pen } from './structure-words';

const STEMS = `data input output notes users scores config settings students names numbers words text test example sample log report results grades
  inventory prices products orders story poem diary todo shopping recipes weather sales employees customers accounts config_dev missing nofile
  does_not_exist nonexistent file myfile file1 players highscore save game level map secret passwords emails contacts books songs image photo
  index page readme letter backup temp archive january week1 lesson chapter1 dictionary quotes countries cities`.split(/\s+/);
const EXTENSIONS = ['txt', 'txt', 'txt', 'txt', 'csv', 'json', 'log', 'md', 'dat', 'py', 'html', 'xml', 'ini', 'cfg', 'bin', 'png', 'yaml'];

function fileName(p: Pen, extension?: string): string {
  const stem = p.r.chance(0.85) ? p.r.pick(STEMS) : p.word();
  const folder = p.r.chance(0.18) ? p.one('data/', 'files/', './', '../', '/tmp/nothing/', 'C:/Users/me/', '/home/user/', 'src/', 'docs/') : '';
  return p.q(`${folder}${stem}.${extension ?? p.r.pick(EXTENSIONS)}`);
}

const plainName = (p: Pen, extension?: string): string => p.q(`${p.r.pick(STEMS)}.${extension ?? p.r.pick(EXTENSIONS)}`);

/** A handler around an operation: caught, not caught by another kind, and bare. */
function handled(p: Pen, operation: string, after = ''): string[] {
  const body = operation.split('\n').map((line) => `    ${line}`).join('\n');
  const tail = `print(${p.s()})`;
  return [
    operation + after,
    `try:\n${body}\nexcept ${p.one('FileNotFoundError', 'FileNotFoundError', 'FileNotFoundError as e', 'OSError', 'IOError', 'Exception', 'Exception as e')}:\n    ${tail}`,
    `try:\n${body}\nexcept ${p.one('ValueError', 'KeyError', 'PermissionError', 'TypeError', 'ZeroDivisionError', 'ImportError', 'FileExistsError', 'NameError', 'IndexError')}:\n    ${tail}`,
  ];
}

const written = (p: Pen, name: string, text = p.q(`${p.word()}\\n${p.word()}`)): string =>
  p.one(`with open(${name}, ${p.q('w')}) as f:\n    f.write(${text})\n`, `f = open(${name}, ${p.q('w')})\nf.write(${text})\nf.close()\n`);

const reading = (p: Pen, name: string): string => {
  const f = p.one('f', 'file', 'fh', 'fp', 'infile', 'my_file');
  return p.one(
    `${f} = open(${name})\nprint(${f}.read())`, `${f} = open(${name}, ${p.q('r')})\n${p.v()} = ${f}.readlines()\n${f}.close()`,
    `with open(${name}) as ${f}:\n    print(${f}.read())`, `with open(${name}, ${p.q('r')}) as ${f}:\n    for line in ${f}:\n        print(line.strip())`,
    `print(open(${name}).read())`, `${p.v()} = open(${name}).readlines()`, `with open(${name}, encoding=${p.q('utf-8')}) as ${f}:\n    ${p.v()} = ${f}.readline()`,
    `for line in open(${name}):\n    print(line)`, `${p.vs()} = [line.strip() for line in open(${name})]`, `with open(${name}, ${p.q('rb')}) as ${f}:\n    print(len(${f}.read()))`,
    `print(len(open(${name}).read().split()))`, `with open(${name}) as ${f}:\n    ${p.vs()} = ${f}.read().splitlines()\nprint(${p.s()})`);
};

export const families: Family[] = [
  variants('open to read', (p) => { const n = fileName(p); const r = reading(p, n); return [r, ...handled(p, r).slice(1)]; }, { weight: 4 }),
  variants('read what was written', (p) => {
    const n = plainName(p);
    const other = plainName(p);
    const r = reading(p, n);
    return [written(p, n) + r, written(p, other) + r, r];
  }, { weight: 4 }),
  variants('open modes', (p) => {
    const n = plainName(p);
    const open = (mode: string): string => p.one(`f = open(${n}, ${p.q(mode)})\n`, `f = open(${n}, mode=${p.q(mode)})\n`) + p.one(`f.close()`, `print(f.name)`, `print(${p.s()})`, 'f.close()\nprint(f.closed)');
    return [open(p.one('r', 'rb', 'r+', 'rt')), open(p.one('w', 'a', 'w+', 'a+', 'x', 'wb')), open(p.one('read', 'write', 'rw', 'q', 'R', 'W', 'wr', 'append', 'b', '', 'z'))];
  }, { weight: 3 }),
  variants('write in which mode', (p) => {
    const n = plainName(p);
    const w = (mode: string): string => `with open(${n}${mode}) as f:\n    f.write(${p.one(p.s(), p.s(), `str(${p.n()})`)})`;
    return [w(`, ${p.q(p.one('w', 'a'))}`), w(p.one('', `, ${p.q('r')}`)), p.one(`with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.n()})`, `with open(${n}, ${p.q('w')}) as f\n    f.write(${p.s()})`, `with open(${n}, ${p.q('w')}) as f:\nf.write(${p.s()})`, `with open(${n}, ${p.q('w')}) as f:\n    f.writ(${p.s()})`, `with open(${n}, "w') as f:\n    f.write(${p.s()})`, `with open(${n}, ${p.q('wb')}) as f:\n    f.write(${p.s()})`, `with opne(${n}, ${p.q('w')}) as f:\n    f.write(${p.s()})`)];
  }, { weight: 3 }),
  variants('closed file', (p) => {
    const n = plainName(p);
    const v = p.v();
    const w = `f = open(${n}, ${p.q('w')})\nf.write(${p.s()})\n`;
    return [`${w}f.close()\n${v} = open(${n})\nprint(${v}.read())`, `${w}f.close()\nf.write(${p.s()})`, `${w}f.close()\n${v} = open(${p.q('other_' + p.word() + '.txt')})\nprint(${v}.read())`, `${w}f.close\nprint(f.closed)`];
  }, { weight: 2 }),
  variants('open missing quotes', (p) => {
    const stem = p.r.pick(STEMS);
    const f = p.one('f', 'file', 'fh');
    return [`${f} = open(${p.q(`${stem}.txt`)})`, `${f} = open(${stem}.txt)`, `${f} = open(${p.q(`${stem}.txt`)}, ${p.q('w')})`, p.one(`${f} = open("${stem}.txt)`, `${f} = open(${p.q(`${stem}.txt`)}`, `${f} = open ${p.q(`${stem}.txt`)}`, `${f} = file(${p.q(`${stem}.txt`)})`)];
  }, { weight: 2 }),
  variants('os functions', (p) => {
    const [a, b] = [plainName(p), plainName(p)];
    const folder = p.q(p.one('folder', 'data', 'backup', 'missing_dir', 'my_folder', 'images', 'old', 'photos/2020', 'nope'));
    const op = p.one(`os.remove(${a})`, `os.rename(${a}, ${b})`, `os.unlink(${a})`, `os.stat(${a})`, `print(os.path.getsize(${a}))`, `os.replace(${a}, ${b})`, `os.truncate(${a}, 0)`, `print(os.path.getmtime(${a}) > 0)`);
    const dir = p.one(`os.chdir(${folder})`, `print(os.listdir(${folder}))`, `os.rmdir(${folder})`, `print(list(os.scandir(${folder})))`, `for name in os.listdir(${folder}):\n    print(name)`);
    if (p.r.chance(0.55)) {
      return [`import os\n${op}`, `import os\n${written(p, a)}${op}`, p.one(op, `import os\nif os.path.exists(${a}):\n    ${op}\nelse:\n    print(${p.s()})`, `import os\nif os.path.isfile(${a}):\n    ${op}`, ...handled(p, op).slice(1).map((c) => `import os\n${c}`))];
    }
    return [`import os\n${dir}`, `import os\nos.${p.one(`makedirs(${folder})`, `makedirs(${folder}, exist_ok=True)`)}\n${dir}`, p.one(dir, `import os\nif os.path.isdir(${folder}):\n    ${dir.replaceAll('\n', '\n    ')}\nprint(${p.s()})`, ...handled(p, dir).slice(1).map((c) => `import os\n${c}`))];
  }, { weight: 4 }),
  variants('mkdir', (p) => {
    const d = p.q(p.word());
    const parent = p.q(`${p.word()}/${p.word()}`);
    return [`import os\nos.mkdir(${d})\nprint(os.path.isdir(${d}))`, `import os\nos.mkdir(${parent})\nprint(os.path.isdir(${parent}))`, `import os\nos.makedirs(${parent})\nprint(os.path.isdir(${parent}))`];
  }),
  variants('exists guard', (p) => {
    const n = fileName(p);
    const read = `with open(${n}) as f:\n        print(f.read())`;
    const check = p.one('os.path.exists', 'os.path.isfile');
    return [`import os\nif ${check}(${n}):\n    ${read}\nelse:\n    print(${p.q('no file')})`, `import os\nif not ${check}(${n}):\n    ${read}\nelse:\n    print(${p.q('no file')})`, `if ${check}(${n}):\n    ${read}`];
  }, { weight: 2 }),
  variants('pathlib', (p) => {
    const n = plainName(p);
    const v = p.one('p', 'path', 'file', p.v());
    const op = p.one('read_text()', 'unlink()', 'stat()', 'open()', 'read_bytes()', `rename(${plainName(p)})`, `read_text(encoding=${p.q('utf-8')})`);
    return [`from pathlib import Path\n${p.one(`${v} = Path(${n})\nprint(${v}.${op})`, `print(Path(${n}).${op})`, `${v} = Path(${n})\n${p.v()} = ${v}.${op}`)}`,
      `from pathlib import Path\n${v} = Path(${n})\n${v}.write_text(${p.s()})\n${v}.${op}`,
      p.one(`from pathlib import Path\n${v} = Path(${n})\nif ${v}.exists():\n    print(${v}.${op})`, `from pathlib import Path\n${v} = Path(${n})\nprint(${v}.suffix, ${v}.name)`, `from pathlib import Path\n${v} = Path(${n})\nprint(${v}.readtext())`, `from pathlib import path\n${v} = path(${n})\nprint(${v}.${op})`, `${v} = Path(${n})\nprint(${v}.${op})`, `from pathlib import Path\nPath(${n}).unlink(missing_ok=True)`, `from pathlib import Path\nfor x in Path(${p.q('nowhere')}).iterdir():\n    print(x)`, `from pathlib import Path\nprint(list(Path(${p.q('nowhere')}).glob(${p.q('*.txt')})))`)];
  }, { weight: 4 }),
  variants('json file', (p) => {
    const n = plainName(p, 'json');
    const t = p.table();
    const load = p.one(`with open(${n}) as f:\n    data = json.load(f)\nprint(data)`, `data = json.load(open(${n}))\nprint(data)`, `with open(${n}, ${p.q('r')}) as f:\n    data = json.loads(f.read())\nprint(data[${t.keys[0]}])`);
    const save = p.one(`with open(${n}, ${p.q('w')}) as f:\n    json.dump(${t.text}, f)\n`, `json.dump(${t.text}, open(${n}, ${p.q('w')}))\n`);
    return [`import json\n${load}`, `import json\nwith open(${n}, ${p.q('w')}) as f:\n    json.dump(${t.text}, f)\n${load}`, p.one(`import json\n${save}print(${p.s()})`, load, `import json\ndata = json.load(${n})\nprint(data)`, `import json\ndata = json.loads(${n})\nprint(data)`)];
  }, { weight: 3 }),
  variants('csv file', (p) => {
    const n = plainName(p, 'csv');
    const read = p.one(`with open(${n}) as f:\n    for row in csv.reader(f):\n        print(row)`, `with open(${n}, newline=${p.q('')}) as f:\n    rows = list(csv.reader(f))\nprint(len(rows))`, `with open(${n}) as f:\n    reader = csv.DictReader(f)\n    for row in reader:\n        print(row[${p.q('name')}])`, `reader = csv.reader(open(${n}))\nprint(next(reader))`);
    const save = `with open(${n}, ${p.q('w')}, newline=${p.q('')}) as f:\n    w = csv.writer(f)\n    w.writerow([${p.wordItems(2)}])\n`;
    return [`import csv\n${read}`, `import csv\n${save}${p.one(read, `print(${p.s()})`)}`, p.one(read, `import csv\nwith open(${n}, ${p.q('w')}) as f:\n    csv.write(f)`, `import csv\nfor row in csv.reader([${p.q('a,b')}, ${p.q('1,2')}]):\n    print(row)`, `import csvs\n${read}`)];
  }, { weight: 3 }),
  variants('shutil', (p) => {
    const [a, b] = [plainName(p), plainName(p)];
    const op = p.one(`shutil.copy(${a}, ${b})`, `shutil.copyfile(${a}, ${b})`, `shutil.move(${a}, ${b})`, `shutil.rmtree(${p.q(p.word() + '_dir')})`, `shutil.copytree(${p.q(p.word())}, ${p.q(p.word() + '2')})`);
    return [`import shutil\n${op}`, `import shutil\n${written(p, a)}${op}`, p.one(op, ...handled(p, op).slice(1).map((c) => `import shutil\n${c}`), `from shutil import copi\ncopi(${a}, ${b})`, `import shutil\nshutil.copyy(${a}, ${b})`)];
  }, { weight: 2 }),
  variants('file in function', (p) => {
    const [f, n] = [p.f(), fileName(p)];
    const body = p.one(`with open(name) as fh:\n        return fh.read()`, `return open(name).read()`, `fh = open(name)\n    lines = fh.readlines()\n    fh.close()\n    return len(lines)`, `total = 0\n    for line in open(name):\n        total += int(line)\n    return total`);
    const head = `def ${f}(name):\n    ${body}\n`;
    return [`${head}\nprint(${f}(${n}))`, `${head}\nprint(${p.s()})`, `def ${f}(name):\n    try:\n        return open(name).read()\n    except ${p.one('FileNotFoundError', 'OSError', 'IOError')}:\n        return ${p.one('None', '""', '[]')}\n\nprint(${f}(${n}))`, p.one(`${head}\nprint(${f}())`, `${head}\nprint(${f}(${n.slice(1, -1).split(/[./]/).filter(Boolean)[0]!.replace(/\W/g, '')}))`, `${head}\nprint(${f}(${n})`)];
  }, { top: true, weight: 4 }),
  variants('file name variable', (p) => {
    const [v, n] = [p.one('filename', 'path', 'file_name', 'fname', p.v()), fileName(p)];
    return [`${v} = ${n}\n${reading(p, v)}`, `${v} = ${n}\nprint(${p.one(`${v}.split(${p.q('.')})[0]`, `len(${v})`, `${v}.endswith(${p.q('.txt')})`, `${v}[-3:]`)})`, `${v} = ${n}\nf = open(${v}, ${p.q('w')})\nf.close()`.replace(/= (["'])[^"']*\/([^/"']*)\1/, '= $1$2$1')];
  }, { weight: 3 }),
  variants('except order', (p) => {
    const n = fileName(p);
    const risky = `f = open(${n})\n    x = int(f.read())`;
    return [`try:\n    ${risky}\nexcept ValueError:\n    print(${p.s()})\nexcept FileNotFoundError:\n    print(${p.s()})`, `try:\n    ${risky}\nexcept ValueError:\n    print(${p.s()})`, `try:\n    ${risky}\nexcept (ValueError, FileNotFoundError) as e:\n    print(e)`, `try:\n    ${risky}\nexcept FileNotFoundError:\n    print(${p.s()})\n    raise`];
  }, { weight: 2 }),
  variants('numbers from a file', (p) => {
    const n = plainName(p);
    const content = p.one(`${p.i()}\\n${p.i()}\\n`, `${p.i()}`);
    const sum = `total = 0\nfor line in open(${n}):\n    total += int(line)\nprint(total)`;
    return [`with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.q(content)})\n${sum}`, `with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.q(p.word())})\n${sum}`, sum, `with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.q(content)})\n${sum.replace('int(line)', 'line')}`];
  }, { weight: 2 }),
  variants('several files', (p) => {
    const [a, b, c] = [plainName(p), plainName(p), plainName(p)];
    return [`for name in [${a}, ${b}]:\n    with open(name, ${p.q('w')}) as f:\n        f.write(${p.s()})`, `for name in [${a}, ${b}]:\n    with open(name) as f:\n        print(f.read())`, `with open(${a}, ${p.q('w')}) as out, open(${b}) as src:\n    out.write(src.read())`, `for name in [${a}, ${c}]:\n    try:\n        print(open(name).read())\n    except FileNotFoundError:\n        print(name, ${p.q('is missing')})`];
  }, { weight: 2 }),
  variants('raised by hand', (p) => {
    const e = p.one('FileNotFoundError', 'ImportError', 'ModuleNotFoundError', 'RecursionError', 'AssertionError', 'NameError', 'IndexError', 'KeyError', 'ZeroDivisionError', 'StopIteration', 'SyntaxError', 'IndentationError', 'AttributeError', 'UnboundLocalError', 'TypeError', 'ValueError');
    const text = p.one(`(${p.s()})`, `(${p.s()})`, '', '()', `(f${p.q(`${p.word()} {${p.i()}}`)})`);
    const a = p.v();
    return [`raise ${e}${text}`, `if ${p.i(1, 9)} > ${p.i(10, 20)}:\n    raise ${e}${text}\nprint(${expression(p)})`, `try:\n    raise ${e}${text}\nexcept ${e}:\n    print(${p.s()})`, p.one(`${a} = ${e}${text}\nprint(${a})`, `print(${e}.__name__)`, `raise ${e.replace('Error', 'Eror')}x${text}`)];
  }, { weight: 3 }),
  variants('bad file arguments', (p) => {
    const n = plainName(p);
    return [`print(open(${n}).read())`, p.one(`open()`, `open(None)`, `open(${n}, ${p.i()}.5)`, `open([${n}])`, `print(len(open))`), p.one(`open(${n}, ${p.q('w')}).wite(${p.s()})`, `open(${n}, ${p.q('w')}).append(${p.s()})`, `f = open(${n}, ${p.q('w')})\nprint(f[0])`, `f = open(${n}, ${p.q('w')})\nprint(len(f))`, `f = open(${n}, ${p.q('w')})\nfor x in f.lines():\n    print(x)`)];
  }),
];
