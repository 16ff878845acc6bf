import { CLOSERS, lineEnd } from '../syntax/lexical';
import type { SyntaxTree } from '../syntax/syntax';
import { lineStartsOf } from '../syntax/syntax';
import { indentUnit } from './indentation';
import type { Change, EditFamily, EditKind, Proposal } from './types';
import { brief } from './words';

/** How many lines after an open bracket are tried as the place of the missing one. */
const MAX_LINES_TRIED = 12;
/** How many candidates are parsed for one program, and how many characters that may be in all. */
const MAX_PARSES = 60;
const MAX_PARSED_CHARACTERS = 2_000_000;

/** The end of a line's code: before its comment and the space before that. */
function codeEnd(tree: SyntaxTree, offset: number): number {
  let end = lineEnd(tree.code, offset);
  const comment = tree.lexical.comments.find(({ start }) => start >= offset && start < end);
  if (comment) end = comment.start;
  while (end > offset && /\s/.test(tree.code[end - 1])) end--;
  return end;
}

interface Candidate {
  kind: EditKind;
  /** The offset of what is wrong; several candidates may mend the same. */
  problem: number;
  description: string;
  change: Change;
}

const insert = (at: number, text: string): Change => ({ start: at, end: at, replacement: text });

/** Every line end from `offset` on where a closing sign could go, also before a colon or other closing signs. */
function placesAfter(tree: SyntaxTree, offset: number, lines: number): number[] {
  const places: number[] = [];
  let at = offset;
  for (let i = 0; i < lines && at <= tree.code.length; i++) {
    let end = codeEnd(tree, at);
    if (end > at || i === 0) {
      places.push(end);
      while (end - 1 > offset && /[)\]}:,]/.test(tree.code[end - 1])) places.push(--end);
    }
    at = lineEnd(tree.code, at) + (tree.code.startsWith('\r\n', lineEnd(tree.code, at)) ? 2 : 1);
  }
  return places;
}

function* quoteCandidates(tree: SyntaxTree): Iterable<Candidate> {
  for (const [i, string] of tree.lexical.strings.entries()) {
    if (string.terminated) continue;
    const before = tree.lexical.strings[i - 1];
    if (before?.quote === string.quote && /^\p{L}/u.test(tree.code.slice(before.end, before.end + 2))) {
      // ["ab, "c"] or 'It's raining': what seems to be the string before lost its quote, or ended at an apostrophe
      const problem = string.start;
      const line = tree.line(before.end);
      for (const { index } of tree.code.slice(before.start, before.end - 1).matchAll(/[,)\]}:+]/g)) {
        const string = tree.code.slice(before.start, before.start + index) + before.quote;
        const description = `closed the string ${brief(string)}`;
        const change = insert(before.start + index, before.quote);
        yield { kind: 'repair-quote', problem, description: `${description} on line ${line}`, change };
      }
      const description = `escaped the quote inside the string on line ${line}`;
      yield { kind: 'repair-quote', problem, description, change: insert(before.end - 1, '\\') };
    }
    const body = string.start + string.prefix.length + string.quote.length;
    for (const at of placesAfter(tree, body, string.quote.length === 3 ? MAX_LINES_TRIED : 1)) {
      if (at < body) continue;
      const text = brief(tree.code.slice(string.start, at) + string.quote);
      yield {
        kind: 'repair-quote',
        problem: string.start,
        description: `closed the string ${text} on line ${tree.line(at)}`,
        change: insert(at, string.quote),
      };
    }
  }
}

function* bracketCandidates(tree: SyntaxTree): Iterable<Candidate> {
  const { brackets } = tree.lexical;
  const unmatched = brackets.filter(({ partner }) => partner === null);
  for (const { at, char } of unmatched) {
    if (char in CLOSERS) {
      for (const place of placesAfter(tree, at + 1, MAX_LINES_TRIED)) {
        const words = `added the missing ${CLOSERS[char]} for the ${char} of line ${tree.line(at)}`;
        yield {
          kind: 'repair-bracket',
          problem: at,
          description: `${words} on line ${tree.line(place)}`,
          change: insert(place, CLOSERS[char]),
        };
      }
    } else {
      const open = unmatched.filter((other) => other.at < at && other.char in CLOSERS).at(-1);
      if (open) {
        const right = CLOSERS[open.char];
        const description = `changed the ${char} on line ${tree.line(at)} to ${right}`;
        yield {
          kind: 'repair-bracket',
          problem: at,
          description,
          change: { start: at, end: at + 1, replacement: right },
        };
      }
      const description = `removed the ${char} without a partner on line ${tree.line(at)}`;
      yield { kind: 'repair-bracket', problem: at, description, change: { start: at, end: at + 1, replacement: '' } };
    }
  }
}

