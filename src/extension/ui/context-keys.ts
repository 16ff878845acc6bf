import * as vscode from 'vscode';

/** Keys of `when` clauses, told to VS Code when they change. */
export class ContextKeys {
  private readonly last = new Map<string, boolean>();

  set(values: Record<string, boolean>): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.last.get(name) === value) continue;
      this.last.set(name, value);
      void vscode.commands.executeCommand('setContext', `latentLens.${name}`, value);
    }
  }
}
