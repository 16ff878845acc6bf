/** A loaded model: a chain of block sessions with the residual stream in between, open to reading and editing at every site. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { architectureFor, type Architecture, type ModelShape, type WeightProcessing } from '../architectures';
import { parseJson } from '../checkpoints/strict-json';
import { hashCheckpoint, openCheckpoint, type Checkpoint } from '../checkpoints/checkpoint';
import {
  chooseProvider, floats, ints, type ChosenProvider, type FloatArray, type NdArray, type Session,
} from '../graph';
import type { Provider } from '../vocabulary/providers';
import { copy, takeRows } from './arrays';
import { emptyCache, extendCache, type KeyValueCache, type LayerCache } from './cache';
import { layoutOf, positionFeeds, type BatchLayout, type PositionFeeds } from './layout';
import { ModelSessions, type Past } from './sessions';
import { checkTiedUnembedding } from './tied';
import { locateWeights } from './weights';
import { BLOCK_SITES, siteName, type BlockSite, type Site } from '../vocabulary/sites';

export * from './layout';

/** Changes an activation: returns a new one of the same shape, or edits it in place. */
export type Edit = (activation: FloatArray, batch: BatchLayout) => FloatArray | void | Promise<FloatArray | void>;

export interface Hook {
  readonly site: Site;
  readonly edit: Edit;
}

export interface RunOptions {
  /** Edits, applied in the order of the sites (those at one site in the given order). */
  hooks?: readonly Hook[];
  /** Sites to return, after the edits. */
  read?: readonly Site[];
  /** Start before this layer from this residual stream [batch, positions, width] instead of from the embedding. */
  from?: { readonly layer: number; readonly resid: FloatArray };
  /** Stop before this layer: `resid` is then its hook_resid_pre. */
  until?: number;
  /** Keys and values of tokens before these prompts; one cached row serves every prompt. */
  past?: KeyValueCache;
  /** Return keys and values for a later run's `past`. */
  cache?: boolean;
  signal?: AbortSignal;
}

export interface RunResult {
  readonly layout: BatchLayout;
  /** After the last layer that ran, [batch, positions, width]; rows of padding hold nothing of use. */
  readonly resid: FloatArray;
  /** ln_final.hook_normalized [batch, positions, width], when it was read or edited. */
  readonly normalized?: FloatArray;
  /** What `read` asked for, by site name. */
  readonly sites: ReadonlyMap<string, FloatArray>;
  /** Past and new keys and values, if asked for. */
  readonly cache?: KeyValueCache;
  /** The past that it was run behind. */
  readonly past?: KeyValueCache;
}

export interface LoadOptions {
  threads?: number;
  /** What to compute with; the CPU unless told, and where it does not work. */
  provider?: Provider;
  /** See SessionOptions; by default on for checkpoints up to PREPACK_LIMIT bytes. */
  prepack?: boolean;
}

export interface BlockOptions {
  past?: LayerCache;
  hooks?: readonly Hook[];
  read?: readonly BlockSite[];
  cache?: boolean;
  lastOnly?: boolean;
  layout: BatchLayout;
}

/** Above this size weights stay memory-mapped instead of being repacked into private copies. */
export const PREPACK_LIMIT = 100e6;
/** config.json is a few kilobytes; anything larger is not one. */
const CONFIG_LIMIT = 5_000_000;

export class Model {
  private hash?: Promise<string>;

  private constructor(
    readonly folder: string,
    readonly architecture: Architecture,
    readonly checkpoint: Checkpoint,
    readonly sessions: ModelSessions,
    /** What it computes with, and a notice where that is not what was asked for. */
    readonly provider: ChosenProvider,
  ) {}

  /** Opens a Hugging Face model folder. Weights are read in place, when a layer first runs. */
  static async load(folder: string, options: LoadOptions = {}): Promise<Model> {
    const absolute = path.resolve(folder);
    const architecture = await readArchitecture(absolute);
    const checkpoint = await openCheckpoint(absolute);
    const weights = locateWeights(architecture, checkpoint);
    await checkTiedUnembedding(architecture, checkpoint);
    const prepack = options.prepack ?? checkpoint.bytes <= PREPACK_LIMIT;
    const provider = await chooseProvider(options.provider ?? 'cpu');
    const sessions = new ModelSessions(architecture, weights, { threads: options.threads, prepack, provider: provider.provider });
    return new Model(absolute, architecture, checkpoint, sessions, provider);
  }

  get shape(): ModelShape {
    return this.architecture.shape;
  }

  /** SHA-256 of the weight files, lower-case hex. */
  sha256(): Promise<string> {
    return (this.hash ??= hashCheckpoint(this.checkpoint));
  }

