/** Edits that usually make a program ungrammatical, as people slip. */
import { WORD_EDITS } from './breaks-words';
import { CLOSERS, type Edit, isCloser, isName, isOpener, isOperator, pieceEdit, plainString } from './edit';
import { replaceAt } from './scan';

const HEADER = /^(\s*)(if|elif|else|for|while|def|class|try|except|finally|with|match|case|async)\b.*:\s*$/;

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
  random.pick([`${text} ${text}`, `${text} /`, `+ ${text}`, `${text}=`]),
);
const danglingOperator: Edit = (code, random) => {
  const lines = code.split('\n');
  const at = lines.map((line, i) =>
    /[\w)\]]$/.test(line) && !/^\s*(#|import|from|pass|break|continue)/.test(line) ? i : -1,
  );
  const fits = at.filter((i) => i >= 0);
  if (fits.length === 0) return undefined;
  lines[random.pick(fits)] += random.pick([
    ' +',
    ' -',
    ' *',
    ' =',
    ' ==',
    ' and',
    ' or',
    '.',
    ' +',
    ' if',
    ' in',
    ' %',
  ]);
  return lines.join('\n');
};
const singleEquals = pieceEdit(isOperator('=='), (_, random) => random.pick(['=', '=', '===', '= =', '=>']));
const otherLanguageOperator = pieceEdit(
  (p) => isOperator('!=', '>=', '<=', '+=', '-=')(p) || isName('and', 'or', 'not', 'is')(p),
  (text, random) =>
    ({
      '!=': random.pick(['<>', '=!', '!==']),
      '>=': '=>',
      '<=': '=<',
      '+=': '=+=',
      '-=': '-==',
      and: '&&',
      or: '||',
      not: '!',
      is: '===',
    })[text as '!='],
);
const increments: Edit = (code, random) => {
  const found = [...code.matchAll(/\b(\w+) (\+=|-=) (\d+)/g)];
  if (found.length === 0) return undefined;
  const match = random.pick(found);
  const sign = match[2]![0]!;
  return replaceAt(
    code,
    match.index,
    match.index + match[0].length,
    random.pick([`${match[1]}${sign}${sign}`, `${match[1]} ${sign}${sign}`]),
  );
};

/** Edits with how often each is drawn. */
export const SYNTAX_EDITS: readonly [Edit, number][] = [
  [dropCloser, 16],
  [dropOpener, 3],
  [doubleCloser, 3],
  [doubleOpener, 2],
  [otherCloser, 4],
  [strayCloser, 2],
  [dropEndQuote, 8],
  [dropStartQuote, 5],
  [mixQuotes, 4],
  [innerQuote, 2],
  [curlyQuotes, 0.7],
  [headerColon, 9],
  [dropColon, 3],
  [dropComma, 5],
  [doubleComma, 1.5],
  [dropOperator, 4],
  [doubleOperator, 1],
  [danglingOperator, 3],
  [singleEquals, 4],
  [otherLanguageOperator, 2],
  [increments, 2],
  ...WORD_EDITS,
];
