/** Declarations that nothing uses, put before the statement with the hole: with the tempting name and another type, or a tempting type. */
import type { Range, TypeEdit } from '../judge/messages';
import { shuffled } from '../judge/edits/names';
import type { SyntaxTree } from '../syntax/syntax';

const VALUES: Readonly<Record<string, string>> = {
  str: "''", int: '0', bool: 'False', float: '0.0', bytes: "b''", 'list[str]': '[]', 'dict[str, int]': '{}',
};
const NAMES = ['unused', 'spare', 'other', 'extra'];

/** @param temptation what is annotated by the hole, and what its type is */
export function distractors(
  tree: SyntaxTree, hole: Range, temptation: { name: string; site: string; type: string },
  taken: (name: string) => boolean, random: () => number,
): TypeEdit[] {
  const statement = tree.root.children.find(({ start, end }) => start <= hole.start && hole.end <= end);
  const capital = (name: string) => name[0].toUpperCase() + name.slice(1);
  const free = NAMES.find((name) => !taken(name) && !taken(capital(name)));
  if (!statement || free === undefined || tree.lineStart(statement.start) !== statement.start) return [];
  const end = /\r\n/.test(tree.code) ? '\r\n' : '\n';
  const made = (name: string, description: string, lines: readonly string[]): TypeEdit => ({
    kind: 'distract', style: null, of: 'several', name, description, names: {},
    changes: [{ start: statement.start, end: statement.start, replacement: [...lines, '', ''].join(end) }],
  });
  const types = shuffled(Object.keys(VALUES).filter((type) => type !== temptation.type), random);
  const { name, site } = temptation;
  const holder = (type: string) => {
    if (site === 'return') return [`class ${capital(free)}:`, `    def ${name}(self) -> ${type}:`, `        return ${VALUES[type]}`, ''];
    if (site === 'parameter') return [`def ${free}(${name}: ${type}) -> None:`, '    pass', ''];
    return [`class ${capital(free)}:`, `    ${name}: ${type} = ${VALUES[type]}`, ''];
  };
  return [
    ...types.slice(0, 2).map((type) => made(name, `added an unused declaration with another \`${name}\`, of type ${type}`, holder(type))),
    ...types.slice(2, 4).map((type) => made(free, `added an unused variable of type ${type}`, [`${free}: ${type} = ${VALUES[type]}`])),
  ];
}
