/** What the Models view shows, as a function of what is known. Knows nothing of VS Code. */
import { fittingSaes, saesFor } from './saes';
import { isPackageModel, PACKAGE_MODELS, type PackageModel } from '../../vocabulary/package-models';
import { bytesText, countText } from '../ui/units';
import type { Catalog, DownloadProgress, ListedModel, ListedSaes, ModelInfo, ModelList, ModelPlace } from '../../protocol/models/models';

export interface Known {
  list: ModelList;
  catalog: Catalog;
  /** References that the user added: folders, GGUF files, models of other programs. */
  added: readonly string[];
  /** As the setting latentLens.model names it; empty for the package's. */
  current: string;
  /** By reference, of models and of SAEs; null before the first word of its progress. */
  downloads: ReadonlyMap<string, DownloadProgress | null>;
  /** By reference; a text is why it is not known. */
  infos: ReadonlyMap<string, ModelInfo | string>;
}

export interface Row {
  id: string;
  reference: string;
  kind: 'model' | 'saes' | 'problem';
  label: string;
  description: string;
  /** Sentences and facts, one a line. */
  tooltip: string[];
  /** A codicon. */
  icon: string;
  problem: boolean;
  /** Where it lies; null while it is not here. */
  path: string | null;
  bytes: number;
  /** What can be done with it, in the words of `when` clauses. */
  can: string[];
  children: Row[];
}

const PLACES: Record<ModelPlace | 'own', { icon: string; words: string }> = {
  package: { icon: 'package', words: 'Comes with Latent Lens.' },
  store: { icon: 'database', words: 'In Latent Lens’s store.' },
  huggingface: { icon: 'archive', words: 'In Hugging Face’s own cache.' },
  ollama: { icon: 'archive', words: 'In Ollama’s store.' },
  own: { icon: 'file-directory', words: 'A folder or file of your own.' }, // 'folder' would be the file icon theme's, and indented
};

/** What the package's models are asked while no other is chosen. */
const ASKED: Record<PackageModel, string> = {
  'python-errors': 'Which error a program raises is asked of it, while no other model is chosen.',
  types: 'Types, and what comes next at a place in code, are asked of it, while no other model is chosen.',
};

/** The package's models, those of the store, those that the user added, and downloads that are not in the store yet. */
export function modelRows(known: Known): Row[] {
  const { list, added, current, downloads } = known;
  const wanted = [...added, ...(current === '' ? [] : [current])];
  const isKept = ({ place, reference }: ListedModel) => place === 'package' || place === 'store' || wanted.includes(reference);
  const order: ModelPlace[] = ['package', 'store', 'huggingface', 'ollama'];
  const listed = list.models.filter(isKept).sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place));
  const listedNames = new Set<string>([...PACKAGE_MODELS, ...list.models.flatMap(({ reference, path }) => [reference, path])]);
  const own = [...new Set(wanted)].filter((reference) => !listedNames.has(reference));
  const there = new Set([...listedNames, ...own, ...list.saes.map(({ reference }) => reference)]);
  const coming = [...downloads.keys()].filter((reference) => !there.has(reference));
  const unlisted = { path: null, bytes: 0, removable: false };
  const models = [
    ...listed,
    ...own.map((reference) => ({ ...unlisted, reference, place: null, incomplete: false })),
    ...coming.map((reference) => ({ ...unlisted, reference, place: 'store' as const, incomplete: true })),
  ].map((one) => modelRow(known, one));
  const claimed = new Set(models.flatMap(({ children }) => children.map(({ reference }) => reference)));
  const loose = list.saes.filter(({ reference }) => !claimed.has(reference)).map((one) => saesRow(known, one, null));
  return [...models, ...loose, ...list.problems.map(problemRow)];
}

type Shown = Pick<ListedModel, 'reference' | 'bytes' | 'incomplete' | 'removable'> & { place: ModelPlace | null; path: string | null };

