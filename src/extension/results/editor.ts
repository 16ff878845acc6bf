/** Saved results, `.latentlens.json`, in the same page as the panel's, without the model. */
import * as vscode from 'vscode';
import { pageHtml, pageOptions } from '../ui/page';
import { MAX_RESULT_BYTES, readResult } from './file';
import { saveExport, saveResult } from './save';
import { UNASKED } from '../../protocol/answer';
import type { Explanation } from '../../protocol/explanation';
import type { SavedResult } from '../../protocol/latents';
import type { FromPanel, PanelStatus, ToPanel } from '../../protocol/panel';

interface ResultDocument extends vscode.CustomDocument {
  result: { explanation: SavedResult } | { error: string };
}

export class ResultEditor implements vscode.CustomReadonlyEditorProvider<ResultDocument> {
  static readonly viewType = 'latentLens.result';

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly copyCliCommand: (explanation: Explanation) => Promise<void>,
    private readonly report: (action: Promise<unknown>) => void,
  ) {}

  async openCustomDocument(uri: vscode.Uri): Promise<ResultDocument> {
    const file = vscode.workspace.asRelativePath(uri);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > MAX_RESULT_BYTES) throw new Error(`${file} has ${(size / 1e6).toFixed(0)} MB; saved results of at most ${MAX_RESULT_BYTES / 1e6} MB are opened.`);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
      return { uri, result: { explanation: readResult(text, file) }, dispose: () => undefined };
    } catch (error) {
      return { uri, result: { error: (error as Error).message }, dispose: () => undefined };
    }
  }

  resolveCustomEditor({ result }: ResultDocument, { webview }: vscode.WebviewPanel): void {
    const explanation = 'explanation' in result ? result.explanation : null;
    const error = 'error' in result ? result.error : null;
    const status: PanelStatus = { running: null, error, outdated: false, live: false, restricted: false };
    const send = (message: ToPanel) => void webview.postMessage(message);
    webview.options = pageOptions(this.extensionUri);
    webview.onDidReceiveMessage((message: FromPanel) => {
      if (message.type === 'ready') {
        send({ type: 'explanation', explanation, complete: true });
        send({ type: 'status', status });
        send({ type: 'latents', latents: { ...UNASKED, result: explanation?.latents ?? null } });
      } else if (message.type === 'export') this.report(saveExport(message));
      else if (message.type === 'action' && explanation) {
        if (message.action === 'saveResult') this.report(saveResult(explanation));
        if (message.action === 'copyCliCommand') this.report(this.copyCliCommand(explanation));
      }
    });
    webview.html = pageHtml(webview, this.extensionUri);
  }
}
