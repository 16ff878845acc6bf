/** Read-only documents for diffs between a program and its variants. */
import * as vscode from 'vscode';

const SCHEME = 'latent-lens-variant';

export class VariantDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this); // reads onDidChange now

  /**
   * A document with this text; the same name has the same document, whose text changes.
   * @param extension of a file in its language
   */
  uri(name: string, text: string, extension = '.py'): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}${extension}` });
    this.texts.set(uri.path, text);
    this.changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** Closes the diffs between two of these documents. */
export async function closeDiffs(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
  const isOurs = ({ input }: vscode.Tab) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === SCHEME;
  const ours = tabs.filter(isOurs);
  if (ours.length > 0) await vscode.window.tabGroups.close(ours);
}
