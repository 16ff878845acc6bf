/** Programs of packages as a source of groups. */
import type { PythonParser } from '../../snippets/syntax/parse';
import { Random } from '../random';
import { extractPrograms, type Base, type Kind } from '../packages/extract';
import { twinsOf, type GroupSource } from './groups';
import type { SourceFile } from '../packages/sources';
import { restyled } from '../packages/restyle';

/** How often each kind is drawn, where a package has it. */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  definitions: 1,
  called: 3,
  session: 3,
  block: 2,
  test: 2.5,
  script: 3,
  head: 0.7,
};

export interface PackageOptions {
  parser: PythonParser;
  library: ReadonlySet<string>;
  seed: number | string;
  maxTokens: number;
}

export interface ExtractedPackage {
  name: string;
  bases: Base[];
}

/** The name under which the standard library's modules stand among the packages. */
export const LIBRARY = 'standard library';

const MOST: Readonly<Record<Kind, number>> = {
  definitions: 90,
  called: 160,
  session: 160,
  block: 100,
  test: 220,
  script: 60,
  head: 20,
};
/** Of the standard library only what defines things: examples in its docstrings are kept for evaluation. */
const MOST_OF_LIBRARY: Readonly<Record<Kind, number>> = {
  definitions: 900,
  called: 0,
  session: 0,
  block: 0,
  test: 0,
  script: 0,
  head: 90,
};

export function extractPackage(
  name: string,
  files: readonly SourceFile[],
  { parser, library, seed, maxTokens }: PackageOptions,
): ExtractedPackage {
  const random = new Random(`${seed}/${name}`);
  const most = name === LIBRARY ? MOST_OF_LIBRARY : MOST;
  return { name, bases: extractPrograms(files, { parser, library, random, maxTokens, most }) };
}

/** Draws a package (large ones more often, but less than in proportion), then a kind, then a program of it. */
export function packageSource(packages: readonly ExtractedPackage[], parser: PythonParser, maxTokens: number): GroupSource {
  const some = packages.filter(({ bases }) => bases.length > 0);
  const weights = some.map(({ bases }) => Math.min(18, Math.sqrt(bases.length)));
  const decks = new Map<string, number>();
  return {
    draw(random, prior) {
      if (some.length === 0) return undefined;
      const { name, bases } = random.weighted(some, weights);
      const kinds = [...new Set(bases.map(({ kind }) => kind))];
      const kind = random.weighted(
        kinds,
        kinds.map((one) => WEIGHTS[one] * Math.sqrt(bases.filter((base) => base.kind === one).length)),
      );
      const ofKind = bases.filter((base) => base.kind === kind);
      const turn = decks.get(`${name}/${kind}`) ?? 0;
      decks.set(`${name}/${kind}`, turn + 1);
      // All programs in turn, then again with other mutants.
      const base = ofKind[turn % ofKind.length];
      const code = random.chance(0.3) ? restyled(base.code, parser, random) : base.code;
      const quiet = kind === 'definitions' || kind === 'head';
      return {
        source: 'packages',
        origin: name,
        family: `packages/${kind}`,
        drafts: twinsOf(code, { parser, prior, random, count: random.int(2, quiet ? 3 : 5), quiet, maxTokens }),
      };
    },
  };
}
