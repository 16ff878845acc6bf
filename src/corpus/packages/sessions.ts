/** Interactive sessions and code blocks in prose, as plain code. */
import type { PythonParser } from '../../snippets/syntax/parse';

export interface Example {
  source: string;
  /** What the session shows below it. */
  expected: string;
}

/** The `>>>` examples of each session in a text; a heading or a long gap starts a new session. */
export function sessionsIn(text: string): Example[][] {
  const sessions: Example[][] = [];
  let session: Example[] = [];
  let gap = 0;
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const [, indent, first] = /^(\s*)>>> ?(.*)$/.exec(lines[i]) ?? [];
    if (first === undefined) {
      gap = lines[i].trim() === '' ? gap : gap + 1;
      if (gap > 6 || /^\s*([=\-~^]{4,}|#+ \w.*|(def|class) .*:)\s*$/.test(lines[i])) {
        if (session.length > 0) sessions.push(session);
        session = [];
      }
      continue;
    }
    gap = 0;
    const source = [first];
    while (lines[i + 1]?.startsWith(`${indent}...`) && /^\.\.\.( |$)/.test(lines[i + 1].slice(indent.length)))
      source.push(lines[++i].slice(indent.length + 4));
    const expected: string[] = [];
    while (i + 1 < lines.length && lines[i + 1].trim() !== '' && !/^\s*(>>>|"""|''')/.test(lines[i + 1]))
      expected.push(lines[++i].slice(indent.length));
    const code = source
      .join('\n')
      .replace(/\s*#\s*doctest:.*$/gm, '')
      .trimEnd();
    if (code.trim() !== '' && !code.startsWith('#')) session.push({ source: code, expected: expected.join('\n').trimEnd() });
  }
  if (session.length > 0) sessions.push(session);
  return sessions;
}

/** Python code blocks of Markdown and reStructuredText that are no sessions. */
export function blocksIn(text: string): string[] {
  const blocks = [...text.matchAll(/^([ ]*)```\s*(?:python3?|py)\b[^\n]*\n([\s\S]*?)^\1```/gm)].map(([, indent, body]) =>
    dedent(body, indent.length),
  );
  const directive =
    /^([ ]*)\.\. (?:code-block|code|sourcecode)::\s*(?:python3?|py)?[ ]*\n((?:[ ]*:\w[^\n]*\n)*)((?:[ ]*\n|\1[ ]{2,}[^\n]*\n)+)/gm;
  for (const [, , , body] of `${text}\n`.matchAll(directive)) blocks.push(dedent(body));
  return blocks.map((block) => block.replace(/^\s*\n/, '').trimEnd()).filter((block) => block !== '' && !block.includes('>>>'));
}

/** Without the indentation that all lines share. */
export function dedent(text: string, by?: number): string {
  const lines = text.split('\n');
  const width =
    by ?? Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(Math.min(width, line.length - line.trimStart().length))).join('\n');
}

export interface ConvertOptions {
  /** What an expression becomes whose value the session shows. */
  shows: 'print' | 'assert';
}

/** The statements that a session's examples are as plain code; values that the session shows are printed. An error ends it. */
export function statementsOf(parser: PythonParser, session: readonly Example[], { shows }: ConvertOptions): string[] {
  const statements: string[] = [];
  for (const { source, expected } of session) {
    const failed = /^Traceback /.test(expected) || /^\w+(Error|Exception)\b/.test(expected);
    const { root, errorCount } = parser.parse(source);
    const only = root.children.length === 1 ? root.children[0] : undefined;
    const value = only?.type === 'expression_statement' && only.children.length === 1 ? only.children[0] : undefined;
    const printed = value?.type === 'call' && /^print\(/.test(source);
    const shown =
      errorCount === 0 &&
      value !== undefined &&
      value.type !== 'assignment' &&
      value.type !== 'augmented_assignment' &&
      !printed &&
      expected !== '' &&
      !failed;
    if (!shown) statements.push(source);
    else if (shows === 'assert' && isLiteral(parser, expected)) statements.push(`assert ${source} == ${expected}`);
    else statements.push(`print(${source})`);
    if (failed) break;
  }
  return statements;
}

/** Whether a shown value can be written into code as it stands. */
function isLiteral(parser: PythonParser, text: string): boolean {
  if (text.includes('\n') || text.length > 60) return false;
  const { nodes, errorCount } = parser.parse(text);
  const allowed =
    /^(module|expression_statement|integer|float|string|string_start|string_content|string_end|escape_sequence|true|false|none|list|tuple|dictionary|pair|unary_operator|[^\w].*)$/i;
  return errorCount === 0 && nodes.every(({ type }) => allowed.test(type));
}
