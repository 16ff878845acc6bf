/** Edits that keep the grammar but often change what happens when the program runs, and edits that change nothing. */
import type { Random } from '../../random';
import type { Edit } from './edit';
import { KEYWORDS, renameAll, replaceAt, scan, type Piece } from './scan';

/** One slip in a word: a letter dropped, doubled, swapped, replaced, or the case changed. */
export function misspell(word: string, random: Random): string {
  const at = random.int(word.length > 2 ? 1 : 0, word.length - 1);
  const slip = random.int(0, 5);
  if (slip === 0 && word.length > 2) return word.slice(0, at) + word.slice(at + 1);
  if (slip === 1) return word.slice(0, at) + word[at] + word.slice(at);
  if (slip === 2 && at + 1 < word.length && word[at] !== word[at + 1])
    return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  if (slip === 3) return word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
  if (slip === 4)
    return word[0] === word[0]!.toUpperCase() ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1);
  return word.slice(0, at) + random.pick([...'aeiourstnl']) + word.slice(at + 1);
}

function piecewise(
  fits: (piece: Piece, i: number, all: Piece[]) => boolean,
  swap: (text: string, random: Random) => string,
): Edit {
  return (code, random) => {
    const all = scan(code);
    const found = all.filter(fits);
    if (found.length === 0) return undefined;
    const piece = random.pick(found);
    return replaceAt(code, piece.start, piece.end, swap(piece.text, random));
  };
}

const before = (all: Piece[], i: number): string => all[i - 1]?.text ?? '\n';
const isPlainName = (p: Piece, i: number, all: Piece[]): boolean =>
  p.kind === 'name' && !KEYWORDS.has(p.text) && before(all, i) !== '.';

const misspellName = piecewise(isPlainName, misspell);
const misspellAttribute = piecewise((p, i, all) => p.kind === 'name' && before(all, i) === '.', misspell);
const misspellImport: Edit = (code, random) => {
  const imports = [...code.matchAll(/^(?:import|from) (\w+)|^from \w+ import (\w+)/gm)];
  if (imports.length === 0) return undefined;
  const line = random.pick(imports);
  const word = (line[2] ?? line[1])!;
  const at = line.index + line[0].lastIndexOf(word);
  return replaceAt(code, at, at + word.length, misspell(word, random));
};
const dropLine =
  (fits: RegExp): Edit =>
  (code, random) => {
    const lines = code.split('\n');
    const at = lines.map((line, i) => (fits.test(line) ? i : -1)).filter((i) => i >= 0);
    if (at.length === 0 || lines.length < 2) return undefined;
    lines.splice(random.pick(at), 1);
    return lines.join('\n');
  };
const quoteNumber = piecewise(
  (p) => p.kind === 'number',
  (text, random) => random.pick([`"${text}"`, `'${text}'`]),
);
const numberForString = piecewise(
  (p) => p.kind === 'string' && p.text.length < 20,
  (_, random) => String(random.int(0, 60)),
);
const noneForValue = piecewise(
  (p) => p.kind === 'number' || p.kind === 'string',
  (_, random) => random.pick(['None', 'None', '[]', '""', '0', '-1', '{}', '()']),
);
const unquote = piecewise(
  (p) => p.kind === 'string' && /^["'][A-Za-z_]\w*["']$/.test(p.text),
  (text) => text.slice(1, -1),
);
const quoteName = piecewise(
  (p, i, all) => isPlainName(p, i, all) && all[i + 1]?.text !== '(' && all[i + 1]?.text !== '=',
  (text) => `"${text}"`,
);
const bigIndex = piecewise(
  (p, i, all) => p.kind === 'number' && before(all, i) === '[' && all[i + 1]?.text === ']',
  (_, random) => String(random.int(5, 30)),
);
const otherKey = piecewise(
  (p, i, all) => p.kind === 'string' && before(all, i) === '[' && all[i + 1]?.text === ']',
  (text, random) => text[0]! + misspell(text.slice(1, -1) || 'a', random) + text.slice(-1),
);
const zeroDivisor: Edit = (code, random) => {
  const found = [...code.matchAll(/(\/\/?|%) (\w+(?:\([^()\n]*\))?)/g)];
  if (found.length === 0) return undefined;
  const match = random.pick(found);
  return replaceAt(code, match.index, match.index + match[0].length, `${match[1]} 0`);
};
const dropArgument: Edit = (code, random) => {
  const calls = [...code.matchAll(/(\w+)\(([^()\n]+)\)/g)].filter((m) => !KEYWORDS.has(m[1]!));
  if (calls.length === 0) return undefined;
  const call = random.pick(calls);
  const parts = call[2]!.split(', ');
  const fewer = random.chance(0.5)
    ? parts.slice(0, -1).join(', ')
    : [...parts, random.pick(['1', 'None', '"x"', '[]', '0', '2', 'True'])].join(', ');
  return replaceAt(code, call.index, call.index + call[0].length, `${call[1]}(${fewer})`);
};
const dropCall: Edit = (code, random) => {
  const calls = [...code.matchAll(/\b(str|int|float|list|len|range|sorted|sum|set|tuple|abs)\((\w+)\)/g)];
  if (calls.length === 0) return undefined;
  const call = random.pick(calls);
  return replaceAt(
    code,
    call.index,
    call.index + call[0].length,
    random.chance(0.7) ? call[2]! : `${random.pick(['int', 'len', 'str', 'list', 'sum'])}(${call[2]})`,
  );
};
const callValue = piecewise(
  (p, i, all) => isPlainName(p, i, all) && /^[),\n]$/.test(all[i + 1]?.text ?? '\n'),
  (text, random) =>
    text + random.pick(['()', '[0]', '.value', '.name', '["a"]', '[10]', '.append(1)', ' + 1', ' + "a"']),
);
const appendRaise: Edit = (code, random) => {
  const name = random.pick(
    [
      ...new Set(
        scan(code)
          .filter((p) => p.kind === 'name' && !KEYWORDS.has(p.text))
          .map((p) => p.text),
      ),
    ].concat('result'),
  );
  return `${code}\n${random.pick([
    `print(${misspell(name, random)})`,
    'print(1 / 0)',
    `int("${name}")`,
    'assert False',
    `assert 1 + 1 == ${random.int(2, 3)}`,
    `raise ValueError("bad ${name}")`,
    `raise KeyError("${name}")`,
    `open("${name}.txt")`,
    '[][0]',
    `{}["${name}"]`,
    '"a" + 1',
    'next(iter([]))',
    'raise StopIteration',
    `import ${misspell(name, random)}`,
    `"${name}".foo()`,
    'None.x',
    `len(${random.int(1, 9)})`,
    `print("${name}")`,
    `print(len("${name}"))`,
    `raise TypeError("${name}")`,
    `raise IndexError`,
  ])}`;
};

