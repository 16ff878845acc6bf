/** Files through os, pathlib, json, csv and shutil. The sandbox has an empty file system in memory. */
import type { Family } from '../../family';
import { fileName, handled, plainName, written } from '../../kits/structure/file-pieces';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'os functions',
    (p) => {
      const [a, b] = [plainName(p), plainName(p)];
      const folder = p.q(
        p.one('folder', 'data', 'backup', 'missing_dir', 'my_folder', 'images', 'old', 'photos/2020', 'nope'),
      );
      const op = p.one(
        `os.remove(${a})`,
        `os.rename(${a}, ${b})`,
        `os.unlink(${a})`,
        `os.stat(${a})`,
        `print(os.path.getsize(${a}))`,
        `os.replace(${a}, ${b})`,
        `os.truncate(${a}, 0)`,
        `print(os.path.getmtime(${a}) > 0)`,
      );
      const dir = p.one(
        `os.chdir(${folder})`,
        `print(os.listdir(${folder}))`,
        `os.rmdir(${folder})`,
        `print(list(os.scandir(${folder})))`,
        `for name in os.listdir(${folder}):\n    print(name)`,
      );
      if (p.r.chance(0.55)) {
        return [
          `import os\n${op}`,
          `import os\n${written(p, a)}${op}`,
          p.one(
            op,
            py`
              import os
              if os.path.exists(${a}):
                  ${op}
              else:
                  print(${p.s()})
            `,
            `import os\nif os.path.isfile(${a}):\n    ${op}`,
            ...handled(p, op)
              .slice(1)
              .map((c) => `import os\n${c}`),
          ),
        ];
      }
      return [
        `import os\n${dir}`,
        `import os\nos.${p.one(`makedirs(${folder})`, `makedirs(${folder}, exist_ok=True)`)}\n${dir}`,
        p.one(
          dir,
          py`
            import os
            if os.path.isdir(${folder}):
                ${dir.replaceAll('\n', '\n    ')}
            print(${p.s()})
          `,
          ...handled(p, dir)
            .slice(1)
            .map((c) => `import os\n${c}`),
        ),
      ];
    },
    { weight: 4 },
  ),
  variants('mkdir', (p) => {
    const d = p.q(p.word());
    const parent = p.q(`${p.word()}/${p.word()}`);
    return [
      `import os\nos.mkdir(${d})\nprint(os.path.isdir(${d}))`,
      `import os\nos.mkdir(${parent})\nprint(os.path.isdir(${parent}))`,
      `import os\nos.makedirs(${parent})\nprint(os.path.isdir(${parent}))`,
    ];
  }),
  variants(
    'exists guard',
    (p) => {
      const n = fileName(p);
      const read = `with open(${n}) as f:\n        print(f.read())`;
      const check = p.one('os.path.exists', 'os.path.isfile');
      return [
        py`
          import os
          if ${check}(${n}):
              ${read}
          else:
              print(${p.q('no file')})
        `,
        py`
          import os
          if not ${check}(${n}):
              ${read}
          else:
              print(${p.q('no file')})
        `,
        `if ${check}(${n}):\n    ${read}`,
      ];
    },
    { weight: 2 },
  ),
  variants(
    'pathlib',
    (p) => {
      const n = plainName(p);
      const v = p.one('p', 'path', 'file', p.v());
      const op = p.one(
        'read_text()',
        'unlink()',
        'stat()',
        'open()',
        'read_bytes()',
        `rename(${plainName(p)})`,
        `read_text(encoding=${p.q('utf-8')})`,
      );
      return [
        `from pathlib import Path\n${p.one(`${v} = Path(${n})\nprint(${v}.${op})`, `print(Path(${n}).${op})`, `${v} = Path(${n})\n${p.v()} = ${v}.${op}`)}`,
        py`
          from pathlib import Path
          ${v} = Path(${n})
          ${v}.write_text(${p.s()})
          ${v}.${op}
        `,
        p.one(
          py`
            from pathlib import Path
            ${v} = Path(${n})
            if ${v}.exists():
                print(${v}.${op})
          `,
          `from pathlib import Path\n${v} = Path(${n})\nprint(${v}.suffix, ${v}.name)`,
          `from pathlib import Path\n${v} = Path(${n})\nprint(${v}.readtext())`,
          `from pathlib import path\n${v} = path(${n})\nprint(${v}.${op})`,
          `${v} = Path(${n})\nprint(${v}.${op})`,
          `from pathlib import Path\nPath(${n}).unlink(missing_ok=True)`,
          `from pathlib import Path\nfor x in Path(${p.q('nowhere')}).iterdir():\n    print(x)`,
          `from pathlib import Path\nprint(list(Path(${p.q('nowhere')}).glob(${p.q('*.txt')})))`,
        ),
      ];
    },
    { weight: 4 },
  ),
  variants(
    'json file',
    (p) => {
      const n = plainName(p, 'json');
      const t = p.table();
      const load = p.one(
        `with open(${n}) as f:\n    data = json.load(f)\nprint(data)`,
        `data = json.load(open(${n}))\nprint(data)`,
        `with open(${n}, ${p.q('r')}) as f:\n    data = json.loads(f.read())\nprint(data[${t.keys[0]}])`,
      );
      const save = p.one(
        `with open(${n}, ${p.q('w')}) as f:\n    json.dump(${t.text}, f)\n`,
        `json.dump(${t.text}, open(${n}, ${p.q('w')}))\n`,
      );
      return [
        `import json\n${load}`,
        py`
          import json
          with open(${n}, ${p.q('w')}) as f:
              json.dump(${t.text}, f)
          ${load}
        `,
        p.one(
          `import json\n${save}print(${p.s()})`,
          load,
          `import json\ndata = json.load(${n})\nprint(data)`,
          `import json\ndata = json.dump(${n})\nprint(data)`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'csv file',
    (p) => {
      const n = plainName(p, 'csv');
      const read = p.one(
        `with open(${n}) as f:\n    for row in csv.reader(f):\n        print(row)`,
        `with open(${n}, newline=${p.q('')}) as f:\n    rows = list(csv.reader(f))\nprint(len(rows))`,
        py`
          with open(${n}) as f:
              reader = csv.DictReader(f)
              for row in reader:
                  print(row[${p.q('name')}])
        `,
        `reader = csv.reader(open(${n}))\nprint(next(reader))`,
      );
      const save = `with open(${n}, ${p.q('w')}, newline=${p.q('')}) as f:\n    w = csv.writer(f)\n    w.writerow([${p.wordItems(2)}])\n`;
      return [
        `import csv\n${read}`,
        `import csv\n${save}${p.one(read, `print(${p.s()})`)}`,
        p.one(
          read,
          `import csv\nwith open(${n}, ${p.q('w')}) as f:\n    csv.write(f)`,
          `import csv\nfor row in csv.reader([${p.q('a,b')}, ${p.q('1,2')}]):\n    print(row)`,
          `import csvs\n${read}`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'shutil',
    (p) => {
      const [a, b] = [plainName(p), plainName(p)];
      const op = p.one(
        `shutil.copy(${a}, ${b})`,
        `shutil.copyfile(${a}, ${b})`,
        `shutil.move(${a}, ${b})`,
        `shutil.rmtree(${p.q(p.word() + '_dir')})`,
        `shutil.copytree(${p.q(p.word())}, ${p.q(p.word() + '2')})`,
      );
      return [
        `import shutil\n${op}`,
        `import shutil\n${written(p, a)}${op}`,
        p.one(
          op,
          ...handled(p, op)
            .slice(1)
            .map((c) => `import shutil\n${c}`),
          `from shutil import copi\ncopi(${a}, ${b})`,
          `import shutil\nshutil.copyy(${a}, ${b})`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants(
    'except order',
    (p) => {
      const n = fileName(p);
      const risky = `f = open(${n})\n    x = int(f.read())`;
      return [
        py`
          try:
              ${risky}
          except ValueError:
              print(${p.s()})
          except FileNotFoundError:
              print(${p.s()})
        `,
        py`
          try:
              ${risky}
          except ValueError:
              print(${p.s()})
        `,
        py`
          try:
              ${risky}
          except (ValueError, FileNotFoundError) as e:
              print(e)
        `,
        py`
          try:
              ${risky}
          except FileNotFoundError:
              print(${p.s()})
              raise
        `,
      ];
    },
    { weight: 2 },
  ),
];
