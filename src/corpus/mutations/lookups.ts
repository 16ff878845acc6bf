/** Mutations of lookups: attributes, positions, keys. */
import { type Mutation, slip, swap, swapLine, swapText } from './mutation';

const WRONG_METHODS: Readonly<Record<string, readonly string[]>> = {
  append: ['add', 'push', 'push_back', 'apend', 'appendleft', 'insertLast'],
  add: ['append', 'insert', 'push'],
  items: ['iteritems', 'entries', 'pairs', 'item'],
  keys: ['key', 'getkeys', 'iterkeys'],
  values: ['value', 'itervalues'],
  get: ['getitem', 'fetch', 'find'],
  upper: ['toUpperCase', 'uppercase', 'to_upper'],
  lower: ['toLowerCase', 'lowercase'],
  strip: ['trim', 'stripp'],
  split: ['explode', 'tokenize', 'spilt'],
  join: ['concat', 'joins'],
  replace: ['replaceAll', 'sub'],
  startswith: ['startsWith', 'starts_with', 'beginswith'],
  endswith: ['endsWith', 'ends_with'],
  format: ['fmt', 'formats'],
  sort: ['sorted', 'order'],
  extend: ['concat', 'append_all', 'merge'],
  pop: ['popleft', 'remove_last', 'shift'],
  remove: ['delete', 'discard', 'erase'],
  count: ['length', 'size', 'counts'],
  index: ['indexOf', 'find', 'search'],
  find: ['indexOf', 'search'],
  update: ['merge', 'add', 'updates'],
  read: ['readall', 'reads'],
  isdigit: ['isDigit', 'is_digit', 'isnumber'],
  sqrt: ['squareroot', 'root', 'sqr'],
  copy: ['clone', 'duplicate'],
  popleft: ['pop_left', 'shift', 'pop_front'],
};

