/** Downloads into the store: each with a notification that shows how far it is and cancels it, and words for what stands in the way. */
import * as vscode from 'vscode';
import { Cancelled, refusalOf, type RequestOptions } from '../engine/client';
import type { ModelsClient } from './client';
import { progressText } from './rows';
import { hubIdOf } from './saes';
import type { HubToken } from './token';
import { hubEndpoint, hubProxy } from '../settings/settings';
import { unlinked } from '../ui/unlinked';
import type { AddedModel, AskHub, DownloadProgress, HubModel } from '../../protocol/models/models';

interface Download {
  abort: AbortController;
  progress: DownloadProgress | null;
  result: Promise<AddedModel | null>;
}

const HUB = 'https://huggingface.co';

export class Downloads implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly byReference = new Map<string, Download>();
  /** When a download begins, goes on or ends. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly client: ModelsClient, private readonly token: HubToken) {}

  /** Of those that run, by reference. */
  get running(): ReadonlyMap<string, DownloadProgress | null> {
    return new Map([...this.byReference].map(([reference, { progress }]) => [reference, progress]));
  }

  /** Downloads what is not here yet. @returns null when it was cancelled, or failed and the user was told */
  add(reference: string): Promise<AddedModel | null> {
    const before = this.byReference.get(reference);
    if (before) return before.result;
    const abort = new AbortController();
    const download = { abort, progress: null, result: Promise.resolve(null) } as Download;
    this.byReference.set(reference, download);
    this.changed.fire();
    const ended = this.ask(reference, (asked) => this.fetch(reference, download, asked)).finally(() => {
      this.byReference.delete(reference);
      this.changed.fire();
    });
    return (download.result = ended.catch((error: unknown) => this.failed(reference, error)));
  }

  cancel(reference: string): void {
    this.byReference.get(reference)?.abort.abort();
  }

  /** Asks the Hub about a repository, with a notification. @returns null when that was cancelled, or refused and the user was told */
  async look(reference: string): Promise<HubModel | null> {
    const options = { location: vscode.ProgressLocation.Notification, title: `Asking the Hub about ${reference}`, cancellable: true };
    const looked = vscode.window.withProgress(options, (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return this.ask(reference, (asked) => this.client.request('hubModel', asked, { signal: abort.signal }));
    });
    return Promise.resolve(looked).catch((error: unknown) => this.refused(reference, error, () => this.look(reference)));
  }

  dispose(): void {
    for (const { abort } of this.byReference.values()) abort.abort();
    this.changed.dispose();
  }

  private async ask<T>(reference: string, request: (asked: AskHub) => Promise<T>): Promise<T> {
    return request({ reference, token: await this.token.get(), endpoint: hubEndpoint(), proxy: hubProxy() });
  }

  private async fetch(reference: string, download: Download, asked: AskHub): Promise<AddedModel> {
    const { signal } = download.abort;
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title: `Downloading ${reference}`, cancellable: true }, async (notification, token) => {
      token.onCancellationRequested(() => download.abort.abort());
      let shown = 0;
      const onProgress: Required<RequestOptions>['onProgress'] = ({ download: progress }) => {
        if (!progress) return;
        download.progress = progress;
        const percent = progress.total > 0 ? (100 * progress.bytes) / progress.total : 0;
        const file = progress.files > 1 ? `${progress.file} (${progress.number} of ${progress.files})` : progress.file;
        notification.report({ message: `${file}: ${progressText(progress)}`, increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
        this.changed.fire();
      };
      return this.client.request('addModel', asked, { signal, onProgress });
    });
  }

  private async failed(reference: string, error: unknown): Promise<AddedModel | null> {
    if (!(error instanceof Cancelled)) return this.refused(reference, error, () => this.add(reference));
    const resume = 'Resume';
    const words = `The download of ${reference} was cancelled. What has come is kept, and adding it again goes on from there.`;
    return (await vscode.window.showInformationMessage(words, resume)) === resume ? this.add(reference) : null;
  }

  /** Says what stands in the way; what the user then does about it leads to another try. */
  private async refused<T>(reference: string, error: unknown, again: () => Promise<T | null>): Promise<T | null> {
    if (error instanceof Cancelled) return null;
    const refusal = refusalOf(error);
    const [page, setToken, tryAgain] = ['Open the Model’s Page', 'Set Token…', 'Try Again'];
    const buttons = refusal === 'token' || refusal === 'licence' ? [page, setToken] : refusal === 'missing' ? [] : [tryAgain];
    const chosen = await vscode.window.showErrorMessage(unlinked((error as Error).message), ...buttons);
    if (chosen === page) {
      const id = hubIdOf(reference) ?? reference.split('@')[0].split('/').slice(0, 2).join('/');
      await vscode.env.openExternal(vscode.Uri.parse(`${hubEndpoint() ?? (process.env.HF_ENDPOINT || HUB)}/${id}`));
      return null;
    }
    return chosen === tryAgain || (chosen === setToken && (await this.token.set())) ? again() : null;
  }
}
