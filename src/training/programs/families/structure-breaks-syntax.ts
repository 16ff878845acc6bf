/** Edits that usually make a program ungrammatical, each as people slip. Undefined: the edit has no place here. */
import type { Random } from '../../random';
import { KEYWORDS, renameAll, replaceAt, scan, type Piece } from './structure-scan';

export type Edit = (code: string, random: Random) => string | undefined;

const CLOSERS = ')]}';
const OPENERS = '([{';
const HEADER = /^(\s*)(if|elif|else|for|while|def|class|try|except|finally|with|match|case|async)\b.*:\s*$/;

function choose(pieces: readonly Piece[], random: Random, lastBias = 0): Piece | undefined {
  if (pieces.length === 0) return undefined;
  return random.chance(lastBias) ? pieces[pieces.length - 1] : random.pick(pieces);
}

const pieceEdit =
  (fits: (piece: Piece, at: number, all: Piece[]) => boolean, swap: (text: string, random: Random) => string, lastBias = 0): Edit =>
  (code, random) => {
    const piece = choose(scan(code).filter(fits), random, lastBias);
    return piece && replaceAt(code, piece.start, piece.end, swap(piece.text, random));
  };

const isCloser = (p: Piece): boolean => p.kind === 'bracket' && CLOSERS.includes(p.text);
const isOpener = (p: Piece): boolean => p.kind === 'bracket' && OPENERS.includes(p.text);
const isOperator = (...texts: string[]) => (p: Piece): boolean => p.kind === 'operator' && texts.includes(p.text);
const isName = (...texts: string[]) => (p: Piece): boolean => p.kind === 'name' && texts.includes(p.text);
const plainString = (p: Piece): boolean => p.kind === 'string' && !/"""|'''/.test(p.text) && p.text.length > 2;

export const dropCloser = pieceEdit(isCloser, () => '', 0.35);
const dropOpener = pieceEdit(isOpener, () => '');
const doubleCloser = pieceEdit(isCloser, (text) => text + text, 0.3);
const doubleOpener = pieceEdit(isOpener, (text) => text + text);
const otherCloser = pieceEdit(isCloser, (text, random) => random.pick([...CLOSERS].filter((c) => c !== text)), 0.3);
const strayCloser: Edit = (code, random) => {
  const lines = code.split('\n');
  const at = random.int(0, lines.length - 1);
  if (!/[\w"'\])}]$/.test(lines[at]!)) return undefined;
  lines[at] += random.pick([')', ')', ']', '}']);
  return lines.join('\n');
};
const dropEndQuote = pieceEdit(plainString, (text) => text.slice(0, -1), 0.3);
const dropStartQuote = pieceEdit(plainString, (text) => text.replace(/["']/, ''), 0.2);
const mixQuotes = pieceEdit(plainString, (text) => text.slice(0, -1) + (text.endsWith('"') ? "'" : '"'));
const innerQuote = pieceEdit(plainString, (text, random) => {
  const at = random.int(Math.min(2, text.length - 1), text.length - 1);
  return text.slice(0, at) + text.slice(-1) + text.slice(at);
});
const curlyQuotes = pieceEdit(plainString, (text) => text.replace(/["']/, '“').slice(0, -1) + '”');

const headerColon: Edit = (code, random) => {
  const lines = code.split('\n');
  const at = lines.map((line, i) => (HEADER.test(line) ? i : -1)).filter((i) => i >= 0);
  if (at.length === 0) return undefined;
  const i = random.pick(at);
  lines[i] = lines[i]!.replace(/:\s*$/, random.chance(0.8) ? '' : random.pick([';', ' then', ' {', ' do:', '::', ',']));
  return lines.join('\n');
};
const dropColon = pieceEdit(isOperator(':'), () => '');
const dropComma = pieceEdit(isOperator(','), () => '');
const doubleComma = pieceEdit(isOperator(','), (_, random) => random.pick([',,', ', ,', ';', ':', '.']));
const dropOperator = pieceEdit(isOperator('+', '-', '*', '/', '%', '**', '//', '<', '>', '==', '<=', '>='), () => '');
const doubleOperator = pieceEdit(isOperator('*', '/', '%', '//', '<', '>', '==', '<=', '>=', '!='), (text, random) =>
  random.pick([`${text} ${text}`, `${text} /`, `+ ${text}`, `${text}=`]));
const danglingOperator: Edit = (code, random) => {
  const lines = code.split('\n');
  const at = lines.map((line, i) => (/[\w)\]]$/.test(line) && !/^\s*(#|import|from|pass|break|continue)/.test(line) ? i : -1));
  const fits = at.filter((i) => i >= 0);
  if (fits.length === 0) return undefined;
  lines[random.pick(fits)] += random.pick([' +', ' -', ' *', ' =', ' ==', ' and', ' or', '.', ' +', ' if', ' in', ' %']);
  return lines.join('\n');
};
const singleEquals = pieceEdit(isOperator('=='), (_, random) => random.pick(['=', '=', '===', '= =', '=>']));
const otherLanguageOperator = pieceEdit(
  (p) => isOperator('!=', '>=', '<=', '+=', '-=')(p) || isName('and', 'or', 'not', 'is')(p),
  (text, random) =>
    ({ '!=': random.pick(['<>', '=!', '!==']), '>=': '=>', '<=': '=<', '+=': '=+=', '-=': '-==', and: '&&', or: '||', not: '!', is: '===' })[
      text as '!='
    ],
);
const increments: Edit = (code, random) => {
  const found = [...code.matchAll(/\b(\w+) (\+=|-=) (\d+)/g)];
  if (found.length === 0) return undefined;
  const match = random.pick(found);
  const sign = match[2]![0]!;
  return replaceAt(code, match.index, match.index + match[0].length, random.pick([`${match[1]}${sign}${sign}`, `${match[1]} ${sign}${sign}`]));
};
const MISSPELT: Record<string, string[]> = {
  def: ['function', 'fun', 'func', 'dfe', 'define', 'Def', 'de'], class: ['clas', 'Class', 'calss'], for: ['fro', 'For', 'foreach', 'fore'],
  while: ['whlie', 'While', 'wile', 'until'], if: ['fi', 'If', 'IF', 'iff', 'when'], elif: ['else if', 'elseif', 'elsif', 'elsf', 'elif else'],
  else: ['esle', 'Else', 'els', 'otherwise', 'else then'], return: ['retrun', 'retun', 'Return', 'reutrn', 'return =', 'return:'],
  import: ['improt', 'Import', 'imports', 'include', 'import:'], from: ['form', 'From', 'frm'], in: ['', 'inn', 'of', 'on', ':', 'In'],
  and: ['adn', 'And', '&&', 'AND', 'and and'], or: ['OR', '||', 'Or', 'orr'], not: ['!', 'Not', 'nto'], try: ['tyr', 'Try', 'trye'],
  except: ['catch', 'expect', 'exept', 'Except'], finally: ['finaly', 'Finally'], with: ['wiht', 'With', 'using'], as: ['a', 'As', 'sa'],
  lambda: ['lamda', 'lambada', 'Lambda'], pass: ['Pass', 'pas', 'skip'], is: ['iz', 'Is'], True: ['true', 'TRUE'], False: ['false', 'FALSE'],
  None: ['none', 'null', 'nil', 'NULL'], yield: ['yeild', 'Yield'], raise: ['throw', 'rasie', 'Raise'], print: ['Print', 'pritn', 'prnt', 'PRINT', 'printf', 'echo'],
  break: ['braek', 'Break'], continue: ['contineu', 'Continue'], assert: ['asert', 'Assert'], global: ['Global'], del: ['delete', 'Del'],
};
export const misspellKeyword = pieceEdit(
  (p) => p.kind === 'name' && Object.hasOwn(MISSPELT, p.text),
  (text, random) => random.pick(MISSPELT[text]!),
);
const printWithoutParentheses: Edit = (code, random) => {
  const calls = [...code.matchAll(/^(\s*)print\((.+)\)$/gm)];
  if (calls.length === 0) return undefined;
  const call = random.pick(calls);
  return replaceAt(code, call.index, call.index + call[0].length, `${call[1]}print${random.chance(0.85) ? ' ' : ''}${call[2]}`);
};
const defWithoutParentheses: Edit = (code, random) => {
  const heads = [...code.matchAll(/^(\s*def \w+)\(([^()]*)\):$/gm)];
  if (heads.length === 0) return undefined;
  const head = random.pick(heads);
  const instead = random.pick([`${head[1]}:`, `${head[1]}(${head[2]}:`, `${head[1]} ${head[2]}):`, `${head[1]}[${head[2]}]:`]);
  return replaceAt(code, head.index, head.index + head[0].length, instead);
};
const dropKeyword = pieceEdit(isName('in', 'as', 'import', 'def', 'class', 'for', 'if', 'else', 'lambda', 'return', 'while', 'with', 'not', 'and'), () => '');
const badName: Edit = (code, random) => {
  const targets = [...code.matchAll(/^\s*([A-Za-z_]\w*) = /gm)].map((m) => m[1]!);
  if (targets.length === 0) return undefined;
  const name = random.pick(targets);
  const digit = random.int(1, 9);
  const keyword = random.pick(['class', 'for', 'in', 'from', 'import', 'pass', 'def', 'is', 'if', 'lambda', 'global', 'return', 'and', 'not', 'as', 'with', 'None', 'True', 'yield', 'del', 'try']);
  const changed = random.pick([keyword, keyword, `${digit}${name}`, `${digit}_${name}`, `my ${name}`, `${name} ${digit}`, `$${name}`, `${name}-${digit}`,
    `${name}!`, `@${name}`, `my-${name}`, `${name}?`, `new.${name}`, `${name}#`]);
  return random.chance(0.75) ? renameAll(code, name, changed) : code.replace(new RegExp(`\\b${name} = `), `${changed} = `);
};
const otherLanguageDeclaration: Edit = (code, random) => {
  const targets = [...code.matchAll(/^(\s*)([A-Za-z_]\w*) = /gm)];
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  const instead = random.pick(['int ', 'let ', 'var ', 'const ', 'str ', 'set ', 'float ', 'string ', 'def ', '$', 'list ']);
  return replaceAt(code, target.index, target.index + target[0].length, `${target[1]}${instead}${target[2]} = `);
};
const emptyValue: Edit = (code, random) => {
  const targets = [...code.matchAll(/^(\s*\w+ (?:=|\+=|-=)) .+$/gm)];
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  return replaceAt(code, target.index, target.index + target[0].length, target[1]!);
};
const swapAssignment: Edit = (code, random) => {
  const targets = [...code.matchAll(/^(\s*)(\w+) = ([^=\n]+)$/gm)];
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  return replaceAt(code, target.index, target.index + target[0].length, `${target[1]}${target[3]} = ${target[2]}`);
};
const walrusAtTop: Edit = (code, random) => {
  const targets = [...code.matchAll(/^(\s*\w+) = /gm)];
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  return replaceAt(code, target.index, target.index + target[0].length, `${target[1]} ${random.pick([':=', ':=', '==', '=:', '<-', '->', '=='])} `);
};
const strayCharacter: Edit = (code, random) => {
  const pieces = scan(code).filter((p) => p.kind !== 'string' && p.kind !== 'comment' && p.kind !== 'newline' && p.kind !== 'space');
  const piece = choose(pieces, random, 0.25);
  return piece && replaceAt(code, piece.end, piece.end, random.pick(['$', '?', '!', '`', '\\', '¿', '€', '@', '~', ' .', ',', ';;', '°', ' :', '²', '…', '´']));
};
const unicodeLookalike = pieceEdit(isOperator('-', ',', '*', '<=', '>=', '!='), (text) =>
  ({ '-': '–', ',': '，', '*': '×', '<=': '≤', '>=': '≥', '!=': '≠' })[text as '-']);
const cutTail: Edit = (code, random) => {
  const pieces = scan(code).filter((p) => p.kind !== 'space' && p.kind !== 'newline');
  if (pieces.length < 4) return undefined;
  const from = pieces[random.int(Math.max(2, pieces.length - 6), pieces.length - 1)]!;
  return code.slice(0, from.start).trimEnd();
};
const leadingZero = pieceEdit((p) => p.kind === 'number' && /^[1-9]\d*$/.test(p.text), (text, random) =>
  random.pick([`0${text}`, `0${text}`, `${text}a`, `${text}..5`, `${text} ${text}`, `${text}px`, `${text}__0`, `$${text}`, `${text}%`, `${text}€`, `#${text}`]));
const endWithStatement: Edit = (code, random) =>
  `${code}\n${random.pick(['return', 'return 0', 'break', 'continue', 'end', '}', ')', 'yield 1', 'return True', 'else:', 'exit(', 'end if', '```', 'fi', 'done;;', 'except:'])}`;
const startWithFence: Edit = (code, random) =>
  random.pick([`\`\`\`python\n${code}`, `>>> ${code}`, `{\n${code}\n}`, `${code}\n\`\`\``, `#include <stdio.h>\n${code};;`, `// ${random.pick(['test', 'main', 'setup', 'todo'])}\n${code}`, `/* start */\n${code}`, `$ python\n${code}`]);
const spaceInName: Edit = (code, random) => {
  const names = scan(code).filter((p) => p.kind === 'name' && p.text.includes('_') && !p.text.startsWith('_'));
  const name = choose(names, random);
  return name && replaceAt(code, name.start, name.end, name.text.replace('_', random.pick([' ', ' ', '-', '..', '_ '])));
};
const swapWords: Edit = (code, random) => {
  const pieces = scan(code);
  const at = pieces.map((p, i) => (p.kind === 'space' && p.start > 0 && pieces[i - 1]!.kind !== 'newline' && i + 1 < pieces.length ? i : -1)).filter((i) => i > 0);
  if (at.length === 0) return undefined;
  const i = random.pick(at);
  const [left, right] = [pieces[i - 1]!, pieces[i + 1]!];
  if (left.text === right.text || right.kind === 'comment') return undefined;
  return replaceAt(code, left.start, right.end, right.text + pieces[i]!.text + left.text);
};

/** Edits with how often each is drawn. */
export const SYNTAX_EDITS: readonly [Edit, number][] = [
  [dropCloser, 16], [dropOpener, 3], [doubleCloser, 3], [doubleOpener, 2], [otherCloser, 4], [strayCloser, 2], [dropEndQuote, 8],
  [dropStartQuote, 5], [mixQuotes, 4], [innerQuote, 2], [curlyQuotes, 0.7], [headerColon, 9], [dropColon, 3], [dropComma, 5],
  [doubleComma, 1.5], [dropOperator, 4], [doubleOperator, 1], [danglingOperator, 3], [singleEquals, 4], [otherLanguageOperator, 2],
  [increments, 2], [misspellKeyword, 7], [printWithoutParentheses, 4], [defWithoutParentheses, 2], [dropKeyword, 3], [badName, 3],
  [otherLanguageDeclaration, 1], [emptyValue, 2], [swapAssignment, 1.5], [walrusAtTop, 1.2], [strayCharacter, 2.5], [unicodeLookalike, 0.6],
  [cutTail, 2.5], [leadingZero, 1.5], [endWithStatement, 1.5], [startWithFence, 0.3], [spaceInName, 1.5], [swapWords, 1.5],
];

export const isKeyword = (name: string): boolean => KEYWORDS.has(name);
