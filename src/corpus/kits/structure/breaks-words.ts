/** Slips in words and statements: keywords, names, declarations of other languages, statements cut short. */
import { choose, type Edit, isName, isOperator, pieceEdit } from './edit';
import { renameAll, replaceAt, scan } from './scan';

const MISSPELT: Record<string, string[]> = {
  def: ['function', 'fun', 'func', 'dfe', 'define', 'Def', 'de'],
  class: ['clas', 'Class', 'calss'],
  for: ['fro', 'For', 'foreach', 'fore'],
  while: ['whlie', 'While', 'wile', 'until'],
  if: ['fi', 'If', 'IF', 'iff', 'when'],
  elif: ['else if', 'elseif', 'elsif', 'elsf', 'elif else'],
  else: ['esle', 'Else', 'els', 'otherwise', 'else then'],
  return: ['retrun', 'retun', 'Return', 'reutrn', 'return =', 'return:'],
  import: ['improt', 'Import', 'imports', 'include', 'import:'],
  from: ['form', 'From', 'frm'],
  in: ['', 'inn', 'of', 'on', ':', 'In'],
  and: ['adn', 'And', '&&', 'AND', 'and and'],
  or: ['OR', '||', 'Or', 'orr'],
  not: ['!', 'Not', 'nto'],
  try: ['tyr', 'Try', 'trye'],
  except: ['catch', 'expect', 'exept', 'Except'],
  finally: ['finaly', 'Finally'],
  with: ['wiht', 'With', 'using'],
  as: ['a', 'As', 'sa'],
  lambda: ['lamda', 'lambada', 'Lambda'],
  pass: ['Pass', 'pas', 'skip'],
  is: ['iz', 'Is'],
  True: ['true', 'TRUE'],
  False: ['false', 'FALSE'],
  None: ['none', 'null', 'nil', 'NULL'],
  yield: ['yeild', 'Yield'],
  raise: ['throw', 'rasie', 'Raise'],
  print: ['Print', 'pritn', 'prnt', 'PRINT', 'printf', 'echo'],
  break: ['braek', 'Break'],
  continue: ['contineu', 'Continue'],
  assert: ['asert', 'Assert'],
  global: ['Global'],
  del: ['delete', 'Del'],
};
const misspellKeyword = pieceEdit(
  (p) => p.kind === 'name' && Object.hasOwn(MISSPELT, p.text),
  (text, random) => random.pick(MISSPELT[text]!),
);
const printWithoutParentheses: Edit = (code, random) => {
  const calls = [...code.matchAll(/^(\s*)print\((.+)\)$/gm)];
  if (calls.length === 0) return undefined;
  const call = random.pick(calls);
  return replaceAt(
    code,
    call.index,
    call.index + call[0].length,
    `${call[1]}print${random.chance(0.85) ? ' ' : ''}${call[2]}`,
  );
};
const defWithoutParentheses: Edit = (code, random) => {
  const heads = [...code.matchAll(/^(\s*def \w+)\(([^()]*)\):$/gm)];
  if (heads.length === 0) return undefined;
  const head = random.pick(heads);
  const instead = random.pick([
    `${head[1]}:`,
    `${head[1]}(${head[2]}:`,
    `${head[1]} ${head[2]}):`,
    `${head[1]}[${head[2]}]:`,
  ]);
  return replaceAt(code, head.index, head.index + head[0].length, instead);
};
const dropKeyword = pieceEdit(
  isName('in', 'as', 'import', 'def', 'class', 'for', 'if', 'else', 'lambda', 'return', 'while', 'with', 'not', 'and'),
  () => '',
);
const badName: Edit = (code, random) => {
  const targets = [...code.matchAll(/^\s*([A-Za-z_]\w*) = /gm)].map((m) => m[1]!);
  if (targets.length === 0) return undefined;
  const name = random.pick(targets);
  const digit = random.int(1, 9);
  const keyword = random.pick([
    'class',
    'for',
    'in',
    'from',
    'import',
    'pass',
    'def',
    'is',
    'if',
    'lambda',
    'global',
    'return',
    'and',
    'not',
    'as',
    'with',
    'None',
    'True',
    'yield',
    'del',
    'try',
  ]);
  const changed = random.pick([
    keyword,
    keyword,
    `${digit}${name}`,
    `${digit}_${name}`,
    `my ${name}`,
    `${name} ${digit}`,
    `$${name}`,
    `${name}-${digit}`,
    `${name}!`,
    `@${name}`,
    `my-${name}`,
    `${name}?`,
    `new.${name}`,
    `${name}#`,
  ]);
  return random.chance(0.75)
    ? renameAll(code, name, changed)
    : code.replace(new RegExp(`\\b${name} = `), `${changed} = `);
};
const otherLanguageDeclaration: Edit = (code, random) => {
  const targets = [...code.matchAll(/^(\s*)([A-Za-z_]\w*) = /gm)];
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  const instead = random.pick([
    'int ',
    'let ',
    'var ',
    'const ',
    'str ',
    'set ',
    'float ',
    'string ',
    'def ',
    '$',
    'list ',
  ]);
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
  return replaceAt(
    code,
    target.index,
    target.index + target[0].length,
    `${target[1]} ${random.pick([':=', ':=', '==', '=:', '<-', '->', '=='])} `,
  );
};
const strayCharacter: Edit = (code, random) => {
  const pieces = scan(code).filter(
    (p) => p.kind !== 'string' && p.kind !== 'comment' && p.kind !== 'newline' && p.kind !== 'space',
  );
  const piece = choose(pieces, random, 0.25);
  return (
    piece &&
    replaceAt(
      code,
      piece.end,
      piece.end,
      random.pick(['$', '?', '!', '`', '\\', '¿', '€', '@', '~', ' .', ',', ';;', '°', ' :', '²', '…', '´']),
    )
  );
};
const unicodeLookalike = pieceEdit(
  isOperator('-', ',', '*', '<=', '>=', '!='),
  (text) => ({ '-': '–', ',': '，', '*': '×', '<=': '≤', '>=': '≥', '!=': '≠' })[text as '-'],
);
const cutTail: Edit = (code, random) => {
  const pieces = scan(code).filter((p) => p.kind !== 'space' && p.kind !== 'newline');
  if (pieces.length < 4) return undefined;
  const from = pieces[random.int(Math.max(2, pieces.length - 6), pieces.length - 1)]!;
  return code.slice(0, from.start).trimEnd();
};
const leadingZero = pieceEdit(
  (p) => p.kind === 'number' && /^[1-9]\d*$/.test(p.text),
  (text, random) =>
    random.pick([
      `0${text}`,
      `0${text}`,
      `${text}a`,
      `${text}..5`,
      `${text} ${text}`,
      `${text}px`,
      `${text}__0`,
      `$${text}`,
      `${text}%`,
      `${text}€`,
      `#${text}`,
    ]),
);
const endWithStatement: Edit = (code, random) =>
  `${code}\n${random.pick(['return', 'return 0', 'break', 'continue', 'end', '}', ')', 'yield 1', 'return True', 'else:', 'exit(', 'end if', '```', 'fi', 'done;;', 'except:'])}`;
