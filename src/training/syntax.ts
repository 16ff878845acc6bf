/** Where in the syntax a program is after each of its characters: in which bracket, how deep, or in which string. */

const BRACKETS = ['(', '[', '{'] as const;
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const QUOTES = ["'", '"', "'''", '"""'] as const;
const DEPTHS = [1, 2, 3] as const;

/**
 * `(2` is in a round bracket that is the second one open; depths from 3 on are one. `broken` is after a string or bracket that ended
 * wrongly or another syntax error, `misindented` after an error of indentation.
 */
export const SYNTAX_STATES: readonly string[] = [
  'plain', 'broken', ...QUOTES, ...BRACKETS.flatMap((bracket) => DEPTHS.map((depth) => `${bracket}${depth}`)), 'misindented',
];
const BROKEN = SYNTAX_STATES.indexOf('broken');

/** For each UTF-16 unit of the code, the state after it (an index into SYNTAX_STATES). Once broken it stays so. */
export function syntaxStates(code: string): Uint8Array {
  const states = new Uint8Array(code.length);
  const open: { opener: string; formatted: boolean }[] = [];
  let at = 0;
  const step = (length: number) => {
    const state = stateOf(open.map(({ opener }) => opener));
    for (const end = Math.min(code.length, at + length); at < end; at++) states[at] = state;
  };
  while (at < code.length) {
    const char = code[at];
    const top = open.at(-1);
    if (top && QUOTES.includes(top.opener as "'")) {
      if (char === '\\') step(2);
      else if (code.startsWith(top.opener, at)) {
        open.pop();
        step(top.opener.length);
      } else if (char === '\n' && top.opener.length === 1) return states.fill(BROKEN, at);
      else if (top.formatted && (code.startsWith('{{', at) || code.startsWith('}}', at))) step(2);
      else {
        if (top.formatted && char === '{') open.push({ opener: '{', formatted: false });
        step(1);
      }
    } else if (char === '#') {
      step(/^[^\n]*/.exec(code.slice(at))![0].length);
    } else if (char === "'" || char === '"') {
      const opener = code.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      open.push({ opener, formatted: /[fF][rR]?$|[fF]$/.test(code.slice(Math.max(0, at - 2), at)) });
      step(opener.length);
    } else {
      if (BRACKETS.includes(char as '(')) open.push({ opener: char, formatted: false });
      else if (char in CLOSERS && open.pop()?.opener !== CLOSERS[char]) return states.fill(BROKEN, at);
      step(1);
    }
  }
  return states;
}

/** The states of a program and what follows it, when Python refused it in this line (from 1). */
export function refusedStates(code: string, label: 'SyntaxError' | 'IndentationError', line: number): Uint8Array {
  const states = syntaxStates(code);
  const lines = code.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const text = lines[line - 1] ?? '';
  // Indentation is wrong where the line's text begins, other syntax at the latest where the line ends.
  if (label === 'IndentationError') return states.fill(SYNTAX_STATES.indexOf('misindented'), start + /^\s*/.exec(text)![0].length);
  return states.fill(BROKEN, start + text.length);
}

function stateOf(open: readonly string[]): number {
  const top = open.at(-1);
  if (top === undefined) return 0;
  if (QUOTES.includes(top as "'")) return SYNTAX_STATES.indexOf(top);
  const depth = open.filter((opener) => BRACKETS.includes(opener as '(')).length;
  return SYNTAX_STATES.indexOf(`${top}${Math.min(depth, DEPTHS.length)}`);
}
