/** The view in the side bar with which latents are found, read about and changed: what it shows, and what it asks of the engine. */
import * as vscode from 'vscode';
import { activeHere } from './active-here';
import { attributedTo } from './attributed';
import type { Annotations } from './annotations';
import type { EngineClient, EngineState } from '../engine/client';
import type { Explainer } from '../explain/explainer';
import { Intervene, type Given } from './intervene';
import type { LatentOverlay } from './overlay';
import { LatentsWebview } from './webview';
import { ownNames, withOwn } from './own-names';
import { Pending } from '../engine/pending';
import type { RecentEditor } from '../code/recent-editor';
import { saveExport } from '../results/save';
import { TYPED_LANGUAGES } from '../code/languages';
import type { Answer } from '../../protocol/pages/answer';
import type { Parts } from '../../protocol/documents/result';
import type { ChangedDocument, LatentHits, LatentPage, SaeList } from '../../protocol/documents/latents';
import type {
  Found, FromLatentsView, Intervention, LatentAction, LatentArgument, LatentsViewState, ViewSearch,
} from '../../protocol/pages/latents-view';
import { latentName, type LatentRef, sameLatent } from '../../vocabulary/latent-name';

const MOST_HITS = 100;
/** The cursor rests for this long before the list follows it. */
const QUIET_MS = 300;

