/**
 * Batches: activations of many prompts collected at named places, and put into other prompts at any layer.
 *
 *     const right = new Batch(lens, rightPrompts), wrong = new Batch(lens, wrongPrompts);
 *     const found = await right.collect({ layers: [4, 5], at: -1 });
 *     const patched = wrong.patch([{ from: { layer: 5, at: -1 }, to: { layer: 3, at: -1 } }], found.mean());
 *     const tops = await patched.top(3);
 *
 * Prompts may be of any lengths: padding is never seen. What was not collected cannot be read; a patch that changes nothing is an error.
 */
import { generate, groupsByLength, readOut, type Hook, type Model, type RunResult } from '../model';
import type { CodeTokenizer } from '../snippets/tokenizer/tokenizer';
import { blockSite, PATCH_SITES, siteName, type PatchSite } from '../vocabulary/sites';

/** What is read: text, token ids, or what `lens.read` and `lens.hole` give. */
export type BatchPrompt = string | readonly number[] | { readonly ids: readonly number[] } | {
  readonly tokens: readonly { readonly id: number }[],
};

/** One token of a prompt. */
export interface BatchToken {
  id: number;
  text: string;
}

/**
 * A place in each prompt: a position from 0, one from the end (−1 is the last), the text of a token that is there once, as a sentinel
 * (`<fim_middle>`), or a function that finds the position.
 */
export type At = number | string | ((tokens: readonly BatchToken[], prompt: number) => number);

export interface CollectOptions {
  /** All where left out. */
  layers?: readonly number[];
  /** The residual stream after each layer where left out. */
  site?: PatchSite;
  /** One place or several; the last token where left out. */
  at?: At | readonly At[];
  signal?: AbortSignal;
}

/** From which of the collected activations to which place. */
export interface Transplanted {
  from: { layer: number; at: At };
  /** At the site that was collected where `site` is left out. */
  to: { layer: number; at: At; site?: PatchSite };
}

export interface PatchOptions {
  /** replace: what stands there gives way; add: what was collected, times `factor`, is added to it. */
  how?: 'replace' | 'add';
  factor?: number;
}

/** What a patch did to one place of one prompt. */
export interface BatchMoved {
  prompt: number;
  /** Its number among the patches. */
  patch: number;
  changed: boolean;
  /** The length of the change as a share of that of what stood there; null where that is 0. */
  ratio: number | null;
}

export interface TopToken extends BatchToken {
  probability: number;
}

interface Opened {
  readonly model: Model;
  readonly tokenizer: CodeTokenizer;
}

/** Tokens of one run, padding among them: bounds memory. */
const TOKENS_AT_ONCE = 4096;

/** Several prompts of one model. It holds nothing open: the model belongs to whoever opened it. */
export class Batch {
  /** The ids of each prompt. */
  readonly prompts: readonly (readonly number[])[];
  private readonly texts: readonly (readonly BatchToken[])[];
  private readonly plain: PatchedBatch;

  /** @throws a sentence where there is no prompt, one is empty, or has more tokens than the model reads */
  constructor(private readonly lens: Opened, prompts: readonly BatchPrompt[]) {
    if (prompts.length === 0) throw new Error('A batch needs at least one prompt.');
    const { model: { shape: { context } }, tokenizer } = lens;
    this.prompts = prompts.map((prompt) => idsOf(prompt, tokenizer));
    this.prompts.forEach((ids, i) => {
      if (ids.length === 0) throw new Error(`Prompt ${i} is empty.`);
      if (ids.length > context) throw new Error(`Prompt ${i} has ${ids.length} tokens; the model reads at most ${context}.`);
    });
    this.texts = this.prompts.map((ids) => ids.map((id) => ({ id, text: tokenizer.tokenText(id) })));
    this.plain = new PatchedBatch(lens, this, [], null, {});
  }