/** Edits of what happens that never turn a loop that ends into one that does not, and never open a file by number. */
export const SAFE_RUNTIME_EDITS: readonly [Edit, number][] = [
  [misspellName, 6],
  [misspellAttribute, 6],
  [misspellImport, 5],
  [dropLine(/^(import|from)\b/), 3],
  [dropLine(/^\w+ = /), 3],
  [quoteNumber, 4],
  [unquote, 3],
  [bigIndex, 6],
  [otherKey, 6],
  [appendRaise, 3],
];

/** Edits of what happens, with how often each is drawn. */
export const RUNTIME_EDITS: readonly [Edit, number][] = [
  ...SAFE_RUNTIME_EDITS,
  [numberForString, 3],
  [noneForValue, 2],
  [quoteName, 2],
  [zeroDivisor, 5],
  [dropArgument, 4],
  [dropCall, 4],
  [callValue, 3],
];

const consistentRename: Edit = (code, random) => {
  const names = [...code.matchAll(/^\s*([A-Za-z_]\w*) = /gm)].map((m) => m[1]!);
  if (names.length === 0) return undefined;
  return renameAll(
    code,
    random.pick(names),
    random.pick(['value', 'thing', 'data2', 'result1', 'my_var', 'temp', 'holder', 'n_items']),
  );
};
const otherText = piecewise(
  (p) => p.kind === 'string' && /^["'][^{}%\\]*["']$/.test(p.text),
  (text, random) =>
    text[0]! +
    random.pick([
      '(',
      'done)',
      'a [b',
      "it's".replace("'", text[0] === "'" ? '' : "'"),
      'end:',
      '# no',
      '}',
      'x = ',
      'one, two',
      ')',
    ]) +
    text.slice(-1),
);
const addComment: Edit = (code, random) => {
  const lines = code.split('\n');
  const at = random.int(0, lines.length - 1);
  const comment = random.pick([
    '# here',
    '# (not closed',
    "# don't",
    '# TODO: check',
    '# "quoted',
    '# 1 / 0',
    '# this fails',
    '# works',
    '# x = [',
    '# result:',
  ]);
  if (random.chance(0.5)) lines[at] += `  ${comment}`;
  else lines.splice(at, 0, /^\s*/.exec(lines[at]!)![0] + comment);
  return lines.join('\n');
};
const blankLine: Edit = (code, random) => {
  const lines = code.split('\n');
  lines.splice(random.int(1, lines.length), 0, '');
  return lines.join('\n').trimEnd();
};
const wrapValue: Edit = (code, random) => {
  const targets = [...code.matchAll(/^(\s*\w+ = )([^=\n#]+)$/gm)].filter((m) => /^[^([{]*$|^.*[)\]}]$/.test(m[2]!));
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  return replaceAt(code, target.index, target.index + target[0].length, `${target[1]}(${target[2]})`);
};
const semicolon: Edit = (code, random) => {
  const lines = code.split('\n');
  const at = random.int(0, lines.length - 1);
  if (!/[\w)\]"']$/.test(lines[at]!) || lines[at]!.includes('#')) return undefined;
  lines[at] += ';';
  return lines.join('\n');
};

/** Edits that look like a change but usually keep the outcome. */
export const NEUTRAL_EDITS: readonly [Edit, number][] = [
  [consistentRename, 3],
  [otherText, 4],
  [addComment, 4],
  [blankLine, 1],
  [wrapValue, 2],
  [semicolon, 1.5],
];
