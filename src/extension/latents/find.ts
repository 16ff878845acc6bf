/** Where a latent fires: in the file, or in the Python files of the workspace; a list with the strongest place first. */
import * as vscode from 'vscode';
import { Cancelled, type EngineClient } from '../engine/client';
import { placesIn, strongest, type LatentPlace } from './places';
import { shortened } from '../ui/markdown';
import type { RecentEditor } from '../code/recent-editor';
import { questionSettings } from '../settings/question-settings';
import { isPython } from '../code/target';
import { decodeSource } from '../../protocol/reading/source-encoding';
import { latentName, type LatentRef } from '../../vocabulary/latent-name';

/** More files than this take minutes. */
const MOST_FILES = 500;
/** Longer files are made by programs. */
const MOST_BYTES = 300_000;
/** A list is not read further than this. */
const MOST_PLACES = 200;
const CODE_LENGTH = 120;

interface Search {
  places: LatentPlace<vscode.Uri>[];
  /** How many places there were, also those beyond the limit. */
  total: number;
  /** Sentences about what was not read. */
  notes: string[];
}

interface PlaceItem extends vscode.QuickPickItem {
  place: LatentPlace<vscode.Uri>;
}

export async function findLatent(engine: EngineClient, recent: RecentEditor, ref: LatentRef, log: (line: string) => void): Promise<void> {
  const title = `Where ${latentName(ref)} Fires`;
  const [here, everywhere] = ['In This File', 'In the Workspace'];
  const choice = await vscode.window.showQuickPick([here, everywhere], { title, placeHolder: 'Which code shall be read?' });
  if (!choice) return;
  const uris = choice === here ? [await thisFile(recent)] : await workspaceFiles();
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const found = await vscode.window.withProgress(options, (progress, token) => search(engine, ref, uris, progress, token, log));
  if (found.places.length === 0) {
    void vscode.window.showInformationMessage([`${latentName(ref)} is active nowhere in what was read.`, ...found.notes].join(' '));
  } else await choose(title, found);
}

async function thisFile(recent: RecentEditor): Promise<vscode.Uri> {
  const editor = await recent.editor();
  if (!editor || !isPython(editor.document)) throw new Error('Open a Python file first.');
  return editor.document.uri;
}

async function workspaceFiles(): Promise<vscode.Uri[]> {
  if (!vscode.workspace.workspaceFolders?.length) throw new Error('Open a folder first, or choose In This File.');
  const uris = await vscode.workspace.findFiles('**/*.py', undefined, MOST_FILES + 1); // less what files.exclude says
  if (uris.length === 0) throw new Error('There is no Python file in the workspace.');
  return uris;
}

async function search(
  engine: EngineClient,
  ref: LatentRef,
  uris: readonly vscode.Uri[],
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
  log: (line: string) => void,
): Promise<Search> {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const read = uris.slice(0, MOST_FILES);
  const notes = uris.length > MOST_FILES ? [`Only ${MOST_FILES} files were read.`] : [];
  const failed: string[] = [];
  let places: Search['places'] = [];
  let [total, done] = [0, 0];
  for (const uri of read) {
    if (abort.signal.aborted) break;
    progress.report({ message: read.length > 1 ? `${done + 1} of ${read.length} files, ${total} places` : undefined, increment: 100 / read.length });
    try {
      const text = await textOf(uri);
      if (text.trim() !== '') {
        const question = await questionSettings(uri);
        const firings = await engine.request('firings', { text, latents: [ref], question }, { signal: abort.signal });
        const own = placesIn(uri, text, firings);
        total += own.length;
        places = strongest([...places, ...own], MOST_PLACES);
        if (firings.skipped.length > 0) failed.push(`${nameOf(uri)}: ${firings.skipped.length} lines are too long for the model.`);
      }
      done++;
    } catch (error) {
      if (error instanceof Cancelled) break;
      if (read.length === 1 || !engine.isOpen) throw error;
      failed.push(`${nameOf(uri)}: ${(error as Error).message}`);
    }
  }
  if (abort.signal.aborted) notes.push(`Cancelled after ${done} of ${read.length} files.`);
  if (failed.length > 0) notes.push(read.length === 1 ? failed[0] : `${failed.length} files could not be read as a whole; the log says why.`);
  for (const line of failed) log(`Where ${latentName(ref)} fires: ${line}`);
  return { places, total, notes };
}

/** Also what is not saved yet. */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_BYTES) throw new Error(`it has ${size.toLocaleString('en-US')} bytes; files up to ${MOST_BYTES.toLocaleString('en-US')} are read.`);
  return decodeSource(await vscode.workspace.fs.readFile(uri));
}

/** The list, which shows the place that is marked in it; who leaves it is where he was. */
async function choose(title: string, { places, total, notes }: Search): Promise<void> {
  const before = vscode.window.activeTextEditor;
  const from = before && { document: before.document, viewColumn: before.viewColumn, selection: before.selection };
  const column = from?.viewColumn ?? vscode.ViewColumn.One;
  const pick = vscode.window.createQuickPick<PlaceItem>();
  const count = total > places.length ? `the strongest ${places.length} of ${total} places` : `${total} ${total === 1 ? 'place' : 'places'}`;
  Object.assign(pick, { title: [`${title}: ${count}.`, ...notes].join(' '), placeholder: 'Filter by code or file', matchOnDescription: true, matchOnDetail: true });
  pick.items = places.map(itemOf);
  try {
    const chosen = await new Promise<PlaceItem | undefined>((resolve) => {
      const preview = ([item]: readonly PlaceItem[]) => item && show(item.place, column, true);
      pick.onDidChangeActive((items) => preview(items)?.catch(() => undefined)); // choosing it says why
      pick.onDidAccept(() => resolve(pick.activeItems[0]));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
    if (chosen) await show(chosen.place, column, false);
    else if (from && !from.document.isClosed) await vscode.window.showTextDocument(from.document, from);
  } finally {
    pick.dispose();
  }
}

async function show({ file, start, end }: LatentPlace<vscode.Uri>, viewColumn: vscode.ViewColumn, preview: boolean): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(file, { viewColumn, selection, preview, preserveFocus: preview });
}

function itemOf(place: LatentPlace<vscode.Uri>): PlaceItem {
  const plain = (text: string) => text.replaceAll('$(', '$\u200b('); // which would be an icon
  const label = plain(`${place.activation.toFixed(2)}  ${JSON.stringify(place.token)}`);
  return { label, description: `${nameOf(place.file)}:${place.start.line + 1}`, detail: plain(shortened(place.code, CODE_LENGTH)), place };
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
