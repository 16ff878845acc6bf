/** What is explained: one request at a time, what is known of it so far, and whether its code is still as it was. */
import * as vscode from 'vscode';
import { Cancelled, type EngineClient } from '../engine/client';
import { withVariants } from './same-twin';
import { sandboxTimeout, topK } from '../settings/settings';
import { askedOf, targetNow, type Target } from '../code/target';
import { relocatedCode, trackedRange } from '../code/tracked-range';
import { paramsOf } from '../../protocol/analyses';
import type { Compare, EngineProgress } from '../../protocol/engine';
import { explanationOf, type ExplainedPatching, type Explanation, type PatchingDirection } from '../../protocol/explanation';
import type { PanelStatus, PanelTab, ToPanel } from '../../protocol/panel';
import { updated, type Result } from '../../protocol/result';
import type { PatchSite } from '../../vocabulary/sites';

/** What is asked about the code. */
export interface How {
  compare: Compare | null;
  site: PatchSite;
  direction: PatchingDirection;
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
}

export interface Explained {
  result: Result;
  explanation: Explanation;
  live: Live | null;
  how: How;
  /** The result of before that this one is more of. */
  extends?: Explanation;
}

interface Shown {
  result: Result | null;
  explanation: Explanation | null;
  /** Whether there is more to come. */
  complete: boolean;
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
  private shown: Shown = { result: null, explanation: null, complete: true, code: '', live: null, how: USUALLY };
  private running: PanelStatus['running'] = null;
  private error: string | null = null;
  private outdated = false;
  private abort?: AbortController;

  /** What the panel has to be told. */
  readonly onDidSend = this.sent.event;
  readonly onDidComplete = this.completed.event;
  /** Not for cancellations. */
  readonly onDidFail = this.failed.event;

  constructor(private readonly engine: EngineClient) {}

  get explanation(): Explanation | null {
    return this.shown.explanation;
  }

  get result(): Result | null {
    return this.shown.result;
  }

  /** Null while there is more to come. */
  get whole(): Explanation | null {
    return this.shown.complete ? this.shown.explanation : null;
  }

  get live(): Live | null {
    return this.shown.live;
  }

  get how(): How {
    return this.shown.how;
  }

  get status(): PanelStatus {
    const { running, error, outdated } = this;
    return { running, error, outdated, live: this.shown.live !== null, restricted: !vscode.workspace.isTrusted };
  }

  /** All that a page has to know. */
  *messages(): Generator<ToPanel> {
    yield { type: 'explanation', explanation: this.shown.explanation, complete: this.shown.complete };
    yield { type: 'status', status: this.status };
  }

  /**
   * Explains code in the place of what was explained before, which is cancelled. What fails is said in the status.
   * @throws when the code was changed since it was chosen
   */
  async explain(chosen: Target, how: How, tab: PanelTab): Promise<void> {
    const target = targetNow(chosen);
    const { document, start, end, code, needs, at } = target;
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const current = () => this.abort === abort;
    const before = this.shown;
    const again = before.code === code && before.live?.uri.toString() === document.uri.toString();
    const live = { uri: document.uri, start, end, needs, at };
    this.shown = { result: again ? before.result : null, explanation: again ? before.explanation : null, complete: false, code, live, how };
    this.running = { stage: 'Starting', done: null, total: null };
    [this.error, this.outdated] = [null, false];
    this.sent.fire({ type: 'tab', tab });
    for (const message of this.messages()) this.sent.fire(message);
    try {
      const asked = { ...(await askedOf(target)), ...runs() };
      const known = this.following(before.result, current);
      const explained = this.engine.request('analyse', { ...asked, ...analysesOf(how) }, { signal: abort.signal, onProgress: known });
      this.announce(explained);
      const result = withVariants(await explained, before.result);
      if (!current()) return;
      this.put(result, true);
      this.completed.fire({ result, explanation: this.shown.explanation!, live: this.shown.live, how });
    } catch (error) {
      if (!current()) return;
      const back = again && before.complete;
      const partly = back ? ' What is shown is the result before.' : this.shown.explanation ? ' What is shown was known by then.' : '';
      this.error = error instanceof Cancelled ? `Cancelled.${partly}` : (error as Error).message;
      if (!(error instanceof Cancelled)) this.failed.fire(error as Error);
      if (back) this.shown = { ...before, live: this.shown.live };
      if (back) this.sent.fire({ type: 'explanation', explanation: before.explanation, complete: true });
    } finally {
      if (current()) {
        this.running = null;
        this.abort = undefined;
        this.sendStatus();
      }
    }
  }

