import { before } from './lexer';
import { misspell } from './misspell';
import { subscripted, swapLine, swapToken, type Edit } from './swap';

/** Literals of another value or type, keys and indices that are not there. */
export const values: readonly Edit[] = [
  {
    name: 'quote a number',
    weight: 2.5,
    apply: (c, r) => swapToken(
      c,
      r,
      (t) => t.kind === 'number',
      (t) => `${r.pick(['"', "'"])}${t}`.replace(/^(.)(.*)$/, '$1$2$1'),
    ),
  },
  {
    name: 'unquote a string',
    weight: 1.2,
    apply: (c, r) => swapToken(
      c,
      r,
      (t) => t.kind === 'string' && t.text.length > 2,
      (t) => /^["'](\w+)["']$/.exec(t)?.[1],
    ),
  },
  {
    name: 'other index',
    weight: 4,
    apply: (c, r) => swapToken(
      c,
      r,
      (t, i, ts) => t.kind === 'number' && subscripted(ts, i),
      (t) => String(Number(t) + r.pick([1, 2, 3, 4, 5, 7, 10])),
    ),
  },
  {
    name: 'other key',
    weight: 4,
    apply: (c, r) =>
      swapToken(c, r, (t, i, ts) => t.kind === 'string' && subscripted(ts, i), (t) =>
        t.replace(
          /^(\W?)(\w+)(\W?)$/,
          (_, open: string, key: string, close: string) => open + misspell(key, r) + close,
        ),
      ),
  },
  {
    name: 'get to index',
    weight: 2.5,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /\.get\([^()]+\)/.test(l),
      (l) => l.replace(/\.get\(([^(),]+)(,[^()]*)?\)/, '[$1]'),
    ),
  },
  {
    name: 'another value',
    weight: 3,
    apply: (c, r) => swapToken(
      c,
      r,
      (t) => t.kind === 'number' || t.kind === 'string',
      () => r.pick(['None', '0', '[]', '""', '"abc"', '{}', '-1', '1.5', '(1, 2)', '"12"', 'True']),
    ),
  },
  { name: 'zero', weight: 2.5, apply: (c, r) => swapToken(c, r, (t) => t.kind === 'number', () => '0') },
  {
    name: 'empty it',
    weight: 3,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /= ?(\[[^[\]]+\]|\{[^{}]+\})$/.test(l),
      (l) => l.replace(/(= ?)([[{]).*([\]}])$/, '$1$2$3'),
    ),
  },
  {
    name: 'list for value',
    weight: 0.6,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /^\w+ ?= ?\[.*\]$/.test(l),
      (l) => l.replace(/= ?.*$/, `= ${r.pick(['None', '5', '"abc"', '()', '0'])}`),
    ),
  },
  {
    name: 'longer list',
    weight: 0.8,
    apply: (c, r) => swapToken(
      c,
      r,
      (t, i, ts) => t.text === ']' && (before(ts, i)?.kind === 'string' || before(ts, i)?.kind === 'number'),
      () => r.pick([', "x"]', ', None]', ', 0]', ', 3]']),
    ),
  },
  {
    name: 'shorter sequence',
    weight: 1.5,
    apply: (c) => {
      const s = c.replace(/, ?(\d+|"[^"\n]*"|'[^'\n]*')([\])}])/, '$2');
      return s === c ? undefined : s;
    },
  },
];
