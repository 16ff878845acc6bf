/** Mutations: single edits that people's mistakes are. What a mutated program raises is for the sandbox to say. */
import type { SyntaxNode, SyntaxTree } from '../../snippets/syntax/syntax';
import type { Label } from '../labelling/labels';
import type { Random } from '../random';

export interface Mutation {
  name: string;
  /** The error that it usually makes: what it is drawn for. */
  aims: Label;
  weight?: number;
  /** The changed program; undefined where it has no place for the edit. */
  apply(tree: SyntaxTree, random: Random): string | undefined;
}

/** How many places are tried before an edit gives up. */
const TRIES = 8;

/** Replaces a node, drawn among those of a type, by the text that `make` gives for it. */
export function swap(
  types: string,
  make: (text: string, node: SyntaxNode, tree: SyntaxTree, random: Random) => string | undefined,
): Mutation['apply'] {
  const wanted = new Set(types.split(' '));
  return (tree, random) => {
    const places = tree.nodes.filter(({ type, missing, start, end }) => wanted.has(type) && !missing && end > start);
    for (const node of random.sample(places, TRIES)) {
      const text = make(tree.text(node), node, tree, random);
      if (text !== undefined && text !== tree.text(node)) return replaced(tree, node, text);
    }
    return undefined;
  };
}

export function replaced(tree: SyntaxTree, { start, end }: Pick<SyntaxNode, 'start' | 'end'>, text: string): string {
  return tree.code.slice(0, start) + text + tree.code.slice(end);
}

/** Replaces a whole line, drawn among the lines of code, by other lines. */
export function swapLine(
  make: (line: string, lines: readonly string[], at: number, random: Random) => string | undefined,
): Mutation['apply'] {
  return ({ code }, random) => {
    const lines = code.split('\n');
    const places = lines.flatMap((line, i) => (line.trim() === '' || /^\s*#/.test(line) ? [] : [i]));
    for (const at of random.sample(places, 2 * TRIES)) {
      const line = make(lines[at], lines, at, random);
      if (line !== undefined && line !== lines[at])
        return [...lines.slice(0, at), ...(line === '' ? [] : [line]), ...lines.slice(at + 1)].join('\n');
    }
    return undefined;
  };
}

/** Replaces one match of a pattern in code (not inside strings or comments). */
export function swapText(
  pattern: RegExp,
  make: string | ((match: RegExpExecArray, random: Random) => string | undefined),
): Mutation['apply'] {
  return (tree, random) => {
    const quiet = tree.nodes.filter(({ type }) => type === 'comment' || type === 'string_content');
    const places = [...tree.code.matchAll(new RegExp(pattern, `${pattern.flags.replace('g', '')}g`))].filter(
      ({ index, 0: text }) => !quiet.some(({ start, end }) => start <= index && index + text.length <= end),
    );
    for (const match of random.sample(places, TRIES)) {
      const text = typeof make === 'string' ? match[0].replace(pattern, make) : make(match as RegExpExecArray, random);
      if (text === undefined || text === match[0]) continue;
      return tree.code.slice(0, match.index) + text + tree.code.slice(match.index + match[0].length);
    }
    return undefined;
  };
}

/** Inserts whole lines before a top-level statement. */
export function inserted(lines: (random: Random) => string): Mutation['apply'] {
  return (tree, random) => {
    const tops = tree.root.children.filter(({ named, type }) => named && type !== 'comment' && !/import/.test(type));
    if (tops.length === 0) return undefined;
    const at = random.chance(0.3) ? tree.code.length : random.pick(tops).start;
    const text = lines(random);
    return at === tree.code.length ? `${tree.code}\n${text}` : `${tree.code.slice(0, at)}${text}\n${tree.code.slice(at)}`;
  };
}

/** A slip of the fingers in a word. */
export function slip(word: string, random: Random): string {
  for (let i = 0; i < 10; i++) {
    const at = random.int(0, word.length - 1);
    const made = random.pick([
      () => word.slice(0, at) + word.slice(at + 1),
      () => word.slice(0, at) + word[at] + word.slice(at),
      () => word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2),
      () => (word.endsWith('s') ? word.slice(0, -1) : `${word}s`),
      () => (word.includes('_') ? word.replace('_', '') : word.replace(/([a-z])([A-Z])/, '$1_$2')),
      () => (/^[a-z]/.test(word) ? word[0].toUpperCase() + word.slice(1) : word.toLowerCase()),
      () => word.slice(0, at) + random.pick([...'aeiourstnlm']) + word.slice(at + 1),
    ])();
    if (made !== word && /^[A-Za-z_]\w*$/.test(made)) return made;
  }
  return `${word}s`;
}

export const indentOf = (line: string): string => /^[ \t]*/.exec(line)![0];

/** Whether a line opens a block. */
export const isHeader = (line: string) =>
  /^\s*(if|elif|else|for|while|def|class|try|except|finally|with|async|match|case)\b.*:\s*(#.*)?$/.test(line);
