/** Show Tokens: where the model's tokens begin and end, drawn into the code until it changes. */
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import { askedOf, type Target } from './target';

export class TokenBoundaries implements vscode.Disposable {
  private readonly styles = ['editor.wordHighlightBackground', 'editor.wordHighlightStrongBackground'].map((background) =>
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor(background),
      border: '1px solid',
      borderColor: new vscode.ThemeColor('editorIndentGuide.activeBackground1'),
    }),
  );
  private readonly subscriptions = [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.uri.toString() === this.shown?.uri) this.clear();
    }),
    vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
  ];
  private shown?: { uri: string; marks: vscode.DecorationOptions[][] };
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly engine: EngineClient) {}

  get isShown(): boolean {
    return this.shown !== undefined;
  }

  async show(target: Target): Promise<void> {
    const { document } = target;
    const { version } = document;
    const tokens = await this.engine.request('tokens', await askedOf(target));
    if (document.version !== version) throw new Error('The code changed while its tokens were read. Show them again.');
    const marks: vscode.DecorationOptions[][] = this.styles.map(() => []);
    const placed = tokens.map(({ start: from, end: to, ...token }, position) => ({ ...token, position, from, to }));
    const inCode = placed.flatMap(({ from, to, ...token }) => (from === null || to === null ? [] : [{ ...token, from, to }]));
    inCode.forEach(({ id, text, position, from, to }, i) => {
      const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
      const hoverMessage = new vscode.MarkdownString().appendText(`Latent Lens: token ${position}, id ${id}, ${JSON.stringify(text)}`);
      marks[i % this.styles.length].push({ range, hoverMessage });
    });
    this.shown = { uri: document.uri.toString(), marks };
    this.draw();
    this.changed.fire();
    const around = tokens.length - inCode.length;
    void vscode.window.setStatusBarMessage(`${inCode.length} tokens of code, and ${around} of the question around it`, 8000);
  }

  clear(): void {
    this.shown = undefined;
    this.draw();
    this.changed.fire();
  }

  dispose(): void {
    for (const item of [...this.subscriptions, ...this.styles, this.changed]) item.dispose();
  }

  private draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const shows = this.shown && editor.document.uri.toString() === this.shown.uri;
      this.styles.forEach((style, i) => editor.setDecorations(style, shows ? this.shown!.marks[i] : []));
    }
  }
}