const HEADER =
  /^[ \t]*(?:async[ \t]+)?(if|elif|else|for|while|try|except|finally|with|def|class|(?:match|case)(?![ \t]*[=.,;([+*/%&|^<>!@-]|[ \t]*$))(?![\p{ID_Continue}])/u;

function* colonCandidates(tree: SyntaxTree): Iterable<Candidate> {
  for (const start of lineStartsOf(tree.code)) {
    const end = codeEnd(tree, start);
    const header = HEADER.exec(tree.code.slice(start, end));
    if (!header || tree.code[end - 1] === ':') continue;
    const words = `added the missing colon after ${header[1]} on line ${tree.line(start)}`;
    yield { kind: 'repair-colon', problem: start, description: words, change: insert(end, ':') };
    if (/^[ \t]*(?:else|try|finally)[ \t]/.test(tree.code.slice(start, end))) {
      yield { kind: 'repair-colon', problem: start, description: words, change: insert(start + header[0].length, ':') };
    }
  }
}

function* missingNodes(tree: SyntaxTree): Iterable<Candidate> {
  const kinds: Record<string, EditKind> = {
    ':': 'repair-colon',
    ')': 'repair-bracket',
    ']': 'repair-bracket',
    '}': 'repair-bracket',
  };
  for (const leaf of tree.leaves) {
    const kind = leaf.missing ? kinds[leaf.type] : undefined;
    if (kind)
      yield {
        kind,
        problem: leaf.start,
        description: `added the missing ${leaf.type} on line ${tree.line(leaf.start)}`,
        change: insert(leaf.start, leaf.type),
      };
  }
}

/**
 * Adds the missing bracket, quote or colon, or removes the bracket that is too much. First come the repairs after which
 * the grammar accepts the program; of a program with several problems, the most natural repair of each.
 */
export const repairs: EditFamily = {
  kinds: ['repair-bracket', 'repair-quote', 'repair-colon'],
  *propose(tree, parse): Iterable<Proposal> {
    if (tree.errorCount === 0) return;
    const partial = new Map<number, Proposal>();
    let parses = 0;
    let complete = false;
    for (const source of [missingNodes, quoteCandidates, bracketCandidates, colonCandidates]) {
      for (const { kind, problem, description, change } of source(tree)) {
        if (++parses > MAX_PARSES || parses * tree.code.length > MAX_PARSED_CHARACTERS) break;
        const proposal: Proposal = { kind, description, changes: [change] };
        const variant = tree.code.slice(0, change.start) + change.replacement + tree.code.slice(change.end);
        if (parse(variant).errorCount === 0) {
          complete = true;
          yield proposal;
        } else if (!partial.has(problem)) partial.set(problem, proposal);
      }
    }
    if (!complete) yield* partial.values();
  },
};

/** Puts a line back to the indentation that Python expects, judged by the lines above it. */
export const indentationRepairs: EditFamily = {
  kinds: ['repair-indentation'],
  *propose(tree): Iterable<Proposal> {
    const unit = indentUnit(tree.code);
    const levels = [''];
    let opens = false;
    for (const { start, indent, end } of logicalLines(tree)) {
      const current = levels.at(-1)!;
      const line = tree.line(start);
      const move = (to: string, words: string): Proposal => ({
        kind: 'repair-indentation',
        description: `${words} on line ${line}`,
        changes: [{ start, end: start + indent.length, replacement: to }],
      });
      const deeper = indent.length > current.length;
      if (opens && !deeper) yield move(current + unit, 'indented the block');
      else if (!opens && deeper) yield move(current, 'removed the extra indentation');
      else if (!deeper && !levels.includes(indent)) {
        const below = levels.filter((level) => level.length < indent.length).at(-1);
        const above = levels.find((level) => level.length > indent.length);
        for (const level of [above, below]) {
          if (level === undefined) continue;
          yield move(level, 'matched the indentation to the lines above');
        }
      }
      while (levels.length > 1 && indent.length < levels.at(-1)!.length) levels.pop();
      if (opens && deeper) levels.push(indent);
      const text = tree.code.slice(start, end);
      opens = text.endsWith(':') || (HEADER.test(text) && !text.includes(':'));
    }
  },
};

/** Lines that start a statement: not blank, not a comment, not inside brackets or a string. */
function* logicalLines(tree: SyntaxTree): Iterable<{ start: number; indent: string; end: number }> {
  const { brackets, strings } = tree.lexical;
  let depth = 0;
  let nextBracket = 0;
  let nextString = 0;
  let insideUntil = 0;
  for (const start of lineStartsOf(tree.code)) {
    for (; nextBracket < brackets.length && brackets[nextBracket].at < start; nextBracket++) {
      const { char, partner } = brackets[nextBracket];
      if (partner !== null) depth += char in CLOSERS ? 1 : -1;
    }
    for (; nextString < strings.length && strings[nextString].start < start; nextString++) {
      insideUntil = Math.max(insideUntil, strings[nextString].end);
    }
    const indent = /^[ \t]*/.exec(tree.code.slice(start, lineEnd(tree.code, start)))![0];
    const end = codeEnd(tree, start);
    if (depth > 0 || insideUntil > start || end <= start + indent.length || tree.code[start + indent.length] === '#')
      continue;
    yield { start, indent, end };
  }
}
