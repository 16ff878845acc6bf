import { isOp, swapLine, swapToken, type Edit } from './swap';

/** Conditions, scopes and recursion changed. */
export const flow: readonly Edit[] = [
  {
    name: 'other comparison',
    weight: 1.2,
    apply: (c, r) => swapToken(c, r, isOp('== != < > <= >='), () => r.pick(['==', '!=', '<', '>', '<=', '>='])),
  },
  {
    name: 'other operator',
    weight: 1.2,
    apply: (c, r) => swapToken(c, r, isOp('+ - * / // %'), () => r.pick(['+', '-', '*', '/', '//', '%'])),
  },
  {
    name: 'drop global',
    weight: 6,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*(global|nonlocal) /.test(l), () => undefined),
  },
  {
    name: 'drop the base case',
    weight: 8,
    apply: (c, r) => {
      const fresh = c.replace(/\n( +)(if|elif) [^\n]*:(?: return[^\n]*|\n\1 +return[^\n]*)(?=\n\1\S)/, '');
      return fresh === c || !isRecursive(c) ? undefined : r.chance(0.9) ? fresh : undefined;
    },
  },
  {
    name: 'no progress',
    weight: 3,
    apply: (c) => {
      const name = recursiveName(c);
      if (name === undefined) return undefined;
      const fresh = c.replace(new RegExp(`(${name}\\([^()]*?) ?(?:[-+] ?\\d+|// ?\\d+)`), '$1');
      return fresh === c ? undefined : fresh;
    },
  },
  {
    name: 'outdent the final else',
    weight: 0.5,
    apply: (c, r) => swapLine(c, r, (l) => /^\s*else:/.test(l), () => undefined),
  },
  {
    name: 'condition on assignment',
    weight: 2,
    apply: (c, r) =>
      swapLine(
        c,
        r,
        (l) => /^ {4}\w+ ?= ?[^=]+$/.test(l) && /^def /m.test(c),
        (l) => `    if ${r.pick(['False', '1 > 2', 'not True', '0'])}:\n    ${l}`,
      ),
  },
  {
    name: 'augment in a function',
    weight: 2.5,
    apply: (c, r) => swapLine(
      c,
      r,
      (l) => /^ {4,}\w+ ?= ?[^=\n]+$/.test(l),
      (l) => l.replace(/ ?= ?/, r.pick([' += ', ' -= ', ' *= '])),
    ),
  },
];

function recursiveName(code: string): string | undefined {
  for (const [, name] of code.matchAll(/def (\w+)/g)) {
    if (code.split(new RegExp(`\\b${name}\\(`)).length > 3) return name;
  }
  return undefined;
}

function isRecursive(code: string): boolean {
  return recursiveName(code) !== undefined;
}
