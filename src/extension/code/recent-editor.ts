/** The text editor that a command means: the active one, or the Python one before, when a panel or a page has the focus now. */
import * as vscode from 'vscode';
import { isPython } from './target';

export class RecentEditor implements vscode.Disposable {
  private last?: { document: vscode.TextDocument; viewColumn?: vscode.ViewColumn; selection: vscode.Selection };
  private readonly subscriptions = [
    vscode.window.onDidChangeActiveTextEditor((editor) => this.note(editor)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: editor }) => {
      if (editor === vscode.window.activeTextEditor) this.note(editor);
    }),
  ];

  constructor() {
    this.note(vscode.window.activeTextEditor);
  }

  /** Brings the one before into view again when it is hidden. */
  async editor(): Promise<vscode.TextEditor | undefined> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    if (activeTextEditor) return activeTextEditor;
    const { last } = this;
    if (!last || last.document.isClosed) return visibleTextEditors.find(({ document }) => isPython(document));
    const visible = visibleTextEditors.find(({ document }) => document === last.document);
    return visible ?? vscode.window.showTextDocument(last.document, { viewColumn: last.viewColumn, selection: last.selection });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private note(editor: vscode.TextEditor | undefined): void {
    if (!editor || !isPython(editor.document)) return;
    const { document, viewColumn, selection } = editor;
    this.last = { document, viewColumn, selection };
  }
}
