import { after, before, lex } from './lexer';
import { misspell } from './misspell';
import { attribute, called, isName, swapLine, swapToken, type Edit } from './swap';
import { BUILTINS, CONFUSED, MODULES } from './words';

/** Names misspelled, confused, quoted or never imported. */
export const names: readonly Edit[] = [
  {
    name: 'misspell one use',
    weight: 3,
    apply: (c, r) => swapToken(
      c,
      r,
      (t, i, ts) => isName(t) && !attribute(ts, i) && t.text.length > 2,
      (t) => misspell(t, r),
    ),
  },
  {
    name: 'misspell an attribute',
    weight: 2,
    apply: (c, r) => swapToken(
      c,
      r,
      (t, i, ts) => isName(t) && attribute(ts, i),
      (t) => r.pick([...(CONFUSED[t] ?? []), misspell(t, r)]),
    ),
  },
  {
    name: 'another name of the program',
    weight: 1.2,
    apply: (c, r) =>
      swapToken(c, r, (t, i, ts) => isName(t) && !attribute(ts, i) && !BUILTINS.has(t.text), (t) => {
        const others = lex(c).filter((o) => isName(o) && o.text !== t && !BUILTINS.has(o.text));
        return others.length > 0 ? r.pick(others).text : undefined;
      }),
  },
  {
    name: 'forget an import',
    weight: 1.5,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*(import|from)\b/.test(l), () => undefined),
  },
  {
    name: 'misspell a module',
    weight: 2,
    apply: (c, r) => swapToken(
      c,
      r,
      (_, i, ts) => /^(import|from)$/.test(before(ts, i)?.text ?? '') && ts[i]!.kind === 'name',
      (t) => misspell(t, r),
    ),
  },
  {
    name: 'misspell an imported name',
    weight: 3,
    apply: (c, r) =>
      swapLine(
        c,
        r,
        (l) => /^\s*from \w+ import \w+/.test(l),
        (l) => l.replace(/import (\w+)/, (_, n: string) => `import ${misspell(n, r)}`),
      ),
  },
  {
    name: 'import from another module',
    weight: 2,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /^\s*from \w+ import/.test(l),
      (l) => l.replace(/from \w+/, `from ${r.pick(MODULES)}`),
    ),
  },
  {
    name: 'from and import',
    weight: 0.7,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /^import \w+$/.test(l),
      (l) => l.replace(/^import (\w+)$/, `from $1 import ${r.pick(['*', 'main', 'all_of'])}`),
    ),
  },
  {
    name: 'drop self',
    weight: 1.5,
    apply: (c, r) => swapLine(c, r, (l) => /self\.\w/.test(l), (l) => l.replace(/self\./, '')),
  },
  {
    name: 'drop the self parameter',
    weight: 1.2,
    apply: (c, r) => swapLine(c, r, (l) => /def \w+\(self/.test(l), (l) => l.replace(/\(self(, )?/, '(')),
  },
  {
    name: 'add self',
    weight: 0.3,
    apply: (c, r) => swapLine(c, r, (l) => /^def \w+\(/.test(l), (l) => l.replace('(', '(self, ')),
  },
  {
    name: 'quote a name',
    weight: 1.2,
    apply: (c, r) => swapToken(
      c,
      r,
      (t, i, ts) => isName(t) && !called(ts, i) && !attribute(ts, i) && after(ts, i)?.text !== '=',
      (t) => `"${t}"`,
    ),
  },
];
