/** Explain Predicted Type: the annotation at the cursor, or what could have one there. */
import type * as vscode from 'vscode';
import { TYPED_LANGUAGES } from '../code/languages';
import { targetAt, type Target } from '../code/target';
import { Advice } from '../ui/advice';

/** @throws Advice where the language has no types that are asked about */
export function predictedTypeTarget(editor: vscode.TextEditor | undefined): Target {
  if (!editor) throw new Advice('Open a TypeScript, JavaScript or Python file, and put the cursor on an annotation, or on a parameter that has none.');
  const { document, selection } = editor;
  if (!TYPED_LANGUAGES.includes(document.languageId)) {
    throw new Advice(`Types are asked about in TypeScript, JavaScript and Python; this is ${document.languageId}.`, [
      { title: 'Change Language', command: 'workbench.action.editor.changeLanguageMode' },
    ]);
  }
  const at = document.offsetAt(selection.active);
  // What is behind it is read as far as the model was trained to, and counts in any case: the compiler reads all of the file.
  return targetAt(document, { ask: 'type', language: document.languageId, start: at, end: at, fim: true });
}
