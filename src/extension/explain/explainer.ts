/** What is explained: one request at a time, what is known of it so far, and whether its code is still as it was. */
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import { Pending, type Asking, type PendingOptions } from '../engine/pending';
import { withVariants } from './same-twin';
import { sandboxTimeout, topK } from '../settings/settings';
import { countedCode, trackedPlace, type OpenPlace } from '../code/open-place';
import { askedOf, targetAt, targetNow, type Target } from '../code/target';
import { relocatedCode, trackedRange } from '../code/tracked-range';
import { paramsOf, type AskedParams } from '../../protocol/analyses';
import type { Answer } from '../../protocol/pages/answer';
import type { Compare } from '../../protocol/engine';
import { explanationIn, type Explanation, type PatchingDirection } from '../../protocol/documents/explanation';
import type { PanelStatus, PanelView, ToPanel } from '../../protocol/pages/panel';
import { changesOf, updated, type Result } from '../../protocol/documents/result';
import type { PatchSite } from '../../vocabulary/sites';

/** What is asked about the code. */
export interface How {
  compare: Compare | null;
  site: PatchSite;
  direction: PatchingDirection;
  /** In how many layers the same is patched at once; 1 if left out. */
  window?: number;
  /** Whether every cell of the heatmap is patched. */
  exact?: boolean;
  /** The two answers to compare; those that the programs give where left out. */
  pair?: [string, string] | null;
}

export const USUALLY: How = { compare: 'best', site: paramsOf('patching').site, direction: paramsOf('patching').direction };

/** Where the explained code is; its range moves with the edits around it. */
export interface Live {
  uri: vscode.Uri;
  start: number;
  end: number;
  /** Whether what the code needs of the file is read with it. */
  needs?: boolean;
  /** The cursor then, from the code's start. */
  at?: number;
  /** The place that an open question is about, where it is now; `start` and `end` are then those of the code that its answer depends on. */
  open?: OpenPlace;
}

export interface Explained {
  result: Result;
  explanation: Explanation;
  live: Live | null;
  how: How;
  /** The result of before that this one is more of. */
  extends?: Explanation;
}

/** What the result is of. */
interface Shown {
  /** What was asked about. */
  code: string;
  live: Live | null;
  how: How;
}

/** A request that takes longer is spoken of in the status bar. */
const PATIENCE_MS = 300;