  /**
   * Where a place is in a prompt, from 0.
   * @throws a sentence where it is not there, or the text of a token is there more than once
   */
  position(at: At, prompt: number): number {
    const tokens = this.texts[prompt];
    const named = typeof at === 'string' ? tokens.flatMap(({ text }, i) => (text === at ? [i] : [])) : null;
    if (named && named.length !== 1) {
      throw new Error(named.length === 0 ? `Prompt ${prompt} has no token "${String(at)}".` : `Prompt ${prompt} has the token "${String(at)}" ${named.length} times; give a position or a function.`);
    }
    const given = named ? named[0] : typeof at === 'function' ? at(tokens, prompt) : (at as number);
    const position = given < 0 ? tokens.length + given : given;
    if (!Number.isInteger(position) || position < 0 || position >= tokens.length) {
      throw new Error(`There is no position ${given} in prompt ${prompt}, which has ${tokens.length} tokens.`);
    }
    return position;
  }

  /** Runs the prompts and keeps the activations at these places. @throws a sentence where a layer or a place is not there */
  async collect({ layers: wanted, site = 'hook_resid_post', at = -1, signal }: CollectOptions = {}): Promise<Activations> {
    const { model } = this.lens;
    const layers = wanted ?? Array.from({ length: model.shape.layers }, (_, layer) => layer);
    checkSite(site);
    for (const layer of layers) checkLayer(model, layer);
    const places = Array.isArray(at) ? (at as readonly At[]) : [at as At];
    const positions = this.prompts.map((_, prompt) => places.map((place) => this.position(place, prompt)));
    const vectors: Float32Array[][][] = this.prompts.map(() => []);
    for (const group of groupsByLength(this.prompts, TOKENS_AT_ONCE)) {
      const run = await model.run(group.map((i) => this.prompts[i]), {
        read: layers.map((layer) => blockSite(layer, site)), until: Math.max(...layers) + 1, signal,
      });
      for (const [row, prompt] of group.entries()) {
        vectors[prompt] = layers.map((layer) => {
          const { data, shape } = run.sites.get(siteName(blockSite(layer, site)))!;
          const size = sizeOf(shape);
          return positions[prompt].map(
            (position) => data.slice((row * shape[1] + position) * size, (row * shape[1] + position + 1) * size),
          );
        });
      }
    }
    return new Activations(site, layers, places, vectors);
  }

  /**
   * The prompts with activations put into them while they are read; what is written behind them sees these through the cache. Nothing is
   * run yet. Those of as many prompts go to one prompt each, those of one (or a mean) to all.
   * @throws a sentence where something was not collected, a place is not there, or two patches are of one place
   */
  patch(patches: readonly Transplanted[], activations: Activations, options: PatchOptions = {}): PatchedBatch {
    if (patches.length === 0) throw new Error('There is nothing to patch: give at least one {from, to}.');
    return new PatchedBatch(this.lens, this, patches, activations, options);
  }

  /** The logits behind each prompt, [prompt][token]. */
  logits(signal?: AbortSignal): Promise<Float32Array[]> {
    return this.plain.logits(signal);
  }

  /** The most probable next tokens of each prompt. */
  top(count: number, signal?: AbortSignal): Promise<TopToken[][]> {
    return this.plain.top(count, signal);
  }

  /** Continues each prompt by the most probable tokens; it ends before one of `stop`. */
  generate(tokens: number, options: { stop?: readonly number[]; signal?: AbortSignal } = {}): Promise<BatchToken[][]> {
    return this.plain.generate(tokens, options);
  }
}

/** What was collected: one vector for each prompt, layer and place. */
export class Activations {
  /** @internal @param vectors [prompt][layer of `layers`][place of `places`] */
  constructor(
    readonly site: PatchSite,
    readonly layers: readonly number[],
    readonly places: readonly At[],
    private readonly vectors: readonly (readonly (readonly Float32Array[])[])[],
  ) {}

  get prompts(): number {
    return this.vectors.length;
  }

  /** One vector. @throws a sentence where it was not collected */
  get({ layer, at, prompt = 0 }: { layer: number; at: At; prompt?: number }): Float32Array {
    const l = this.layers.indexOf(layer);
    if (l < 0) throw new Error(`Layer ${layer} was not collected; ${this.layers.join(', ')} were. Name it in collect({ layers }).`);
    const place = this.places.indexOf(at);
    if (place < 0) throw new Error(`The place ${atWords(at)} was not collected; ${this.places.map(atWords).join(', ')} were. Name it in collect({ at }).`);
    if (this.vectors[prompt] === undefined) throw new Error(`There is no prompt ${prompt}; ${this.prompts} were collected.`);
    return this.vectors[prompt][l][place];
  }

