/** Mutations of types: of operands, of arguments, of what is called. */
import { childOf } from '../../snippets/syntax/syntax';
import { type Mutation, slip, swap, swapText } from './mutation';
import { atCall } from './names';

const OTHER = ['None', '"5"', '3', '[1, 2]', '"abc"', '{}', 'True', '(1, 2)', '2.5'];

/** Mistakes about what kind of value something is, and how often something is called with what. */
export const types: readonly Mutation[] = [
  {
    name: 'conversion left out',
    aims: 'TypeError',
    weight: 3,
    apply: swapText(/\b(?:str|int|float|list|tuple|dict|set)\(([\w.[\]"' ]+)\)/, '$1'),
  },
  {
    name: 'number as text',
    aims: 'TypeError',
    weight: 2.5,
    apply: swap('integer float', (text, _, __, random) => random.pick([`"${text}"`, `'${text}'`])),
  },
  {
    name: 'text as number',
    aims: 'TypeError',
    weight: 1,
    apply: swap('string', (text, node, _, random) =>
      node.parent?.type === 'expression_statement' || text.length > 24 ? undefined : String(random.int(0, 120)),
    ),
  },
  {
    name: 'None for a value',
    aims: 'TypeError',
    weight: 2,
    apply: swap('integer float string list dictionary', (_, node) =>
      node.parent?.type === 'expression_statement' ? undefined : 'None',
    ),
  },
  {
    name: 'None for an assigned value',
    aims: 'TypeError',
    weight: 1,
    apply: swapText(/^(\s*[a-z]\w*) = [^\n([{]+$/m, '$1 = None'),
  },
  {
    name: 'argument left out',
    aims: 'TypeError',
    weight: 3,
    apply: atCall((args, random) => {
      if (args.length === 0) return undefined;
      const at = random.int(0, args.length - 1);
      return args.filter((_, i) => i !== at);
    }),
  },
  {
    name: 'argument too many',
    aims: 'TypeError',
    weight: 2,
    apply: atCall((args, random) =>
      [...args, random.pick(['1', 'True', '"x"', 'None', '10', '[]'])].sort(
        (a, b) => Number(/^\w+=/.test(a)) - Number(/^\w+=/.test(b)),
      ),
    ),
  },
  {
    name: 'argument of another type',
    aims: 'TypeError',
    weight: 3,
    apply: atCall((args, random) => {
      if (args.length === 0) return undefined;
      const at = random.int(0, args.length - 1);
      return args.map((arg, i) =>
        i === at ? arg.replace(/^(\w+=)?.*$/s, (_, key: string | undefined) => (key ?? '') + random.pick(OTHER)) : arg,
      );
    }),
  },
  {
    name: 'argument as a list or text',
    aims: 'TypeError',
    weight: 1,
    apply: atCall((args, random) =>
      args.length === 0
        ? undefined
        : args.map((arg, i) => (i === 0 && !/^\w+=/.test(arg) ? random.pick([`[${arg}]`, `str(${arg})`, `(${arg},)`]) : arg)),
    ),
  },
  {
    name: 'keyword of an argument misspelt',
    aims: 'TypeError',
    weight: 2,
    apply: swap('keyword_argument', (text, _, __, random) =>
      text.replace(/^\w+/, (name) => (name === 'reverse' ? 'reversed' : slip(name, random))),
    ),
  },
  { name: 'self parameter left out', aims: 'TypeError', weight: 2, apply: swapText(/\(self(, )?/, '(') },
  {
    name: 'parameter too many',
    aims: 'TypeError',
    weight: 1,
    apply: swap('parameters', (text, _, __, random) =>
      text === '()' ? '(value)' : text.replace(/\)$/, random.pick([', extra)', ', mode)', ', flag)', ', verbose)'])),
    ),
  },
  {
    name: 'parameter left out',
    aims: 'TypeError',
    weight: 1,
    apply: swap('parameters', (text) => text.replace(/, \w+(=[^,)]+)?\)$/, ')')),
  },
  {
    name: 'default of a parameter left out',
    aims: 'TypeError',
    weight: 1.5,
    apply: swap('parameters', (text) => text.replace(/=[^,)(]+\)$/, ')')),
  },
  {
    name: 'text joined to a number',
    aims: 'TypeError',
    weight: 3,
    apply: swap('string', (text, _, __, random) => {
      const [, prefix, quote, before, name, after] = /^(f)(["'])([^{}\n]*)\{(\w+)\}([^{}\n]*)\2$/.exec(text) ?? [];
      if (!prefix) return undefined;
      const parts = [before && `${quote}${before}${quote}`, name, after && `${quote}${after}${quote}`].filter(Boolean);
      return parts.length > 1 ? parts.join(' + ') : `${quote}${random.pick(['= ', ': '])}${quote} + ${name}`;
    }),
  },
  {
    name: 'text plus a number',
    aims: 'TypeError',
    weight: 1.5,
    apply: swapText(/\bprint\((["'][^"'\n{}]*["']), (?=\w)/, 'print($1 + '),
  },
  { name: 'length left out', aims: 'TypeError', weight: 2, apply: swapText(/\blen\((\w+)\)/, '$1') },
  {
    name: 'length of a number',
    aims: 'TypeError',
    weight: 0.8,
    apply: swapText(/(?<=[=(] ?)(count|total|n|size|i|x|value|amount|price|score|result)\b(?! =|\()/, 'len($1)'),
  },
  { name: 'range left out', aims: 'TypeError', weight: 1.5, apply: swapText(/\bin range\((\w+|len\(\w+\))\)/, 'in $1') },
  { name: 'call left out', aims: 'TypeError', weight: 1.5, apply: swapText(/(\.\w+)\(\)/, '$1') },
  {
    name: 'call of something that cannot be called',
    aims: 'TypeError',
    weight: 1.5,
    apply: swapText(/\b([a-z]\w*)\[([\w"']+)\]/, '$1($2)'),
  },
  {
    name: 'attribute or value called',
    aims: 'TypeError',
    weight: 1.2,
    apply: swapText(/\bself\.(\w+)(?=[\s),:])(?! = )/, 'self.$1()'),
  },
  { name: 'function indexed', aims: 'TypeError', weight: 1, apply: swapText(/\b([a-z_]\w*)\((\w+|["']\w+["'])\)/, '$1[$2]') },
  {
    name: 'built-in name taken',
    aims: 'TypeError',
    weight: 2,
    apply: (tree, random) => {
      const built = [
        'list',
        'str',
        'sum',
        'len',
        'max',
        'min',
        'dict',
        'set',
        'int',
        'print',
        'sorted',
        'range',
        'type',
        'enumerate',
        'zip',
        'round',
      ].filter((name) => tree.code.includes(`${name}(`));
      const own = [
        ...new Set(
          tree.ofType('assignment', 'for_statement').flatMap((node) => {
            const left = childOf(node, 'left');
            return left?.type === 'identifier' ? tree.text(left) : [];
          }),
        ),
      ];
      return built.length === 0 || own.length === 0
        ? undefined
        : tree.code.replaceAll(new RegExp(`(?<![.\\w])${random.pick(own)}\\b`, 'g'), random.pick(built));
    },
  },
  {
    name: 'tuple for list',
    aims: 'TypeError',
    weight: 1.5,
    apply: swap('list', (text) => (text.includes(',') ? `(${text.slice(1, -1)})` : undefined)),
  },
  {
    name: 'list as a key or in a set',
    aims: 'TypeError',
    weight: 1.5,
    apply: swap('tuple', (text) => (text.startsWith('(') ? `[${text.slice(1, -1).replace(/,\s*$/, '')}]` : undefined)),
  },
  {
    name: 'items of mixed types',
    aims: 'TypeError',
    weight: 2,
    apply: swap('list tuple set', (text, node, tree, random) => {
      const items = node.children.filter(({ named }) => named);
      if (items.length < 2) return undefined;
      const item = random.pick(items);
      const fresh = /^-?\d/.test(tree.text(item))
        ? random.pick([`"${tree.text(item)}"`, 'None', '"n/a"'])
        : random.pick(['None', String(random.int(0, 99))]);
      return text.slice(0, item.start - node.start) + fresh + text.slice(item.end - node.start);
    }),
  },
  {
    name: 'value of a pair of another type',
    aims: 'TypeError',
    weight: 2,
    apply: swap('pair', (text, _, __, random) =>
      text.replace(
        /: *([\w.]+|["'][^"'\n]*["'])$/,
        (__whole, value: string) =>
          `: ${/^["']/.test(value) ? random.pick(['None', String(random.int(1, 50))]) : random.pick([`"${value}"`, 'None', '[]'])}`,
      ),
    ),
  },
  {
    name: 'item assigned in a text or tuple',
    aims: 'TypeError',
    weight: 0.8,
    apply: swapText(
      /^(\s*)(\w+) = (["'][\w ]+["']|\([^)\n]*,[^)\n]*\))$/m,
      (match, random) => `${match[0]}\n${match[1]}${match[2]}[0] = ${random.pick(['"X"', '0', '"a"'])}`,
    ),
  },
  {
    name: 'operands of a comparison of another type',
    aims: 'TypeError',
    weight: 1.2,
    apply: swapText(/ (<|>|<=|>=) (\d+)/, ' $1 "$2"'),
  },
  { name: 'brackets of a constructor left out', aims: 'TypeError', weight: 1, apply: swapText(/(?<== )([A-Z]\w+)\(\)/, '$1') },
  {
    name: 'unpacked where it cannot be',
    aims: 'TypeError',
    weight: 0.8,
    apply: swapText(/\bfor (\w+) in (?=\w)/, 'for $1, other in '),
  },
  {
    name: 'items() left out or key of a loop',
    aims: 'TypeError',
    weight: 1,
    apply: swapText(/\.(items|values|keys)\(\)/, (match, random) => random.pick([`.${match[1]}`, '', '.values()', '.keys()'])),
  },
  {
    name: 'join of what is no text',
    aims: 'TypeError',
    weight: 1,
    apply: swapText(/\.join\((?:map\(str, (\w+)\)|str\((\w+)\) for \w+ in (\w+))\)/, (match) => `.join(${match[1] ?? match[3]})`),
  },
  {
    name: 'return left out of a function whose value is used',
    aims: 'TypeError',
    weight: 1.5,
    apply: swapText(/\breturn (?=[\w("'[{])/, (_, random) => random.pick(['', 'print(None) or ', 'result = '])),
  },
  { name: 'return without a value', aims: 'TypeError', weight: 1, apply: swapText(/\breturn [^\n]+$/m, 'return') },
  {
    name: 'index of another type',
    aims: 'TypeError',
    weight: 1.2,
    apply: swapText(
      /\[(\d+|i|j|n|index)\]/,
      (match, random) => `[${random.pick([`"${match[1]}"`, `${match[1]} / 1`, `str(${match[1]})`, '"0"', '1.0'])}]`,
    ),
  },
  { name: 'division for floor division', aims: 'TypeError', weight: 1.2, apply: swapText(/ \/\/ /, ' / ') },
  {
    name: 'abstract or missing super call',
    aims: 'TypeError',
    weight: 0.6,
    apply: swapText(/\bsuper\(\)\.__init__\([^)\n]*\)/, (_, random) =>
      random.pick(['super().__init__()', 'super().__init__(1, 2, 3, 4)', 'super.__init__()']),
    ),
  },
  { name: 'decorator left out', aims: 'TypeError', weight: 1, apply: swapText(/^[ ]*@[\w.]+(\(.*\))?\n/m, '') },
];