  /** Adds all variants of the explained code to its result. What fails is said in the status. @throws when the code is not as it was */
  async listVariants(): Promise<void> {
    const { result, explanation, complete } = this.shown;
    if (!result || !explanation || !complete) throw new Error('The result is not complete. Wait for it, or explain the code again.');
    if (this.outdated) throw new Error('The code has changed, and its variants with it. Explain it again first.');
    const asked = { ...(await askedOf(await this.liveTarget())), ...runs() };
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const current = () => this.abort === abort;
    [this.running, this.error] = [{ stage: 'Making variants', done: null, total: null }, null];
    this.sendStatus();
    try {
      const onProgress = ({ stage, done, total }: EngineProgress) => current() && this.say(stage, done, total);
      const listing = this.engine.request('analyse', { ...asked, analyses: { variants: {} } }, { signal: abort.signal, onProgress });
      this.announce(listing);
      const { reading, parts: { variants } } = await listing;
      if (!current()) return;
      if (reading.model.sha256 !== explanation.model.sha256 || reading.source.code !== explanation.source.code) throw new Error('The model or the code is another one now. Explain the code again first.');
      this.put(updated(result, { parts: { variants } })!, true);
      const { live, how } = this.shown;
      this.completed.fire({ result: this.shown.result!, explanation: this.shown.explanation!, live, how, extends: explanation });
    } catch (error) {
      if (!current()) return;
      this.error = error instanceof Cancelled ? 'Cancelled. The variants were not listed.' : (error as Error).message;
      if (!(error instanceof Cancelled)) this.failed.fire(error as Error);
    } finally {
      if (current()) {
        this.running = null;
        this.abort = undefined;
        this.sendStatus();
      }
    }
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** Shows a result of before. */
  async show({ result, explanation, live, how }: Explained): Promise<void> {
    this.cancel();
    const turn = (this.abort = new AbortController()); // whatever is asked for meanwhile comes after this
    const text = live && (await documentOf(live.uri))?.getText();
    if (this.abort !== turn) return;
    this.abort = undefined;
    // Edits before the code, or those of another session, may have moved it.
    const range = live && typeof text === 'string' ? relocatedCode(text, explanation.source, live.start) : null;
    // Code that was put together does not stand in the file as it was read.
    const code = range && typeof text === 'string' ? text.slice(range.start, range.end) : explanation.source.code;
    this.shown = { result, explanation, complete: true, code, live: live && { ...live, ...range }, how };
    [this.running, this.error, this.outdated] = [null, null, live !== null && range === null];
    for (const message of this.messages()) this.sent.fire(message);
  }

  /** The code that was explained, as it is now. @throws when it is gone */
  async liveTarget(): Promise<Target> {
    const { live } = this.shown;
    if (!live) throw new Error('This result was opened from a file, and its code is not at hand. Open the code and explain it there.');
    const document = await documentOf(live.uri);
    if (!document) throw new Error('The code that was explained is not there any more. Open other code and explain that.');
    const text = document.getText();
    const [start, end] = [Math.min(live.start, text.length), Math.min(live.end, text.length)];
    return { document, start, end, code: text.slice(start, end), needs: live.needs, at: live.at };
  }

  dispose(): void {
    this.cancel();
    this.changes.dispose();
    this.sent.dispose();
    this.completed.dispose();
    this.failed.dispose();
  }

  /** Shows what comes while an explanation is made. */
  private following(before: Result | null, current: () => boolean): (progress: EngineProgress) => void {
    let result: Result | null = null;
    return ({ stage, done, total, update }) => {
      if (!current()) return;
      const { patching, ...others } = update?.parts ?? {};
      const only = result !== null && patching !== undefined && update?.pair === undefined && Object.keys(others).length === 0;
      if (update) result = updated(result, update);
      if (only) this.showPatching(result!, patching.value);
      else if (update && result) this.put(withVariants(result, before), false);
      this.say(stage, done, total);
    };
  }

  private put(result: Result, complete: boolean): void {
    const explanation = explanationOf(result);
    this.shown = { ...this.shown, result, explanation, complete };
    this.sent.fire({ type: 'explanation', explanation, complete });
  }

  private showPatching(result: Result, patching: ExplainedPatching): void {
    this.shown = { ...this.shown, result, explanation: this.shown.explanation && { ...this.shown.explanation, patching } };
    this.sent.fire({ type: 'patching', patching });
  }

  private say(stage: string, done?: number, total?: number): void {
    this.running = { stage, done: done ?? null, total: total ?? null };
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
          if (!this.running) return;
          const { stage, done: count, total } = this.running;
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
    const moved = trackedRange(live, contentChanges);
    this.shown.live = { ...live, ...moved };
    const outdated = document.getText().slice(moved.start, moved.end) !== code;
    if (outdated === this.outdated) return;
    this.outdated = outdated;
    this.sendStatus();
  }
}

/** What is asked of the engine; without a comparison no patching. */
function analysesOf({ compare, site, direction, exact, pair }: How) {
  const shown = { prediction: { topK: topK() }, lens: { topK: topK() } };
  if (compare === null) return { analyses: shown };
  return { compare, analyses: { ...shown, patching: { site, direction, exact, answers: pair ?? null } } };
}

const runs = () => ({ run: vscode.workspace.isTrusted, timeout: sandboxTimeout() });

/** Undefined when it is gone; an unsaved one that was closed would come back empty. */
async function documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open || uri.scheme === 'untitled') return open;
  return vscode.workspace.openTextDocument(uri).then((document) => document, () => undefined);
}
