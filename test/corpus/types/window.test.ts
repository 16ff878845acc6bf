import { describe, expect, test } from 'vitest';
import { createParser } from '../../../src/snippets/syntax/parse';
import { harvest } from '../../../src/corpus/types/harvest';
import type { TypesPackage, Use } from '../../../src/corpus/types/packages';
import { classHeads, pythonModule } from '../../../src/corpus/types/python-module';
import type { SourceModule, TypeRow } from '../../../src/corpus/types/row';
import { typescriptModule } from '../../../src/corpus/types/typescript-module';
import { ownFiles, programOf } from '../../../src/snippets/judge/program';
import { windowOf } from '../../../src/corpus/types/window';
import { Random } from '../../../src/corpus/random';

const SHAPES = `/** Shapes of things. */
export interface Shape {
  sides: number;
}
export class Registry<T extends Shape> {
  private kept: Map<string, T> = new Map();
  add(name: string, shape: T): void {
    // one of each name
    this.kept.set(name, shape);
  }
}
`;
const USE = `import { Registry, Shape as Form } from './shapes.js';
import type { Gone } from 'elsewhere';

export function count(forms: Form[], most: number = 3, since: Date): number {
  let total: number = 0;
  for (const form of forms) total += form.sides;
  return Math.min(total, most) + since.getTime();
}
export function keep(registry: Registry<Form>, gone: Gone, form: Form | null) {
  return registry;
}
`;
const PYTHON = `from pathlib import Path
from .shapes import Shape


class Registry:
    """Keeps shapes."""

    limit: int = 3

    def add(self, name: str, shape: Shape, *, at: Path = None) -> "Registry":
        """Adds one."""
        self.last: list[str] = [name]
        return self


def open_all(paths: list[Path], registry: Registry) -> None:
    for path in paths:  # each
        registry.add(path.name, None)
`;

const files = new Map([['src/shapes.ts', SHAPES], ['src/use.ts', USE]]);
function typescriptModules(): SourceModule[] {
  const program = programOf(files);
  return ownFiles(program).map((file) => typescriptModule(file, program.getTypeChecker()));
}
async function pythonOne(): Promise<SourceModule> {
  const tree = (await createParser()).parse(PYTHON);
  return pythonModule('shapes.py', tree, classHeads([tree]), new Set(['pathlib']));
}
const listed = (module: SourceModule) => module.sites.map(({ name, site, kind, start, end }) => [name, site, kind, module.text.slice(start, end)].join(' '));

describe('annotations', () => {
  test('of TypeScript, with what the checker says that they name', () => {
    const [shapes, use] = typescriptModules();
    expect(listed(shapes)).toEqual([
      'sides property keyword number', 'kept property compound Map<string, T>', 'name parameter keyword string', 'shape parameter named T', 'add return keyword void',
    ]);
    expect(listed(use)).toEqual([
      'forms parameter compound Form[]', 'most parameter keyword number', 'since parameter library Date', 'count return keyword number', 'total variable keyword number',
      'registry parameter compound Registry<Form>', 'gone parameter named Gone', 'form parameter compound Form | null',
    ]);
    expect(use.sites[0].uses).toEqual(['Form']);
    expect(use.declarations.get('Registry')!.head).toBe('class Registry<T extends Shape> {\n  private kept: Map<string, T>;\n  add(name: string, shape: T): void;\n}');
    // Under another name than its own a declaration would mislead.
    expect(use.declarations.get('Form')).toEqual({ head: '', importLine: "import type { Form } from './shapes';", parameter: false });
    expect(shapes.declarations.get('T')!).toMatchObject({ head: 'class Registry<T extends Shape> {', parameter: true });
  });

  test('of Python, with what its imports say', async () => {
    const module = await pythonOne();
    expect(listed(module)).toEqual([
      'limit property keyword int', 'name parameter keyword str', 'shape parameter named Shape', 'at parameter library Path', 'add return compound "Registry"',
      'last property compound list[str]', 'paths parameter compound list[Path]', 'registry parameter named Registry', 'open_all return keyword None',
    ]);
    expect(module.declarations.get('Registry')!.head).toBe(
      'class Registry:\n    limit: int = 3\n    def add(self, name: str, shape: Shape, *, at: Path = None) -> "Registry": ...',
    );
  });
});