  /** The mean over the prompts, as of one prompt. */
  mean(): Activations {
    const mean = this.layers.map((_, l) => this.places.map((__, place) => {
      const sum = new Float64Array(this.vectors[0][l][place].length);
      for (const one of this.vectors) one[l][place].forEach((value, i) => (sum[i] += value));
      return Float32Array.from(sum, (value) => value / this.prompts);
    }));
    return new Activations(this.site, this.layers, this.places, [mean]);
  }

  /** These less others of the same places, prompt by prompt: a steering vector is the mean of such. @throws where those are others */
  minus(other: Activations): Activations {
    const shape = ({ site, prompts, layers, places }: Activations) => [site, prompts, layers, places.map(atWords)].join('\n');
    const same = shape(other) === shape(this);
    if (!same) throw new Error('Only activations of the same site, layers, places and number of prompts can be subtracted.');
    const vectors = this.vectors.map((layers, prompt) => layers.map(
      (places, l) => places.map((vector, place) => vector.map((value, i) => value - other.vectors[prompt][l][place][i])),
    ));
    return new Activations(this.site, this.layers, this.places, vectors);
  }
}

/** A batch with activations put into it. */
export class PatchedBatch {
  private readonly puts: readonly (readonly Put[])[];
  private told: BatchMoved[] | null = null;

  /** @internal */
  constructor(
    private readonly lens: Opened,
    private readonly batch: Batch,
    patches: readonly Transplanted[],
    activations: Activations | null,
    private readonly options: PatchOptions,
  ) {
    const { model } = lens;
    if (activations && activations.prompts !== 1 && activations.prompts !== batch.prompts.length) {
      throw new Error(`Activations of ${activations.prompts} prompts cannot be put into ${batch.prompts.length}: give as many, or one (mean()).`);
    }
    this.puts = batch.prompts.map((_, prompt) => {
      const seen = new Set<string>();
      return patches.map(({ from, to }, patch): Put => {
        const site = to.site ?? activations!.site;
        checkSite(site);
        checkLayer(model, to.layer);
        const position = batch.position(to.at, prompt);
        const name = siteName(blockSite(to.layer, site));
        if (seen.has(`${name} ${position}`)) throw new Error(`Two patches are of one place: position ${position} of prompt ${prompt} at ${name}.`);
        seen.add(`${name} ${position}`);
        const vector = activations!.get({ ...from, prompt: activations!.prompts === 1 ? 0 : prompt });
        return { patch, name, site: blockSite(to.layer, site), position, vector };
      });
    });
  }

  /** What each patch did to each prompt. @throws a sentence before anything was run */
  get moved(): readonly BatchMoved[] {
    if (!this.told) throw new Error('Nothing was run yet: await logits, top or generate first.');
    return this.told;
  }

  /** The logits behind each prompt, [prompt][token]. @throws a sentence where a patch changes nothing in any prompt */
  async logits(signal?: AbortSignal): Promise<Float32Array[]> {
    const logits = new Array<Float32Array>(this.batch.prompts.length);
    const { vocabulary } = this.lens.model.shape;
    await this.run(async (run, last, group) => {
      const { data } = await this.lens.model.logits(run, last);
      group.forEach((prompt, row) => (logits[prompt] = data.slice(row * vocabulary, (row + 1) * vocabulary)));
    }, signal);
    return logits;
  }

  /** The most probable next tokens of each prompt. @throws as `logits` */
  async top(count: number, signal?: AbortSignal): Promise<TopToken[][]> {
    const tops = new Array<TopToken[]>(this.batch.prompts.length);
    await this.run(async (run, last, group) => {
      const readouts = await readOut(this.lens.model, run.resid, last, { topK: count, signal });
      group.forEach((prompt, row) => {
        tops[prompt] = readouts[row].top.map(({ id, probability }) => ({ id, text: this.text(id), probability }));
      });
    }, signal);
    return tops;
  }

