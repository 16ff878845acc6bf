/**
 * A small, forgiving Python lexer for rewriting programs as text. It never fails: joining the tokens' text gives the
 * program back, also when the program is broken. Expressions inside f-strings are lexed like any other code.
 */
export interface Token {
  kind: 'name' | 'number' | 'string' | 'text' | 'op' | 'space' | 'newline' | 'comment';
  text: string;
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /0[xXbBoO][0-9a-fA-F_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?j?/y;
const SPACE = /[ \t]+/y;
const OPERATOR = /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\*\*|\/\/|<<|>>|[-+*/%&|^=!<>]=|./suy;
const PREFIX = /[rRbBuUfFtT]{0,2}(?:"""|'''|"|')/y;

export function lex(code: string): Token[] {
  const tokens: Token[] = [];
  lexUntil(code, 0, tokens, false);
  return tokens;
}

export function join(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join('');
}

function match(pattern: RegExp, code: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(code)?.[0];
}

/** Lexes from `at`; inside an f-string field it stops before the `}`, `:` or `!` that ends the expression. */
function lexUntil(code: string, at: number, tokens: Token[], field: boolean): number {
  let depth = 0;
  const push = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text });
    at += text.length;
  };
  while (at < code.length) {
    const char = code[at]!;
    const opener = match(PREFIX, code, at);
    if (opener !== undefined) {
      at = lexString(code, at, opener, tokens);
    } else if (char === '\n') {
      if (field) return at;
      push('newline', char);
    } else if (char === '#') {
      push('comment', /^[^\n]*/.exec(code.slice(at))![0]);
    } else if (field && depth === 0 && (char === '}' || char === ':' || (char === '!' && code[at + 1] !== '='))) {
      return at;
    } else {
      const space = match(SPACE, code, at);
      const name = match(NAME, code, at);
      const number = match(NUMBER, code, at);
      if (space !== undefined) push('space', space);
      else if (name !== undefined) push('name', name);
      else if (number !== undefined) push('number', number);
      else {
        const operator = match(OPERATOR, code, at)!;
        if ('([{'.includes(operator)) depth++;
        if (')]}'.includes(operator)) depth--;
        push('op', operator);
      }
    }
  }
  return at;
}

/** A plain string is one token; an f-string is `text` tokens around the tokens of its fields. */
function lexString(code: string, start: number, opener: string, tokens: Token[]): number {
  const quote = opener.replace(/^[a-zA-Z]+/, '');
  const formatted = /[fFtT]/.test(opener.slice(0, opener.length - quote.length));
  let from = start;
  let at = start + opener.length;
  const flush = (end: number): void => {
    if (end > from) tokens.push({ kind: formatted ? 'text' : 'string', text: code.slice(from, end) });
    from = end;
  };
  while (at < code.length) {
    if (code.startsWith(quote, at)) {
      flush(at + quote.length);
      return at + quote.length;
    }
    if (code[at] === '\n' && quote.length === 1) break;
    if (code[at] === '\\') at += 2;
    else if (formatted && (code.startsWith('{{', at) || code.startsWith('}}', at))) at += 2;
    else if (formatted && code[at] === '{') {
      flush(at + 1);
      at = lexUntil(code, at + 1, tokens, true);
      from = at;
    } else at++;
  }
  at = Math.min(at, code.length);
  flush(at);
  return at;
}

/** The last token before `index` that is not white space, or undefined. */
export function before(tokens: readonly Token[], index: number): Token | undefined {
  for (let i = index - 1; i >= 0; i--) if (tokens[i]!.kind !== 'space') return tokens[i];
  return undefined;
}

/** The next token after `index` that is not white space, or undefined. */
export function after(tokens: readonly Token[], index: number): Token | undefined {
  for (let i = index + 1; i < tokens.length; i++) if (tokens[i]!.kind !== 'space') return tokens[i];
  return undefined;
}
