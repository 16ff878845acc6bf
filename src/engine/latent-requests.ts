/** Requests about latents, on the SAEs of the model that is open. */
import type { EngineRequests } from '../protocol/engine';
import type { SaeList } from '../protocol/latents';
import type { LoadedSae } from '../sae';
import { frameOf, type Template } from '../snippets/prompts/templates';
import type { Labeller } from '../snippets/twins/variants';
import { readActivations, saeAt, type ReadActivations } from './analyses/activations';
import { changeLatents } from './analyses/change-latents';
import { explainLatents } from './analyses/explain-latents';
import { findFirings } from './analyses/firings';
import { activationsOf, attributionOf, changesOf, latentsOf } from './latent-params';
import { LatentBook } from './latents/book';
import type { LoadedModel } from './session/load';
import { nameOf, openQuestion, readProgram, type Question, type SourceText } from './reading/program';
import type { Progress } from './session/progress';
import { Recent } from './session/recent';
import { againstOf, pairOf } from './requests';
import { listedSae, listSaes, openSaes, type SaePlaces } from './latents/saes';
import { divide, windowAt, type Division } from './reading/windows';

type Params<Method extends keyof EngineRequests> = EngineRequests[Method]['params'];
type Result<Method extends keyof EngineRequests> = Promise<EngineRequests[Method]['result']>;

export interface Asking {
  template: Template;
  source: SourceText;
  contextLimit?: number;
  label?: Labeller;
  signal: AbortSignal;
  onProgress: Progress;
}

export class LatentRequests {
  /** A cursor moves in one text for a while. */
  private readonly divided = new Recent<Division>(4);
  private readonly read = new Recent<ReadActivations>(32);
  private readonly lookups = new Set<Promise<unknown>>();
  private opening?: Promise<LoadedSae[]>;
  private knowing?: Promise<LatentBook>;

  /**
   * @param folders of SAEs, or their names in the store; empty for those in the model's own folder
   * @param explanations folders of Neuronpedia exports, by site
   */
  constructor(
    private readonly loaded: LoadedModel,
    private readonly folders: readonly string[],
    private readonly explanations: Readonly<Record<string, string>>,
    private readonly places: SaePlaces = {},
  ) {}

  list(): Promise<SaeList> {
    return listSaes(this.loaded, this.folders, this.places);
  }

  async attribute(request: Params<'latents'>, asking: Asking): Result<'latents'> {
    const saes = await this.saes();
    const book = await this.book();
    const { sites, errorTerm, ...asked } = attributionOf(request);
    const chosen = sites?.map((site) => saeAt(saes, site, this.loaded.model.shape.layers));
    const used = chosen ? saes.filter((sae) => chosen.includes(sae)) : saes;
    return explainLatents(this.loaded, asking.template, asking.source, {
      saes: used,
      ...asked,
      error: errorTerm,
      mode: errorTerm ? 'pass-through' : 'through',
      describe: (refs) => book.describe(refs),
      problems: () => book.problems(used),
      contextLimit: asking.contextLimit,
      against: againstOf(request.compare),
      pair: pairOf(request.pair),
      label: asking.label,
      signal: asking.signal,
      onProgress: asking.onProgress,
    });
  }

  async activations(request: Params<'activations'>, { template, source, contextLimit, signal }: Asking): Result<'activations'> {
    const { site, count, around } = activationsOf(request);
    const { model } = this.loaded;
    const sae = saeAt(await this.saes(), site, model.shape.layers);
    const question = openQuestion(this.loaded, template, contextLimit);
    const program =
      around === null
        ? readProgram(this.loaded, question, source)
        : windowAt(await this.division(question, source), around, nameOf(source));
    const { start, code } = program.source;
    const read = await this.read.get([sae.config.site, count, start, code, program.prompt.text], () => {
      return readActivations(model, program, sae, count, signal);
    });
    const numbers = [...new Set(read.active.flatMap((latents) => latents.map(({ latent }) => latent)))].sort((a, b) => a - b);
    const book = await this.book();
    const latents = await book.describe(numbers.map((latent) => ({ site: sae.config.site, latent })));
    return { sae: listedSae(sae), ...read, room: question.room, latents, problems: await book.problems([sae]) };
  }

  async firings({ latents }: Params<'firings'>, { template, source, contextLimit, signal, onProgress }: Asking): Result<'firings'> {
    const division = await this.division(openQuestion(this.loaded, template, contextLimit), source);
    return findFirings(this.loaded, await this.saes(), latentsOf(latents), division, { signal, onProgress });
  }

  async change(request: Params<'changeLatents'>, { template, source, label: _, ...asking }: Asking): Result<'changeLatents'> {
    const options = { ...changesOf(request), error: request.errorTerm !== false, saes: await this.saes() };
    return changeLatents(this.loaded, template, source, { ...options, ...asking });
  }

  latent(ref: Params<'latent'>): Result<'latent'> {
    return this.lookUp(async () => (await this.book()).page(ref));
  }

  search(search: Params<'searchLatents'>): Result<'searchLatents'> {
    return this.lookUp(async () => (await this.book()).search(search));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.lookups);
    const saes = await this.opening?.catch(() => []);
    for (const sae of saes ?? []) await sae.release();
  }

  /** Lookups wait for no other request, and so the end has to wait for them. */
  private lookUp<T>(look: () => Promise<T>): Promise<T> {
    const result = look();
    this.lookups.add(result);
    void result.catch(() => undefined).finally(() => this.lookups.delete(result));
    return result;
  }

  private division(question: Question, source: SourceText): Promise<Division> {
    const { template, room } = question;
    const { before, after } = frameOf(template);
    const { start, end } = source.range ?? { start: 0, end: source.text.length };
    return this.divided.get([source.text, start, end, before, after, room], () => divide(this.loaded, question, source));
  }

  /** Opened when they are first needed, and kept; in the order of the model's sites. */
  private saes(): Promise<LoadedSae[]> {
    const opening = (this.opening ??= openSaes(this.loaded, this.folders, this.places));
    opening.catch(() => (this.opening = undefined)); // another try may find what was missing
    return opening;
  }

  /** What is known about their latents; kept as well. */
  private book(): Promise<LatentBook> {
    const knowing = (this.knowing ??= this.saes().then((saes) => new LatentBook(this.loaded, saes, this.explanations)));
    knowing.catch(() => (this.knowing = undefined));
    return knowing;
  }
}
