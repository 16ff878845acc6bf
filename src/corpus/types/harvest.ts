/** Harvesting: the windows of one package, some for each of its annotations, and what its functions are told apart by. */
import ts from 'typescript';
import { createParser } from '../../snippets/syntax/parse';
import { Random } from '../random';
import { libraryModules } from '../packages/library-modules';
import { gramsOf } from './near-duplicates';
import type { TypesPackage } from './packages';
import { classHeads, pythonModule } from './python-module';
import type { SourceModule, TypeRow } from './row';
import { typescriptModule } from './typescript-module';
import { ownFiles, programOf } from '../../snippets/judge/program';
import { asItIs, drawManner, windowOf } from './window';

/** A function or declaration with the windows around its annotations. */
export interface Unit {
  grams: number[];
  rows: TypeRow[];
}

export interface HarvestOptions {
  seed: number | string;
  /** Annotations at most, drawn at random, so that no package is most of the data. */
  most: number;
  /** Windows of each annotation that are trained on; twice as many where it is one name, but for the most frequent. */
  copies: number;
}

/** The modules of a package; what does not parse is left out. */
export async function* modulesOf(source: Pick<TypesPackage, 'language' | 'files'>): AsyncGenerator<SourceModule> {
  const files = source.files();
  if (source.language === 'typescript') {
    const program = programOf(files);
    const checker = program.getTypeChecker();
    for (const file of ownFiles(program)) {
      if (program.getSyntacticDiagnostics(file).length === 0) yield typescriptModule(file, checker);
    }
    return;
  }
  const parser = await createParser();
  const library = libraryModules();
  // What nowhere says what it returns has no annotations to speak of, and large packages of such files would not fit into memory.
  const typed = [...files].filter(([, text]) => text.includes(') -> '));
  const trees = typed.map(([name, text]) => ({ name, tree: parser.parse(text) })).filter(({ tree }) => tree.errorCount === 0);
  const heads = classHeads(trees.map(({ tree }) => tree));
  for (const { name, tree } of trees) yield pythonModule(name, tree, heads, library);
}

/** The units of a package, in the order of its files; the same seed gives the same ones. */
export async function* harvest(source: TypesPackage, { seed, most, copies }: HarvestOptions): AsyncGenerator<Unit> {
  const modules: SourceModule[] = [];
  for await (const module of modulesOf(source)) if (module.sites.length > 0) modules.push(module);
  const count = modules.reduce((sum, { sites }) => sum + sites.length, 0);
  const chance = Math.min(1, most / count);
  const training = source.use === 'training';
  for (const module of modules) {
    const units = new Map<string, Unit>();
    for (const site of module.sites) {
      const id = `${source.name}/${module.file}:${site.start}`;
      const random = new Random(`${seed}/${id}`);
      if (!random.chance(chance)) continue;
      const key = `${site.unit.start}-${site.unit.end}`;
      let unit = units.get(key);
      if (!unit) units.set(key, (unit = { grams: gramsOf(module.text.slice(site.unit.start, site.unit.end)), rows: [] }));
      const plenty = site.kind === 'compound' || PLENTY.has(module.text.slice(site.start, site.end));
      const windows = training ? copies * (plenty ? 1 : 2) : 1;
      for (let copy = 0; copy < windows; copy++) {
        const window = windowOf(module, site, training ? drawManner(random) : asItIs(random), random);
        unit.rows.push({
          id: copy === 0 ? id : `${id}#${copy}`, language: module.language, ...window, site: site.site, name: site.name,
          package: source.name, version: source.version, licence: source.licence, file: module.file, start: site.start,
        });
      }
    }
    yield* units.values();
  }
}

/** Types of which there are more than the balance of targets has room for. */
const PLENTY: ReadonlySet<string> = new Set(['string', 'number', 'any', 'str', 'int', 'None', 'Any']);

/** The compiler that a harvest was made with. */
export const COMPILER = `typescript ${ts.version}`;
