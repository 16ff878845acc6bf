import { isOp, swapLine, swapToken, type Edit } from './swap';

/** Slips that usually give a SyntaxError: brackets, quotes, colons, operators of other languages. */
export const syntax: readonly Edit[] = [
  { name: 'drop a closing bracket', weight: 3, apply: (c, r) => swapToken(c, r, isOp(') ] }'), () => '') },
  { name: 'drop an opening bracket', weight: 1, apply: (c, r) => swapToken(c, r, isOp('( [ {'), () => '') },
  {
    name: 'other bracket',
    weight: 0.7,
    apply: (c, r) => swapToken(c, r, isOp(') ] }'), () => r.pick([')', ']', '}'])),
  },
  { name: 'doubled bracket', weight: 0.7, apply: (c, r) => swapToken(c, r, isOp(') ]'), (t) => t + t) },
  {
    name: 'drop a quote',
    weight: 2.5,
    apply: (c, r) =>
      swapToken(
        c,
        r,
        (t) => t.kind === 'string' || t.kind === 'text',
        (t) => (r.chance(0.65) ? t.replace(/["']$/, '') : t.replace(/^(\w*)["']/, '$1')),
      ),
  },
  {
    name: 'other quote',
    weight: 0.7,
    apply: (c, r) =>
      swapToken(
        c,
        r,
        (t) => t.kind === 'string',
        (t) => t.replace(/["']$/, (q) => (q === '"' ? "'" : '"')),
      ),
  },
  {
    name: 'drop a colon',
    weight: 2.5,
    apply: (c, r) => swapLine(c, r, (l) => /:\s*(#.*)?$/.test(l), (l) => l.replace(/:\s*(#.*)?$/, '$1')),
  },
  { name: 'drop a comma', weight: 1.2, apply: (c, r) => swapToken(c, r, isOp(','), () => '') },
  { name: 'assignment for comparison', weight: 0.8, apply: (c, r) => swapToken(c, r, isOp('=='), () => '=') },
  { name: 'comparison for assignment', weight: 0.5, apply: (c, r) => swapToken(c, r, isOp('='), () => '==') },
  { name: 'drop an operator', weight: 0.6, apply: (c, r) => swapToken(c, r, isOp('+ - * / = == < > %'), () => '') },
  {
    name: 'drop a keyword',
    weight: 0.6,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /\b(in|def|for|if|import|while|class) /.test(l),
      (l) => l.replace(/\b(in|def|for|if|import|while|class) /, ''),
    ),
  },
  {
    name: 'foreign keyword',
    weight: 0.7,
    apply: (c, r) =>
      swapToken(
        c,
        r,
        (t) => /^(elif|and|or|not|def|True|False|None|else|except)$/.test(t.text),
        (t) =>
          ({ elif: 'else if', and: '&&', or: '||', not: '!', def: 'function', True: 'true', False: 'false' })[t] ??
          ({ None: 'null', else: 'otherwise', except: 'catch' })[t],
      ),
  },
  {
    name: 'print statement',
    weight: 0.6,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*print\(.+\)$/.test(l), (l) => l.replace(/print\((.+)\)$/, 'print $1')),
  },
  {
    name: 'increment operator',
    weight: 0.4,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*\w+ ?\+= ?1$/.test(l), (l) => l.replace(/ ?\+= ?1$/, '++')),
  },
];
