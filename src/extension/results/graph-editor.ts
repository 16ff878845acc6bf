/** Attribution graphs from elsewhere, Neuronpedia's, circuit-tracer's and EAP-IG's, in the panel's page, without a model. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { KeptDrawing } from '../explain/kept-drawing';
import { pageMessage } from '../ui/page-message';
import { pageHtml, pageOptions } from '../ui/page';
import { saveExport } from './save';
import { openGraph, type OpenedGraph } from '../../protocol/graphs/opened';
import { MOST_BYTES } from '../../protocol/graphs/neuronpedia';
import { fromPanel, type PanelStatus, type ToPanel } from '../../protocol/pages/panel';
import { fileProblem } from '../../protocol/words/file-problem';

interface GraphDocument extends vscode.CustomDocument {
  graph: OpenedGraph | { error: string };
}

export class GraphEditor implements vscode.CustomReadonlyEditorProvider<GraphDocument> {
  static readonly viewType = 'latentLens.graph';

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly drawing: KeptDrawing,
    private readonly report: (action: Promise<unknown>) => void,
    private readonly log: (line: string) => void,
  ) {}

  async openCustomDocument(uri: vscode.Uri): Promise<GraphDocument> {
    const file = vscode.workspace.asRelativePath(uri);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > MOST_BYTES) throw new Error(`${file} has ${(size / 1e6).toFixed(0)} MB; graphs of at most ${Math.round(MOST_BYTES / 1e6)} MB are opened.`);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
      return { uri, graph: openGraph(text, file), dispose: () => undefined };
    } catch (error) {
      return { uri, graph: { error: fileProblem(error, file) ?? (error as Error).message }, dispose: () => undefined };
    }
  }

  resolveCustomEditor({ uri, graph }: GraphDocument, { webview }: vscode.WebviewPanel): void {
    const send = (message: ToPanel) => void webview.postMessage(message);
    webview.options = pageOptions(this.extensionUri);
    webview.onDidReceiveMessage((received: unknown) => {
      const message = pageMessage(fromPanel, received, 'A message of a graph', this.log);
      if (message?.type === 'ready') {
        send(this.drawing.message);
        if ('error' in graph) send({ type: 'status', status: { ...AT_REST, error: graph.error } });
        else send({ type: 'graph', graph, name: path.posix.basename(uri.path) });
      } else if (message?.type === 'export') this.report(saveExport(message));
      else if (message?.type === 'drawing') this.report(this.drawing.keep(message.drawing));
    });
    webview.html = pageHtml(webview, this.extensionUri);
  }
}

/** Nothing runs, and nothing can be asked. */
const AT_REST: PanelStatus = {
  running: null, cost: null, error: null, cancelled: false, complete: true, outdated: false, live: false, restricted: false,
};

/** Lets the user choose a file, and shows the graph in it. */
export async function openGraphFile(): Promise<void> {
  const [uri] = (await vscode.window.showOpenDialog({
    title: 'Open Attribution Graph', openLabel: 'Open', filters: { 'Graphs of Neuronpedia, circuit-tracer or EAP-IG': ['json'] },
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
  })) ?? [];
  if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, GraphEditor.viewType);
}