export class Explainer implements vscode.Disposable {
  private readonly sent = new vscode.EventEmitter<ToPanel>();
  private readonly completed = new vscode.EventEmitter<Explained>();
  private readonly failed = new vscode.EventEmitter<Error>();
  private readonly changes = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((change) => this.onEdit(change)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => this.sendStatus()),
  );
  private readonly pending = new Pending<Result>((answer) => this.onAnswer(answer), { stands: 'until another', failed: (error) => this.failed.fire(error) });
  private shown: Shown = { code: '', live: null, how: USUALLY };
  private told: { result: Result | null; explanation: Explanation | null } = { result: null, explanation: null };
  /** Whether what is asked for is added to a result that stands. */
  private adding = false;
  private outdated = false;
  /** Whose result is awaited. */
  private turn: object = {};

  /** What the panel has to be told. */
  readonly onDidSend = this.sent.event;
  readonly onDidComplete = this.completed.event;
  /** Not for cancellations. */
  readonly onDidFail = this.failed.event;

  constructor(private readonly engine: EngineClient) {}

  get explanation(): Explanation | null {
    return this.told.explanation;
  }

  get result(): Result | null {
    return this.told.result;
  }

  /** Null while there is more to come. */
  get whole(): Explanation | null {
    return this.isComplete ? this.explanation : null;
  }

  get live(): Live | null {
    return this.shown.live;
  }

  /** How far edits before the code have moved it since it was read; nothing without code. */
  get moved(): number {
    const { explanation, live } = this;
    // What is before the place of an open question is all of the code that counts, and none of it has changed.
    return !explanation || !live || live.open ? 0 : live.start - explanation.source.start;
  }

  get how(): How {
    return this.shown.how;
  }

  get status(): PanelStatus {
    const { running, cost, error, cancelled, advice } = this.pending.answer;
    const { outdated, isComplete: complete, live } = this;
    const said = { error, cancelled, ...(advice && { advice }) };
    return { running, cost, ...said, complete, outdated, live: live !== null, restricted: !vscode.workspace.isTrusted };
  }

  private get isComplete(): boolean {
    const { running, complete } = this.pending.answer;
    return complete && (running === null || this.adding);
  }

  /** All that a page has to know. */
  *messages(): Generator<ToPanel> {
    yield { type: 'result', result: this.result };
    yield { type: 'status', status: this.status };
  }

  /**
   * Explains code in the place of what was explained before, which is cancelled. What fails is said in the status.
   * @throws when the code was changed since it was chosen
   */
  async explain(chosen: Target, how: How, view: PanelView): Promise<void> {
    const target = targetNow(chosen);
    const { document, start, end, code, needs, at, open } = target;
    const { shown: before, result: known } = this;
    const again = before.code === code && before.live?.uri.toString() === document.uri.toString() && isSamePlace(before.live.open, open);
    const shown = { code, live: { uri: document.uri, start, end, needs, at, open }, how };
    [this.shown, this.outdated] = [shown, false];
    this.sent.fire({ type: 'view', view });
    const result = await this.ask(
      async (asking) => {
        const asked = { ...(await askedOf(target)), ...runs() };
        return withVariants(await this.engine.request('analyse', { ...asked, ...analysesOf(how) }, asking), known);
      },
      { stands: again ? 'until another' : 'until asked', soFar: (update, soFar) => withVariants(updated(soFar, update)!, known) },
    );
    if (result) this.complete();
    else if (this.shown === shown && again) this.shown.how = before.how; // the result of before is shown
  }

  /**
   * Adds all variants of the explained code to its result, or what a search among them finds; of one that is cancelled what it found by
   * then. What fails is said in the status.
   * @throws when the code is not as it was
   */
  async listVariants(told: AskedParams<'variants'> = {}): Promise<void> {
    const { result, whole } = this;
    if (!result || !whole) throw new Error('The result is not complete. Wait for it, or explain the code again.');
    if (this.outdated) throw new Error('The code has changed, and its variants with it. Explain it again first.');
    const asked = { ...(await askedOf(await this.liveTarget())), ...runs() };
    const more = await this.ask(async (asking) => {
      const { reading, parts: { variants } } = await this.engine.request('analyse', { ...asked, analyses: { variants: told } }, asking);
      const { model, source } = result.reading;
      if (reading.model.sha256 !== model.sha256 || reading.source.code !== source.code) throw new Error('The model or the code is another one now. Explain the code again first.');
      return updated(result, { parts: { variants } });
    }, {
      stands: 'until more',
      soFar: ({ parts: { variants } = {} }) => variants && updated(result, { parts: { variants } }),
    }, true);
    if (more) this.complete(whole);
  }

  cancel(): void {
    this.pending.cancel();
  }

  /** Shows a result of before. */
  async show({ result, explanation, live, how }: Explained): Promise<void> {
    this.cancel();
    const turn = (this.turn = {}); // whatever is asked for meanwhile comes after this
    const text = live && (await documentOf(live.uri))?.getText();
    if (this.turn !== turn) return;
    const now = live && typeof text === 'string' ? liveNow(live, explanation, text) : null;
    // Code that was put together does not stand in the file as it was read.
    const code = now && typeof text === 'string' ? text.slice(now.start, now.end) : explanation.source.code;
    this.shown = { code, live: now ?? live, how };
    this.outdated = live !== null && now === null;
    this.pending.put(result);
  }

  /** The code that was explained, as it is now. @throws when it is gone */
  async liveTarget(): Promise<Target> {
    const { live } = this.shown;
    if (!live) throw new Error('This result was opened from a file, and its code is not at hand. Open the code and explain it there.');
    const document = await documentOf(live.uri);
    if (!document) throw new Error('The code that was explained is not there any more. Open other code and explain that.');
    const text = document.getText();
    if (live.open) return targetAt(document, within(live.open, text.length));
    const { start, end } = within(live, text.length);
    return { document, start, end, code: text.slice(start, end), needs: live.needs, at: live.at };
  }

  dispose(): void {
    this.cancel();
    this.changes.dispose();
    this.sent.dispose();
    this.completed.dispose();
    this.failed.dispose();
  }

  /** @param adding whether it is added to the result that is there */
  private ask(
    request: (asking: Asking) => Promise<Result | null>,
    how: Partial<PendingOptions<Result>>,
    adding = false,
  ): Promise<Result | null> {
    this.turn = {};
    this.adding = adding;
    const answer = this.pending.ask(request, how);
    this.announce(answer);
    return answer;
  }

  private complete(extended?: Explanation): void {
    const { result, explanation, shown: { live, how } } = this;
    this.completed.fire({ result: result!, explanation: explanation!, live, how, ...(extended && { extends: extended }) });
  }

  private onAnswer({ result }: Answer<Result>): void {
    const { result: before } = this.told;
    if (result !== before) {
      this.told = { result, explanation: result && explanationIn(result) };
      const update = result && changesOf(before, result);
      this.sent.fire(update ? { type: 'update', update } : { type: 'result', result });
    }
    this.sendStatus();
  }

  private sendStatus(): void {
    this.sent.fire({ type: 'status', status: this.status });
  }

  /** Says in the status bar what a longer request is doing; it is cancelled in the panel or by a command. */
  private announce(work: Promise<unknown>): void {
    const done = work.then(() => undefined, () => undefined);
    const timer = setTimeout(() => {
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Latent Lens' }, (progress) => {
        const say = () => {
          const { running } = this.pending.answer;
          if (!running) return;
          const { stage, done: count, total } = running;
          progress.report({ message: total ? `${stage} (${count} of ${total})` : stage });
        };
        say();
        const listening = this.onDidSend(({ type }) => type === 'status' && say());
        return done.finally(() => listening.dispose());
      });
    }, PATIENCE_MS);
    void done.finally(() => clearTimeout(timer));
  }

  private onEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const { live, code } = this.shown;
    if (!live || contentChanges.length === 0 || document.uri.toString() !== live.uri.toString()) return;
    const text = document.getText();
    const open = live.open && trackedPlace(live.open, contentChanges);
    const moved = open ? countedCode(open, text.length) : trackedRange(live, contentChanges);
    this.shown.live = { ...live, ...moved, open };
    const outdated = text.slice(moved.start, moved.end) !== code;
    if (outdated === this.outdated) return;
    this.outdated = outdated;
    this.sendStatus();
  }
}

