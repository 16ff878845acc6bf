/** The data of a recipe: series of shards of packages' programs, of realistic ones and of generated ones, and one that is only measured. */
import path from 'node:path';
import { createParser } from '../snippets/syntax/parse';
import { hashesOf } from './labelling/program';
import type { Labeller } from './labelling/labeller';
import { programFamilies } from './families';
import { checkMadeOf } from './made-of';
import { generatedSource } from './series/generated';
import type { GroupSource } from './series/groups';
import { libraryModules } from './packages/library-modules';
import { extractPackage, LIBRARY, packageSource, type ExtractedPackage } from './series/packages';
import { isMeasured, readRealistic, realisticSource } from './series/realistic';
import { makeSeries, type SeriesReport } from './series/series';
import { libraryFiles, packageFiles, readHeldOut, readSources } from './packages/sources';
import { filesOf, hashOfFiles } from './written/files';
import { readWritten, type WrittenFolder } from './written/written';

/** Which programs a recipe asks for; what it reads lies in the folder of `sources`. */
export interface CorpusRecipe {
  /** The list of packages, beside which `held-out.json` and `realistic/` lie. */
  sources: string;
  /** What these hold, as `corpusHash` gives it: other contents are refused. */
  sha256: string;
  /** About the tokens of the longest program. */
  maxTokens: number;
  shardSize: number;
  /** Shards of each series; of `validation`, programs of packages and texts that no other series uses. */
  shards: { packages: number; realistic: number; generated: number; validation: number };
}

export interface MakeDataOptions {
  corpus: CorpusRecipe;
  seed: number | string;
  /** The seeds and skeletons of the generators; the series `generated` and `validation` need them. */
  written?: WrittenFolder;
  /** Where the packages' archives are. */
  archives: string;
  folder: string;
  labeller: Labeller;
  exclude: readonly string[];
  heldOutWords: readonly string[];
  /** Only these series. */
  only?: readonly string[];
  log: (line: string) => void;
  signal?: AbortSignal;
}

/** A hash of everything in the repository that the packages' and realistic programs are made from besides code. */
export function corpusHash(sources: string): string {
  const folder = path.dirname(sources);
  return hashOfFiles([sources, path.join(folder, 'held-out.json'), ...filesOf(path.join(folder, 'realistic'), '.py')]);
}

export async function makeData({
  corpus,
  seed,
  written,
  archives,
  folder,
  labeller,
  exclude,
  heldOutWords,
  only,
  log,
  signal,
}: MakeDataOptions): Promise<Map<string, SeriesReport>> {
  const found = corpusHash(corpus.sources);
  if (found !== corpus.sha256)
    throw new Error(
      `The recipe is for other data than ${path.dirname(corpus.sources)} holds. Write ${found} as its "sha256" if that is meant.`,
    );
  const madeOf = { seed, corpus: { sha256: found, maxTokens: corpus.maxTokens, shardSize: corpus.shardSize }, written: written?.sha256 };
  checkMadeOf(path.join(folder, 'corpus.json'), madeOf);
  const parser = await createParser();
  const beside = path.dirname(corpus.sources);
  const packages = readSources(corpus.sources, readHeldOut(path.join(beside, 'held-out.json')));
  const options = { parser, library: libraryModules(), seed, maxTokens: corpus.maxTokens };
  const extracted: Record<'training' | 'validation', ExtractedPackage[]> = { training: [], validation: [] };
  const packagesWanted = !only || only.some((name) => name === 'packages' || name === 'validation');
  if (packagesWanted) {
    const started = performance.now();
    for (const source of packages) {
      signal?.throwIfAborted();
      extracted[source.use].push(extractPackage(source.name, packageFiles(source, archives), options));
    }
    extracted.training.push(extractPackage(LIBRARY, libraryFiles(), options));
    const count = [...extracted.training, ...extracted.validation].reduce((sum, { bases }) => sum + bases.length, 0);
    log(
      `${packages.length} packages and the standard library: ${count} programs in ${Math.round((performance.now() - started) / 1000)} s`,
    );
  }
  const realistic = readRealistic(path.join(beside, 'realistic'));
  const own = (measured: boolean) => realistic.filter((program) => isMeasured(program) === measured);
  const families = () => programFamilies(readWritten(written));
  const series: Record<string, () => GroupSource> = {
    validation: () =>
      mixed([
        packageSource(extracted.validation, parser, corpus.maxTokens),
        realisticSource(own(true), parser, corpus.maxTokens),
        generatedSource(families(), corpus.maxTokens),
      ]),
    packages: () => packageSource(extracted.training, parser, corpus.maxTokens),
    realistic: () => realisticSource(own(false), parser, corpus.maxTokens),
    generated: () => generatedSource(families(), corpus.maxTokens),
  };
  const reports = new Map<string, SeriesReport>();
  const excluded = hashesOf(exclude);
  for (const [name, shards] of Object.entries(corpus.shards)) {
    if (only && !only.includes(name)) continue;
    const report = await makeSeries({
      name,
      labeller,
      seed,
      folder,
      shards,
      excluded,
      signal,
      source: series[name](),
      shardSize: corpus.shardSize,
      heldOutWords: new Set(heldOutWords),
      onProgress: log,
    });
    reports.set(name, report);
    for (const line of describe(name, report)) log(line);
  }
  return reports;
}

/** Each source in turn. */
function mixed(sources: readonly GroupSource[]): GroupSource {
  let turn = 0;
  return { draw: (random, prior) => sources[turn++ % sources.length].draw(random, prior) };
}

function describe(name: string, { labelled, kept, unanswered }: SeriesReport): string[] {
  if (labelled === 0) return [];
  const judged = new Set(['timeout', 'memory limit', 'not contained', 'exited']);
  const sum = (wanted: boolean) =>
    Object.entries(unanswered)
      .filter(([label]) => judged.has(label) === wanted)
      .reduce((total, [, n]) => total + n, 0);
  const most = Object.entries(unanswered)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([label, n]) => `${label} ${n}`)
    .join(', ');
  const share = (count: number) => `${((100 * count) / labelled).toFixed(1)} %`;
  return [
    `${name}: ${kept} of ${labelled} kept; ${share(sum(false))} raise none of the answers, ${share(sum(true))} could not be judged (${most})`,
  ];
}
