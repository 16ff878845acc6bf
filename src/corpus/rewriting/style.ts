import type { Random } from '../random';
import { join, lex } from './lexer';
import { codeLines, fits, indent, indentOf, insertAt, topLevelGaps } from './lines';
import { MODULES, WORDS } from './words';

type Rewrite = (code: string, random: Random) => string;

const COMMENTS = [
  'print the result', 'this should work', 'TODO', 'main program', 'my first program', 'fix later', 'test', 'example',
  'get the data', 'loop over everything', 'what is wrong here?', 'calculate', 'setup', 'helper', 'now the output',
].concat(['convert it', 'expected output', 'check', 'error here', 'homework 3', 'exercise 2', 'step 1', 'why?', 'ok']);

const quotes: Rewrite = (code) =>
  join(
    lex(code).map((token) => {
      if (token.kind !== 'string' || /\\/.test(token.text)) return token;
      const content = /^"([^"'\n]*)"$|^'([^"'\n]*)'$/.exec(token.text);
      if (content === null) return token;
      return { ...token, text: content[1] === undefined ? `"${content[2]}"` : `'${content[1]}'` };
    }),
  );

const tight: Rewrite = (code) =>
  join(
    lex(code).flatMap((token, i, all) => {
      const spaces = token.kind === 'space' && i > 0 && all[i - 1]!.kind !== 'newline';
      const sides = [all[i - 1]?.text ?? '', all[i + 1]?.text ?? ''];
      return spaces && sides.some((side) => /^(=|\+|-|\*|\/|,|==|<|>|%|\+=)$/.test(side)) ? [] : [token];
    }),
  );

const narrow: Rewrite = (code) => code.replace(/^( {4})+/gm, (spaces) => '  '.repeat(spaces.length / 4));

const tabs: Rewrite = (code) => code.replace(/^( {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));

const comment: Rewrite = (code, random) => {
  const lines = code.split('\n');
  const places = codeLines(lines);
  if (places.length === 0) return code;
  const at = random.pick(places);
  const text = `# ${random.pick(COMMENTS)}`;
  if (random.chance(0.5)) lines[at] += `  ${text}`;
  else lines.splice(at, 0, indentOf(lines[at]!) + text);
  return lines.join('\n');
};

const blankLine: Rewrite = (code, random) => insertAt(code, '', random.pick(topLevelGaps(code).filter((at) => at > 0)));

const noBlankLines: Rewrite = (code) => code.replace(/\n\s*\n/g, '\n');

/** A harmless line of everyday code before, between or after the others. */
const extraLine: Rewrite = (code, random) => {
  const name = random.pick(
    ['debug', 'VERSION', 'flag', 'size', 'temp_value', 'start_time', 'unused', 'extra', 'max_items'],
  );
  const line = random.pick([
    `print("${random.pick(WORDS)}")`,
    `print("${random.pick(WORDS)} ${random.pick(WORDS)}")`,
    `${name} = ${random.int(0, 100)}`,
    `${name} = "${random.pick(WORDS)}"`,
    `import ${random.pick(MODULES)}`,
    `print()`,
    `${name} = [${random.int(0, 9)}, ${random.int(0, 9)}]`,
    `pass`,
  ]);
  const gaps = topLevelGaps(code);
  return insertAt(code, line, random.chance(0.4) ? 0 : random.pick(gaps));
};

const inMain: Rewrite = (code, random) => {
  if (/^(from \w+ import \*|global |return)/m.test(code)) return code;
  const name = random.pick(['main', 'main', 'run', 'test', 'solution', 'demo']);
  const guard = random.chance(0.4) ? `if __name__ == "__main__":\n    ${name}()` : `${name}()`;
  const call = random.chance(0.08) ? '' : guard;
  return `def ${name}():\n${indent(code)}\n${random.chance(0.5) ? '\n' : ''}${call}`.trimEnd();
};

const inGuard: Rewrite = (code) => `if __name__ == "__main__":\n${indent(code)}`;

const inTry: Rewrite = (code, random) => {
  const names = ['ValueError', 'TypeError', 'KeyError', 'IndexError', 'ZeroDivisionError', 'Exception', 'NameError'];
  const caught = random.pick(
    [...names, 'AttributeError', 'FileNotFoundError', 'StopIteration', '(TypeError, ValueError)'],
  );
  const handler = random.pick(
    ['print("error")', 'pass', 'print("something went wrong")', `print("${random.pick(WORDS)}")`],
  );
  const as = random.chance(0.3) ? ' as e' : '';
  return `try:\n${indent(code)}\nexcept ${caught}${as}:\n    ${as !== '' && random.chance(0.6) ? 'print(e)' : handler}`;
};

const inLoop: Rewrite = (code, random) =>
  `for ${random.pick(['_', 'i', 'attempt', 'k'])} in range(${random.int(1, 3)}):\n${indent(code)}`;

const inCondition: Rewrite = (code, random) =>
  `if ${random.pick(['True', '1 < 2', 'False', 'not False', '2 > 3', 'len("abc") == 3'])}:\n${indent(code)}`;

const rewrites: readonly { weight: number; rewrite: Rewrite }[] = [
  { weight: 3, rewrite: quotes },
  { weight: 2, rewrite: tight },
  { weight: 0.8, rewrite: narrow },
  { weight: 0.2, rewrite: tabs },
  { weight: 1.5, rewrite: comment },
  { weight: 0.7, rewrite: blankLine },
  { weight: 0.7, rewrite: noBlankLines },
  { weight: 2.5, rewrite: extraLine },
  { weight: 0.9, rewrite: inMain },
  { weight: 0.2, rewrite: inGuard },
  { weight: 0.7, rewrite: inTry },
  { weight: 0.3, rewrite: inLoop },
  { weight: 0.2, rewrite: inCondition },
];

/** The program in another style or surrounding; unchanged if the result would be too long. */
export function restyle(code: string, random: Random): string {
  const { rewrite } = random.weighted(rewrites, rewrites.map((r) => r.weight));
  const fresh = rewrite(code, random);
  return fits(fresh) ? fresh : code;
}
