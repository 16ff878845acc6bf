/** The code of a saved result: its file by the path that the result names, and the place in it by what was read. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Live } from '../explain/explainer';
import { relocatedCode } from '../code/tracked-range';
import { countedCode, openPlace, type OpenPlace } from '../code/open-place';
import { isPython } from '../code/target';
import { ownStart } from '../../protocol/reading/code-parts';
import type { ExplainedSource, ReadProgram } from '../../protocol/reading/reading';

/** Files of one name that are looked into. */
const MOST_FILES = 50;

/** Where the code is now. @param beside the saved result @returns null when no file holds it as it was read */
export async function findCode({ source, place, template }: ReadProgram, beside: vscode.Uri | null): Promise<Live | null> {
  const [, file, cell] = /^(.*\.ipynb), cell (\d+)$/.exec(source.file ?? '') ?? [undefined, source.file, undefined];
  const at = (document: vscode.TextDocument): Live | null => {
    if (place) return placeIn(document, source, openPlace(template, place));
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

/** Whether a document may be the file that a result names: by its path in a workspace folder, or as it is. */
export function isFile(uri: vscode.Uri, file: string | null): boolean {
  const relative = (folder: boolean) => vscode.workspace.asRelativePath(uri, folder);
  return file !== null && [uri.fsPath, relative(false), relative(true)].includes(file);
}

/** Null where the text is another one up to the place. */
function placeIn(document: vscode.TextDocument, { code, start }: ExplainedSource, open: OpenPlace | null): Live | null {
  const text = document.getText();
  if (!open || !text.startsWith(code, start)) return null;
  return { uri: document.uri, ...countedCode(open, text.length), open };
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
