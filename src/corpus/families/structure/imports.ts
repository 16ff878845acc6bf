/** Import statements: right, misspelt, of missing modules. */
import type { Family } from '../../family';
import { misspell } from '../../kits/structure/breaks-runtime';
import { variants } from '../../kits/structure/groups';
import { COMMON, draw, inUse, show } from '../../kits/structure/import-pieces';
import { WRONG_MODULES } from '../../kits/structure/module-slips';
import { LOCAL_MODULES, MODULES } from '../../kits/structure/modules';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'from import name',
    (p) => {
      const m = draw(p);
      const use = show(p, m.use);
      const all = [
        `from ${m.module} import ${m.name}\n${use}`,
        `from ${m.module} import ${m.wrong}\n${p.one(use, inUse(use, m.name, m.wrong))}`,
      ];
      all.push(
        p.one(
          `from ${m.wrongModule} import ${m.name}\n${use}`,
          `from ${m.module} import ${m.name}\n${inUse(use, m.name, misspell(m.name, p.r))}`,
          `from ${m.module} import *\n${use}`,
          `import ${m.module}\n${use}`,
          use,
        ),
      );
      return all;
    },
    { weight: 5 },
  ),
  variants(
    'from import only',
    (p) => {
      const m = draw(p);
      return [
        `from ${m.module} import ${m.name}`,
        `from ${m.module} import ${m.wrong}`,
        p.one(
          `from ${m.wrongModule} import ${m.name}`,
          `import ${m.name} from ${m.module}`,
          `from ${m.module} import`,
          `from ${m.module} import ${m.name},`,
          `from ${m.module}`,
          `from ${m.module} import ${m.name} as`,
        ),
      ];
    },
    { weight: 4 },
  ),
  variants(
    'from import several',
    (p) => {
      const m = draw(p);
      const others = p.r
        .sample(
          MODULES[m.module]!.map((n) => n[0]),
          p.i(1, 3),
        )
        .filter((n) => n !== m.name);
      const line = (name: string): string =>
        `from ${m.module} import ${p.r.chance(0.5) ? [name, ...others].join(', ') : [...others, name].join(', ')}`;
      const use = show(p, m.use);
      const all = [`${line(m.name)}\n${use}`, `${line(m.wrong)}\n${use}`];
      if (others.length > 0)
        all.push(py`
          from ${m.module} import (
              ${[...others, p.one(m.name, m.wrong)].join(',\n    ')},
          )
          ${use}
        `);
      all.push(
        p.one(
          `from ${m.module} import ${m.name} ${others[0] ?? m.name}\n${use}`,
          `from ${m.module} import (${[m.name, ...others].join(', ')}\n${use}`,
          `from ${m.wrongModule} import ${m.name}\n${use}`,
          `from ${m.module} import ${m.name} as ${p.one('f', 'fn', 'tool')}\n${use}`,
        ),
      );
      return all;
    },
    { weight: 3 },
  ),
  variants(
    'from import as',
    (p) => {
      const m = draw(p);
      const alias = p.one('f', 'fn', 'tool', m.name[0]!.toLowerCase() + '1', 'my_' + m.name.toLowerCase());
      const use = show(p, m.use);
      return [
        `from ${m.module} import ${m.name} as ${alias}\n${inUse(use, m.name, alias)}`,
        `from ${m.module} import ${m.wrong} as ${alias}\n${inUse(use, m.name, alias)}`,
        p.one(
          `from ${m.module} import ${m.name} as ${alias}\n${use}`,
          `from ${m.wrongModule} import ${m.name} as ${alias}`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants(
    'import module',
    (p) => {
      const m = draw(p);
      const use = show(p, `${m.module}.${m.use}`);
      const dotted = use.replace(
        `${m.module}.${m.use}`,
        m.use.includes(`${m.name}(`) || m.use.startsWith(m.name)
          ? `${m.module}.${m.use}`
          : inUse(m.use, m.name, `${m.module}.${m.name}`),
      );
      return [
        `import ${m.module}\n${dotted}`,
        `import ${m.wrongModule}\n${p.one(dotted, dotted.replaceAll(`${m.module}.`, `${m.wrongModule}.`))}`,
        p.one(
          `import ${m.module}\n${dotted.replace(`${m.module}.${m.name}`, `${m.module}.${m.wrong}`)}`,
          dotted,
          `imports ${m.module}\n${dotted}`,
          `import ${m.module}.${m.name}\n${dotted}`,
          `import ${m.module} as ${p.one('m', 'mod', 'lib')}\n${dotted}`,
        ),
      ];
    },
    { weight: 5 },
  ),
  variants(
    'import only',
    (p) => {
      const m = draw(p);
      return [
        `import ${m.module}`,
        `import ${m.wrongModule}`,
        p.one(
          `import ${p.r.pick(LOCAL_MODULES)}`,
          `import ${m.module}.${m.name}`,
          `import ${m.module}, ${m.wrongModule}`,
          `import ${m.module} from ${m.name}`,
          `import "${m.module}"`,
          `import ${m.module}.py`,
          `import`,
          `import ${m.module};`,
          `import ${m.module} as`,
          `using ${m.module}`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'import several',
    (p) => {
      const [a, b, c] = p.r.sample(COMMON, 3) as [string, string, string];
      const wrong = p.one(misspell(b, p.r), p.r.pick(WRONG_MODULES), p.r.pick(LOCAL_MODULES));
      const sep = p.one(', ', '\nimport ');
      return [
        `import ${[a, b, c].join(sep)}\nprint(${a}.__name__)`,
        `import ${[a, wrong, c].join(sep)}\nprint(${a}.__name__)`,
        `import ${a} ${b}\nprint(${p.s()})`,
      ];
    },
    { weight: 2 },
  ),
  variants(
    'import alias',
    (p) => {
      const m = draw(p);
      const alias = p.one('m', 'x', m.module.slice(0, 2) + '1', 'lib', 'my' + m.module);
      const use = `${p.one('print', 'print', 'str')}(${alias}.${m.name})`;
      return [
        `import ${m.module} as ${alias}\n${use}`,
        `import ${m.module} as ${alias}\n${use.replace(`${alias}.${m.name}`, `${alias}.${m.wrong}`)}`,
        p.one(`import ${m.module}\n${use}`, `import ${m.wrongModule} as ${alias}\n${use}`),
      ];
    },
    { weight: 2 },
  ),
];
