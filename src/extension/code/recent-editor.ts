/** The text editor that a command means: the active one, or the Python one before, when a panel or a page has the focus now. */
import * as vscode from 'vscode';
import { isPython } from './target';

interface Noted {
  document: vscode.TextDocument;
  viewColumn?: vscode.ViewColumn;
  selection: vscode.Selection;
}

export class RecentEditor implements vscode.Disposable {
  private last?: Noted;
  /** In any language. */
  private lastOfAny?: Noted;
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

  /** Whether `anyEditor` finds a text. */
  get isAnyAtHand(): boolean {
    return vscode.window.visibleTextEditors.length > 0 || this.lastOfAny?.document.isClosed === false;
  }

  /** The active one, or Python. Brings the one before into view again when it is hidden. */
  async editor(): Promise<vscode.TextEditor | undefined> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    return activeTextEditor ?? this.again(this.last, visibleTextEditors.find(({ document }) => isPython(document)));
  }

  /** Text in any language; brings it into view as `editor` does. */
  async anyEditor(): Promise<vscode.TextEditor | undefined> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    return activeTextEditor ?? this.again(this.lastOfAny, visibleTextEditors[0]);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async again(last: Noted | undefined, other: vscode.TextEditor | undefined): Promise<vscode.TextEditor | undefined> {
    if (!last || last.document.isClosed) return other;
    const visible = vscode.window.visibleTextEditors.find(({ document }) => document === last.document);
    return visible ?? vscode.window.showTextDocument(last.document, { viewColumn: last.viewColumn, selection: last.selection });
  }

  private note(editor: vscode.TextEditor | undefined): void {
    if (!editor) return;
    const { document, viewColumn, selection } = editor;
    this.lastOfAny = { document, viewColumn, selection };
    if (isPython(document)) this.last = this.lastOfAny;
  }
}