const startWithFence: Edit = (code, random) =>
  random.pick([
    `\`\`\`python\n${code}`,
    `>>> ${code}`,
    `{\n${code}\n}`,
    `${code}\n\`\`\``,
    `#include <stdio.h>\n${code};;`,
    `// ${random.pick(['test', 'main', 'setup', 'todo'])}\n${code}`,
    `/* start */\n${code}`,
    `$ python\n${code}`,
  ]);
const spaceInName: Edit = (code, random) => {
  const names = scan(code).filter((p) => p.kind === 'name' && p.text.includes('_') && !p.text.startsWith('_'));
  const name = choose(names, random);
  return (
    name && replaceAt(code, name.start, name.end, name.text.replace('_', random.pick([' ', ' ', '-', '..', '_ '])))
  );
};
const swapWords: Edit = (code, random) => {
  const pieces = scan(code);
  const at = pieces
    .map((p, i) =>
      p.kind === 'space' && p.start > 0 && pieces[i - 1]!.kind !== 'newline' && i + 1 < pieces.length ? i : -1,
    )
    .filter((i) => i > 0);
  if (at.length === 0) return undefined;
  const i = random.pick(at);
  const [left, right] = [pieces[i - 1]!, pieces[i + 1]!];
  if (left.text === right.text || right.kind === 'comment') return undefined;
  return replaceAt(code, left.start, right.end, right.text + pieces[i]!.text + left.text);
};

/** Slips in words with how often each is drawn. */
export const WORD_EDITS: readonly [Edit, number][] = [
  [misspellKeyword, 7],
  [printWithoutParentheses, 4],
  [defWithoutParentheses, 2],
  [dropKeyword, 3],
  [badName, 3],
  [otherLanguageDeclaration, 1],
  [emptyValue, 2],
  [swapAssignment, 1.5],
  [walrusAtTop, 1.2],
  [strayCharacter, 2.5],
  [unicodeLookalike, 0.6],
  [cutTail, 2.5],
  [leadingZero, 1.5],
  [endWithStatement, 1.5],
  [startWithFence, 0.3],
  [spaceInName, 1.5],
  [swapWords, 1.5],
];
