/** The text editor that a command means: the active one, or the Python one before, when a panel or a page has the focus now. */
import * as vscode from 'vscode';
import { isPython } from './target';

export class RecentEditor implements vscode.Disposable {
  private last?: { document: vscode.TextDocument; viewColumn?: vscode.ViewColumn; selection: vscode.Selection };
  private readonly changed = new vscode.EventEmitter<void>();
  /** When `isAtHand` may have changed. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions = [
    this.changed,
    vscode.workspace.onDidOpenTextDocument(() => this.changed.fire()), // also when its language is another one
    vscode.workspace.onDidCloseTextDocument(() => this.changed.fire()),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.note(editor);
      this.changed.fire();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: editor }) => {
      if (editor === vscode.window.activeTextEditor) this.note(editor);
    }),
  ];

  constructor() {
    this.note(vscode.window.activeTextEditor);
  }

  /** Whether `editor` finds Python. */
  get isAtHand(): boolean {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    if (activeTextEditor) return isPython(activeTextEditor.document);
    return this.last?.document.isClosed === false || visibleTextEditors.some(({ document }) => isPython(document));
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