  async release(): Promise<void> {
    await this.sessions.release();
  }

  /** Runs prompts (token ids, of any lengths) through the layers. */
  async run(prompts: readonly (readonly number[])[], options: RunOptions = {}): Promise<RunResult> {
    const { hooks = [], read = [], past, signal } = options;
    const { layers, context } = this.shape;
    const layout = layoutOf(prompts);
    const offset = past?.length ?? 0;
    if (offset + layout.positions > context) {
      throw new Error(`The prompt has ${offset + layout.positions} tokens; this model takes at most ${context}. Select less code.`);
    }
    const feeds = positionFeeds(layout, past);
    const sites = new Map<string, FloatArray>();
    const wanted = new Set(read.map(siteName));

    const first = options.from?.layer ?? 0;
    let resid = options.from ? options.from.resid : await this.embed(prompts, layout);
    if (!options.from) {
      resid = await applyHooks(resid, hooks.filter(({ site }) => site.kind === 'embed'), layout);
      if (wanted.has('hook_embed')) sites.set('hook_embed', copy(resid));
      const positioned = await this.sessions.positionEmbed();
      if (positioned) resid = (await positioned.run({ embed: resid, positions: feeds.positions })).resid as FloatArray;
    }
    const last = options.until ?? layers;
    const caches: LayerCache[] = [];
    for (let layer = first; layer < last; layer++) {
      signal?.throwIfAborted();
      const here = (site: Site) => site.kind === 'block' && site.layer === layer;
      const result = await this.runBlock(layer, resid, feeds, {
        past: past?.layers[layer],
        hooks: hooks.filter(({ site }) => here(site)),
        read: read.flatMap((site) => (site.kind === 'block' && site.layer === layer ? [site.site] : [])),
        cache: options.cache ?? false,
        layout,
      });
      resid = result.resid;
      for (const [site, value] of result.sites) sites.set(siteName({ kind: 'block', layer, site }), value);
      if (result.cache) caches[layer] = result.cache;
    }
    const finalHooks = hooks.filter(({ site }) => site.kind === 'final');
    let normalized: FloatArray | undefined;
    if (last === layers && (wanted.has('ln_final.hook_normalized') || finalHooks.length > 0)) {
      const rows = Array.from({ length: resid.data.length / this.shape.width }, (_, i) => i);
      const session = await this.sessions.finalNorm();
      const result = (await session.run({ rows: takeRows(resid, rows) })).normalized as FloatArray;
      normalized = await applyHooks(floats(result.data, resid.shape), finalHooks, layout);
      if (wanted.has('ln_final.hook_normalized')) sites.set('ln_final.hook_normalized', copy(normalized));
    }
    return { layout, resid, normalized, sites, past, ...(options.cache && { cache: extendCache(past ?? emptyCache(), caches, layout) }) };
  }

