/** Explain Predicted Type as a code action where the cursor is on an annotation, which is told by the line alone: nothing is started. */
import * as vscode from 'vscode';
import { annotationAt } from '../code/annotation-at';

export class TypeAction implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [vscode.CodeActionKind.Empty] };

  provideCodeActions(document: vscode.TextDocument, { start }: vscode.Range): vscode.CodeAction[] {
    if (!annotationAt(document.lineAt(start.line).text, start.character)) return [];
    const action = new vscode.CodeAction('Explain predicted type', vscode.CodeActionKind.Empty);
    action.command = { command: 'latentLens.explainType', title: 'Explain Predicted Type' };
    return [action];
  }
}
