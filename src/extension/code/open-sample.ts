import * as vscode from 'vscode';

/** Opens an example as an unsaved file, which the user may change at will. */
export async function openSample(extensionUri: vscode.Uri): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'examples', 'temperature.py'));
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: new TextDecoder().decode(bytes) });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}
