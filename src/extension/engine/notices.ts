/** Shows what an engine says about a model it opened: once for each model and sentence in a window. */
import * as vscode from 'vscode';
import { unlinked } from '../ui/unlinked';
import type { OpenedModel } from '../../protocol/engine';

export class Notices {
  private readonly shown = new Set<string>();

  show({ id, notice }: OpenedModel): void {
    if (notice === null || this.shown.has(`${id} ${notice}`)) return;
    this.shown.add(`${id} ${notice}`);
    void vscode.window.showWarningMessage(`Latent Lens: ${unlinked(notice)}`, 'Open Settings').then((choice) => {
      if (choice) void vscode.commands.executeCommand('workbench.action.openSettings', 'latentLens.executionProvider');
    });
  }
}
