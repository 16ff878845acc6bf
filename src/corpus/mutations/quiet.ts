/** Mutations that seldom matter. */
import { indentOf, type Mutation, swap, swapLine, swapText } from './mutation';

/** Changes that most often leave a program without an error. */
export const quiet: readonly Mutation[] = [
  {
    name: 'other number',
    aims: 'NoError',
    weight: 1.5,
    apply: swap('integer', (text, _, __, random) => String(Number(text) + random.pick([1, 2, -1, 5]))),
  },
  {
    name: 'other text',
    aims: 'NoError',
    weight: 1,
    apply: swap('string', (text, _, __, random) =>
      /^(["'])[a-z ]{3,}\1$/i.test(text)
        ? text[0] +
          random.pick([
            text.slice(1, -1).toUpperCase(),
            `${text.slice(1, -1)}s`,
            text.slice(1, -1).split('').reverse().join(''),
          ]) +
          text[0]
        : undefined,
    ),
  },
  {
    name: 'other comparison',
    aims: 'NoError',
    weight: 1,
    apply: swapText(/ (<|>|<=|>=|==|!=) /, (_, random) => ` ${random.pick(['<', '>', '<=', '>=', '==', '!='])} `),
  },
  {
    name: 'print added',
    aims: 'NoError',
    weight: 1,
    apply: swapLine((line, lines, at) => {
      const [, space, name] = /^(\s*)([a-z_]\w*) = [^\n([{]+$/.exec(line) ?? [];
      return name && !/[,([{\\]\s*$/.test(lines[at - 1] ?? '') ? `${line}\n${space}print(${name})` : undefined;
    }),
  },
  {
    name: 'try around a statement',
    aims: 'NoError',
    weight: 1.2,
    apply: swapLine((line, lines, at, random) => {
      const space = indentOf(line);
      return /^\s*(print\(|[a-z_][\w.]* = |[a-z_][\w.]*\()[^\n]*[^,([{:\\]$/.test(line) &&
        !/[,([{\\]\s*$/.test(lines[at - 1] ?? '')
        ? `${space}try:\n    ${line}\n${space}except ${random.pick(['ValueError', 'KeyError', 'TypeError', 'Exception', 'IndexError', '(TypeError, ValueError)', 'ZeroDivisionError', 'AttributeError'])}${random.pick([' as e', ' as error', '', ''])}:\n${space}    ${random.pick(['pass', 'print("failed")', 'print("skipped")'])}`
        : undefined;
    }),
  },
];
