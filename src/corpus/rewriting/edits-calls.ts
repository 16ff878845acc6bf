import { before } from './lexer';
import { called, swapLine, swapToken, type Edit } from './swap';

/** Arguments, conversions and return values dropped, added or exchanged. */
export const calls: readonly Edit[] = [
  {
    name: 'drop an argument',
    weight: 1.8,
    apply: (c, r) => swapLine(c, r, (l) => /\w\([^()]*\)/.test(l), (l) => l.replace(/(\w\()([^(),]*)(, ?)?/, '$1')),
  },
  {
    name: 'add an argument',
    weight: 1.2,
    apply: (c, r) => swapToken(
      c,
      r,
      (t, i, ts) => t.text === ')' && before(ts, i)?.text !== '(',
      () => r.pick([', 1)', ', 2)', ', "x")', ', True)', ', None)']),
    ),
  },
  {
    name: 'drop a conversion',
    weight: 2,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /\b(str|int|float|list)\([^()]+\)/.test(l),
      (l) => l.replace(/\b(str|int|float|list)\(([^()]+)\)/, '$2'),
    ),
  },
  {
    name: 'other conversion',
    weight: 1,
    apply: (c, r) => swapToken(
      c,
      r,
      (t, i, ts) => /^(str|int|float|list|len|sum|sorted|tuple)$/.test(t.text) && called(ts, i),
      () => r.pick(['str', 'int', 'float', 'list', 'len', 'sum', 'sorted', 'max']),
    ),
  },
  {
    name: 'drop return',
    weight: 1.8,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*return \S/.test(l), (l) => l.replace('return ', '')),
  },
  {
    name: 'print for return',
    weight: 1,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*return \S/.test(l), (l) => l.replace(/return (.*)$/, 'print($1)')),
  },
  {
    name: 'index for call',
    weight: 0.6,
    apply: (c, r) => swapLine(c, r, (l) => /\w\[[^[\]]+\]/.test(l), (l) => l.replace(/(\w)\[([^[\]]+)\]/, '$1($2)')),
  },
  {
    name: 'call for index',
    weight: 0.4,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /\w\([^()]+\)/.test(l) && !/def |class /.test(l),
      (l) => l.replace(/(\w)\(([^()]+)\)(?!.*\w\()/, '$1[$2]'),
    ),
  },
  {
    name: 'drop a call',
    weight: 0.6,
    apply: (c, r) => swapLine(c, r, (l) => /\w\(\)/.test(l), (l) => l.replace(/(\w)\(\)/, '$1')),
  },
];