describe('windows', () => {
  const asItIs = { size: 2000, keep: 1, comments: true, rename: false };

  test('are the file byte by byte where nothing is changed and nothing is lacking', () => {
    const [, use] = typescriptModules();
    const { prefix, suffix, type, kind } = windowOf(use, use.sites[1], asItIs, new Random(1));
    expect([type, kind]).toEqual(['number', 'keyword']);
    expect(USE).toContain(prefix.replace(/^(?:import type \{ \w+ \} from '\.\/\w+';\n|class Registry[^]*?\n\}\n)+\n/, '') + type + suffix);
    expect(prefix.endsWith('most: ')).toBe(true);
  });

  test('get the head of a type that is declared elsewhere, and say of one that nobody declares that it is outside', () => {
    const [shapes] = typescriptModules();
    const small = { ...asItIs, size: 60 };
    const shape = shapes.sites.find(({ name }) => name === 'shape')!;
    const { prefix, kind } = windowOf(shapes, shape, small, new Random(2));
    expect(prefix).toContain('class Registry<T extends Shape> {\n\n  add(name: string, shape: ');
    expect(kind).toBe('declared');
  });

  test('lose other annotations and comments, and no other text', async () => {
    const [, use] = typescriptModules();
    const bare = windowOf(use, use.sites[0], { size: 2000, keep: 0, comments: false, rename: false }, new Random(3));
    expect(bare.prefix + bare.suffix).toContain('count(forms: , most = 3, since) {\n  let total = 0;');
    expect(bare.prefix + bare.suffix).toContain('keep(registry, gone, form) {');
    const module = await pythonOne();
    const python = windowOf(module, module.sites[1], { size: 2000, keep: 0, comments: false, rename: false }, new Random(3));
    expect(python.prefix + python.suffix).toContain('def add(self, name: , shape, *, at = None):\n        self.last = [name]');
    expect(python.prefix + python.suffix).not.toMatch(/Keeps|Adds|each/);
  });

  test('name the user’s types anew everywhere alike, and leave the library’s', async () => {
    const [, use] = typescriptModules();
    const site = use.sites.find(({ name }) => name === 'registry')!;
    const { prefix, suffix, type } = windowOf(use, site, { ...asItIs, rename: true }, new Random(4));
    const [, registry, form] = /^(\w+)<(\w+)>$/.exec(type)!;
    const text = prefix + suffix;
    expect(text).not.toMatch(/\bRegistry\b|\bForm\b/);
    expect(text).toMatch(new RegExp(`forms: ${form}\\[\\]`));
    expect(text).toContain('since: Date');
    expect(text).toMatch(new RegExp(`import \\{ ${registry}, Shape as ${form} \\}`));
    expect(text).toContain(`form: ${form} | null`);
  });
});

describe('harvest', () => {
  const source = (use: Use): TypesPackage => ({ name: 'shapes', version: '1.0.0', licence: 'MIT', use, language: 'typescript', files: () => files });
  const rowsOf = async (use: Use, seed: number) => {
    const rows: TypeRow[] = [];
    for await (const unit of harvest(source(use), { seed, most: 100, copies: 2 })) rows.push(...unit.rows);
    return rows;
  };

  test('gives each annotation its windows, the same ones for the same seed', async () => {
    const rows = await rowsOf('training', 1);
    // Nine are compound or of a type that is frequent.
    expect(rows).toHaveLength(9 * 2 + 4 * 4);
    expect(await rowsOf('training', 1)).toEqual(rows);
    expect(await rowsOf('training', 2)).not.toEqual(rows);
    const measured = await rowsOf('validation', 1);
    expect(measured).toHaveLength(13);
    // What is only measured is named as it is.
    for (const { type, file, start } of measured) expect(files.get(file!)!.startsWith(type, start)).toBe(true);
    expect(measured.find(({ name }) => name === 'gone')).toMatchObject({ type: 'Gone', kind: 'declared', package: 'shapes', licence: 'MIT' });
  });
});
