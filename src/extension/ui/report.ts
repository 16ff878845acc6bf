/** What went wrong or cannot be done, as a notification. */
import * as vscode from 'vscode';
import { buttonsOf } from './advice';
import { unlinked } from './unlinked';
import { plainMessage } from '../../protocol/words/file-problem';

/** A warning with the buttons that help, or else an error with one that shows the log. */
export async function reported(error: Error, showLog: () => void): Promise<void> {
  const message = unlinked(plainMessage(error));
  const buttons = buttonsOf(error);
  if (!buttons) {
    const show = 'Show Log';
    if ((await vscode.window.showErrorMessage(message, show)) === show) showLog();
    return;
  }
  const chosen = await vscode.window.showWarningMessage(message, ...buttons.map(({ title }) => title));
  const button = buttons.find(({ title }) => title === chosen);
  if (button) await vscode.commands.executeCommand(button.command, ...(button.arguments ?? []));
}
