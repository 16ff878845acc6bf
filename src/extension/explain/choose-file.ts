/** The file or folder that a field of an analysis' form names, as the reader chooses it. */
import * as vscode from 'vscode';
import { ANALYSES, type AnalysisId } from '../../protocol/analyses';
import { formFields } from '../../protocol/pages/forms';

/** @returns its path; null where none is chosen. @throws a sentence for a field that names no file, and for what is not on this disk */
export async function chooseFile(id: AnalysisId, field: string): Promise<string | null> {
  const asked = formFields(ANALYSES[id].params).find(({ name }) => name === field);
  if (asked?.kind !== 'file') throw new Error(`“${field}” of ${ANALYSES[id].title} names no file.`);
  const { kind, extensions } = asked.file;
  const [uri] = (await vscode.window.showOpenDialog({
    canSelectFiles: kind === 'file', canSelectFolders: kind === 'folder', canSelectMany: false,
    openLabel: 'Choose', title: `${ANALYSES[id].title}: ${asked.title}`,
    ...(extensions && { filters: { [asked.title]: [...extensions] } }),
  })) ?? [];
  if (!uri) return null;
  if (uri.scheme !== 'file') throw new Error('It has to lie on the disk of the machine where the extension runs.');
  return uri.fsPath;
}
