/** A page about a model: its sizes, what it takes to open it, and which SAEs fit. A read-only document that Markdown's preview shows. */
import * as vscode from 'vscode';
import { informationPage } from './information-page';
import type { Library } from './library';

export class ModelInformation implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'latentlens-model';
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly library: Library) {}

  async show(reference: string): Promise<void> {
    const name = reference.replace(/^.*[/\\]/, '').replaceAll(/[^\w.-]/g, ' ');
    const uri = vscode.Uri.from({ scheme: ModelInformation.scheme, path: `/${name}.md`, query: reference });
    await this.provideTextDocumentContent(uri); // what is wrong is said where it was asked
    this.changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  async provideTextDocumentContent({ query: reference }: vscode.Uri): Promise<string> {
    const [info, { list, catalog }] = await Promise.all([this.library.info(reference), this.library.known()]);
    return informationPage(info, catalog, list.saes);
  }
}
