/** Further analyses of the code that was explained: one pending answer for each; all of them belong to that explanation and go with it. */
import * as vscode from 'vscode';
import { askedAgain } from './asked-again';
import type { Explainer } from './explainer';
import type { EngineClient } from '../engine/client';
import { Pending } from '../engine/pending';
import { sandboxTimeout } from '../settings/settings';
import { ANALYSES, ANALYSIS_IDS, paramsOf, type AnalysisId } from '../../protocol/analyses';
import type { AnalyseRequest } from '../../protocol/engine';
import type { Explanation } from '../../protocol/explanation';
import type { ToPanel, ToPanelPart } from '../../protocol/panel';
import type { Answered, Parts } from '../../protocol/result';

type Part = Answered<AnalysisId>;

export class Analyses implements vscode.Disposable {
  private readonly sent = new vscode.EventEmitter<ToPanel>();
  private readonly pending = new Map<AnalysisId, Pending<Part>>();
  private of: Explanation['lens'] | undefined;
  private readonly listening: vscode.Disposable;

  /** What the panel has to be told. */
  readonly onDidSend = this.sent.event;

  /** @param failed is told what went wrong, which the panel says too */
  constructor(
    private readonly engine: EngineClient,
    private readonly explainer: Explainer,
    private readonly failed: (error: Error) => void,
  ) {
    this.listening = explainer.onDidSend(({ type }) => {
      const replaced = type === 'explanation' && explainer.whole?.lens !== this.of;
      const changed = type === 'status' && explainer.status.outdated;
      if (replaced || changed) queueMicrotask(() => this.drop()); // the page learns why first, or it would ask again
    });
  }

  /** All that a page has to know. */
  *messages(): Generator<ToPanel> {
    for (const [id, { answer }] of this.pending) yield partMessage(id, answer);
  }

  /** What came so far, as parts of a result. */
  get parts(): Parts {
    const whole = [...this.pending].filter(([, { answer }]) => answer.running === null && answer.result !== null);
    return Object.fromEntries(whole.map(([id, { answer }]) => [id, answer.result]));
  }

  /** Asks for one in the place of the one before. What fails is said in the panel. */
  ask(id: AnalysisId, asked: Record<string, unknown>): Promise<void> {
    return this.answerOf(id).ask(async (asking) => {
      const params = paramsOf(id, asked);
      const { asked: code, compare, of } = await askedAgain(this.explainer);
      this.of = of;
      const needs: readonly string[] = ANALYSES[id].needs;
      if (needs.includes('variant') && !compare) throw new Error(NO_VARIANT);
      const runs = { run: vscode.workspace.isTrusted, timeout: sandboxTimeout() };
      const request: AnalyseRequest = { ...code, ...runs, ...(compare && { compare }), analyses: { [id]: params } };
      const { parts, missing } = await this.engine.request('analyse', request, asking);
      const part = parts[id];
      if (!part) throw new Error(missing?.[id] ?? NO_VARIANT);
      return part;
    });
  }

  cancel(id: AnalysisId): void {
    this.pending.get(id)?.cancel();
  }

  dispose(): void {
    this.drop();
    this.listening.dispose();
    this.sent.dispose();
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
    for (const pending of this.pending.values()) pending.drop();
  }
}

const NO_VARIANT = 'There is no near twin to compare with. Choose a variant in the Patching tab first.';

/** An id and its own answer belong together. */
export function partMessage(id: AnalysisId, answer: Pending<Part>['answer']): ToPanelPart {
  return { type: 'part', id, answer } as ToPanelPart;
}

/** Of a saved result: what a page has to know of all its parts. */
export function partMessages(parts: Parts): ToPanelPart[] {
  return ANALYSIS_IDS.flatMap((id) => (parts[id] ? [partMessage(id, { running: null, error: null, result: parts[id] })] : []));
}
