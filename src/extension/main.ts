/** The extension: what VS Code starts. */
import type * as vscode from 'vscode';
import { commands, register } from './commands';
import { panelMessages } from './panel-messages';
import { startServices } from './services';

export function activate(context: vscode.ExtensionContext): void {
  const services = startServices(context);
  const table = commands(services);
  register(table, services);
  const answer = panelMessages(services, table);
  const { panel, report } = services;
  context.subscriptions.push(panel.onDidReceive((message) => report((async () => answer(message))())));
}
