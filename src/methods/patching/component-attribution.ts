/**
 * Attribution patching of components (Nanda 2023): what patching the embedding, each head, MLP and neuron at all tokens would change the
 * metric by, estimated from one backward pass of the base's run.
 *
 *   score(component) = Σ over aligned tokens of (a_source − a_base) · ∂metric/∂a_base
 *
 * It is a straight line, and blind where ways through the model cancel. GradDrop (Kramár et al. 2024, AtP*, arXiv 2403.00745) takes one
 * backward pass for each layer, in which that layer passes no gradient on, and of their scores the mean size: what cancels is then seen.
 * Queries and keys act through a softmax, which a straight line says little of: theirs is computed anew (QK-fix, AtP* too),
 *
 *   score(queries of a head) = Σ over rows and columns (pattern with the source's queries − pattern) · ∂metric/∂pattern
 *
 * and so of the keys, which several heads may share.
 */
import { floats, type FloatArray } from '../../graph';
import { gradientsOf, logitDifference, positionFeeds, residualsBefore, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type BlockSite, type Site } from '../../vocabulary/sites';
import { put, vectorSize, type Unit } from './axes';
import { openCells } from './open-cells';
import { logitDifferences } from './patching';
import { Sweep, type Patch, type Put } from './sweep';

export interface Component {
  /** The embedding is that of the tokens, and of positions where they are learned. */
  readonly kind: 'embed' | 'head' | 'mlp' | 'neuron' | 'query' | 'key';
  /** 0 for the embedding, which is what the first layer reads. */
  readonly layer: number;
  /** Of the head (of keys, the key-value head) or neuron in its layer; 0 for an MLP and the embedding. */
  readonly index: number;
}

export const EMBEDDING: Component = { kind: 'embed', layer: 0, index: 0 };

export interface ComponentAttributionOptions {
  /** Token ids of the run that is patched, and of the run that the activations come from. */
  readonly base: readonly number[];
  readonly source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none. */
  readonly sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  readonly metric: { readonly positive: number; readonly negative: number };
  readonly gradDrop?: boolean;
  /** Whether queries and keys are scored too. */
  readonly qkFix?: boolean;
  readonly signal?: AbortSignal;
  /** Backward passes that are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

export const COMPONENT_SITES = {
  embed: 'hook_resid_pre',
  head: 'attn.hook_z',
  mlp: 'hook_mlp_out',
  neuron: 'mlp.hook_post',
  query: 'attn.hook_q',
  key: 'attn.hook_k',
} as const satisfies Record<Component['kind'], BlockSite>;
const KINDS = Object.keys(COMPONENT_SITES) as Component['kind'][];
const STRAIGHT = ['embed', 'head', 'mlp', 'neuron'] as const;
const SOFTMAXED = ['query', 'key'] as const;

function isSoftmaxed(kind: Component['kind']): kind is (typeof SOFTMAXED)[number] {
  return (SOFTMAXED as readonly Component['kind'][]).includes(kind);
}

/** Patches of one batch: each has the residual stream of a whole prompt. */
const AT_ONCE = 16;

/**
 * Both runs and the scores, by kind [layer][index]: by what patching would change the metric; with GradDrop sizes, which are not negative.
 */
export class ComponentAttribution {
  private constructor(
    private readonly model: Model,
    private readonly options: ComponentAttributionOptions,
    private readonly runs: { readonly base: RunResult; readonly source: RunResult },
    readonly baseMetric: number,
    readonly sourceMetric: number,
    readonly scores: Readonly<Record<Component['kind'], Float64Array[]>>,
  ) {}

