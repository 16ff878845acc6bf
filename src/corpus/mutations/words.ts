/** Mutations of words: keywords, names, whole statements. */
import { indentOf, isHeader, type Mutation, slip, swap, swapLine, swapText } from './mutation';

const KEYWORD =
  'def return while for import else elif class if try except finally in not and or lambda with from pass raise break continue';

/** Slips of keywords, names and statements after which Python cannot read the program. */
export const words: readonly Mutation[] = [
  {
    name: 'keyword misspelt',
    aims: 'SyntaxError',
    weight: 2,
    apply: swap(KEYWORD, (text, _, __, random) => slip(text, random).toLowerCase()),
  },
  {
    name: 'keyword in capitals',
    aims: 'SyntaxError',
    weight: 0.7,
    apply: swap(KEYWORD, (text) => text[0].toUpperCase() + text.slice(1)),
  },
  {
    name: 'keyword dropped',
    aims: 'SyntaxError',
    weight: 1.2,
    apply: swap('def for in import if as class return is', (text, node, tree) => (tree.code[node.end] === ' ' ? '' : text)),
  },
  {
    name: 'keyword joined to what follows',
    aims: 'SyntaxError',
    weight: 0.5,
    apply: swapText(/\b(def|class|for|if|while|import|return|elif|raise) /, '$1'),
  },
  {
    name: 'else if',
    aims: 'SyntaxError',
    weight: 1.5,
    apply: swapText(/\belif\b/, (_, random) => random.pick(['else if', 'else if', 'elseif', 'elsif', 'elif if'])),
  },
  {
    name: 'else with a condition',
    aims: 'SyntaxError',
    weight: 0.4,
    apply: swapText(/\belse:/, (_, random) => random.pick(['else x > 0:', 'else True:', 'else'])),
  },
  { name: 'print without brackets', aims: 'SyntaxError', weight: 2, apply: swapText(/\bprint\((.*)\)$/m, 'print $1') },
  {
    name: 'keyword from another language',
    aims: 'SyntaxError',
    weight: 1.2,
    apply: swapText(
      /^(\s*)(def|for|import|if|while|elif|except|class|with) /m,
      (match, random) =>
        match[1] +
        {
          def: random.pick(['function ', 'func ', 'fn ', 'define ', 'void ']),
          for: random.pick(['foreach ', 'for each ']),
          import: random.pick(['include ', 'require ', 'using ']),
          if: random.pick(['if (', 'unless ']),
          while: 'until ',
          elif: 'elsif ',
          except: 'catch ',
          class: 'public class ',
          with: 'using ',
        }[match[2]]!,
    ),
  },
  {
    name: 'declaration from another language',
    aims: 'SyntaxError',
    weight: 1,
    apply: swapText(
      /^(\s*)(\w+ = )/m,
      (match, random) =>
        match[1] + random.pick(['var ', 'let ', 'const ', 'int ', 'String ', 'auto ', '$', 'my ', 'new ']) + match[2],
    ),
  },
  {
    name: 'lambda or arrow from another language',
    aims: 'SyntaxError',
    weight: 0.4,
    apply: swapText(/\blambda (\w+):/, '$1 =>'),
  },
  {
    name: 'comment from another language',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swapLine((line, _, __, random) =>
      /^\s*\w/.test(line)
        ? `${line}  ${random.pick(['// ', '-- ', '/* '])}${random.pick(['check this', 'TODO', 'result', 'see above', 'fix later'])}`
        : undefined,
    ),
  },
  {
    name: 'comment sign dropped',
    aims: 'SyntaxError',
    weight: 1,
    apply: swap('comment', (text) => (text.length > 8 ? text.replace(/^#+ ?/, '') : undefined)),
  },
  {
    name: 'conditional from another language',
    aims: 'SyntaxError',
    weight: 0.5,
    apply: swap('conditional_expression', (_, node, tree) => {
      const [a, , c, , b] = node.children;
      return b ? `${tree.text(c)} ? ${tree.text(a)} : ${tree.text(b)}` : undefined;
    }),
  },
  {
    name: 'positional after keyword argument',
    aims: 'SyntaxError',
    weight: 1,
    apply: swap('argument_list', (text, _, __, random) =>
      /\w=/.test(text) ? text.replace(/\)$/, `, ${random.pick(['1', 'x', '"a"', 'True', 'None'])})`) : undefined,
    ),
  },
  {
    name: 'keyword argument twice',
    aims: 'SyntaxError',
    weight: 0.6,
    apply: swap('keyword_argument', (text) => `${text}, ${text}`),
  },
  {
    name: 'parameter twice',
    aims: 'SyntaxError',
    weight: 0.4,
    apply: swap(
      'parameters',
      (text) => /^\((self, )?(\w+)\b.*\)$/.exec(text)?.[2] && text.replace(/\)$/, `, ${/^\((?:self, )?(\w+)/.exec(text)![1]})`),
    ),
  },
  {
    name: 'default before a parameter without',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swap('parameters', (text, _, __, random) => {
      const parts = text.slice(1, -1).split(', ');
      const at = parts.findIndex((part) => /^\w+$/.test(part) && part !== 'self');
      return at >= 0 && at < parts.length - 1 && /^\w+$/.test(parts[at + 1])
        ? `(${parts.map((part, i) => (i === at ? `${part}=${random.pick(['None', '0', '1', '""', '[]'])}` : part)).join(', ')})`
        : undefined;
    }),
  },
  {
    name: 'definition without brackets',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swap('parameters', (text) => (text === '()' ? '' : text.slice(1, -1))),
  },
  {
    name: 'assignment to a call or literal',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swapText(
      /^(\s*)(\w+) = /m,
      (match, random) =>
        `${match[1]}${random.pick([`${match[2]}() = `, `"${match[2]}" = `, `${random.int(1, 9)} = `, `${match[2]} + 1 = `, `not ${match[2]} = `, `None = `, `True = `])}`,
    ),
  },
  {
    name: 'name starts with a digit',
    aims: 'SyntaxError',
    weight: 0.6,
    apply: swap('identifier', (text, _, __, random) =>
      text.length > 2 ? `${random.int(1, 9)}${random.pick(['', '_', ''])}${text}` : undefined,
    ),
  },
  {
    name: 'name with a hyphen or space',
    aims: 'SyntaxError',
    weight: 0.9,
    apply: swap('identifier', (text, node, tree, random) =>
      text.includes('_') && !text.startsWith('_')
        ? text.replace('_', random.pick([' ', '-']))
        : tree.code.slice(0, node.start).endsWith('def ')
          ? `my ${text}`
          : undefined,
    ),
  },
  {
    name: 'reserved word as a name',
    aims: 'SyntaxError',
    weight: 1,
    apply: (tree, random) => {
      const names = [...new Set(tree.ofType('identifier').map((node) => tree.text(node)))].filter((name) => name.length > 1);
      if (names.length === 0) return undefined;
      return tree.code.replaceAll(
        new RegExp(`\\b${random.pick(names)}\\b`, 'g'),
        random.pick([
          'class',
          'from',
          'lambda',
          'is',
          'pass',
          'def',
          'global',
          'import',
          'in',
          'None',
          'with',
          'del',
          'try',
          'async',
          'as',
          'return',
        ]),
      );
    },
  },
  {
    name: 'stray sign',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swapLine(
      (line, _, __, random) =>
        `${line}${random.pick(['$', '?', ' \\', '`', ')', ']', '}', '"', "'", ':', ' =', ' +', ' ==', '!', ',,'])}`,
    ),
  },
  {
    name: 'stray word',
    aims: 'SyntaxError',
    weight: 0.6,
    apply: swapLine(
      (line, _, __, random) =>
        `${line}\n${indentOf(line)}${random.pick(['and then', 'end if', 'endfor', 'else:', 'except:', '}', '{', 'end', 'fi', 'elif True:', 'and', 'Run the code', 'print the result here'])}`,
    ),
  },
  {
    name: 'typographic quotes',
    aims: 'SyntaxError',
    weight: 0.5,
    apply: swap('string', (text) =>
      /^"[^"\n]*"$/.test(text) ? `“${text.slice(1, -1)}”` : /^'[^'\n]*'$/.test(text) ? `‘${text.slice(1, -1)}’` : undefined,
    ),
  },
  {
    name: 'return outside a function',
    aims: 'SyntaxError',
    weight: 1,
    apply: swapLine((line, _, at, random) =>
      /^\w/.test(line) && !isHeader(line) && at > 0
        ? `${line}\n${random.pick(['return', 'return result', 'return True', 'break', 'continue', 'yield 1', 'return None', 'await x'])}`
        : undefined,
    ),
  },
  {
    name: 'header of a function commented out',
    aims: 'SyntaxError',
    weight: 0.3,
    apply: swapLine((line) => (/^def /.test(line) ? 'if True:' : undefined)),
  },
  {
    name: 'break or continue outside a loop',
    aims: 'SyntaxError',
    weight: 0.6,
    apply: swapLine((line, _, __, random) =>
      /^\s+(for|while) .*:\s*$/.test(line) || /^(for|while) .*:\s*$/.test(line)
        ? line.replace(/\b(for|while) .*:\s*$/, random.pick(['if True:', 'if len("x") > 0:']))
        : undefined,
    ),
  },
  {
    name: 'nothing after the operator',
    aims: 'SyntaxError',
    weight: 0.6,
    apply: swapText(/ ([+*\-/]|and|or|==|in) [\w.()[\]"']+$/m, ' $1'),
  },
  {
    name: 'missing in of a loop',
    aims: 'SyntaxError',
    weight: 1,
    apply: swapText(
      /\bfor ([\w, ]+) in /,
      (match, random) => `for ${match[1]} ${random.pick(['', 'of ', 'on ', 'from ', '= ', ': ', 'into '])}`,
    ),
  },
  {
    name: 'brace of an f-string dropped',
    aims: 'SyntaxError',
    weight: 1.5,
    apply: swap('interpolation', (text, _, __, random) =>
      random.pick([text.slice(0, -1), text.slice(1), `{${text}`, `${text}}`, '{}', text.slice(0, -1) + ')']),
    ),
  },
  {
    name: 'quote missing in an f-string',
    aims: 'SyntaxError',
    weight: 0.6,
    apply: swapText(/\[(["'])(\w+)\1(?=\])/, (match, random) =>
      random.pick([`[${match[1]}${match[2]}`, `[${match[2]}${match[1]}`]),
    ),
  },
  {
    name: 'except clause left out',
    aims: 'SyntaxError',
    weight: 1,
    apply: (tree, random) => {
      const places = tree.ofType('except_clause', 'finally_clause');
      if (places.length === 0) return undefined;
      const { start, end } = random.pick(places);
      return tree.code.slice(0, tree.lineStart(start)).trimEnd() + tree.code.slice(end);
    },
  },
  { name: 'else before elif', aims: 'SyntaxError', weight: 0.4, apply: swapText(/\belif [^\n]+:/, 'else:') },
  {
    name: 'statement where an expression belongs',
    aims: 'SyntaxError',
    weight: 0.4,
    apply: swapText(
      /\bprint\((\w+)\)/,
      (match, random) => `print(${random.pick(['return', 'del', 'for', 'import', 'if'])} ${match[1]})`,
    ),
  },
  {
    name: 'import turned round',
    aims: 'SyntaxError',
    weight: 0.6,
    apply: swapText(/^from (\S+) import (.+)$/m, (match, random) =>
      random.pick([
        `import ${match[2]} from ${match[1]}`,
        `from ${match[1]} ${match[2]}`,
        `from ${match[1]} import`,
        `form ${match[1]} import ${match[2]}`,
        `from ${match[1]} import (${match[2]}`,
      ]),
    ),
  },
  {
    name: 'number with a leading zero or a unit',
    aims: 'SyntaxError',
    weight: 0.5,
    apply: swap('integer', (text, _, __, random) =>
      /^[1-9]\d*$/.test(text)
        ? random.pick([`0${text}`, `${text}px`, `${text} 0`, `${text}_`, `$${text}`, `${text}%)`])
        : undefined,
    ),
  },
  {
    name: 'triple quote not closed',
    aims: 'SyntaxError',
    weight: 0.7,
    apply: swap('string_end', (text, _, __, random) => (text.length === 3 ? random.pick(['', '"', '""']) : undefined)),
  },
  {
    name: 'Python 2',
    aims: 'SyntaxError',
    weight: 0.7,
    apply: swapText(/\bexcept (\w+) as (\w+):|\braise (\w+)\((["'][^"'\n]*["'])\)/, (match) =>
      match[1] ? `except ${match[1]}, ${match[2]}:` : `raise ${match[3]}, ${match[4]}`,
    ),
  },
  { name: 'walrus for assignment', aims: 'SyntaxError', weight: 0.4, apply: swapText(/^(\s*\w+) = /m, '$1 := ') },
  { name: 'colon instead of equals', aims: 'SyntaxError', weight: 0.4, apply: swapText(/\b(\w+)=(?=\w)/, '$1: ') },
  {
    name: 'comprehension broken',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swap('for_in_clause', (text, _, __, random) =>
      random.pick([text.replace(/^for /, ''), text.replace(/ in /, ' '), `${text}:`, text.replace(/ in .*/s, '')]),
    ),
  },
  {
    name: 'two statements on a line',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: ({ code }, random) => {
      const places = [...code.matchAll(/(?<=[\w)\]"'])\n(?=(\w+ = |print\(|return |\w+\())/g)];
      if (places.length === 0) return undefined;
      const { index } = random.pick(places);
      return `${code.slice(0, index)} ${code.slice(index + 1)}`;
    },
  },
  {
    name: 'program ends inside a statement',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: ({ code }, random) => code.trimEnd().slice(0, -random.int(1, 6)),
  },
  {
    name: 'global after use',
    aims: 'SyntaxError',
    weight: 0.3,
    apply: swapText(/^(\s+)(\w+) = (.+)$/m, '$1$2 = $3\n$1global $2'),
  },
];
