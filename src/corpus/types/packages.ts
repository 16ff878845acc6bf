/** The pinned packages that windows are cut from, and their files in either language. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readTarGz } from '../packages/tar';
import { packageFiles, readSources } from '../packages/sources';

export type Use = 'training' | 'validation' | 'test';

export interface TypesPackage {
  name: string;
  version: string;
  licence: string;
  use: Use;
  language: 'typescript' | 'python';
  /** Its files by their paths, read when they are asked for. */
  files(): Map<string, string>;
}

interface NpmPackage {
  name: string;
  version: string;
  file: string;
  integrity: string;
  licence: string;
  use: Use;
}

const USES: readonly string[] = ['training', 'validation', 'test'] satisfies Use[];

/** Longer files are data. */
const MOST_CHARACTERS = 300_000;

/**
 * The packages of data/types/sources.json.
 * @throws a sentence when an entry lacks a field
 */
export function npmPackages(list: string, folder: string): TypesPackage[] {
  const { packages } = JSON.parse(readFileSync(list, 'utf8')) as { packages: NpmPackage[] };
  return packages.map(({ name, version, file, integrity, licence, use }) => {
    const where = `${list}: the package ${JSON.stringify(name)}`;
    if (!/^[\w.+-]+\.tgz$/.test(file)) throw new Error(`${where} has the file ${JSON.stringify(file)}; give a .tgz.`);
    if (!/^sha512-/.test(integrity)) throw new Error(`${where} has no integrity. Write the list anew: node data/types/fetch.mjs FOLDER --pin.`);
    if (!USES.includes(use)) throw new Error(`${where} is for ${JSON.stringify(use)}; give one of ${USES.join(', ')}.`);
    return { name, version, licence, use, language: 'typescript', files: () => typescriptFiles(path.join(folder, file), integrity) };
  });
}

/**
 * The packages of lists like data/python-errors/sources.json; a package that an earlier list names is taken from that one. A list may name
 * in "test" which of its packages for validation are measured last.
 */
export function pythonPackages(lists: readonly string[], folder: string): TypesPackage[] {
  const all = lists.flatMap((list) => {
    const { test = [] } = JSON.parse(readFileSync(list, 'utf8')) as { test?: string[] };
    return readSources(list, []).map((source) => ({ source, use: test.includes(source.name) ? 'test' : source.use }));
  });
  const first = all.filter(({ source }, i) => all.findIndex((other) => other.source.name === source.name) === i);
  return first.map(({ source, use }) => ({
    name: source.name,
    version: source.version,
    licence: source.licence,
    use: use as Use,
    language: 'python',
    files: () => new Map(packageFiles(source, folder).flatMap(({ name, role, text }) => (role === 'module' ? [[name, text]] : []))),
  }));
}

function typescriptFiles(archive: string, integrity: string): Map<string, string> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(archive);
  } catch (error) {
    throw new Error(`${archive} is missing. Fetch the sources first: node data/types/fetch.mjs ${path.dirname(archive)}.`, { cause: error });
  }
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found !== integrity) throw new Error(`${archive} is not the file that the list names. Delete it and fetch the sources again.`);
  const files = new Map<string, string>();
  for (const entry of readTarGz(archive)) {
    const name = entry.name.replace(/^[^/]*\//, '');
    if (!isSource(name)) continue;
    const text = entry.read().toString('utf8').replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
    if (text.length <= MOST_CHARACTERS) files.set(name, text);
  }
  return files;
}

/** Whether people wrote this file, and for users: no declarations, tests, tables of data. */
export function isSource(name: string): boolean {
  if (!/\.tsx?$/.test(name) || /\.d\.tsx?$/.test(name)) return false;
  if (/(^|\/)(node_modules|chains|locales?|i18n|\.[^/]+)\//.test(name)) return false;
  return !/(^|\/)(__tests__|tests?|specs?|benchmarks?|bench|examples?|fixtures|__mocks__|dist-types)\/|[.-](test|spec|bench|stories)\.tsx?$/.test(name);
}