  private async embed(prompts: readonly (readonly number[])[], layout: BatchLayout): Promise<FloatArray> {
    const { vocabulary } = this.shape;
    const tokens = new Int32Array(prompts.length * layout.positions);
    prompts.forEach((prompt, row) => {
      const wrong = prompt.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabulary);
      if (wrong !== undefined) throw new Error(`Token ${wrong} is outside the model's vocabulary of ${vocabulary}. The tokenizer belongs to another model.`);
      tokens.set(prompt, row * layout.positions);
    });
    const session = await this.sessions.embed();
    return (await session.run({ tokens: ints(tokens, [prompts.length, layout.positions]) })).resid as FloatArray;
  }

  /**
   * One block. With hooks it runs in pieces: up to a hooked site, the edit, and on from there. With `lastOnly` the rest of the block
   * is only computed for the last position, which must not be padding: `resid` is then [batch, 1, width].
   */
  async runBlock(
    layer: number,
    resid: FloatArray,
    feeds: PositionFeeds,
    options: BlockOptions,
  ): Promise<{ resid: FloatArray; sites: Map<BlockSite, FloatArray>; cache?: LayerCache }> {
    const { past, hooks = [], read = [], cache = false, lastOnly = false, layout } = options;
    const edited = BLOCK_SITES.filter((site) => hooks.some((hook) => hook.site.kind === 'block' && hook.site.site === site));
    const given: Record<string, NdArray> = { resid, ...feeds, ...(past && { pastKeys: past.keys, pastValues: past.values }) };
    const sites = new Map<BlockSite, FloatArray>();
    const remaining = new Set(read);
    let layerCache: LayerCache | undefined;

    for (let piece = 0; piece <= edited.length; piece++) {
      const target = edited[piece] ?? 'hook_resid_post';
      const done = edited.slice(0, piece);
      if (piece === edited.length && done.at(-1) === 'hook_resid_post') break;
      const before = BLOCK_SITES.slice(0, BLOCK_SITES.indexOf(target));
      const wanted = [...before.filter((site) => remaining.has(site)), target];
      // Keys and values are final once no edit of theirs is to come.
      const withCache = cache && !layerCache && !edited.slice(piece).some((site) => BLOCK_SITES.indexOf(site) <= BLOCK_SITES.indexOf('attn.hook_v'));
      const session = await this.sessions.block(layer, pastKind(past, resid), done, wanted, withCache, lastOnly);
      const results = await runWith(session, given);
      if (withCache) layerCache = { keys: results.keys as FloatArray, values: results.values as FloatArray };
      for (const site of wanted) {
        if (!remaining.has(site) || site === target) continue;
        sites.set(site, results[`out ${site}`] as FloatArray);
        remaining.delete(site);
      }
      let value = results[`out ${target}`] as FloatArray;
      if (piece < edited.length) {
        value = await applyHooks(value, hooks.filter(({ site }) => site.kind === 'block' && site.site === target), layout);
        given[target] = value;
        if (target === 'hook_resid_pre') given.resid = value;
      }
      if (remaining.has(target)) {
        sites.set(target, copy(value));
        remaining.delete(target);
      }
      if (target === 'hook_resid_post') given.result = value;
    }
    return { resid: given.result as FloatArray, sites, cache: layerCache };
  }

  /** An activation at a site, [batch, positions, …], as TransformerLens's weight processing has it; itself where that changes nothing. */
  async processed(site: Site, activation: FloatArray, processing: WeightProcessing): Promise<FloatArray> {
    const session = await this.sessions.processed(site, activation.shape.slice(2), processing, false);
    return session ? ((await session.run({ given: activation })).result as FloatArray) : activation;
  }

  /** From the gradient with respect to {@link processed} to that with respect to the activation. */
  async processedVjp(site: Site, cotangent: FloatArray, processing: WeightProcessing): Promise<FloatArray> {
    const session = await this.sessions.processed(site, cotangent.shape.slice(2), processing, true);
    return session ? ((await session.run({ given: cotangent })).result as FloatArray) : cotangent;
  }

  /** Logits [indices.length, vocabulary] of a run's rows, each an index into [batch · positions]. */
  async logits({ resid, normalized }: Pick<RunResult, 'resid' | 'normalized'>, indices: readonly number[]): Promise<FloatArray> {
    const session = await this.sessions.logits(normalized !== undefined);
    return (await session.run({ rows: takeRows(normalized ?? resid, indices) })).logits as FloatArray;
  }
}

export function pastKind(past: LayerCache | undefined, resid: FloatArray): Past {
  if (!past) return 'none';
  const rows = past.keys.shape[0];
  if (rows !== 1 && rows !== resid.shape[0]) throw new Error(`The cache holds ${rows} rows for ${resid.shape[0]} prompts; it needs one, or one each.`);
  return rows === 1 ? 'shared' : 'each';
}

/** Runs a session with those of the values that it takes. */
async function runWith(session: Session, values: Readonly<Record<string, NdArray>>): Promise<Record<string, NdArray>> {
  return session.run(Object.fromEntries([...session.inputs.keys()].map((name) => [name, values[name]])));
}

async function applyHooks(activation: FloatArray, hooks: readonly Hook[], layout: BatchLayout): Promise<FloatArray> {
  let value = activation;
  for (const hook of hooks) {
    const edited = (await hook.edit(value, layout)) ?? value;
    if (edited.shape.join() !== activation.shape.join() || edited.data.length !== activation.data.length) {
      throw new Error(`A hook at ${siteName(hook.site)} returned [${edited.shape.join(', ')}] for [${activation.shape.join(', ')}].`);
    }
    value = floats(edited.data, activation.shape);
  }
  return value;
}

/** @throws a sentence that begins with the file */
async function readArchitecture(folder: string): Promise<Architecture> {
  const config = await readConfig(folder);
  try {
    return architectureFor(config);
  } catch (error) {
    throw new Error(`${folder}${path.sep}${(error as Error).message}`, { cause: error }); // which begins with "config.json"
  }
}

async function readConfig(folder: string): Promise<unknown> {
  const file = path.join(folder, 'config.json');
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) {
    throw new Error(`${folder} is not a model folder: it has no config.json. Give the folder that holds config.json, tokenizer.json and model.safetensors.`);
  }
  if (info.size > CONFIG_LIMIT) throw new Error(`${file} is ${info.size} bytes; a config.json has at most ${CONFIG_LIMIT}.`);
  try {
    return parseJson(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}.`, { cause: error });
  }
}
