/** The page in the side bar, which VS Code makes, hides and throws away: it is told the state whenever it is there. */
import * as vscode from 'vscode';
import { pageHtml, pageOptions } from '../ui/page';
import { pageMessage } from '../ui/page-message';
import { fromLatentsView, type FromLatentsView, type LatentsViewState, type ToLatentsView } from '../../protocol/pages/latents-view';

export class LatentsWebview {
  private view?: vscode.WebviewView;
  private loaded = false;
  /** Messages for a page that is not there yet. */
  private waiting: ToLatentsView[] = [];
  private telling = false;

  /** @param receive is given what the page says, when it is a message that there is */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly state: () => LatentsViewState,
    private readonly receive: (message: FromLatentsView) => void,
    private readonly log: (line: string) => void,
  ) {}

  get visible(): boolean {
    return this.view?.visible ?? false;
  }

  fill(view: vscode.WebviewView): void {
    this.view = view;
    this.loaded = false;
    view.webview.options = pageOptions(this.extensionUri);
    view.webview.onDidReceiveMessage((value: unknown) => {
      if (this.view !== view) return;
      const message = pageMessage(fromLatentsView, value, 'A message of the Latents view', this.log);
      if (message) this.receive(message);
    });
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.loaded = false; // the page is thrown away, and says that it is ready when it is there again
    });
    view.onDidDispose(() => {
      if (this.view === view) [this.view, this.loaded] = [undefined, false];
    });
    view.webview.html = pageHtml(view.webview, this.extensionUri, 'latents-view');
  }

  /** It has said that it listens. */
  ready(): void {
    this.loaded = true;
    this.tellNow();
    for (const one of this.waiting.splice(0)) this.send(one);
  }

  async reveal(): Promise<void> {
    if (this.view?.visible) this.view.show(true);
    else await vscode.commands.executeCommand('latentLens.latents.focus');
  }

  /** Tells the state; changes that come together are told together. */
  tell(): void {
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => {
      this.telling = false;
      this.tellNow();
    });
  }

  send(message: ToLatentsView): void {
    if (!this.loaded) this.waiting.push(message);
    else {
      this.tellNow(); // the message belongs to what is shown now
      void this.view?.webview.postMessage(message);
    }
  }

  private tellNow(): void {
    if (this.loaded) void this.view?.webview.postMessage({ type: 'state', state: this.state() } satisfies ToLatentsView);
  }
}
