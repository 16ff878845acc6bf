/** The code of a saved result: its file by the path that the result names, and the place in it by what was read. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Live } from '../explain/explainer';
import { relocatedCode } from '../code/tracked-range';
import { isPython } from '../code/target';
import { ownStart } from '../../protocol/code-parts';
import type { ExplainedSource } from '../../protocol/reading';

/** Files of one name that are looked into. */
const MOST_FILES = 50;

/** Where the code is now. @param beside the saved result @returns null when no file holds it as it was read */
export async function findCode(source: ExplainedSource, beside: vscode.Uri | null): Promise<Live | null> {
  const [, file, cell] = /^(.*\.ipynb), cell (\d+)$/.exec(source.file ?? '') ?? [undefined, source.file, undefined];
  const at = (document: vscode.TextDocument): Live | null => {
    const range = isPython(document) ? relocatedCode(document.getText(), source, source.start - ownStart(source)) : null;
    const needs = source.parts !== undefined && source.read !== undefined && cell === undefined;
    return range && { uri: document.uri, ...range, ...(needs && { needs }) };
  };
  for await (const uri of candidates(file, beside)) {
    const opening = cell === undefined ? vscode.workspace.openTextDocument(uri) : cellOf(uri, Number(cell));
    const document = await opening.then((found) => found, () => undefined);
    const found = document && at(document);
    if (found) return found;
  }
  // Of an unsaved text only what it says is known.
  const open = file === null ? vscode.workspace.textDocuments.filter(({ isUntitled }) => isUntitled) : [];
  return open.map(at).find((found) => found !== null) ?? null;
}

async function cellOf(uri: vscode.Uri, number: number): Promise<vscode.TextDocument> {
  return (await vscode.workspace.openNotebookDocument(uri)).cellAt(number - 1).document;
}

/** In workspace folders, beside the result, and then wherever a file has its name. */
async function* candidates(file: string | null, beside: vscode.Uri | null): AsyncGenerator<vscode.Uri> {
  if (file === null) return;
  const name = path.posix.basename(file.replaceAll('\\', '/'));
  const folders = vscode.workspace.workspaceFolders ?? [];
  const uris = [
    ...(path.isAbsolute(file) ? [vscode.Uri.file(file)] : folders.flatMap((folder) => {
      const inFolder = file.startsWith(`${folder.name}/`) ? [vscode.Uri.joinPath(folder.uri, file.slice(folder.name.length + 1))] : [];
      return [...inFolder, vscode.Uri.joinPath(folder.uri, file)];
    })),
    ...(beside && !path.isAbsolute(file) ? [vscode.Uri.joinPath(beside, '..', file), vscode.Uri.joinPath(beside, '..', name)] : []),
  ];
  yield* uris;
  const pattern = `**/${name.replaceAll(/[*?{}[\]]/g, '?')}`;
  yield* await vscode.workspace.findFiles(pattern, undefined, MOST_FILES);
}
