/** Declarations that nothing uses, put before the statement with the hole: with the tempting name and another type, or a tempting type. */
import type ts from 'typescript';
import type { Range, TypeEdit } from '../messages';
import { shuffled } from './names';

const VALUES: Readonly<Record<string, string>> = {
  string: "''", number: '0', boolean: 'false', 'string[]': '[]', 'number[]': '[]', Date: 'new Date(0)', Error: "new Error('')",
};

const NAMES = ['unused', 'spare', 'other', 'extra'];

/** @param temptation what is annotated by the hole, where it has a name and what its type is */
export function distractors(
  file: ts.SourceFile,
  hole: Range,
  temptation: { name: string; site: string | null; type: string },
  taken: (name: string) => boolean,
  random: () => number,
): TypeEdit[] {
  const statement = file.statements.find(({ pos, end }) => pos <= hole.start && hole.end <= end);
  const free = NAMES.find((name) => !taken(name) && !taken(capital(name)));
  if (!statement || free === undefined) return [];
  const at = statement.getStart(file, true);
  const types = shuffled(Object.keys(VALUES).filter((type) => type !== temptation.type), random);
  const made = (name: string, description: string, code: string): TypeEdit => ({
    kind: 'distract', style: null, of: 'several', name, description, changes: [{ start: at, end: at, replacement: code }], names: {},
  });
  const edits: TypeEdit[] = [];
  const { name, site } = temptation;
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
    for (const type of types.slice(0, 2)) {
      const holder = site === 'return' ? `interface ${capital(free)} {\n  ${name}(): ${type};\n}\n\n`
        : site === 'parameter' ? `function ${free}(${name}: ${type}): void {}\n\n` : `interface ${capital(free)} {\n  ${name}: ${type};\n}\n\n`;
      edits.push(made(name, `added an unused declaration with another \`${name}\`, of type ${type}`, holder));
    }
  }
  for (const type of types.slice(2, 4)) edits.push(made(free, `added an unused variable of type ${type}`, `const ${free}: ${type} = ${VALUES[type]};\n\n`));
  return edits;
}

const capital = (name: string) => name[0].toUpperCase() + name.slice(1);
