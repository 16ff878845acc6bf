/** What the Latents tab asks the engine about the code that was explained; all of it belongs to that explanation and goes with it. */
import * as vscode from 'vscode';
import type { EngineClient, RequestOptions } from '../engine/client';
import type { Explainer } from './explainer';
import { Pending } from '../engine/pending';
import { askedAgain } from './asked-again';
import { sandboxTimeout } from '../settings/settings';
import type { Explanation } from '../../protocol/explanation';
import { activationsOf, latentsOf, type Activations, type LatentsDocument, type ListedSae } from '../../protocol/latents';
import type { LatentsOptions, ToPanel } from '../../protocol/panel';
import type { Parts } from '../../protocol/result';
import type { SiteName } from '../../vocabulary/sites';

/** Latents that are listed for a token at most; an SAE with more active ones has the rest counted only. */
const ACTIVE_LISTED = 100;

export class LatentAttribution implements vscode.Disposable {
  private readonly sent = new vscode.EventEmitter<ToPanel>();
  private readonly options = { stands: 'until another', failed: (error: Error) => this.failed(error) } as const;
  private readonly latents = new Pending<LatentsDocument>((latents) => this.sent.fire({ type: 'latents', latents }), this.options);
  private readonly activations = new Pending<Activations>((activations) => this.sent.fire({ type: 'activations', activations }), this.options);
  private saes: ListedSae[] | null = null;
  private attributed?: Parts['latents'];
  private active?: Parts['activations'];
  /** What was read of the explanation that was asked about; one that only lists more variants has the same. */
  private of: Explanation['lens'] | undefined;
  private readonly listening: vscode.Disposable;

  /** What the panel has to be told. */
  readonly onDidSend = this.sent.event;

  /** @param failed is told what went wrong, which the tab says too */
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
    yield { type: 'saes', saes: this.saes };
    yield { type: 'latents', latents: this.latents.answer };
    yield { type: 'activations', activations: this.activations.answer };
  }

  /** What is shown with the explanation, as parts of a result. */
  get parts(): Pick<Parts, 'latents' | 'activations'> {
    const { attributed: latents, active: activations } = this;
    const [attributed, active] = [this.latents.answer.result, this.activations.answer.result];
    return { ...(attributed && latents && { latents }), ...(active && activations && { activations }) };
  }

  /** Which latents tell the code from the near twin that is shown. What fails is said in the tab. */
  attribute(options: LatentsOptions): Promise<void> {
    return this.latents.ask(async (asking) => {
      const { asked, compare } = await this.asked();
      if (!compare) throw new Error('There is no near twin to compare with. Choose a variant in the Patching tab first.');
      await this.listSaes(asking);
      const runs = { run: vscode.workspace.isTrusted, timeout: sandboxTimeout() };
      const result = await this.engine.request('analyse', { ...asked, ...runs, compare, analyses: { prediction: {}, latents: options } }, asking);
      const document = latentsOf(result);
      if (!document) throw new Error(result.missing?.latents ?? 'There is no near twin to compare with. Choose a variant in the Patching tab first.');
      this.attributed = result.parts.latents;
      return document;
    });
  }

  /** Which latents of a site's SAE are active at each token; null for one in the middle. What fails is said in the tab. */
  readActivations(site: SiteName | null): Promise<void> {
    return this.activations.ask(async (asking) => {
      const { asked } = await this.asked();
      await this.listSaes(asking);
      const runs = { run: vscode.workspace.isTrusted, timeout: sandboxTimeout() };
      const result = await this.engine.request('analyse', { ...asked, ...runs, analyses: { activations: { site, count: ACTIVE_LISTED } } }, asking);
      this.active = result.parts.activations;
      return activationsOf(result)!;
    });
  }

  cancel(): void {
    this.latents.cancel();
    this.activations.cancel();
  }

  dispose(): void {
    this.drop();
    this.listening.dispose();
    this.sent.dispose();
  }

  private drop(): void {
    this.of = undefined;
    this.saes = null;
    this.latents.drop();
    this.activations.drop();
  }

  /** The explained code as it stands in its file, and the twin to compare it with. @throws when it is gone or has changed */
  private async asked() {
    const { of, ...asked } = await askedAgain(this.explainer);
    this.of = of;
    return asked;
  }

  private async listSaes(asking: RequestOptions): Promise<void> {
    if (this.saes) return;
    const { saes } = await this.engine.request('saes', null, { signal: asking.signal });
    this.saes = saes.flatMap(({ sae, problem }) => (sae && problem === null ? [sae] : []));
    this.sent.fire({ type: 'saes', saes: this.saes });
  }
}
