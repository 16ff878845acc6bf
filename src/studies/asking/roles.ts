/**
 * What each token of a reading is, read off its characters, in Python and TypeScript alike. Each token has one role, so shares by role are
 * of a whole.
 */
import type { Languages } from '../../engine/languages';
import type { ReadProgram } from '../../protocol/documents/explanation';
import { KEYWORDS } from '../../snippets/syntax/keywords';
import { scanLexical } from '../../snippets/syntax/lexical';
import type { CodeRole } from '../../vocabulary/code-roles';
import type { AskedText } from '../programs/text';

/** UTF-16 offsets. */
interface Stretch {
  start: number;
  end: number;
  role: CodeRole;
}

const TYPESCRIPT_KEYWORDS = new Set((
  'abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for ' +
  'from function get if implements import in instanceof interface is keyof let namespace new null of override private protected public readonly ' +
  'return satisfies set static super switch this throw true try type typeof undefined var void while with yield'
).split(' '));

/** Comments, then strings; a template's fields are read as text. */
const TYPESCRIPT_ASIDES = /(\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$))|"(?:[^"\\\r\n]|\\[^])*"?|'(?:[^'\\\r\n]|\\[^])*'?|`(?:[^`\\]|\\[^])*`?/g;
const WORDS = /(\d[\p{ID_Continue}.]*)|([\p{ID_Start}_$][\p{ID_Continue}$]*)|(\s+)|[^]/gu;

/** Every character of the code, in order. @param annotations where other annotations stand @param name the one whose type is asked about */
export function stretchesOf(
  code: string, language: string, annotations: readonly { start: number; end: number }[] = [], name: string | null = null,
): Stretch[] {
  const keywords = language === 'python' ? KEYWORDS : TYPESCRIPT_KEYWORDS;
  const asides = language === 'python' ? pythonAsides(code) : typeScriptAsides(code);
  const typed = annotations.filter(({ start }) => !asides.some((aside) => aside.start <= start && start < aside.end));
  const fixed = [...asides, ...typed.map(({ start, end }): Stretch => ({ start, end, role: 'annotations' }))].sort((a, b) => a.start - b.start);
  const all: Stretch[] = [];
  let at = 0;
  const words = (until: number) => {
    for (const match of code.slice(at, until).matchAll(WORDS)) {
      const [text, number, word, blank] = match;
      const role = number ? 'numbers' : blank ? 'blanks' : !word ? 'signs' : word === name ? 'same' : keywords.has(word) ? 'keywords' : 'names';
      all.push({ start: at + match.index, end: at + match.index + text.length, role });
    }
    at = until;
  };
  for (const one of fixed) {
    if (one.start < at) continue; // inside of the one before
    words(one.start);
    all.push(one);
    at = one.end;
  }
  words(code.length);
  return all;
}

function pythonAsides(code: string): Stretch[] {
  const { strings, comments } = scanLexical(code);
  return [...strings.map(({ start, end }): Stretch => ({ start, end, role: 'strings' })), ...comments.map(({ start, end }): Stretch => ({ start, end, role: 'comments' }))];
}

function typeScriptAsides(code: string): Stretch[] {
  return [...code.matchAll(TYPESCRIPT_ASIDES)].map(({ 0: { length }, 1: comment, index }) => ({
    start: index, end: index + length, role: comment === undefined ? 'strings' : 'comments',
  }));
}

/** The role of each token: that of its first sign, or of white space where it has none. */
export async function tokenRolesOf(
  { tokens, source }: Pick<ReadProgram, 'tokens' | 'source'>, { code, hole }: AskedText, language: string, languages: Languages, signal?: AbortSignal,
): Promise<CodeRole[]> {
  const sites = hole ? ((await languages.of(language)?.sites(code, signal)) ?? []) : [];
  const own = sites.find((site) => site.hole.start === hole!.start);
  const annotations = sites.filter((site) => site !== own && site.written !== null).map((site) => site.hole);
  const stretches = stretchesOf(code, language, annotations, own?.name ?? null);
  return tokens.map(({ start, end }, position): CodeRole => {
    if (position === 0) return 'first';
    if (start === null || end === null || start < source.start || start >= source.end) return 'question';
    const inside = stretches.filter((one) => one.start < Math.max(end, start + 1) && one.end > start);
    return (inside.find(({ role }) => role !== 'blanks') ?? inside[0])?.role ?? 'question';
  });
}
