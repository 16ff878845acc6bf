/** Add Model: from the catalog, the Hub, a folder, a GGUF file, or what other programs keep on this machine. */
import * as vscode from 'vscode';
import { addSaes } from './add-saes';
import { catalogItem, hubIdProblem, hubName } from './choice';
import type { Downloads } from './downloads';
import type { Library } from './library';
import { saesFor } from './saes';
import { useModel } from './use';
import { hubEndpoint } from '../settings/settings';
import { bytesText } from '../ui/units';
import type { HubModel } from '../../protocol/models/models';

const TITLE = 'Add Model';

interface Item extends vscode.QuickPickItem {
  /** Of something that is on this machine, or that is downloaded. */
  reference?: string;
  download?: boolean;
  ask?: 'hub' | 'folder' | 'gguf';
}

/** Asks which, and gets it; ends without a word when the user leaves. */
export async function addModel(library: Library, downloads: Downloads): Promise<void> {
  const item = await vscode.window.showQuickPick(items(library), { title: TITLE, placeHolder: 'Which model?', matchOnDescription: true, matchOnDetail: true });
  if (!item) return;
  if (item.ask === 'hub') await addFromHub(library, downloads);
  else if (item.ask === 'folder') await addOwn(library, { canSelectFolders: true, canSelectFiles: false, title: 'Model Folder' });
  else if (item.ask === 'gguf') await addOwn(library, { canSelectFiles: true, title: 'GGUF File', filters: { 'GGUF models': ['gguf'] } });
  else if (item.reference && item.download) await download(item.reference, library, downloads);
  else if (item.reference) await keep(item.reference, library);
}

/** Downloads a model, and says what can be done with it. */
export async function download(reference: string, library: Library, downloads: Downloads): Promise<void> {
  const added = await downloads.add(reference);
  if (!added) return;
  library.refresh();
  const catalog = await library.catalog();
  const here = added.downloaded === 0 ? 'is here already' : `was added, ${bytesText(added.bytes)}`;
  await offer(added.reference, `${added.reference} ${here}.`, library, saesFor(catalog, added.reference).length > 0 ? downloads : null);
}

async function offer(reference: string, words: string, library: Library, downloads: Downloads | null): Promise<void> {
  const [use, saes] = ['Use It Now', 'Add SAEs…'];
  const chosen = await vscode.window.showInformationMessage(words, use, ...(downloads ? [saes] : []));
  if (chosen === use) await useModel(library, reference);
  else if (chosen === saes && downloads) await addSaes(reference, library, downloads);
}

async function items(library: Library): Promise<Item[]> {
  const [catalog, { models, free }] = await Promise.all([library.catalog(), library.models()]);
  const heading = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const others = models.filter(({ place }) => place === 'huggingface' || place === 'ollama').map(({ reference, place, bytes }): Item => ({
    label: `$(archive) ${reference}`,
    description: bytesText(bytes),
    detail: place === 'ollama' ? 'In Ollama’s store: read there, not copied' : 'In Hugging Face’s own cache: read there, not copied',
    reference,
  }));
  const here = new Set(models.filter(({ incomplete }) => !incomplete).map(({ reference }) => reference));
  return [
    { label: '$(globe) A Hub Model…', detail: 'Any with safetensors or GGUF files on the Hugging Face Hub, by its name', ask: 'hub', alwaysShow: true },
    { label: '$(folder-opened) A Folder…', detail: 'With config.json, tokenizer.json and safetensors, as Hugging Face serves them', ask: 'folder' },
    { label: '$(file-binary) A GGUF File…', detail: 'As llama.cpp and LM Studio use them', ask: 'gguf' },
    ...(others.length > 0 ? [heading('on this machine'), ...others] : []),
    heading(free === null ? 'catalog' : `catalog, ${bytesText(free)} free`),
    ...catalog.models.map((model): Item => ({ ...catalogItem(model, here.has(model.id)), reference: model.id, download: true })),
  ];
}

async function addFromHub(library: Library, downloads: Downloads): Promise<void> {
  const endpoint = hubEndpoint() ?? (process.env.HF_ENDPOINT || null);
  const written = await vscode.window.showInputBox({
    title: `${TITLE}: Hub Model`,
    prompt: 'org/name, with a branch, tag or commit as org/name@revision, or the address of its page',
    placeHolder: 'HuggingFaceTB/SmolLM2-135M',
    ignoreFocusOut: true, // it is copied from a browser
    validateInput: (value) => (value.trim() === '' ? null : hubIdProblem(value.trim(), endpoint)),
  });
  if (!written?.trim()) return;
  const reference = hubName(written, endpoint);
  const model = await downloads.look(reference);
  const chosen = model && (await chooseFiles(reference, model));
  if (chosen) await download(chosen, library, downloads);
}

/** The safetensors, or one of the GGUF files: what to add; undefined when the user leaves. @throws when there is nothing */
async function chooseFiles(reference: string, model: HubModel): Promise<string | undefined> {
  const { id, files, bytes, here, ggufs, problem, licence, free, gated } = model;
  if (problem !== null && gated) return reference; // asking for its files says what can be done
  if (problem !== null && ggufs.length === 0) throw new Error(problem);
  const kept = here > 0 ? `, ${bytesText(here)} of it here already` : '';
  const names = files.map(({ name }) => name).join(', ');
  const whole = { label: `$(cloud-download) ${files.length} files`, description: `${bytesText(bytes)}${kept}`, detail: names, reference };
  const single = ggufs.map(({ name, bytes: size }) => ({
    label: `$(file-binary) ${name}`, description: bytesText(size), detail: undefined, reference: reference.includes(':') ? reference : `${reference}:${name}`,
  }));
  const facts = [licence === null ? 'no licence is named' : `licence ${licence}`, ...(free === null ? [] : [`${bytesText(free)} free`])].join(', ');
  const placeHolder = `Download what? (${facts})`;
  const choices = [...(problem === null ? [whole] : []), ...(reference.includes(':') ? [] : single)];
  return (await vscode.window.showQuickPick(choices, { title: `${TITLE}: ${id}`, placeHolder, ignoreFocusOut: true }))?.reference;
}

async function addOwn(library: Library, options: vscode.OpenDialogOptions): Promise<void> {
  const [uri] = (await vscode.window.showOpenDialog({ ...options, openLabel: TITLE })) ?? [];
  if (!uri) return;
  if (uri.scheme !== 'file') throw new Error('The model has to lie on the disk of the machine where the extension runs.');
  await keep(uri.fsPath, library);
}

/** Keeps a model where it is, and looks at it. @throws why it cannot be opened */
async function keep(reference: string, library: Library): Promise<void> {
  const { problems } = await library.info(reference);
  if (problems.length > 0) throw new Error(`${reference} was not added. ${problems.join(' ')}`);
  await library.add(reference);
  await offer(reference, `${reference} was added where it is.`, library, null);
}
