/** Above code that has changed since it was explained: an offer to explain it again. */
import * as vscode from 'vscode';
import type { Explainer } from './explainer';

export class StaleLens implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private last = '';

  constructor(private readonly explainer: Explainer) {
    explainer.onDidSend(() => {
      const { live, status } = explainer;
      const now = status.outdated && live ? live.uri.toString() : '';
      if (now !== this.last) this.changed.fire();
      this.last = now;
    });
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { live, status } = this.explainer;
    if (!live || !status.outdated || document.uri.toString() !== live.uri.toString()) return [];
    const at = document.positionAt(live.open?.start ?? live.start);
    return [new vscode.CodeLens(new vscode.Range(at, at), { title: '$(history) Latent Lens is out of date: explain again', command: 'latentLens.explainAgain' })];
  }
}
