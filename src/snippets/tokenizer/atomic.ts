/**
 * Atomic groups and possessive quantifiers, which Oniguruma has and JavaScript has not: what has matched in them is not tried in another
 * way. A lookahead is atomic in JavaScript as well, so `(?>x)` is `(?:(?=(?<atomic1>x))\k<atomic1>)`.
 */

const QUANTIFIER = /[*+?]|\{(?:\d+(?:,\d*)?|,\d+)\}/y;
const ATOM = /\\[pPxu]\{[^}]*\}|\\[kg]<[^>]*>|\\[^]|[^]/uy;
const GROUP = /\(\?<[A-Za-z_]\w*>|\(\?(?:[:>=!]|<[=!])|\(\?[a-z-]+:|\(/y;

interface Open {
  /** Where in the result the group begins. */
  at: number;
  atomic: boolean;
  lookbehind: boolean;
}

/**
 * An expression in Oniguruma's syntax without either. `x{2,3}+` is no possessive quantifier there, but one of another.
 * @throws SyntaxError with a reason where that cannot be said in JavaScript
 */
export function withoutAtomic(source: string): string {
  let out = '';
  let atom = -1; // where what a quantifier belongs to begins in `out`
  let count = 0;
  let numbered = false;
  const open: Open[] = [];
  const atomic = (inside: string): string => {
    if (open.some(({ lookbehind }) => lookbehind)) throw new SyntaxError('has an atomic group in a lookbehind');
    const name = `atomic${++count}`;
    return `(?:(?=(?<${name}>${inside}))\\k<${name}>)`;
  };
  for (let at = 0; at < source.length; ) {
    const char = source[at];
    if (char === '(') {
      const [prefix] = matchAt(GROUP, source, at)!;
      const isAtomic = prefix === '(?>';
      open.push({ at: out.length, atomic: isAtomic, lookbehind: prefix.startsWith('(?<=') || prefix.startsWith('(?<!') });
      if (!isAtomic) out += prefix;
      at += prefix.length;
      atom = -1;
    } else if (char === ')') {
      const group = open.pop();
      if (!group) throw new SyntaxError('has a parenthesis too many');
      out = group.atomic ? out.slice(0, group.at) + atomic(out.slice(group.at)) : `${out})`;
      atom = group.at;
      at++;
    } else if (char === '[') {
      const end = classEnd(source, at);
      atom = out.length;
      out += source.slice(at, end);
      at = end;
    } else {
      const quantifier = atom >= 0 && matchAt(QUANTIFIER, source, at)?.[0];
      if (quantifier) {
        out += quantifier;
        at += quantifier.length;
        const next = source[at];
        if (next === '+' && quantifier.length === 1) {
          out = out.slice(0, atom) + atomic(out.slice(atom));
          at++;
        } else if (next === '?') {
          out += next;
          at++;
          atom = -1;
        }
        continue;
      }
      const [one] = matchAt(ATOM, source, at)!;
      if (one === '\\G') throw new SyntaxError('has \\G, which is not read');
      numbered ||= /^\\[1-9]$/.test(one);
      atom = one === '|' ? -1 : out.length;
      out += one;
      at += one.length;
    }
  }
  if (open.length > 0) throw new SyntaxError('has a parenthesis that is not closed');
  if (count > 0 && numbered) throw new SyntaxError('has an atomic group or a possessive quantifier beside a numbered reference');
  return out;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** Where a character class, which may hold others, ends. */
function classEnd(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === '[') {
      depth++;
      if (source[at + 1] === '^') at++;
      if (source[at + 1] === ']') at++; // a bracket in the first place is a character
    } else if (char === ']' && --depth === 0) return at + 1;
  }
  throw new SyntaxError('has a character class that is not closed');
}