export class LatentsView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly webview: LatentsWebview;
  private engineState: LatentsViewState['engine'] = 'stopped';
  private readonly saes = new Pending<SaeList>(() => this.webview.tell());
  private readonly found = new Pending<Found>(() => this.webview.tell(), { stands: 'until answered' });
  private readonly page = new Pending<LatentPage>(() => this.webview.tell());
  private readonly changed = new Pending<ChangedDocument>(() => this.webview.tell());
  private search: ViewSearch = { by: 'description', query: '', site: null };
  private opened: LatentRef | null = null;
  private given: Given | null = null;
  /** What the engine said about its SAEs when it was last asked; with others all that is shown is of no use. */
  private known?: string;
  /** What an engine answered that does not run any more. */
  private old: unknown[] = [];
  private quiet?: NodeJS.Timeout;
  private readonly intervene: Intervene;
  private readonly subscriptions: { dispose: () => void }[];

  /**
   * @param parts what is shown with the explanation
   * @param report says what went wrong with an action
   */
  constructor(
    extensionUri: vscode.Uri,
    private readonly engine: EngineClient,
    private readonly explainer: Explainer,
    private readonly parts: () => Pick<Parts, 'latents'>,
    private readonly recent: RecentEditor,
    private readonly annotations: Annotations,
    private readonly overlay: LatentOverlay,
    report: (action: Promise<unknown>) => void,
    log: (line: string) => void,
  ) {
    this.webview = new LatentsWebview(extensionUri, () => this.state, (message) => report(this.receive(message)), log);
    this.intervene = new Intervene(engine, explainer, recent);
    this.subscriptions = [
      annotations.onDidChange(() => this.webview.tell()),
      overlay.onDidChange(() => this.webview.tell()),
      vscode.window.onDidChangeTextEditorSelection(() => this.follow()),
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => document === vscode.window.activeTextEditor?.document && this.follow()),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.webview.fill(view);
  }

  engineIs({ is }: EngineState): void {
    const before = this.engineState;
    this.engineState = is === 'stopped' || is === 'starting' ? is : 'running';
    if (this.engineState === before) return;
    if (this.engineState === 'running') void this.resume();
    else {
      this.saes.drop();
      this.old = [this.page, this.found].flatMap(({ answer }) => answer.result ?? []);
    }
    this.webview.tell();
  }

  /** Brings a latent's page into view. */
  async show({ site, latent, position, at }: LatentArgument): Promise<void> {
    this.open({ site, latent }, { position, at });
    await this.webview.reveal();
  }

  /** Shows a latent, sets the form to ablating it where the argument says, and runs that. */
  async ablate(argument: LatentArgument): Promise<void> {
    await this.show(argument);
    const where = argument.position !== undefined || argument.at ? 'given' : 'everywhere';
    this.webview.send({ type: 'form', kind: 'ablate', where });
    await this.run({ change: { kind: 'ablate' }, where, errorTerm: true, generate: 0 });
  }

  async focusSearch(): Promise<void> {
    this.opened = null;
    this.webview.tell();
    await this.webview.reveal();
    this.webview.send({ type: 'focusSearch' });
  }

  dispose(): void {
    clearTimeout(this.quiet);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async receive(message: FromLatentsView): Promise<void> {
    switch (message.type) {
      case 'ready':
        if (this.known === undefined && this.opened === null) [this.search, this.opened] = [message.search, message.opened];
        this.webview.ready();
        if (this.engineState === 'running') await this.resume();
        return;
      case 'start':
        await this.engine.open();
        return;
      case 'search':
        this.search = message.search;
        await this.find();
        return;
      case 'open':
        if (message.ref) this.open(message.ref, null);
        else this.opened = null;
        this.webview.tell();
        return;
      case 'run':
        await this.run(message.intervention);
        return;
      case 'cancel':
        this.changed.cancel();
        return;
      case 'action':
        await this.act(message.action, message.ref);
        return;
      case 'export':
        await saveExport(message);
    }
  }

  private async act(action: LatentAction, ref: LatentRef): Promise<void> {
    if (action === 'copyName') {
      await vscode.env.clipboard.writeText(latentName(ref));
      void vscode.window.setStatusBarMessage(`Copied ${latentName(ref)}`, 4000);
      return;
    }
    await vscode.commands.executeCommand(`latentLens.${action}Latent`, ref);
  }

  /** What is shown is asked for, unless it is there: the engine runs now. What another engine answered is asked for again. */
  private async resume(): Promise<void> {
    if (!this.webview.visible || this.saes.answer.result || this.saes.answer.running) return;
    await this.saes.ask((options) => this.engine.request('saes', null, options));
    const { result } = this.saes.answer;
    if (!result) return;
    const known = JSON.stringify(result);
    if (this.known !== undefined && this.known !== known) {
      for (const answer of [this.found, this.page, this.changed]) answer.drop();
    }
    this.known = known;
    void this.annotations.ready();
    const missing = ({ answer }: { answer: Answer<unknown> }) => !answer.running && (!answer.result || this.old.includes(answer.result));
    if (this.opened && missing(this.page)) this.open(this.opened, this.given);
    if (missing(this.found)) await this.find();
  }

  private open(ref: LatentRef, given: Given | null): void {
    const other = !sameLatent(ref, this.opened) || !sameLatent(ref, this.page.answer.result);
    if (!sameLatent(ref, this.opened)) this.changed.drop();
    this.opened = ref;
    this.given = given?.at || given?.position !== undefined ? given : null;
    if (other || this.page.answer.error || this.old.includes(this.page.answer.result)) void this.page.ask((options) => this.engine.request('latent', ref, options));
    this.webview.tell();
  }

  private async run(intervention: Intervention): Promise<void> {
    const { opened, given } = this;
    if (!opened) return;
    await this.changed.ask((options) => this.intervene.run(opened, intervention, given, options));
  }

  private async find(): Promise<void> {
    const { search } = this;
    const { by, query, site } = search;
    if (by !== 'here' && (by === 'promotes' ? query : query.trim()) === '') this.found.drop();
    else if (by === 'here') await this.found.ask((options) => this.here(search, options));
    else {
      await this.found.ask(async (options) => {
        await this.annotations.ready();
        const own = by === 'description' ? await ownNames(this.engine, this.annotations, search, options) : [];
        const none: LatentHits = { hits: [], total: 0 };
        const found = await this.engine.request('searchLatents', { by, query, site, limit: MOST_HITS }, options).catch((error: Error) => {
          if (own.length === 0 || options.signal.aborted) throw error;
          return none; // nothing else can be searched, but names can
        });
        return { search, ...withOwn(own, found, query), token: null };
      });
    }
  }

  private async here(search: ViewSearch, options: Parameters<typeof activeHere>[5]): Promise<Found> {
    const editor = await this.recent.editor();
    if (!editor || !TYPED_LANGUAGES.includes(editor.document.languageId)) throw new Error('Place the cursor in a Python, TypeScript or JavaScript file.');
    const list = this.saes.answer.result ?? (await this.engine.request('saes', null, options));
    const usable = list.saes.flatMap(({ sae, problem }) => (sae && problem === null ? [sae.site] : []));
    const sites = search.site === null ? usable : [search.site];
    return activeHere(this.engine, editor.document, editor.document.offsetAt(editor.selection.active), search, sites, options);
  }

  private follow(): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => {
      const editor = vscode.window.activeTextEditor;
      const wanted = this.search.by === 'here' && !this.opened && this.webview.visible && this.engineState === 'running';
      if (wanted && editor && TYPED_LANGUAGES.includes(editor.document.languageId)) void this.find();
    }, QUIET_MS);
  }

  private get state(): LatentsViewState {
    const { engineState: engine, opened, given } = this;
    const [saes, found, page, changed] = [this.saes.answer, this.found.answer, this.page.answer, this.changed.answer];
    const words = given?.position === undefined ? (given?.at ? 'the chosen token' : null) : `token ${given.position}`;
    const names = this.annotations.all().map(({ site, latent, name, note }) => ({ site, latent, name, note }));
    const highlighted = this.overlay.shown.map(({ ref, colour }) => ({ ...ref, colour }));
    const same = opened && changed.result && changed.result.prompt === this.explainer.explanation?.prompt;
    const attributed = same ? attributedTo(opened, this.parts().latents ?? null) : null;
    return { engine, saes, found, opened, page, changed, attributed, given: words, names, highlighted };
  }
}
