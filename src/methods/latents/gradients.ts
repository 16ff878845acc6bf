/**
 * Gradients of a logit metric through spliced SAEs: with respect to every latent and every error, at each position (the "feature"
 * and "error" nodes of Marks et al. 2024, Sparse Feature Circuits, arXiv 2403.19647).
 */
import { floats, type FloatArray, type NdArray, type Session } from '../../graph';
import { metricGradient, positionFeeds, type BatchLayout, type Hook, type LogitMetric, type Model, type RunResult } from '../../model';
import { fromRows, requireAutoencoders, requireDistinct, requireFit, saeInput, spliceHooks, toRows, type LoadedSae } from '../../sae';
import { BLOCK_SITES, blockSite, siteName, type BlockSite, type Site } from '../../vocabulary/sites';

export interface LatentGradientOptions {
  readonly saes: readonly LoadedSae[];
  /** Whether each SAE's error is added to its reconstruction: the run is then the unedited model's, value by value. */
  readonly error: boolean;
  /**
   * What gradients that flow further down meet at an SAE.
   * through: its reconstruction's Jacobian Jᵀ, the error being a constant. This is what SAELens's HookedSAETransformer gives with
   * use_error_term=True, since it computes the error without gradients.
   * pass-through: the identity, so that every gradient is that of the model without SAEs (Marks et al.). The sum of an SAE's latent
   * and error gradients, weighted by values, then explains the whole activation.
   */
  readonly mode: 'through' | 'pass-through';
  /** What is added to the output of one SAE, [rows, dIn]; the reverse pass then ends there, with the gradients at it and above. */
  readonly shift?: OutputShift;
  readonly signal?: AbortSignal;
}

export interface OutputShift {
  readonly sae: LoadedSae;
  readonly by: FloatArray;
}

export interface SaeGradient {
  readonly sae: LoadedSae;
  /** What the SAE read in this run (`saeInput`), [rows, dIn]. encode(x) are its latents. */
  readonly x: FloatArray;
  /** The gradient at its output and so with respect to its error, [rows, dIn]. `sae.latentGradient(x, output)` has that of the latents. */
  readonly output: FloatArray;
}

export interface LatentGradients {
  readonly layout: BatchLayout;
  /** The residual stream after the last layer of this run, [batch, positions, width]. */
  readonly resid: FloatArray;
  /** In the order of `saes`; with a shift those that the reverse pass met. */
  readonly saes: readonly SaeGradient[];
}

/**
 * The gradient of Σ over prompts of the metric at each one's last token, at the output of each SAE.
 *
 * Blocks are walked in reverse, as in `gradientsAt`. Within a block, sites are finished from the last to the first: where the gradient g
 * at an SAE's output has to go on through the SAE, the block's gradient, which took the SAE for the identity, is corrected by what
 * (Jᵀ − 1) g at that site sends to the sites before it.
 * @throws when an SAE does not fit the model, two belong to one site, or one to ln_final.hook_normalized
 */
export async function latentGradients(
  model: Model,
  prompts: readonly (readonly number[])[],
  metric: LogitMetric,
  { saes, error, mode, shift, signal }: LatentGradientOptions,
): Promise<LatentGradients> {
  requireDistinct(saes);
  requireAutoencoders(saes, 'Attribution');
  for (const sae of saes) {
    requireFit(sae, model);
    if (sae.site.kind === 'final') throw new Error(`${sae.folder}: gradients of an SAE at ${sae.config.site} are not supported; choose one of a layer.`);
  }
  const { run, inputs } = await runWithSaes(model, prompts, { saes, error, shift, signal });
  const walk = new ReverseWalk(model, run, { saes, error, mode, shift }, inputs);
  const outputs = await walk.from(await metricAtEnds(model, run, metric), signal);
  const met = saes.filter((sae) => outputs.has(sae));
  const result = met.map((sae) => ({ sae, x: inputs.get(sae)!, output: toRows(sae, outputs.get(sae)!) }));
  return { layout: run.layout, resid: run.resid, saes: result };
}

/**
 * Runs prompts through the model with SAEs spliced in, and keeps what each of them reads, [rows, dIn]; `sites` of the run holds what lies
 * at their sites after them, and each hook_resid_pre.
 */
export async function runWithSaes(
  model: Model,
  prompts: readonly (readonly number[])[],
  { saes, error, shift, signal }: Pick<LatentGradientOptions, 'saes' | 'error' | 'shift' | 'signal'>,
): Promise<{ run: RunResult; inputs: ReadonlyMap<LoadedSae, FloatArray> }> {
  const residuals = Array.from({ length: model.shape.layers }, (_, layer) => blockSite(layer, 'hook_resid_pre'));
  const read = [...residuals, ...saes.map(({ site }) => site)];
  const inputs = new Map<LoadedSae, FloatArray>();
  // With the error an SAE changes no value, so the model runs as it is.
  if (error) {
    const run = await model.run(prompts, { read, hooks: shift ? [shifted(shift)] : [], signal });
    for (const sae of saes) inputs.set(sae, await saeInput(sae, model, run.sites.get(siteName(sae.site))!));
    return { run, inputs };
  }
  const hooks = spliceHooks(saes, model, { error }).map((hook, i): Hook => ({
    site: hook.site,
    async edit(activation, batch) {
      inputs.set(saes[i], await saeInput(saes[i], model, floats(activation.data.slice(), activation.shape)));
      return hook.edit(activation, batch);
    },
  }));
  if (shift) hooks.push(shifted(shift)); // behind the reconstruction at its site
  return { run: await model.run(prompts, { read, hooks, signal }), inputs };
}

