/** Lookups of latents for the editor: what is active at a place, where latents are active in a text, and what is known about them. */
import type { EngineRequests } from '../protocol/engine';
import { frameOf, type Template } from '../snippets/prompts/templates';
import { describedActivations, readActivations, saeAt, type ReadActivations } from './latents/active';
import { findFirings } from './latents/firings';
import { nameOf, readProgram, type SourceText } from './reading/program';
import { openQuestion, type Question } from './reading/question';
import type { Progress } from './session/progress';
import { Recent } from './session/recent';
import { contextLimitOf, sourceOf, templateOf } from './requests';
import type { Session } from './analyses/session';
import { divide, windowAt, type Division } from './reading/windows';

type Params<Method extends keyof EngineRequests> = EngineRequests[Method]['checked'];
type Result<Method extends keyof EngineRequests> = Promise<EngineRequests[Method]['result']>;

export interface LookingUp {
  signal: AbortSignal;
  onProgress: Progress;
}

export class LatentRequests {
  /** A cursor moves in one text for a while. */
  private readonly divided = new Recent<Division>(4);
  private readonly read = new Recent<ReadActivations>(32);
  private readonly lookups = new Set<Promise<unknown>>();

  constructor(private readonly session: Session) {}

  async activations(request: Params<'activations'>, { signal }: LookingUp): Result<'activations'> {
    const { site, count, around } = request;
    const { session, session: { loaded } } = this;
    const sae = saeAt(await session.saes(), site, loaded.model.shape.layers);
    const question = openQuestion(loaded, templateOf(request), contextLimitOf(request));
    const source = sourceOf(request);
    const windowed = async (at: number) => windowAt(await this.division(question, source), at, nameOf(source));
    const program = around === null ? readProgram(loaded, question, source) : await windowed(around);
    const { start, code } = program.source;
    const key = [sae.config.site, count, start, code, program.prompt.text];
    const read = await this.read.get(key, () => readActivations(loaded.model, program, sae, count, signal));
    return { ...(await describedActivations(read, sae, await session.book())), room: question.room };
  }

  async firings(request: Params<'firings'>, { signal, onProgress }: LookingUp): Result<'firings'> {
    const { loaded } = this.session;
    const question = openQuestion(loaded, templateOf(request), contextLimitOf(request));
    const division = await this.division(question, { file: null, text: request.text });
    return findFirings(loaded, await this.session.saes(), request.latents, division, { signal, onProgress });
  }

  latent(ref: Params<'latent'>): Result<'latent'> {
    return this.lookUp(async () => (await this.session.book()).page(ref));
  }

  search(search: Params<'searchLatents'>): Result<'searchLatents'> {
    return this.lookUp(async () => (await this.session.book()).search(search));
  }

  /** Waits for what is being looked up: lookups wait for no other request. */
  async close(): Promise<void> {
    await Promise.allSettled(this.lookups);
  }

  private lookUp<T>(look: () => Promise<T>): Promise<T> {
    const result = look();
    this.lookups.add(result);
    void result.catch(() => undefined).finally(() => this.lookups.delete(result));
    return result;
  }

  private division(question: Question<Template>, source: SourceText): Promise<Division> {
    const { form, room } = question;
    const { before, after } = frameOf(form);
    const { start, end } = source.range ?? { start: 0, end: source.text.length };
    return this.divided.get([source.text, start, end, before, after, room], () => divide(this.session.loaded, question, source));
  }
}
