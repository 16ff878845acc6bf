/** What is known about models on this machine, asked for when it is first wanted and again when something has changed it. */
import * as vscode from 'vscode';
import type { ModelsClient } from './client';
import type { Downloads } from './downloads';
import type { Known } from './rows';
import { modelSettings } from '../settings/settings';
import type { Catalog, ModelInfo, ModelList } from '../../protocol/models/models';

const ADDED = 'addedModels';
const MOST = 100;

export class Library implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private list?: Promise<ModelList>;
  private catalogued?: Promise<Catalog>;
  private infos = new Map<string, ModelInfo | string>();
  private asked = new Set<string>();
  private before = 0;
  /** When something is known that was not before, or is not any more. */
  readonly onDidChange = this.changed.event;
  private readonly learnt = new vscode.EventEmitter<Known>();
  /** When the models were asked for, with what is known of them. */
  readonly onDidLearn = this.learnt.event;
  private readonly listening: vscode.Disposable[];

  constructor(
    private readonly client: ModelsClient,
    private readonly downloads: Downloads,
    private readonly memory: vscode.Memento,
  ) {
    this.listening = [
      downloads.onDidChange(() => {
        const running = downloads.running.size;
        if (running < this.before) this.refresh(); // one has ended
        else this.changed.fire();
        this.before = running;
      }),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('latentLens.model') && this.changed.fire()),
    ];
  }

  catalog(): Promise<Catalog> {
    this.catalogued ??= this.client.request('catalog', null);
    this.catalogued.catch(() => (this.catalogued = undefined));
    return this.catalogued;
  }

  models(): Promise<ModelList> {
    this.list ??= this.client.request('listModels', null);
    this.list.catch(() => (this.list = undefined));
    return this.list;
  }

  async known(): Promise<Known> {
    const [list, catalog] = await Promise.all([this.models(), this.catalog()]);
    const known = { list, catalog, added: this.added, current: modelSettings().model ?? '', downloads: this.downloads.running, infos: this.infos };
    this.learnt.fire(known);
    return known;
  }

  /** References of the user's own models. */
  get added(): string[] {
    return this.memory.get<string[]>(ADDED, []).filter((one) => typeof one === 'string');
  }

  async add(reference: string): Promise<void> {
    await this.memory.update(ADDED, [reference, ...this.added.filter((other) => other !== reference)].slice(0, MOST));
    this.changed.fire();
  }

  async forget(reference: string): Promise<void> {
    await this.memory.update(ADDED, this.added.filter((other) => other !== reference));
    this.changed.fire();
  }

  info(reference: string): Promise<ModelInfo> {
    return this.client.request('modelInfo', { model: reference, from: modelSettings().from ?? null });
  }

  /** Asks about a model once; what is learned is told by onDidChange. */
  learn(reference: string): void {
    if (this.asked.has(reference)) return;
    this.asked.add(reference);
    const { infos } = this;
    void this.info(reference)
      .then((info) => infos.set(reference, info), (error: Error) => infos.set(reference, error.message))
      .then(() => infos === this.infos && this.changed.fire());
  }

  /** Files may have changed. */
  refresh(): void {
    this.list = undefined;
    this.infos = new Map();
    this.asked = new Set();
    this.changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(this.changed, this.learnt, ...this.listening).dispose();
  }
}