/** Where code that was explained is in a text: edits before it, or of another session, may have moved it. Null where it is not there. */
function liveNow(live: Live, { source, place }: Explanation, text: string): Live | null {
  if (!live.open || !place) {
    const range = relocatedCode(text, source, live.start);
    return range && { ...live, ...range };
  }
  // More before what was read could be read as well, so that it must not have moved.
  if (relocatedCode(text, source, source.start)?.start !== source.start) return null;
  const open = { ...live.open, ...place };
  return { ...live, ...countedCode(open, text.length), open };
}

function isSamePlace(a: OpenPlace | undefined, b: OpenPlace | undefined): boolean {
  return a?.ask === b?.ask && a?.start === b?.start && a?.end === b?.end;
}

function within<R extends { start: number; end: number }>(range: R, length: number): R {
  return { ...range, start: Math.min(range.start, length), end: Math.min(range.end, length) };
}

/** What is asked of the engine; without a comparison no patching. */
function analysesOf({ compare, site, direction, window, exact, pair }: How) {
  const shown = { prediction: { topK: topK(), ...(pair && { answers: pair }) }, lens: { topK: topK() } };
  if (compare === null) return { analyses: shown };
  return { compare, analyses: { ...shown, patching: { site, direction, window, exact, answers: pair ?? null } } };
}

const runs = () => ({ run: vscode.workspace.isTrusted, timeout: sandboxTimeout() });

/** Undefined when it is gone; an unsaved one that was closed would come back empty. */
async function documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open || uri.scheme === 'untitled') return open;
  return vscode.workspace.openTextDocument(uri).then((document) => document, () => undefined);
}
