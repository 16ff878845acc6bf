/** Source packages: which packages programs are taken from, pinned by hash, and their files. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { corpusSource } from './library-code';
import { readZip } from './zip';
import { readTarGz } from './tar';

/** One package of the list: a source distribution or a wheel. */
export interface SourcePackage {
  name: string;
  version: string;
  /** File name of the archive. */
  file: string;
  sha256: string;
  /** SPDX expression. */
  licence: string;
  /** All programs of a package for validation are only measured, never trained on. */
  use: 'training' | 'validation';
}

export interface SourceFile {
  /** Path in the archive, without the folder that a source distribution puts around everything. */
  name: string;
  role: 'module' | 'test' | 'example' | 'text';
  text: string;
}

/** Licences under which a package's code may be learnt from. */
const PERMISSIVE =
  /^(MIT|MIT-0|BSD-[023]-Clause|0BSD|Apache-2\.0|PSF-2\.0|Python-2\.0|ISC|Unlicense|CC0-1\.0|MIT-CMU|HPND|WTFPL|ZPL-2\.1|Zlib)$/;

/**
 * The list of packages in a file like `data/python-errors/sources.json`.
 * @throws a sentence when an entry lacks a field, has no permissive licence, or is kept for evaluation
 */
export function readSources(file: string, heldOut: readonly string[]): SourcePackage[] {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: SourcePackage[] };
  const kept = new Set(heldOut.map(plainName));
  for (const { name, file: archive, sha256, licence, use } of packages) {
    const where = `${file}: the package ${JSON.stringify(name)}`;
    if (kept.has(plainName(name))) throw new Error(`${where} is kept for evaluation; take it out of the list.`);
    if (!/^[\w.+-]+\.(tar\.gz|whl|zip)$/.test(archive))
      throw new Error(`${where} has the file ${JSON.stringify(archive)}; give a .tar.gz or a .whl.`);
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`${where} has no sha256.`);
    if (!licence.split(' OR ').some((one) => one.split(' AND ').every((part) => PERMISSIVE.test(part)))) {
      throw new Error(`${where} has the licence ${JSON.stringify(licence)}, which is not among the permissive ones.`);
    }
    if (use !== 'training' && use !== 'validation') throw new Error(`${where} is for neither training nor validation.`);
  }
  return packages;
}

/** The names in a file like `data/python-errors/held-out.json`. */
export function readHeldOut(file: string): string[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { packages: string[] }).packages;
}

const plainName = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

/**
 * The files of a package that programs can come from.
 * @throws a sentence when the archive is not there or is another than the list says
 */
export function packageFiles(source: SourcePackage, folder: string): SourceFile[] {
  const file = path.join(folder, source.file);
  if (!existsSync(file))
    throw new Error(`${file} is missing. Fetch the sources first: python3 data/python-errors/fetch.py ${folder}.`);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (hash !== source.sha256)
    throw new Error(`${file} is not the file that the list names: its sha256 is ${hash}. Delete it and fetch the sources again.`);
  const wheel = /\.(whl|zip)$/.test(source.file);
  return filesOf(wheel ? readZip(file) : readTarGz(file), (name) => (wheel ? name : name.replace(/^[^/]*\//, '')));
}

/** The modules of the standard library that ships in pyodide; its docstrings and tests are kept for evaluation. */
export function libraryFiles(): SourceFile[] {
  const files = filesOf(readZip(corpusSource().file), (name) => name);
  return files.filter(
    ({ name, role }) =>
      role === 'module' &&
      !/^(encodings|pydoc_data|_pyodide|pyodide|_pyrepl|site-packages|lib2to3|idlelib|__phello__|test)\b/.test(name) &&
      !/^(_sysconfigdata|this\.|antigravity)/.test(name),
  );
}

const MOST_CHARACTERS = 250_000;

function filesOf(entries: Iterable<{ name: string; read(): Buffer }>, nameOf: (name: string) => string): SourceFile[] {
  const files: SourceFile[] = [];
  for (const entry of entries) {
    const name = nameOf(entry.name);
    const role = roleOf(name);
    if (!role) continue;
    const bytes = entry.read();
    if (bytes.length > MOST_CHARACTERS) continue;
    files.push({
      name,
      role,
      text: bytes
        .toString('utf8')
        .replace(/^\ufeff/, '')
        .replaceAll('\r\n', '\n'),
    });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a file is for, by its path; undefined for what holds no programs that people wrote. */
export function roleOf(name: string): SourceFile['role'] | undefined {
  if (
    /(^|\/)(setup|conf|versioneer|_version|noxfile|tasks|conftest)\.py$|(^|\/)(_?vendor(ed)?|_vendor|third_party|extern|migrations|locales?|node_modules|\.[^/]+)\//.test(
      name,
    )
  )
    return undefined;
  if (/(change|history|news|author|licen[cs]e|contributing|copying|sources|requirements)[^/]*$/i.test(name)) return undefined;
  if (/\.(rst|md|txt)$/i.test(name))
    return /(^|\/)(docs?|doc_src|documentation|tutorial|examples?|guide)\/|readme|^[^/]*\.dist-info\/METADATA$/i.test(name)
      ? 'text'
      : undefined;
  if (/(^|\/)(PKG-INFO|METADATA)$/.test(name)) return 'text';
  if (!name.endsWith('.py')) return undefined;
  if (/(^|\/)(tests?|testing|specs?)\/|(^|\/)test_[^/]*\.py$|_tests?\.py$/.test(name)) return 'test';
  if (/(^|\/)(examples?|demos?|samples?|tutorials?|scripts?|docs?|benchmarks?|recipes|cookbook)\//.test(name)) return 'example';
  return 'module';
}
