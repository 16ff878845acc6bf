/** Decorations that an editor carries, by their style: VS Code is told only of those that are there, or were. */
import type * as vscode from 'vscode';

export class DrawnStyles {
  private readonly drawn = new WeakMap<vscode.TextEditor, Set<vscode.TextEditorDecorationType>>();

  /** Draws these, and nothing else, of the styles that are drawn by this. */
  draw(editor: vscode.TextEditor, decorations: Iterable<readonly [vscode.TextEditorDecorationType, vscode.DecorationOptions[]]>): void {
    const before = this.drawn.get(editor) ?? new Set();
    const now = new Set<vscode.TextEditorDecorationType>();
    for (const [style, options] of decorations) {
      if (options.length === 0) continue;
      editor.setDecorations(style, options);
      before.delete(style);
      now.add(style);
    }
    for (const style of before) editor.setDecorations(style, []);
    this.drawn.set(editor, now);
  }
}