function modelRow(known: Known, shown: Shown): Row {
  const { reference, place, incomplete } = shown;
  const { downloads, infos, catalog, list } = known;
  const downloading = downloads.has(reference);
  const ready = !downloading && !incomplete;
  const info = infos.get(reference);
  const facts = ready && typeof info === 'object' ? info : null;
  const problems = !ready ? [] : typeof info === 'string' ? [info] : (facts?.problems ?? []);
  const path = shown.path ?? (place === null ? (facts?.path ?? null) : null);
  const bytes = facts?.bytes || shown.bytes;
  const inUse = isUsed(known.current, shown);
  const notes = downloading ? [progressText(downloads.get(reference) ?? null)]
    : incomplete ? ['incomplete', bytes > 0 && `${bytesText(bytes)} are here`]
    : [facts?.family, facts?.parameters && countText(facts.parameters), bytes > 0 && bytesText(bytes)];
  const state = incomplete && !downloading ? ['It was not downloaded to the end. Resume Download goes on with it.'] : problems;
  const { icon, words } = PLACES[place ?? 'own'];
  const ownIcon = place === null && /\.gguf$/i.test(reference) ? 'file-binary' : icon;
  return {
    id: `model ${reference}`,
    reference,
    kind: 'model',
    label: place === null && facts?.place === null ? reference.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, '') : reference,
    description: [inUse && 'in use', ...notes].filter(Boolean).join(' · '),
    tooltip: [reference, ...state, words, ...(place === 'package' && isPackageModel(reference) ? [ASKED[reference]] : []), ...(path !== null ? [path] : [])],
    icon: downloading ? 'sync~spin' : incomplete ? 'cloud-download' : problems.length > 0 ? 'warning' : ownIcon,
    problem: problems.length > 0,
    path,
    bytes,
    can: [
      ...(downloading ? ['cancel'] : incomplete ? ['resume'] : inUse ? ['info'] : ['use', 'info']),
      ...(path !== null ? ['reveal'] : []),
      ...(downloading || place === 'package' ? [] : shown.removable ? ['remove'] : place === 'store' ? [] : ['forget']),
      ...(ready && saesFor(catalog, reference).length > 0 ? ['saes'] : []),
    ],
    children: fittingSaes(catalog, reference, list.saes).map((one) => saesRow(known, one, one.site)),
  };
}

function isUsed(current: string, { reference, place, path }: Shown): boolean {
  return current === reference || (path !== null && current === path) || (place === 'package' && current === '');
}

function problemRow(text: string, index: number): Row {
  const nothing = { reference: '', description: '', path: null, bytes: 0, can: [], children: [] };
  return { ...nothing, id: `problem ${index}`, kind: 'problem', label: text, tooltip: [text], icon: 'warning', problem: true };
}

function saesRow({ downloads }: Known, { reference, path, bytes, incomplete }: ListedSaes, site: string | null): Row {
  const downloading = downloads.has(reference);
  const notes = downloading ? [progressText(downloads.get(reference) ?? null)] : [incomplete && 'incomplete', bytesText(bytes)];
  return {
    id: `saes ${reference}`,
    reference,
    kind: 'saes',
    label: site ?? reference,
    description: notes.filter(Boolean).join(' · '),
    tooltip: [`Sparse autoencoders ${reference}`, path],
    icon: downloading ? 'sync~spin' : incomplete ? 'cloud-download' : 'symbol-array',
    problem: false,
    path,
    bytes,
    can: downloading ? ['cancel'] : [...(incomplete ? ['resume'] : []), 'reveal', 'remove'],
    children: [],
  };
}

/** `37 % · 1.2 of 3.4 GB · 12 MB/s` */
export function progressText(progress: DownloadProgress | null): string {
  if (!progress) return 'asking the Hub';
  const { bytes, total, bytesPerSecond, waiting } = progress;
  const percent = total > 0 ? `${Math.floor((100 * bytes) / total)} % · ` : '';
  const rate = bytesPerSecond === null ? '' : ` · ${bytesText(bytesPerSecond)}/s`;
  return `${percent}${bytesText(bytes)} of ${bytesText(total)}${waiting === null ? rate : ` · ${waiting}`}`;
}
