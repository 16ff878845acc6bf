/** Mutations of names: their spelling, their place, their scope. */
import { ancestor, childOf, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import type { Random } from '../random';
import { indentOf, type Mutation, replaced, slip, swap, swapLine, swapText } from './mutation';

/** Names whose spelling the program does not decide alone. */
const isBare = (node: SyntaxNode) => node.parent?.type !== 'attribute' || node.field === 'object';
const isUse = (node: SyntaxNode) =>
  isBare(node) &&
  node.field !== 'name' &&
  node.field !== 'left' &&
  !/parameter|import|dotted_name|as_pattern_target|pattern_list/.test(node.parent?.type ?? '');

/** Functions' statements, each list with its block. */
export function blocks(tree: SyntaxTree): SyntaxNode[][] {
  return [tree.root, ...tree.ofType('block')].map((block) =>
    block.children.filter(({ named, type }) => named && type !== 'comment'),
  );
}

/** The program without a statement and its line. */
export function without(tree: SyntaxTree, node: SyntaxNode): string {
  const start = tree.lineStart(node.start);
  const end = tree.code.indexOf('\n', node.end);
  return tree.code.slice(0, start) + (end < 0 ? '' : tree.code.slice(end + 1));
}

function deleted(types: string, wanted: (text: string, node: SyntaxNode) => boolean = () => true) {
  const names = new Set(types.split(' '));
  return (tree: SyntaxTree, random: Random): string | undefined => {
    const places = blocks(tree)
      .filter((block) => block.length > 1)
      .flat()
      .filter((node) => {
        const inner = node.type === 'expression_statement' ? node.children[0] : node;
        return names.has(inner?.type ?? '') && wanted(tree.text(node), node);
      });
    return places.length === 0 ? undefined : without(tree, random.pick(places));
  };
}

export const names: readonly Mutation[] = [
  {
    name: 'name misspelt where it is used',
    aims: 'NameError',
    weight: 4,
    apply: swap('identifier', (text, node, _, random) =>
      isUse(node) && text.length > 2 && text !== 'self' ? slip(text, random) : undefined,
    ),
  },
  {
    name: 'name misspelt where it is defined',
    aims: 'NameError',
    weight: 1.5,
    apply: swap('identifier', (text, node, _, random) =>
      node.field === 'left' || (node.field === 'name' && /definition/.test(node.parent!.type)) ? slip(text, random) : undefined,
    ),
  },
  {
    name: 'name in another case',
    aims: 'NameError',
    weight: 0.8,
    apply: swap('identifier', (text, node) =>
      isUse(node) ? (/^[a-z]+$/.test(text) ? text[0].toUpperCase() + text.slice(1) : text.toLowerCase()) : undefined,
    ),
  },
  {
    name: 'built-in or constant of another language',
    aims: 'NameError',
    weight: 1,
    apply: swapText(
      /\b(True|False|None|len|print|str|range|elif|int)\b/,
      ({ 0: text }, random) =>
        ({
          True: 'true',
          False: 'false',
          None: random.pick(['null', 'none', 'nil', 'undefined']),
          len: random.pick(['length', 'size', 'count', 'lenght']),
          print: random.pick(['printf', 'prnt', 'pritn', 'echo', 'println', 'Print']),
          str: random.pick(['string', 'toString', 'String']),
          range: random.pick(['rang', 'Range', 'xrange']),
          int: random.pick(['Int', 'integer', 'parseInt']),
        })[text],
    ),
  },
  {
    name: 'parameter renamed',
    aims: 'NameError',
    weight: 1.2,
    apply: swap('parameters', (text, _, __, random) => {
      const found = text.match(/\b[a-z]\w+(?=[,):= ])/g)?.filter((name) => !['self', 'cls', 'None', 'int', 'str'].includes(name));
      if (!found?.length) return undefined;
      const name = random.pick(found);
      return text.replace(
        new RegExp(`\\b${name}\\b`),
        random.pick([slip(name, random), name[0], `${name}_value`, 'value', 'data']),
      );
    }),
  },
  { name: 'assignment deleted', aims: 'NameError', weight: 2, apply: deleted('assignment', (text) => /^\w+ =/.test(text)) },
  {
    name: 'definition deleted',
    aims: 'NameError',
    weight: 0.7,
    apply: deleted('function_definition class_definition', (text) => text.length < 400),
  },
  { name: 'import deleted', aims: 'NameError', weight: 2, apply: deleted('import_statement import_from_statement') },
  {
    name: 'import of a name changed',
    aims: 'NameError',
    weight: 0.8,
    apply: swapText(/^(from (\w+) import \w+|import (\w+))$/m, (match, random) =>
      match[2] ? `import ${match[2]}` : `from ${match[3]} import ${random.pick(['*', match[3]])}`,
    ),
  },
  {
    name: 'used before it is defined',
    aims: 'NameError',
    weight: 1.5,
    apply: (tree, random) => {
      const top = blocks(tree)[0];
      if (top.length < 3) return undefined;
      const from = random.int(1, top.length - 1);
      const to = random.int(0, from - 1);
      const text = tree.text(top[from]);
      const rest = without(tree, top[from]);
      const at = tree.lineStart(top[to].start);
      return /^(from|import)/.test(text) ? undefined : `${rest.slice(0, at)}${text}\n${rest.slice(at)}`;
    },
  },
  {
    name: 'definition moved to the end',
    aims: 'NameError',
    weight: 1,
    apply: (tree, random) => {
      const places = blocks(tree)[0].filter(({ type }) => /definition|import/.test(type));
      if (places.length === 0) return undefined;
      const node = random.pick(places);
      return `${without(tree, node).trimEnd()}\n\n${tree.text(node)}`;
    },
  },
  {
    name: 'local name used outside',
    aims: 'NameError',
    weight: 1,
    apply: (tree, random) => {
      const locals = tree
        .ofType('assignment')
        .filter((node) => ancestor(node, 'function_definition') && childOf(node, 'left')?.type === 'identifier');
      if (locals.length === 0) return undefined;
      return `${tree.code}\nprint(${tree.text(childOf(random.pick(locals), 'left')!)})`;
    },
  },
  {
    name: 'quotes left out',
    aims: 'NameError',
    weight: 1.2,
    apply: swap('string', (text) => /^(["'])([A-Za-z_]\w*)\1$/.exec(text)?.[2]),
  },
  { name: 'self left out', aims: 'NameError', weight: 1.5, apply: swapText(/\bself\.(\w+)/, '$1') },
  { name: 'self parameter left out', aims: 'NameError', weight: 0.6, apply: swapText(/\(self, (?=\w)/, '(') },
  {
    name: 'f of an f-string on a name that is not there',
    aims: 'NameError',
    weight: 0.7,
    apply: swap('interpolation', (text, _, __, random) => text.replace(/[A-Za-z_]\w+/, (name) => slip(name, random))),
  },
  {
    name: 'loop variable of another loop',
    aims: 'NameError',
    weight: 0.8,
    apply: swapText(
      /\bfor (\w+) in/,
      (match, random) => `for ${random.pick(['i', 'x', 'item', 'line', 'n', 'row', match[1][0]])} in`,
    ),
  },
  { name: 'deleted name', aims: 'NameError', weight: 0.3, apply: swapText(/^(\w+) = [^\n]+$/m, '$&\ndel $1') },
  { name: 'global left out', aims: 'UnboundLocalError', weight: 4, apply: deleted('global_statement nonlocal_statement') },
  {
    name: 'outer name changed in a function',
    aims: 'UnboundLocalError',
    weight: 3,
    apply: (tree, random) => {
      const top = blocks(tree)[0].flatMap((node) =>
        node.type === 'expression_statement' && node.children[0]?.type === 'assignment'
          ? (/^([a-zA-Z_]\w*) =/.exec(tree.text(node))?.[1] ?? [])
          : [],
      );
      const functions = tree.ofType('function_definition');
      if (functions.length === 0) return undefined;
      for (const body of random.shuffle(functions).map((node) => childOf(node, 'body')!)) {
        const used = top.filter((name) => new RegExp(`\\b${name}\\b`).test(tree.text(body)));
        const imports = [...tree.code.matchAll(/^import (\w+)$/gm)]
          .map((match) => match[1])
          .filter((name) => new RegExp(`\\b${name}\\.`).test(tree.text(body)));
        const pool = [...used, ...imports, ...(used.length === 0 ? top : [])];
        if (pool.length === 0) continue;
        const name = random.pick(pool);
        const statements = body.children.filter(({ named }) => named);
        const last = statements.at(-1);
        if (!last) continue;
        const space = ' '.repeat(statements[0].start - tree.lineStart(statements[0].start));
        const line = random.pick([
          `${name} += 1`,
          `${name} = ${name} + 1`,
          `${name} = None`,
          `${name} = []`,
          `${name} -= 1`,
          `print(${name})\n${space}${name} = 0`,
        ]);
        const at =
          last.type === 'return_statement' || random.chance(0.4) ? tree.lineStart(random.pick(statements).start) : last.end;
        return at === last.end
          ? `${tree.code.slice(0, at)}\n${space}${line}${tree.code.slice(at)}`
          : `${tree.code.slice(0, at)}${space}${line}\n${tree.code.slice(at)}`;
      }
      return undefined;
    },
  },
  {
    name: 'local initial value deleted',
    aims: 'UnboundLocalError',
    weight: 4,
    apply: (tree, random) => {
      const places = tree.ofType('assignment').filter((node) => {
        const name = childOf(node, 'left');
        const body = ancestor(node, 'block');
        if (
          name?.type !== 'identifier' ||
          !body ||
          !ancestor(node, 'function_definition') ||
          body.children.filter(({ named }) => named).length < 2
        )
          return false;
        return new RegExp(`\\b${tree.text(name)}\\b *([-+*/|&]=|= )`).test(tree.code.slice(node.end, body.end));
      });
      return places.length === 0 ? undefined : without(tree, random.pick(places));
    },
  },
  {
    name: 'else left out, whose name is used below',
    aims: 'UnboundLocalError',
    weight: 2.5,
    apply: (tree, random) => {
      const places = tree.ofType('else_clause', 'elif_clause').filter((node) => ancestor(node, 'function_definition'));
      if (places.length === 0) return undefined;
      const node = random.pick(places);
      return tree.code.slice(0, tree.lineStart(node.start)) + tree.code.slice(node.end).replace(/^\n/, '');
    },
  },
  {
    name: 'assigned under a condition',
    aims: 'UnboundLocalError',
    weight: 2,
    apply: swapLine((line, lines, at, random) => {
      const space = indentOf(line);
      const [, name] = /^\s+(\w+) = /.exec(line) ?? [];
      return name && space.length >= 4 && lines.slice(at + 1).some((next) => new RegExp(`\\b${name}\\b`).test(next))
        ? `${space}${random.pick(['if False:', 'for _ in []:', 'if 0 > 1:', 'while False:', 'for item in ():', 'if len([]) > 0:'])}\n    ${line}`
        : undefined;
    }),
  },
  {
    name: 'used above its assignment',
    aims: 'UnboundLocalError',
    weight: 2,
    apply: swapLine((line, lines, at) => {
      const [, space, name] = /^(\s{4,})(\w+) = (?!.*\\$)/.exec(line) ?? [];
      return name &&
        !/[([{,]$/.test(line) &&
        /^\s*\S/.test(lines[at + 1] ?? '') &&
        lines[at - 1] !== undefined &&
        !/[,([{]\s*$/.test(lines[at - 1])
        ? `${space}print(${name})\n${line}`
        : undefined;
    }),
  },
  {
    name: 'deleted before it is used',
    aims: 'UnboundLocalError',
    weight: 0.8,
    apply: swapLine((line) => {
      const [, space, name] = /^(\s{4,})(\w+) = [^([{\n]*$/.exec(line) ?? [];
      return name ? `${line}\n${space}del ${name}` : undefined;
    }),
  },
  {
    name: 'name of an except clause used behind it',
    aims: 'UnboundLocalError',
    weight: 0.5,
    apply: swapText(
      /except (\w+) as (\w+):\n(\s+)(.+)\n/,
      (match) => `${match[0]}${match[3].replace(/ {4}$/, '')}print(${match[2]})\n`,
    ),
  },
];

/** Makes one of two calls of a function differ from how it is defined. */
export function calls(tree: SyntaxTree): SyntaxNode[] {
  const own = new Set(tree.ofType('function_definition', 'class_definition').map((node) => tree.text(childOf(node, 'name')!)));
  return tree.ofType('call').filter((node) => {
    const callee = childOf(node, 'function')!;
    const name = callee.type === 'attribute' ? tree.text(childOf(callee, 'attribute')!) : tree.text(callee);
    return own.has(name) && childOf(node, 'arguments')?.type === 'argument_list';
  });
}

export function atCall(make: (args: string[], random: Random, tree: SyntaxTree) => string[] | undefined): Mutation['apply'] {
  return (tree, random) => {
    for (const call of random.sample(calls(tree), 6)) {
      const list = childOf(call, 'arguments')!;
      const args = list.children.filter(({ named, type }) => named && type !== 'comment').map((node) => tree.text(node));
      const made = make(args, random, tree);
      if (made) return replaced(tree, list, `(${made.join(', ')})`);
    }
    return undefined;
  };
}