function shifted({ sae, by }: OutputShift): Hook {
  return { site: sae.site, edit: (activation) => fromRows(sae, combine(toRows(sae, activation), by, 1), activation) };
}

/** The metric's gradient at the last residual stream: nothing but at each prompt's last token. */
async function metricAtEnds(model: Model, { resid, layout }: RunResult, metric: LogitMetric): Promise<FloatArray> {
  const { width } = model.shape;
  const ends = layout.lengths.map((length, row) => row * layout.positions + length - 1);
  const rows = await metricGradient(model, resid, ends, metric);
  const data = new Float32Array(resid.data.length);
  ends.forEach((end, i) => data.set(rows.data.subarray(i * width, (i + 1) * width), end * width));
  return floats(data, resid.shape);
}

class ReverseWalk {
  private readonly outputs = new Map<LoadedSae, FloatArray>();

  constructor(
    private readonly model: Model,
    private readonly run: RunResult,
    private readonly options: LatentGradientOptions,
    private readonly inputs: ReadonlyMap<LoadedSae, FloatArray>,
  ) {}

  async from(cotangent: FloatArray, signal?: AbortSignal): Promise<ReadonlyMap<LoadedSae, FloatArray>> {
    const { layers } = this.model.shape;
    const { shift, saes } = this.options;
    const lowest = Math.min(...(shift ? [shift.sae] : saes).map(({ site }) => (site.kind === 'block' ? site.layer : 0)));
    for (let layer = layers - 1; layer >= lowest; layer--) {
      signal?.throwIfAborted();
      cotangent = await this.block(layer, cotangent);
    }
    if (lowest === 0) await this.past({ kind: 'embed' }, cotangent);
    return this.outputs;
  }

  /** The gradient at a block's input, before an SAE there, from that at its output, after an SAE there. */
  private async block(layer: number, atOutput: FloatArray): Promise<FloatArray> {
    const spliced = BLOCK_SITES.filter((site) => this.saeAt(blockSite(layer, site)));
    const inside = spliced.filter((site) => site !== 'hook_resid_pre' && site !== 'hook_resid_post');
    const flowing = new Map<BlockSite, FloatArray>();
    const back = async (from: BlockSite, cotangent: FloatArray) => {
      const wanted: BlockSite[] = ['hook_resid_pre', ...inside.filter((site) => BLOCK_SITES.indexOf(site) < BLOCK_SITES.indexOf(from))];
      for (const [site, gradient] of await this.through(layer, from, cotangent, wanted, inside)) {
        const before = flowing.get(site);
        flowing.set(site, before ? combine(before, gradient, 1) : gradient);
      }
    };
    await back('hook_resid_post', await this.past(blockSite(layer, 'hook_resid_post'), atOutput));
    for (const site of [...inside].reverse()) {
      const gradient = flowing.get(site)!;
      const through = await this.past(blockSite(layer, site), gradient);
      if (through !== gradient) await back(site, combine(through, gradient, -1));
    }
    return this.past(blockSite(layer, 'hook_resid_pre'), flowing.get('hook_resid_pre')!);
  }

  /** From the gradient at an SAE's output, which is kept, to that at its input. Where there is no SAE both are the same. */
  private async past(site: Site, gradient: FloatArray): Promise<FloatArray> {
    const sae = this.saeAt(site);
    if (!sae) return gradient;
    this.outputs.set(sae, gradient);
    if (this.options.mode === 'pass-through') return gradient;
    const rows = await sae.reconstructVjp(this.inputs.get(sae)!, toRows(sae, gradient));
    const through = fromRows(sae, rows, gradient);
    // The output is x − p(x) + decode(encode(p(x))), with p for what processed weights make of x: spliceHooks.
    const processed = (cotangent: FloatArray) => this.model.processedVjp(site, cotangent, sae.config.processing);
    return combine(combine(gradient, await processed(gradient), -1), await processed(through), 1);
  }

  private async through(layer: number, from: BlockSite, cotangent: FloatArray, wanted: readonly BlockSite[], inside: readonly BlockSite[]) {
    // Without errors, or with a shift, the values after an SAE are others than the block would compute.
    const { error, shift } = this.options;
    const given = error ? inside.filter((site) => this.saeAt(blockSite(layer, site)) === shift?.sae) : inside;
    const session = await this.model.sessions.blockGradient(layer, wanted, given, from);
    const value = (site: BlockSite) => this.run.sites.get(siteName(blockSite(layer, site)))!;
    const feeds = { resid: value('hook_resid_pre'), cotangent, ...positionFeeds(this.run.layout), ...Object.fromEntries(given.map((site) => [site, value(site)])) };
    const results = await runWith(session, feeds);
    return wanted.map((site) => [site, results[`out ${site}`] as FloatArray] as const);
  }

  private saeAt(site: Site): LoadedSae | undefined {
    return this.options.saes.find((sae) => siteName(sae.site) === siteName(site));
  }
}

/** Runs a session with those of the values that it takes. */
function runWith(session: Session, values: Readonly<Record<string, NdArray>>): Promise<Record<string, NdArray>> {
  return session.run(Object.fromEntries([...session.inputs.keys()].map((name) => [name, values[name]])));
}

function combine(a: FloatArray, b: FloatArray, sign: 1 | -1): FloatArray {
  return floats(a.data.map((value, i) => value + sign * b.data[i]), a.shape);
}