  static async read(model: Model, options: ComponentAttributionOptions): Promise<ComponentAttribution> {
    const { base, source, metric, gradDrop = false, qkFix = false, signal, onProgress } = options;
    const { layers } = model.shape;
    const softmaxed = qkFix ? SOFTMAXED : [];
    const each = (some: readonly Component['kind'][]) =>
      some.flatMap((kind) => Array.from({ length: kind === 'embed' ? 1 : layers }, (_, layer) => blockSite(layer, COMPONENT_SITES[kind])));
    const sites = each([...STRAIGHT, ...softmaxed]);
    const patterns = qkFix ? Array.from({ length: layers }, (_, layer) => blockSite(layer, 'attn.hook_pattern')) : [];
    // The gradient at the embedding is there whatever layer is dropped.
    const slopes: Site[] = [{ kind: 'embed' }, ...each(STRAIGHT.filter((kind) => kind !== 'embed')), ...patterns];
    const baseRun = await model.run([base], { read: [...residualsBefore(model), ...sites, ...patterns], cache: true, signal });
    const sourceRun = await model.run([source], { read: sites, signal });
    const runs = { base: baseRun, source: sourceRun };
    const difference = logitDifference(metric.positive, metric.negative);
    const [baseMetric] = await logitDifferences(model, baseRun.resid, [base.length - 1], metric);
    const [sourceMetric] = await logitDifferences(model, sourceRun.resid, [source.length - 1], metric);
    const empty = { embed: [], head: [], mlp: [], neuron: [], query: [], key: [] };
    const made = new ComponentAttribution(model, options, runs, baseMetric, sourceMetric, empty);
    // With one layer alone there is none to leave out but a component's own.
    const passes = gradDrop && layers > 1 ? Array.from({ length: layers }, (_, layer) => layer) : [undefined];
    for (const [done, without] of passes.entries()) {
      const wanted = slopes.filter((site) => site.kind !== 'block' || site.layer !== without);
      const gradients = await gradientsOf(model, baseRun, difference, wanted, signal, without);
      for (const kind of [...STRAIGHT, ...softmaxed]) {
        for (let layer = 0; layer < (kind === 'embed' ? 1 : layers); layer++) {
          const through: Site = kind === 'embed' ? { kind } : blockSite(layer, isSoftmaxed(kind) ? 'attn.hook_pattern' : COMPONENT_SITES[kind]);
          const gradient = gradients.get(siteName(through));
          const scores = await (isSoftmaxed(kind) ? made.softmaxed(kind, layer, gradient) : made.products(kind, layer, gradient));
          const sum = (made.scores[kind][layer] ??= new Float64Array(scores?.length ?? made.count(kind)));
          const dropped = kind === 'embed' ? layers : layers - 1;
          scores?.forEach((score, i) => (sum[i] += without === undefined ? score : Math.abs(score) / dropped));
        }
      }
      onProgress?.(done + 1, passes.length);
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
    return made;
  }

  /** All components of some kinds, the largest scores first. */
  largest<K extends Component['kind']>(kinds: readonly K[], count: number): (Component & { kind: K })[] {
    const all = kinds.flatMap((kind) =>
      this.scores[kind].flatMap((row, layer) => Array.from(row, (_, index): Component & { kind: K } => ({ kind, layer, index }))));
    return all.sort((a, b) => Math.abs(this.score(b)) - Math.abs(this.score(a))).slice(0, count);
  }

  score({ kind, layer, index }: Component): number {
    return this.scores[kind][layer][index];
  }

  /**
   * Really patches each component alone, at all tokens.
   * @param onProgress is given the metrics so far, by component
   * @returns the metrics
   */
  async patch(
    components: readonly Component[],
    onProgress?: (done: number, total: number, soFar: readonly (number | undefined)[]) => void,
  ): Promise<number[]> {
    const { model, runs, options: { sourceOf, metric, signal } } = this;
    const metrics = components.map((): number | undefined => undefined);
    let done = 0;
    for (const kind of KINDS) {
      const cells = components.flatMap((one, unit) => (one.kind === kind ? this.cellOf(one, unit) : [])).sort((a, b) => a.layer - b.layer);
      const open = new Set(cells.map(({ unit }) => unit));
      components.forEach((one, unit) => {
        if (one.kind !== kind || open.has(unit)) return;
        metrics[unit] = this.baseMetric;
        done++;
      });
      const putSource: Put = (into, patch, site) => put(into, runs.source.sites.get(siteName(site))!, patch, sourceOf);
      for (let start = 0; start < cells.length; start += AT_ONCE) {
        const some = cells.slice(start, start + AT_ONCE);
        const resid = await new Sweep(model, COMPONENT_SITES[kind], runs.base, putSource, some).run(signal);
        const values = await logitDifferences(model, resid, some.map((_, i) => i), metric);
        some.forEach(({ unit }, i) => (metrics[unit] = values[i]));
        onProgress?.(done += some.length, components.length, metrics);
        await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
      }
    }
    return metrics as number[];
  }

  /** None where the patch can change nothing. */
  private cellOf({ kind, layer, index }: Component, unit: number): Patch[] {
    const { options, model } = this;
    const size = this.size(kind);
    const whole: Unit = { positions: [...options.base.keys()], start: index * size, end: (index + 1) * size };
    const cells = openCells(options, COMPONENT_SITES[kind], [whole], model.shape.layers);
    return cells.flatMap((cell) => (cell.layer === layer ? [{ ...cell, unit }] : []));
  }

  private size(kind: Component['kind']): number {
    const { headSize, width } = this.model.shape;
    return { embed: width, head: headSize, mlp: width, neuron: 1, query: headSize, key: headSize }[kind];
  }

  private count(kind: Component['kind']): number {
    const { heads, keyValueHeads, mlpWidth } = this.model.shape;
    return { embed: 1, head: heads, mlp: 1, neuron: mlpWidth, query: heads, key: keyValueHeads }[kind];
  }

  /** Of queries or keys; null without a gradient at the pattern. */
  private async softmaxed(kind: 'query' | 'key', layer: number, gradient: FloatArray | undefined): Promise<Float64Array | null> {
    if (!gradient) return null;
    const { model: { sessions, shape: { heads } }, runs: { base, source }, options: { sourceOf } } = this;
    const site = COMPONENT_SITES[kind];
    const name = siteName(blockSite(layer, site));
    const own = base.sites.get(name)!;
    const data = own.data.slice();
    const whole: Unit = { positions: sourceOf.flatMap((from, at) => (from === null ? [] : [at])), start: 0, end: vectorSize(own.shape) };
    put({ data, shape: own.shape, row: 0, first: 0 }, source.sites.get(name)!, whole, sourceOf);
    const session = await sessions.block(layer, 'none', [site], ['attn.hook_pattern'], false);
    const given = {
      resid: base.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))!, ...positionFeeds(base.layout), [site]: floats(data, own.shape),
    };
    const after = (await session.run(given))['out attn.hook_pattern'].data as Float32Array;
    const before = base.sites.get(siteName(blockSite(layer, 'attn.hook_pattern')))!.data;
    const scores = new Float64Array(this.count(kind));
    const inHead = before.length / heads;
    before.forEach((value, i) => {
      scores[Math.floor((Math.floor(i / inHead) * scores.length) / heads)] += (after[i] - value) * gradient.data[i];
    });
    return scores;
  }

  /** Null without a gradient. */
  private products(kind: Component['kind'], layer: number, gradient: FloatArray | undefined): Float64Array | null {
    if (!gradient) return null;
    const site = siteName(blockSite(layer, COMPONENT_SITES[kind]));
    const [own, other] = [this.runs.base.sites.get(site)!, this.runs.source.sites.get(site)!];
    const [size, part] = [vectorSize(own.shape), this.size(kind)];
    const scores = new Float64Array(size / part);
    this.options.sourceOf.forEach((from, position) => {
      if (from === null) return;
      for (let i = 0; i < size; i++) {
        scores[Math.floor(i / part)] += (other.data[from * size + i] - own.data[position * size + i]) * gradient.data[position * size + i];
      }
    });
    return scores;
  }
}
