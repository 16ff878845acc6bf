/** Requests about latents, on the SAEs of the model that is open. */
import type { EngineRequests } from '../protocol/engine';
import type { SaeList } from '../protocol/latents';
import type { LoadedSae } from '../sae';
import type { Template } from '../snippets/templates';
import type { Labeller } from '../snippets/variants';
import { explainLatents } from './explain-latents';
import { LatentBook } from './latent-book';
import type { LoadedModel } from './load';
import type { SourceText } from './program';
import type { Progress } from './progress';
import { againstOf } from './requests';
import { listSaes, openSaes } from './saes';

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
  private opening?: Promise<LoadedSae[]>;
  private knowing?: Promise<LatentBook>;

  /**
   * @param folders of SAEs; empty for those in the model's own folder
   * @param explanations folders of Neuronpedia exports, by site
   */
  constructor(
    private readonly loaded: LoadedModel,
    private readonly folders: readonly string[],
    private readonly explanations: Readonly<Record<string, string>>,
  ) {}

  list(): Promise<SaeList> {
    return listSaes(this.loaded, this.folders);
  }

  async attribute(request: Params<'latents'>, asking: Asking): Result<'latents'> {
    const saes = await this.saes();
    const { sites, top, errorTerm } = request;
    return explainLatents(this.loaded, asking.template, asking.source, {
      saes: sites === null ? saes : saes.filter(({ config }) => sites.includes(config.site)),
      top,
      error: errorTerm,
      mode: errorTerm ? 'pass-through' : 'through',
      check: request.check,
      against: againstOf(request.compare),
      label: asking.label,
      signal: asking.signal,
      onProgress: asking.onProgress,
    });
  }

  activations(_request: Params<'activations'>, _asking: Asking): Result<'activations'> {
    throw new Error('Being built.');
  }

  firings(_request: Params<'firings'>, _asking: Pick<Asking, 'signal' | 'onProgress'>): Result<'firings'> {
    throw new Error('Being built.');
  }

  change(_request: Params<'changeLatents'>, _asking: Asking): Result<'changeLatents'> {
    throw new Error('Being built.');
  }

  async latent(ref: Params<'latent'>): Result<'latent'> {
    await (await this.book()).describe([ref]);
    throw new Error('Being built.');
  }

  search(_search: Params<'searchLatents'>): Result<'searchLatents'> {
    throw new Error('Being built.');
  }

  async close(): Promise<void> {
    const saes = await this.opening?.catch(() => []);
    for (const sae of saes ?? []) await sae.release();
  }

  /** Opened when they are first needed, and kept; in the order of the model's sites. */
  private saes(): Promise<LoadedSae[]> {
    const opening = (this.opening ??= openSaes(this.loaded, this.folders));
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
