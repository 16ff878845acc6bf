/** Mutations of what happens over a run. */
import { childOf } from '../../snippets/syntax/syntax';
import { inserted, type Mutation, swap, swapLine, swapText } from './mutation';

/** Mistakes that show over a run: endless recursion, used up iterators, failed checks. */
export const runs: readonly Mutation[] = [
  {
    name: 'base case left out',
    aims: 'RecursionError',
    weight: 4,
    apply: swapText(/^(\s+)if [^\n]+:\n\1\s+return [^\n]*\n/m, ''),
  },
  {
    name: 'base case never met',
    aims: 'RecursionError',
    weight: 3,
    apply: (tree, random) =>
      recursive(tree.code)
        ? swapText(/\bif (\w+) (==|<=|<|>|>=) ([\w-]+)/, (match, r) =>
            r.pick([
              `if ${match[1]} == "${match[3]}"`,
              `if ${match[1]} == -${match[3]}`,
              `if ${match[1]} is None`,
              `if ${match[1]} < -10**9`,
              `if False`,
            ]),
          )(tree, random)
        : undefined,
  },
  {
    name: 'argument of a recursive call unchanged',
    aims: 'RecursionError',
    weight: 4,
    apply: (tree, random) =>
      recursive(tree.code)
        ? (swapText(/\((\w+) ([-+]|\/\/) [\d.]+\b/, (match, r) =>
            r.pick([`(${match[1]}`, `(${match[1]} + 1`, `(${match[1]} * 1`]),
          )(tree, random) ?? swapText(/\((\w+)\[\d:\]/, '($1')(tree, random))
        : undefined,
  },
  {
    name: 'method or property that calls itself',
    aims: 'RecursionError',
    weight: 3,
    apply: swapText(
      /(def (\w+)\(self\):\n(?:\s+"""[^"]*"""\n)?\s+return )self\._?\w+$/m,
      (match, random) => `${match[1]}self.${match[2]}${random.chance(0.5) ? '' : '()'}`,
    ),
  },
  {
    name: 'function that calls itself',
    aims: 'RecursionError',
    weight: 2,
    apply: (tree, random) => {
      const functions = tree
        .ofType('function_definition')
        .filter(
          (node) =>
            /^\((\w+(, \w+)*)?\)$/.test(tree.text(childOf(node, 'parameters')!)) &&
            !/self/.test(tree.text(childOf(node, 'parameters')!)),
        );
      if (functions.length === 0) return undefined;
      const node = random.pick(functions);
      const first = childOf(node, 'body')!.children.find(({ named }) => named);
      if (!first) return undefined;
      const space = ' '.repeat(first.start - tree.lineStart(first.start));
      return `${tree.code.slice(0, first.start)}${tree.text(childOf(node, 'name')!)}${tree.text(childOf(node, 'parameters')!)}\n${space}${tree.code.slice(first.start)}`;
    },
  },
  {
    name: 'repr, eq or getattr that asks itself',
    aims: 'RecursionError',
    weight: 2,
    apply: swapText(
      /def (__repr__|__str__)\(self\):\n(\s+)return [^\n]+/,
      (match, random) =>
        `def ${match[1]}(self):\n${match[2]}return ${random.pick(['f"{self}"', 'str(self)', '"<" + repr(self) + ">"', '"{}".format(self)'])}`,
    ),
  },
  {
    name: 'setter that calls itself',
    aims: 'RecursionError',
    weight: 1.5,
    apply: swapText(/(@(\w+)\.setter\n\s+def \w+\(self, (\w+)\):(?:\n[^\n]*)*?\n\s+self\.)_\2 = /, '$1$2 = '),
  },
  {
    name: 'default of next left out',
    aims: 'StopIteration',
    weight: 4,
    apply: swapText(/\bnext\((.+), (None|[\w"'-]+)\)/, 'next($1)'),
  },
  {
    name: 'next once more',
    aims: 'StopIteration',
    weight: 3,
    apply: swapLine((line, _, __, random) =>
      /\bnext\(/.test(line) && !/^\s*(return|def|if|while|for)/.test(line)
        ? Array<string>(random.int(2, 5)).fill(line).join('\n')
        : undefined,
    ),
  },
  {
    name: 'next of what nothing matches',
    aims: 'StopIteration',
    weight: 3,
    apply: swapText(/\bnext\(\(?(\w+) for \w+ in (\w+) if ([^)\n]+)/, (match, random) =>
      match[0].replace(match[3], random.pick([`${match[1]} is None`, `False`, `${match[1]} == "zzz"`, `not ${match[1]}`])),
    ),
  },
  {
    name: 'next of an iterator of nothing',
    aims: 'StopIteration',
    weight: 3,
    apply: inserted((random) => {
      const name = random.pick(['rows', 'records', 'lines', 'queue', 'events', 'pending', 'matches']);
      const first = random.pick(['first', 'current', 'head', 'row', 'line']);
      return random.pick([
        `${name} = iter([])\n${first} = next(${name})`,
        `${first} = next(x for x in range(${random.int(2, 9)}) if x > ${random.int(9, 20)})`,
        `${name} = iter([${random.int(1, 9)}])\n${first} = next(${name})\nprint(${first}, next(${name}))`,
        `${first} = next(iter({}))`,
        `${name} = (x * 2 for x in [])\n${first} = next(${name})`,
        `${first} = next(iter(""))`,
        `${name} = iter(range(${random.int(1, 3)}))\nlist(${name})\n${first} = next(${name})`,
      ]);
    }),
  },
  {
    name: 'loop replaced by next',
    aims: 'StopIteration',
    weight: 1,
    apply: swapText(
      /^(\s*)for (\w+) in (\w+\([^\n]*\)|\w+):$/m,
      '$1$2 = next(iter($3))\n$1$2 = next(x for x in [$2] if x is None)\n$1for $2 in $3:',
    ),
  },
  {
    name: 'expected value of an assertion',
    aims: 'AssertionError',
    weight: 4,
    apply: swapText(
      /\bassert ([^\n]+?) == ([^\n,]+)/,
      (match, random) =>
        `assert ${match[1]} == ${/^-?\d+$/.test(match[2]) ? Number(match[2]) + random.pick([1, -1, 2, 10]) : /^["'].*["']$/.test(match[2]) ? match[2].slice(0, -1) + 'x' + match[2].at(-1) : match[2] === 'True' ? 'False' : match[2] === 'False' ? 'True' : /^\[/.test(match[2]) ? '[]' : 'None'}`,
    ),
  },
  {
    name: 'assertion turned round',
    aims: 'AssertionError',
    weight: 2.5,
    apply: swapText(/\bassert (not )?([^\n]+)/, (match) =>
      match[1] ? `assert ${match[2]}` : / == /.test(match[2]) ? match[0].replace(' == ', ' != ') : `assert not ${match[2]}`,
    ),
  },
  {
    name: 'number near an assertion',
    aims: 'AssertionError',
    weight: 3,
    apply: (tree, random) =>
      tree.code.includes('assert ')
        ? swap('integer', (text, _, __, r) => String(Number(text) + r.pick([1, -1, 2])))(tree, random)
        : undefined,
  },
  {
    name: 'operator near an assertion',
    aims: 'AssertionError',
    weight: 2.5,
    apply: (tree, random) =>
      tree.code.includes('assert ')
        ? swapText(
            / (\+|-|\*|<|>|<=|>=|and|or|\/\/|%) /,
            (match, r) =>
              ` ${{ '+': '-', '-': '+', '*': '+', '<': '>', '>': '<', '<=': '>=', '>=': '<', and: 'or', or: 'and', '//': '*', '%': '//' }[match[1]] ?? r.pick(['+', '-'])} `,
          )(tree, random)
        : undefined,
  },
  {
    name: 'assertion about a name',
    aims: 'AssertionError',
    weight: 3,
    apply: swapLine((line, lines, at, random) => {
      const [, space, name] = /^(\s*)([a-z_]\w*) = [^\n([{]*(?:\([^\n]*\))?$/.exec(line) ?? [];
      return name && !/[,([{]\s*$/.test(lines[at - 1] ?? '')
        ? `${line}\n${space}assert ${random.pick([`${name} is not None`, `isinstance(${name}, ${random.pick(['int', 'str', 'list', 'dict', 'float'])})`, `${name}`, `${name} == ${random.int(0, 20)}`, `${name} > 0, "${name} must be positive"`, `len(${name}) > ${random.int(0, 5)}`, `not ${name}, f"unexpected {${name}}"`])}`
        : undefined;
    }),
  },
  {
    name: 'print as an assertion',
    aims: 'AssertionError',
    weight: 2,
    apply: swapText(
      /^print\((\w+\([^\n]*\))\)$/m,
      (match, random) => `assert ${match[1]} == ${random.pick([String(random.int(0, 20)), 'None', 'True', '[]', '"ok"'])}`,
    ),
  },
];

const recursive = (code: string): boolean =>
  [...code.matchAll(/def (\w+)\(/g)].some(([, name]) => code.split(new RegExp(`\\b${name}\\(`)).length > 2);
