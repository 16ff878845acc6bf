/** Further analyses of the code that was explained: one pending answer for each; all of them belong to that explanation and go with it. */
import * as vscode from 'vscode';
import { askedAgain } from './asked-again';
import type { Explainer } from './explainer';
import type { EngineClient } from '../engine/client';
import { Pending, type Asking } from '../engine/pending';
import { sandboxTimeout } from '../settings/settings';
import { ANALYSES, paramsOf, type AnalysisId } from '../../protocol/analyses';
import type { Answer } from '../../protocol/pages/answer';
import type { AnalyseRequest } from '../../protocol/engine';
import type { Notes } from '../../protocol/graphs/notes';
import type { ListedSae } from '../../protocol/documents/latents';
import type { ToPanel, ToPanelPart } from '../../protocol/pages/panel';
import type { Answered, Parts, Result } from '../../protocol/documents/result';

type Part = Answered<AnalysisId>;

export class Analyses implements vscode.Disposable {
  private readonly sent = new vscode.EventEmitter<ToPanel>();
  private readonly pending = new Map<AnalysisId, Pending<Part>>();
  /** What is asked about: a result that only gets more parts has the same. */
  private of: Result['reading'] | undefined;
  private saes: ListedSae[] | null = null;
  /** What the reader made of graphs of the explanation, as its page says. */
  notes: Notes = {};
  private readonly listening: vscode.Disposable;

  /** What the panel has to be told. */
  readonly onDidSend = this.sent.event;

  /** @param failed is told what went wrong, which the panel says too */
  constructor(
    private readonly engine: EngineClient,
    private readonly explainer: Explainer,
    private readonly failed: (error: Error) => void,
  ) {
    this.listening = explainer.onDidSend(() => {
      const { whole, result, status } = explainer;
      const gone = status.outdated || !whole || result?.reading !== this.of;
      if (this.of && gone) queueMicrotask(() => this.drop()); // the page learns why first, or it would ask again
    });
  }

  /** All that a page has to know. */
  *messages(): Generator<ToPanel> {
    yield { type: 'saes', saes: this.saes };
    for (const [id, { answer }] of this.pending) yield partMessage(id, answer);
  }

  /** What is shown with the explanation, as parts of a result. */
  get parts(): Parts {
    const there = [...this.pending].filter(([, { answer: { result, complete } }]) => result !== null && complete);
    return Object.fromEntries(there.map(([id, { answer }]) => [id, answer.result]));
  }

  /**
   * Asks for one in the place of the one before. What fails is said in the panel.
   * @param byReader whether the reader asks: what is only looked at is not begun where it takes long
   */
  async ask(id: AnalysisId, asked: Record<string, unknown>, byReader: boolean): Promise<void> {
    this.of = this.explainer.result?.reading;
    await this.answerOf(id).ask((asking) => this.request(id, asked, byReader ? null : UNASKED_SECONDS, asking));
  }

  cancel(id: AnalysisId): void {
    this.pending.get(id)?.cancel();
  }

  dispose(): void {
    this.drop();
    this.listening.dispose();
    this.sent.dispose();
  }

  /** @returns null for one that would take longer than so many seconds */
  private async request(id: AnalysisId, asked: Record<string, unknown>, within: number | null, asking: Asking): Promise<Part | null> {
    const params = paramsOf(id, asked);
    const { asked: code, compare } = await askedAgain(this.explainer);
    const needs: readonly string[] = ANALYSES[id].needs;
    if (needs.includes('variant') && !compare) throw new Error(NO_VARIANT);
    if (needs.includes('saes')) await this.listSaes(asking);
    const runs = { run: vscode.workspace.isTrusted, timeout: sandboxTimeout() };
    const request: AnalyseRequest = { ...code, ...runs, ...(compare && { compare }), within, analyses: { [id]: params } };
    let seconds: number | null = null;
    const onProgress: typeof asking.onProgress = (progress) => {
      if (progress.cost) ({ seconds } = progress.cost);
      asking.onProgress(progress);
    };
    const { parts, missing } = await this.engine.request('analyse', request, { ...asking, onProgress });
    const part = parts[id];
    if (!part && within !== null && (seconds ?? 0) > within) return null;
    if (!part) throw new Error(missing?.[id] ?? NO_VARIANT);
    return part;
  }

  private async listSaes({ signal }: Asking): Promise<void> {
    if (this.saes) return;
    const { saes } = await this.engine.request('saes', null, { signal });
    this.saes = saes.flatMap(({ sae, problem }) => (sae && problem === null ? [sae] : []));
    this.sent.fire({ type: 'saes', saes: this.saes });
  }

  private answerOf(id: AnalysisId): Pending<Part> {
    const known = this.pending.get(id);
    if (known) return known;
    const pending = new Pending<Part>((answer) => this.sent.fire(partMessage(id, answer)), {
      stands: 'until another',
      failed: this.failed,
      soFar: ({ parts }) => parts?.[id],
    });
    this.pending.set(id, pending);
    return pending;
  }

  private drop(): void {
    this.of = undefined;
    this.saes = null;
    for (const pending of this.pending.values()) pending.drop();
  }
}

/** What takes longer is begun by the reader only. */
const UNASKED_SECONDS = 10;

const NO_VARIANT = 'There is no near twin to compare with. Choose a variant in the Patching view first.';

/** An id and its own answer belong together. */
function partMessage(id: AnalysisId, answer: Answer<Part>): ToPanelPart {
  return { type: 'part', id, answer } as ToPanelPart;
}
