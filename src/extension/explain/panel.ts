/** The panel beside the editor: one that is reused, shows what the explainer knows, and comes back after a reload. */
import * as vscode from 'vscode';
import { pageHtml, pageOptions } from '../ui/page';
import { pageMessage } from '../ui/page-message';
import type { Explainer } from './explainer';
import type { KeptDrawing } from './kept-drawing';
import { fromPanel, type PanelMessage, type PanelView, type ToPanel } from '../../protocol/pages/panel';

const VIEW_TYPE = 'latentLens.panel';

/** Something that tells the panel what to show. */
export interface PanelSource {
  onDidSend: vscode.Event<ToPanel>;
  /** All that a page has to know. */
  messages: () => Iterable<ToPanel>;
}

export class Panel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel?: vscode.WebviewPanel;
  /** The view last asked for or chosen; a page that is still loading has not heard of it. */
  private shown?: PanelView;
  private readonly received = new vscode.EventEmitter<PanelMessage>();
  private readonly subscriptions: vscode.Disposable[];

  /** What the reader does in it. */
  readonly onDidReceive = this.received.event;

  /**
   * @param restore brings back the result that was shown before a reload
   * @param further sources of what it shows
   */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly explainer: Explainer,
    private readonly restore: () => Promise<void>,
    private readonly further: readonly PanelSource[],
    private readonly drawing: KeptDrawing,
    private readonly log: (line: string) => void,
  ) {
    this.subscriptions = [
      this.received,
      explainer.onDidSend((message) => this.onExplainer(message)),
      ...further.map(({ onDidSend }) => onDidSend((message) => this.send(message))),
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
    ];
  }

  /**
   * Brings it into view, beside the editor when it is not open yet, without taking the keyboard.
   * @param view what it then shows; what it showed when left out
   */
  reveal(view?: PanelView): void {
    if (view) {
      this.shown = view;
      this.send({ type: 'view', view });
    }
    if (this.panel) {
      this.panel.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.attach(vscode.window.createWebviewPanel(VIEW_TYPE, 'Latent Lens', place, { ...pageOptions(this.extensionUri), enableFindWidget: true }));
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** The view that the reader looks at. */
  get view(): PanelView {
    return this.shown ?? 'prediction';
  }

  send(message: ToPanel): void {
    void this.panel?.webview.postMessage(message);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.webview.options = pageOptions(this.extensionUri);
    this.attach(panel);
    if (!this.explainer.live) await this.restore();
  }

  dispose(): void {
    this.panel?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private attach(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.svg');
    panel.webview.onDidReceiveMessage((received: unknown) => {
      if (this.panel !== panel) return;
      const message = pageMessage(fromPanel, received, 'A message of the panel', this.log);
      if (!message) return;
      if (message.type === 'ready') this.tellAll();
      else if (message.type === 'view') this.shown = message.view;
      else this.received.fire(message);
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, this.extensionUri);
  }

  private tellAll(): void {
    this.send(this.drawing.message);
    // Before all that is shown: a reader may have chosen another view by the time the last of it is there.
    if (this.shown) this.send({ type: 'view', view: this.shown });
    for (const source of [this.explainer, ...this.further]) for (const message of source.messages()) this.send(message);
  }

  private onExplainer(message: ToPanel): void {
    if (message.type === 'view') {
      this.shown = message.view;
      this.reveal();
    }
    this.send(message);
  }
}