/** Mistakes in looking something up: attributes, positions and keys. */
export const lookups: readonly Mutation[] = [
  {
    name: 'attribute misspelt',
    aims: 'AttributeError',
    weight: 3,
    apply: swap('identifier', (text, node, _, random) =>
      node.field === 'attribute' && text.length > 2 ? slip(text, random) : undefined,
    ),
  },
  {
    name: 'method that the type lacks',
    aims: 'AttributeError',
    weight: 3,
    apply: swap('identifier', (text, node, _, random) =>
      node.field === 'attribute' && WRONG_METHODS[text] ? random.pick(WRONG_METHODS[text]) : undefined,
    ),
  },
  {
    name: 'result of a method that gives None',
    aims: 'AttributeError',
    weight: 2,
    apply: swapLine((line) => {
      const [, space, name] =
        /^(\s*)([a-z_]\w*)\.(?:append|sort|extend|reverse|update|add|remove|insert|clear)\(.*\)$/.exec(line) ?? [];
      return name && name !== 'self' ? `${space}${name} = ${line.trimStart()}` : undefined;
    }),
  },
  { name: 'sorted for sort', aims: 'AttributeError', weight: 0.8, apply: swapText(/\bsorted\((\w+)\)/, '$1.sort()') },
  { name: 'return left out', aims: 'AttributeError', weight: 2, apply: swapText(/\breturn (?=[\w("'[{])/, '') },
  {
    name: 'return of self left out',
    aims: 'AttributeError',
    weight: 0.6,
    apply: swapText(/\breturn self$/m, (_, random) => random.pick(['pass', 'return', 'return None'])),
  },
  {
    name: 'assignment to self misspelt',
    aims: 'AttributeError',
    weight: 2,
    apply: swapText(/\bself\.(\w+) =/, (match, random) => `self.${slip(match[1], random)} =`),
  },
  {
    name: 'self left out of an assignment',
    aims: 'AttributeError',
    weight: 1.5,
    apply: swapText(/^(\s+)self\.(\w+) = /m, '$1$2 = '),
  },
  {
    name: 'assignment to self deleted',
    aims: 'AttributeError',
    weight: 2,
    apply: swapLine((line, lines, at) =>
      /^\s+self\.\w+ = .*[^([{,]$/.test(line) && /^\s+(self\.|return|print)/.test((lines[at + 1] ?? '') + (lines[at - 1] ?? ''))
        ? ''
        : undefined,
    ),
  },
  {
    name: 'constructor misspelt',
    aims: 'AttributeError',
    weight: 1,
    apply: swapText(/\b__init__\b/, (_, random) =>
      random.pick(['_init_', '__int__', '__init_', 'init', '__innit__', '_init__', '__intit__']),
    ),
  },
  { name: 'key as an attribute', aims: 'AttributeError', weight: 1.5, apply: swapText(/\[(["'])([a-z_]\w*)\1\]/, '.$2') },
  {
    name: 'function of a module misspelt',
    aims: 'AttributeError',
    weight: 1.5,
    apply: (tree, random) => {
      const modules = [...tree.code.matchAll(/^import (\w+)/gm)].map((match) => match[1]);
      return modules.length === 0
        ? undefined
        : swapText(
            new RegExp(`\\b(${modules.join('|')})\\.(\\w+)`),
            (match, r) =>
              `${match[1]}.${r.pick([slip(match[2], r), slip(match[2], r), `${match[2]}_all`, `get_${match[2]}`, match[2].toUpperCase()])}`,
          )(tree, random);
    },
  },
  {
    name: 'call of the wrong object',
    aims: 'AttributeError',
    weight: 1,
    apply: swap('identifier', (text, node, tree, random) => {
      if (node.field !== 'object') return undefined;
      const others = tree
        .ofType('identifier')
        .filter((other) => other.field === 'left')
        .map((other) => tree.text(other))
        .filter((name) => name !== text);
      return others.length === 0 ? undefined : random.pick(others);
    }),
  },
  {
    name: 'None for a value whose attribute is read',
    aims: 'AttributeError',
    weight: 1.5,
    apply: swapText(/^(\s*)(\w+) = (\w[\w.]*\(.*\)|\[.*\]|\{.*\}|["'].*["'])$/m, '$1$2 = None'),
  },
  {
    name: 'initial None never replaced',
    aims: 'AttributeError',
    weight: 1,
    apply: swapText(/^(\s+self\.\w+) = (?!None)[^\n([{]+$/m, '$1 = None'),
  },
  {
    name: 'length of another language',
    aims: 'AttributeError',
    weight: 1,
    apply: swapText(
      /\blen\((\w+)\)/,
      (match, random) => `${match[1]}.${random.pick(['length', 'size()', 'length()', 'len()', 'count', 'Length'])}`,
    ),
  },
  { name: 'class for an instance', aims: 'AttributeError', weight: 0.8, apply: swapText(/^(\s*\w+ = [A-Z]\w+)\(.*\)$/m, '$1') },
  { name: 'list for the objects in it', aims: 'AttributeError', weight: 0.7, apply: swapText(/\[(\w+|\d+)\]\.(\w+)/, '.$2') },
  {
    name: 'index one beyond',
    aims: 'IndexError',
    weight: 2.5,
    apply: swapText(/\[(\w+)\]/, (match, random) =>
      /^\d+$/.test(match[1])
        ? `[${Number(match[1]) + random.pick([1, 2, 3, 5, 10])}]`
        : /^[a-z]\w*$/.test(match[1])
          ? `[${match[1]} ${random.pick(['+ 1', '+ 1', '+ 2', '* 2'])}]`
          : undefined,
    ),
  },
  {
    name: 'negative index beyond',
    aims: 'IndexError',
    weight: 1,
    apply: swapText(/\[-?(\d)\]/, (match, random) => `[-${Number(match[1]) + random.int(3, 9)}]`),
  },
  {
    name: 'length as an index',
    aims: 'IndexError',
    weight: 1.5,
    apply: swapText(/(\w+)\[-1\]|len\((\w+)\) - 1/, (match) => (match[1] ? `${match[1]}[len(${match[1]})]` : `len(${match[2]})`)),
  },
  {
    name: 'range one too far',
    aims: 'IndexError',
    weight: 2.5,
    apply: swapText(
      /\brange\((\d+, )?(len\(\w+\)|\w+)( [-+] 1)?\)/,
      (match, random) =>
        `range(${match[1] ?? ''}${match[2]}${match[3] === ' - 1' ? '' : random.pick([' + 1', ' + 1', ' + 2', ' * 2'])})`,
    ),
  },
  {
    name: 'comparison one too far',
    aims: 'IndexError',
    weight: 1.5,
    apply: swapText(
      / (<|>|<=|>=) (len\(\w+\)|\w+)/,
      (match) => ` ${{ '<': '<=', '>': '>=', '<=': '<', '>=': '>' }[match[1]]} ${match[2]}`,
    ),
  },
  { name: 'empty list', aims: 'IndexError', weight: 2.5, apply: swap('list', (text) => (text.length > 4 ? '[]' : undefined)) },
  {
    name: 'items of a list left out',
    aims: 'IndexError',
    weight: 1.5,
    apply: swap('list', (_, node, tree, random) => {
      const items = node.children.filter(({ named }) => named);
      return items.length > 1
        ? `[${items
            .slice(0, random.int(1, items.length - 1))
            .map((item) => tree.text(item))
            .join(', ')}]`
        : undefined;
    }),
  },
  {
    name: 'empty text',
    aims: 'IndexError',
    weight: 1.2,
    apply: swap('string', (text) => (/^["'].{2,}["']$/.test(text) ? '""' : undefined)),
  },
  {
    name: 'split at another sign',
    aims: 'IndexError',
    weight: 1.5,
    apply: swapText(
      /\.split\([^)\n]*\)/,
      (_, random) => `.split(${random.pick(['","', '";"', '":"', '"|"', '" - "', '"\\t"', '"/"', '"="'])})`,
    ),
  },
  {
    name: 'pop from nothing',
    aims: 'IndexError',
    weight: 1,
    apply: swapText(/^(\s*)(\w+)\.pop\(\)$/m, '$1$2.clear()\n$1$2.pop()'),
  },
  {
    name: 'check for emptiness left out',
    aims: 'IndexError',
    weight: 1.5,
    apply: swapLine((line) => {
      const [, space] = /^(\s*)if (not \w+|len\(\w+\) == 0|\w+ is None|\w+ not in \w+)\s*:$/.exec(line) ?? [];
      return space === undefined ? undefined : `${space}if False:`;
    }),
  },
  {
    name: 'key misspelt where it is looked up',
    aims: 'KeyError',
    weight: 3,
    apply: swapText(
      /\[(["'])(\w[\w -]*)\1\](?! = )/,
      (match, random) =>
        `[${match[1]}${/^\w+$/.test(match[2]) ? random.pick([slip(match[2], random), match[2].toLowerCase() === match[2] ? match[2][0].toUpperCase() + match[2].slice(1) : match[2].toLowerCase()]) : `${match[2]}s`}${match[1]}]`,
    ),
  },
  {
    name: 'key misspelt where it is defined',
    aims: 'KeyError',
    weight: 2.5,
    apply: swap('pair', (text, _, __, random) =>
      text.replace(/^(["'])(\w+)\1/, (__whole, quote: string, key: string) => `${quote}${slip(key, random)}${quote}`),
    ),
  },
  {
    name: 'pair left out',
    aims: 'KeyError',
    weight: 2.5,
    apply: swap('dictionary', (_, node, tree, random) => {
      const pairs = node.children.filter(({ type }) => type === 'pair');
      if (pairs.length < 2) return undefined;
      const left = random.pick(pairs);
      return `{${pairs
        .filter((pair) => pair !== left)
        .map((pair) => tree.text(pair))
        .join(', ')}}`;
    }),
  },
  {
    name: 'lookup without a default',
    aims: 'KeyError',
    weight: 3,
    apply: swapText(/\.get\(([^(),\n]+)(?:, [^(),\n]+)?\)/, '[$1]'),
  },
  {
    name: 'dict without a default',
    aims: 'KeyError',
    weight: 2.5,
    apply: swapText(/\b(?:collections\.)?(?:defaultdict\([\w: ]*\)|Counter\(\))/, '{}'),
  },
  {
    name: 'key of another type',
    aims: 'KeyError',
    weight: 1.5,
    apply: swapText(/\[(\d+|["']\d+["'])\]/, (match) =>
      /^\d/.test(match[1]) ? `["${match[1]}"]` : `[${match[1].slice(1, -1)}]`,
    ),
  },
  {
    name: 'check for a key left out',
    aims: 'KeyError',
    weight: 2.5,
    apply: swapText(/\bif \w+ (not )?in \w+:/, (match) => (match[1] ? 'if False:' : 'if True:')),
  },
  {
    name: 'empty dict',
    aims: 'KeyError',
    weight: 1.5,
    apply: swap('dictionary', (text) => (text.length > 4 ? '{}' : undefined)),
  },
  {
    name: 'pop of a missing key',
    aims: 'KeyError',
    weight: 1,
    apply: swapText(/\.pop\((["'])(\w+)\1(, \w+)?\)/, (match, random) => `.pop(${match[1]}${slip(match[2], random)}${match[1]})`),
  },
  { name: 'attribute as a key', aims: 'KeyError', weight: 0.3, apply: swapText(/(\w+)\.(\w+)(?![\w(])/, '$1["$2"]') },
  {
    name: 'placeholder of a format that is not given',
    aims: 'KeyError',
    weight: 1,
    apply: swapText(/\.format\((\w+)=/, (match, random) => `.format(${slip(match[1], random)}=`),
  },
  {
    name: 'item removed that is not there',
    aims: 'ValueError',
    weight: 1,
    apply: swapText(
      /\.(remove|index)\((["'])(\w+)\2\)/,
      (match, random) => `.${match[1]}(${match[2]}${slip(match[3], random)}${match[2]})`,
    ),
  },
];
