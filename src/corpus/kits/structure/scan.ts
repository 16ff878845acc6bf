/** A light scan of Python text into pieces, enough to place an edit outside strings and comments. */
export type PieceKind = 'comment' | 'string' | 'name' | 'number' | 'bracket' | 'space' | 'newline' | 'operator';

export interface Piece {
  kind: PieceKind;
  text: string;
  /** Offsets in UTF-16 units. */
  start: number;
  end: number;
}

const PIECE = new RegExp(
  [
    '(?<comment>#[^\\n]*)',
    '(?<string>[rbfuRBFU]{0,2}(?:"""[\\s\\S]*?"""|\'\'\'[\\s\\S]*?\'\'\'|"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\'))',
    '(?<name>[A-Za-z_]\\w*)',
    '(?<number>\\d[\\w.]*)',
    '(?<bracket>[()\\[\\]{}])',
    '(?<newline>\\n)',
    '(?<space>[ \\t]+)',
    '(?<operator>\\*\\*=|//=|\\*\\*|//|[-+*/%<>=!:&|]=|->|[\\s\\S])',
  ].join('|'),
  'g',
);

export function scan(code: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of code.matchAll(PIECE)) {
    const kind = Object.keys(match.groups!).find((name) => match.groups![name] !== undefined) as PieceKind;
    pieces.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return pieces;
}

export const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
   import in is lambda nonlocal not or pass raise return try while with yield match case`.split(/\s+/),
);

export function replaceAt(code: string, start: number, end: number, text: string): string {
  return code.slice(0, start) + text + code.slice(end);
}

/** Replaces a name everywhere outside strings and comments (f-strings included). */
export function renameAll(code: string, from: string, to: string): string {
  const name = new RegExp(`\\b${from}\\b`, 'g');
  return scan(code)
    .map((p) =>
      p.kind === 'name' && p.text === from
        ? to
        : p.kind === 'string' && /^[rR]?[fF]/.test(p.text)
          ? p.text.replace(name, to)
          : p.text,
    )
    .join('');
}
