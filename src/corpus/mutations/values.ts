/** Mutations of values. */
import { inserted, type Mutation, swap, swapText } from './mutation';
import { atCall } from './names';

/** Mistakes about values: wrong numbers and texts, another number of parts, division by nothing. */
export const values: readonly Mutation[] = [
  {
    name: 'text that is no number',
    aims: 'ValueError',
    weight: 3,
    apply: swapText(
      /\b(int|float)\((["'][\d.]+["']|[\w.[\]]+)\)/,
      (match, random) =>
        `${match[1]}(${random.pick(['"12a"', '"abc"', '""', '"3.5"', '"ten"', '"1,200"', '"n/a"', '"4 5"', '"$5"', `"${random.int(1, 99)}%"`])})`,
    ),
  },
  {
    name: 'digits of a text replaced',
    aims: 'ValueError',
    weight: 2.5,
    apply: swap('string', (text, _, __, random) =>
      /\d/.test(text) ? text.replace(/\d+(\.\d+)?/, random.pick(['x', 'n/a', 'ten', '', '-', '1O', '?'])) : undefined,
    ),
  },
  {
    name: 'one name too many',
    aims: 'ValueError',
    weight: 3,
    apply: swapText(/^(\s*\w+), (\w+) = /m, (match, random) =>
      random.pick([`${match[1]}, ${match[2]}, rest = `, `${match[1]}, _, ${match[2]} = `]),
    ),
  },
  { name: 'one name too few', aims: 'ValueError', weight: 2, apply: swapText(/^(\s*\w+), (\w+), (\w+) = /m, '$1, $2 = ') },
  {
    name: 'one loop variable too many',
    aims: 'ValueError',
    weight: 2,
    apply: swapText(
      /\bfor (\w+), (\w+) in/,
      (match, random) => `for ${match[1]}, ${match[2]}, ${random.pick(['extra', 'rest', '_', 'flag'])} in`,
    ),
  },
  {
    name: 'row of another length',
    aims: 'ValueError',
    weight: 2,
    apply: swap('tuple', (text, node, tree, random) => {
      const items = node.children.filter(({ named }) => named).map((item) => tree.text(item));
      return items.length > 1 && text.startsWith('(')
        ? `(${(random.chance(0.5) ? items.slice(1) : [...items, items[0]]).join(', ')},)`
        : undefined;
    }),
  },
  {
    name: 'split into another number of parts',
    aims: 'ValueError',
    weight: 2,
    apply: swapText(
      /\.split\([^)\n]*\)/,
      (_, random) => `.split(${random.pick(['","', '";"', '""', '":"', '", "', '"|"', '"-"'])})`,
    ),
  },
  {
    name: 'value that is refused',
    aims: 'ValueError',
    weight: 3,
    apply: atCall((args, random) => {
      const numbers = args.flatMap((arg, i) => (/^-?\d+(\.\d+)?$/.test(arg) ? [i] : []));
      if (numbers.length === 0) return undefined;
      const at = random.pick(numbers);
      return args.map((arg, i) => (i === at ? random.pick([`-${arg.replace('-', '')}`, '0', `${arg}00`, '-1', '999']) : arg));
    }),
  },
  {
    name: 'text that is refused',
    aims: 'ValueError',
    weight: 2,
    apply: atCall((args, random) => {
      const texts = args.flatMap((arg, i) => (/^["']/.test(arg) ? [i] : []));
      if (texts.length === 0) return undefined;
      const at = random.pick(texts);
      return args.map((arg, i) =>
        i === at ? random.pick(['""', '"unknown"', '"???"', arg.slice(0, -1) + 'x' + arg.at(-1), '"N/A"']) : arg,
      );
    }),
  },
  {
    name: 'raise of another error',
    aims: 'ValueError',
    weight: 1,
    apply: swapText(
      /\braise (\w+)\(/,
      (_, random) =>
        `raise ${random.pick(['ValueError', 'TypeError', 'KeyError', 'IndexError', 'AttributeError', 'ZeroDivisionError', 'FileNotFoundError', 'StopIteration', 'AssertionError', 'ImportError', 'NameError'])}(`,
    ),
  },
  {
    name: 'check turned round',
    aims: 'ValueError',
    weight: 2.5,
    apply: swapText(/\bif (not )?(\w[^:\n]*):(?=\n\s+raise)/, (match) =>
      match[1] ? `if ${match[2]}:` : `if not (${match[2]}):`,
    ),
  },
  {
    name: 'except clause of another error',
    aims: 'ValueError',
    weight: 2.5,
    apply: swapText(
      /\bexcept (\w+|\([\w, ]+\))/,
      (_, random) =>
        `except ${random.pick(['KeyError', 'TypeError', 'IndexError', 'ValueError', 'AttributeError', 'ZeroDivisionError', 'NameError', 'OSError', 'LookupError'])}`,
    ),
  },
  {
    name: 'error raised again',
    aims: 'ValueError',
    weight: 1.5,
    apply: swapText(/\bexcept ([^\n]+):\n(\s+)/, (match) => `except ${match[1]}:\n${match[2]}raise\n${match[2]}`),
  },
  {
    name: 'negative number into a root or log',
    aims: 'ValueError',
    weight: 1,
    apply: swapText(/\bmath\.(sqrt|log|log10|factorial)\(/, (match) => `math.${match[1]}(-1 * `),
  },
  {
    name: 'date or number format',
    aims: 'ValueError',
    weight: 1.5,
    apply: swapText(/%[YmdHMS]/, (_, random) => random.pick(['%y', '%b', '%B', '%d', '%H', '%j'])),
  },
  {
    name: 'step of zero',
    aims: 'ValueError',
    weight: 0.5,
    apply: swapText(/\brange\((\w+), (\w+)(, \w+)?\)/, 'range($1, $2, 0)'),
  },
  {
    name: 'largest of nothing',
    aims: 'ValueError',
    weight: 1.5,
    apply: swapText(/\b(max|min)\((\w+)\)/, '$1([x for x in $2 if x is None])'),
  },
  {
    name: 'empty list for a maximum',
    aims: 'ValueError',
    weight: 0.8,
    apply: swap('list', (text) => (text.length > 4 ? '[]' : undefined)),
  },
  {
    name: 'zero for a number',
    aims: 'ZeroDivisionError',
    weight: 2,
    apply: swap('integer float', (text) => (Number(text) !== 0 ? '0' : undefined)),
  },
  {
    name: 'zero for a number that is divided by',
    aims: 'ZeroDivisionError',
    weight: 3,
    apply: swapText(
      / (\/|\/\/|%) (\w+)/,
      (match, random) => ` ${match[1]} ${random.pick(['0', `(${match[2]} - ${match[2]})`, `len([])`])}`,
    ),
  },
  {
    name: 'zero for what is divided by',
    aims: 'ZeroDivisionError',
    weight: 4,
    apply: (tree, random) => {
      const names = [...tree.code.matchAll(/ (?:\/|\/\/|%) (?:len\()?([a-z_]\w*)/g)].map((match) => match[1]);
      if (names.length === 0) return undefined;
      const name = random.pick(names);
      return swapText(
        new RegExp(`\\b${name} = (?!=)([^\\n]+)$`, 'm'),
        (match, r) => `${name} = ${/^\[/.test(match[1]) ? '[]' : /^\{/.test(match[1]) ? '{}' : r.pick(['0', '0', '0.0', '[]'])}`,
      )(tree, random);
    },
  },
  {
    name: 'argument of zero',
    aims: 'ZeroDivisionError',
    weight: 3,
    apply: atCall((args, random) => {
      const numbers = args.flatMap((arg, i) => (/^-?\d|^\[|^[a-z]\w*$/.test(arg) ? [i] : []));
      if (numbers.length === 0) return undefined;
      const at = random.pick(numbers);
      return args.map((arg, i) => (i === at ? (/^\[/.test(arg) ? '[]' : '0') : arg));
    }),
  },
  {
    name: 'check for zero left out',
    aims: 'ZeroDivisionError',
    weight: 2,
    apply: swapText(/\bif (not \w+|\w+ == 0|len\(\w+\) == 0|\w+ <= 0):/, 'if False:'),
  },
  {
    name: 'empty data',
    aims: 'ZeroDivisionError',
    weight: 2,
    apply: (tree, random) =>
      /\/|%/.test(tree.code)
        ? swap('list dictionary', (text) => (text.length > 4 ? (text.startsWith('[') ? '[]' : '{}') : undefined))(tree, random)
        : undefined,
  },
  {
    name: 'operator for division',
    aims: 'ZeroDivisionError',
    weight: 0.8,
    apply: swapText(/ ([-+*]) (\w+)/, (match, random) => ` ${random.pick(['/', '//', '%'])} ${match[2]}`),
  },
  {
    name: 'average that divides by a count',
    aims: 'ZeroDivisionError',
    weight: 1.5,
    apply: inserted((random) => {
      const [items, total] = [random.pick(['scores', 'totals', 'samples', 'entries', 'ratings', 'durations']), random.int(0, 90)];
      return random.pick([
        `${items} = []\naverage = sum(${items}) / len(${items})`,
        `count = 0\nprint(${total} / count)`,
        `remaining = ${total}\nshare = remaining // (${total} - remaining)`,
        `rate = ${total} % 0`,
      ]);
    }),
  },
];