  /** Continues each prompt by the most probable tokens; it ends before one of `stop`. @throws as `logits` */
  async generate(tokens: number, { stop, signal }: { stop?: readonly number[]; signal?: AbortSignal } = {}): Promise<BatchToken[][]> {
    const written: BatchToken[][] = [];
    const moved: BatchMoved[] = [];
    for (const [prompt, ids] of this.batch.prompts.entries()) {
      const hooks = (start: number) => (start === 0 ? this.hooks([prompt], moved) : []);
      const found = await generate(this.lens.model, ids, { maxTokens: tokens, stop, hooks, signal });
      written.push(found.map((id) => ({ id, text: this.text(id) })));
    }
    this.tell(moved);
    return written;
  }

  private text(id: number): string {
    return this.lens.tokenizer.tokenText(id);
  }

  /** @param read is given the last row of each prompt of a group */
  private async run(read: (run: RunResult, last: number[], group: number[]) => Promise<void>, signal?: AbortSignal): Promise<void> {
    const { prompts } = this.batch;
    const moved: BatchMoved[] = [];
    for (const group of groupsByLength(prompts, TOKENS_AT_ONCE)) {
      const run = await this.lens.model.run(group.map((i) => prompts[i]), { hooks: this.hooks(group, moved), signal });
      await read(run, group.map((i, row) => row * run.layout.positions + prompts[i].length - 1), group);
    }
    this.tell(moved);
  }

  private tell(moved: BatchMoved[]): void {
    this.told = moved.sort((a, b) => a.patch - b.patch || a.prompt - b.prompt);
    for (const { patch } of this.puts[0]) {
      if (moved.some((one) => one.patch === patch && one.changed)) continue;
      throw new Error(`Patch ${patch} changed nothing: what it puts at ${this.puts[0][patch].name} is what stands there in every prompt.`);
    }
  }

  /** @param group the prompts of the rows */
  private hooks(group: readonly number[], moved: BatchMoved[]): Hook[] {
    const { how = 'replace', factor = 1 } = this.options;
    const names = new Map(this.puts[0]?.map(({ name, site }) => [name, site]));
    return [...names].map(([name, site]): Hook => ({
      site,
      edit: ({ data, shape }) => {
        const size = sizeOf(shape);
        group.forEach((prompt, row) => {
          for (const put of this.puts[prompt]) {
            if (put.name !== name) continue;
            if (put.vector.length !== size) throw new Error(`What was collected has ${put.vector.length} numbers, and ${name} has ${size}. Collect at a site of that size.`);
            const standing = data.subarray((row * shape[1] + put.position) * size, (row * shape[1] + put.position + 1) * size);
            const before = standing.slice();
            put.vector.forEach((value, i) => (standing[i] = how === 'replace' ? value : standing[i] + factor * value));
            const length = norm(before);
            const change = norm(before.map((value, i) => standing[i] - value));
            const changed = before.some((value, i) => value !== standing[i]);
            moved.push({ prompt, patch: put.patch, changed, ratio: length === 0 ? null : change / length });
          }
        });
      },
    }));
  }
}

interface Put {
  patch: number;
  name: string;
  site: ReturnType<typeof blockSite>;
  position: number;
  vector: Float32Array;
}

function idsOf(prompt: BatchPrompt, tokenizer: CodeTokenizer): readonly number[] {
  if (typeof prompt === 'string') return tokenizer.encode(prompt, { bos: true }).map(({ id }) => id);
  if ('ids' in prompt) return prompt.ids;
  return 'tokens' in prompt ? prompt.tokens.map(({ id }) => id) : prompt;
}

function checkSite(site: string): void {
  if (!(PATCH_SITES as readonly string[]).includes(site)) throw new Error(`"${site}" has no vector at each position. Choose ${PATCH_SITES.join(', ')}.`);
}

function checkLayer({ shape: { layers } }: Model, layer: number): void {
  if (!Number.isInteger(layer) || layer < 0 || layer >= layers) throw new Error(`There is no layer ${layer}; the model has the layers 0 to ${layers - 1}.`);
}

/** Numbers at one position: all heads' together. */
const sizeOf = (shape: readonly number[]) => shape.slice(2).reduce((a, b) => a * b, 1);
const norm = (vector: Float32Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const atWords = (at: At) => (typeof at === 'function' ? 'of a function' : typeof at === 'string' ? `"${at}"` : String(at));
