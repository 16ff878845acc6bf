import * as vscode from 'vscode';
import { rangeOf, type Target } from './target';

/** Selects the code in its editor, where that is visible, or else in the first column. */
export async function showCode(target: Target): Promise<void> {
  const { document } = target;
  const viewColumn = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(document, { viewColumn, selection: rangeOf(target) });
}
