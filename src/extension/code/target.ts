/** The code that a command means: the selection, or else the statement or block around the cursor; or a place in any text. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import { openQuestionSettings, questionSettings } from '../settings/question-settings';
import { Advice, type Button } from '../ui/advice';
import { countedCode, type OpenPlace } from './open-place';
import { relocated } from './tracked-range';
import type { Asked } from '../../protocol/engine';
import { declaredEncoding, isOtherEncoding } from '../../protocol/reading/source-encoding';

const SAMPLE: Button = { title: 'Open Sample', command: 'latentLens.openSample' };
const LANGUAGE: Button = { title: 'Change Language', command: 'workbench.action.editor.changeLanguageMode' };

export interface Target {
  document: vscode.TextDocument;
  /** UTF-16 offsets in the document's text. */
  start: number;
  end: number;
  /** The code as it was when it was chosen; the document may be edited while more is asked. */
  code: string;
  /** Whether it was found around the cursor: what the code needs of the file is then read with it. */
  needs?: boolean;
  /** The cursor then, from the code's start. */
  at?: number;
  /** What is asked about a place in the document's text; the code is then what the answer depends on. */
  open?: OpenPlace;
}

/** @throws when the code is not in its document any more */
export function targetNow({ document, start, code, needs, at, open }: Target): Target {
  const text = document.getText();
  if (open && !text.startsWith(code)) throw new Error('The code was changed meanwhile. Put the cursor there again.');
  const range = open ? { start, end: start + code.length } : relocated(text, code, start);
  if (!range) throw new Error('The code was changed meanwhile. Select it again.');
  return { document, ...range, code, needs, at, open };
}

/** A question about a place in a text in any language. */
export function targetAt(document: vscode.TextDocument, open: OpenPlace): Target {
  const text = document.getText();
  const { start, end } = countedCode(open, text.length);
  return { document, start, end, code: text.slice(start, end), open };
}

/** @throws a sentence when there is no code to take */
export async function targetOf(editor: vscode.TextEditor | undefined, engine: EngineClient): Promise<Target> {
  if (!editor) throw new Advice('Open a Python file and place the cursor in its code first.', [SAMPLE]);
  const { document, selection } = editor;
  if (selection.isEmpty) return targetAround(document, document.offsetAt(selection.active), engine);
  const text = pythonIn(document);
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const code = text.slice(start, end);
  if (code.trim() === '') throw new Advice('The selection holds only white space. Select lines with code.');
  return { document, start, end, code };
}

/** All of a text that the model reads whole, else the statement or block around a place, UTF-16. @throws a sentence when there is none */
export async function targetAround(document: vscode.TextDocument, offset: number, engine: EngineClient): Promise<Target> {
  const text = pythonIn(document);
  const question = await questionSettings(document.uri);
  const range = await engine.request('enclosing', { text, offset, question });
  if (!range) throw new Advice('There is no code around the cursor. Place it in a statement, or select code.');
  const { start, end, whole } = range;
  return { document, start, end, code: text.slice(start, end), needs: !whole, at: Math.min(Math.max(0, offset - start), end - start) };
}

function pythonIn(document: vscode.TextDocument): string {
  if (!isPython(document)) {
    const name = nameOf(document) ?? 'This file';
    throw new Advice(`${name} is ${document.languageId}, and Latent Lens reads Python only: .py files, cells of notebooks, or any text whose language is set to Python.`, [LANGUAGE, SAMPLE]);
  }
  const text = document.getText();
  if (text.trim() === '') throw new Advice('There is no code here yet. Type some Python first.');
  const declared = text.includes('\ufffd') ? declaredEncoding(text) : null;
  if (declared !== null && isOtherEncoding(declared)) {
    throw new Error(`${nameOf(document) ?? 'This code'} says that its encoding is ${declared}, but the editor reads it as ${document.encoding}. Run “Change File Encoding” and reopen it with that encoding.`);
  }
  return text;
}

export function isPython({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'python';
}

/** The file as the user names it: relative to its workspace folder; null for what is not saved to a file. */
export function nameOf(document: vscode.TextDocument): string | null {
  const cell = cellOf(document);
  const { uri, isUntitled } = cell?.notebook ?? document;
  if (isUntitled) return null;
  const name = vscode.workspace.asRelativePath(uri, (vscode.workspace.workspaceFolders?.length ?? 0) > 1);
  return cell ? `${name}, cell ${cell.index + 1}` : name;
}

function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells()).find((cell) => cell.document === document);
}

/** What the engine is asked about a target. */
export async function askedOf({ document, start, end, needs, at, open }: Target): Promise<Asked> {
  if (open) {
    const { answers = null, ...place } = open;
    const question = openQuestionSettings(place, answers, document.uri);
    return { file: nameOf(document), text: document.getText(), question, project: projectOf(document.uri) };
  }
  const cell = cellOf(document);
  const { uri } = cell?.notebook ?? document;
  const before = cell?.notebook.getCells().slice(0, cell.index).filter((other) => isPython(other.document)) ?? [];
  const texts = before.map((other) => ({ number: other.index + 1, text: other.document.getText() }));
  const notebook = cell && { number: cell.index + 1, before: texts };
  const folder = uri.scheme === 'file' ? path.dirname(uri.fsPath) : null;
  const question = await questionSettings(document.uri);
  const cursor = at === undefined ? null : Math.min(start + at, end);
  return { file: nameOf(document), text: document.getText(), range: { start, end }, needs, at: cursor, folder, notebook, question };
}

/** Where files may be read that a document imports: in its folder of the workspace, if that is trusted. */
export function projectOf(uri: vscode.Uri): Asked['project'] {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  return vscode.workspace.isTrusted && uri.scheme === 'file' && root?.scheme === 'file' ? { root: root.fsPath, file: uri.fsPath } : null;
}

/** The code that it is about; of a place, that alone. */
export function rangeOf({ document, open, ...code }: Target): vscode.Range {
  const { start, end } = open ?? code;
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
