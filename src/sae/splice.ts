/** Splicing SAEs into a run: the activation at each one's site is replaced by its reconstruction, with or without its error. */
import { floats, type FloatArray } from '../graph';
import { fromRows, requireFit, saeInput, toRows, type SaeModel } from './fit';
import type { LoadedSae } from './loaded-sae';
import type { Site } from '../vocabulary/sites';

/** How the prompts of a run lie in its batch; the model's BatchLayout. */
export interface SpliceBatch {
  /** Tokens of each prompt; what follows up to `positions` is padding. */
  readonly lengths: readonly number[];
  readonly positions: number;
}

/** A change of latents while a model runs. */
export interface LatentEdit {
  /** The latents that `change` gets and returns; all of them when left out, which for a wide SAE is a large array. */
  readonly latents?: readonly number[];
  /**
   * Changes activations [rows, latents] in place or returns new ones. Rows are those of `toRows`: position p of prompt b is row
   * b · positions + p, padding included (times the heads, where the SAE reads each head alone).
   */
  readonly change: (activations: FloatArray, batch: SpliceBatch) => FloatArray | void | Promise<FloatArray | void>;
}

export interface SpliceOptions {
  /**
   * Whether the SAE's error, x − decode(encode(x)), is added to the reconstruction, so that without an edit nothing changes; of a
   * transcoder what it predicts less its prediction.
   */
  readonly error: boolean;
  /** The edit for an SAE, if any. */
  readonly edit?: (sae: LoadedSae) => LatentEdit | undefined;
}

/** What `Model.run` takes as a hook; the one that sees what a transcoder reads gives the activation back as it is. */
export interface SpliceHook {
  readonly site: Site;
  readonly edit: (activation: FloatArray, batch: SpliceBatch) => Promise<FloatArray>;
}

/**
 * Hooks for a run: x → decode(edit(encode(x))), plus x − decode(encode(x)) with `error`. The error is always that of the x of this run
 * and of the unedited latents, as SAELens's HookedSAETransformer has it with use_error_term. Decoding is linear in the latents, so this
 * is computed as a base, x itself or decode(encode(x)), and the decoded change: with the error and without an edit x stays bit by bit.
 *
 * An SAE of a model with processed weights reads and reconstructs p(x). What processing took away, x − p(x), is given back: the value bias,
 * which a processed model adds behind attention instead, and the mean, which no norm lets through but an SAE of the plain model reads. One
 * thing differs from a run of the processed model: there a later SAE of the stream also reads the mean that a reconstruction itself
 * happens to have, and here p takes it away.
 *
 * A transcoder needs two hooks: what it reads is seen at its own site, and what it predicts is replaced where that lies.
 * @throws when an SAE does not fit the model, or two belong to one site
 */
export function spliceHooks(saes: readonly LoadedSae[], model: SaeModel, { error, edit }: SpliceOptions): SpliceHook[] {
  requireDistinct(saes);
  return saes.flatMap((sae): SpliceHook[] => {
    requireFit(sae, model);
    const changed = (base: FloatArray, change: FloatArray | undefined) =>
      (change ? floats(base.data.map((value, i) => value + change.data[i]), base.shape) : base);
    const decoded = async (read: FloatArray, batch: SpliceBatch) => {
      const wanted = edit?.(sae);
      return wanted && decodedChange(sae, read, wanted, batch);
    };
    if (sae.isTranscoder) {
      let read: FloatArray;
      return [{
        site: sae.site,
        async edit(activation) {
          read = await saeInput(sae, model, floats(activation.data.slice(), activation.shape));
          return activation;
        },
      }, {
        site: sae.output,
        edit: async (activation, batch) =>
          floats(changed(error ? activation : await sae.reconstruct(read), await decoded(read, batch)).data, activation.shape),
      }];
    }
    return [{
      site: sae.site,
      async edit(activation, batch) {
        const x = toRows(sae, activation);
        const read = await saeInput(sae, model, activation);
        const base = error ? x : withTaken(await sae.reconstruct(read), x, read);
        return fromRows(sae, changed(base, await decoded(read, batch)), activation);
      },
    }];
  });
}

/** A reconstruction with what processing took away from x, nothing where x is what the SAE read. */
function withTaken({ data, shape }: FloatArray, x: FloatArray, read: FloatArray): FloatArray {
  return floats(data.map((value, i) => value + (x.data[i] - read.data[i])), shape);
}

/** Throws when two SAEs would be spliced in at one place, or have latents of the same names. */
export function requireDistinct(saes: readonly LoadedSae[]): void {
  const folders = new Map<string, string>();
  for (const sae of saes) {
    for (const site of [sae.config.site, ...(sae.config.output === null ? [] : [sae.config.output])]) {
      const before = folders.get(site);
      if (before !== undefined) throw new Error(`${before} and ${sae.folder} both belong to ${site}; splice in one of them.`);
      folders.set(site, sae.folder);
    }
  }
}

/**
 * @param doing what is asked, as a sentence begins: "Attribution in many steps"
 * @throws a sentence when one is a transcoder
 */
export function requireAutoencoders(saes: readonly LoadedSae[], doing: string): void {
  const other = saes.find((sae) => sae.isTranscoder);
  if (other) throw new Error(`${other.folder}: ${doing} needs SAEs, which reconstruct what they read; this is a transcoder, which predicts ${other.config.output} from ${other.config.site}.`);
}

/** decode(edited latents) − decode(latents), [rows, dIn]; undefined where the edit changed nothing. */
async function decodedChange(
  sae: LoadedSae,
  x: FloatArray,
  { latents, change }: LatentEdit,
  batch: SpliceBatch,
): Promise<FloatArray | undefined> {
  if (latents && new Set(latents).size !== latents.length) throw new Error(`An edit of latents at ${sae.config.site} names one of them twice.`);
  const before = latents ? await sae.someLatents(x, latents) : await sae.encode(x);
  const given = floats(before.data.slice(), before.shape);
  const after = (await change(given, batch)) ?? given;
  if (after.data.length !== before.data.length) {
    throw new Error(`An edit of latents at ${sae.config.site} returned ${after.data.length} values for ${before.data.length}.`);
  }
  const difference = floats(after.data.map((value, i) => value - before.data[i]), before.shape);
  if (difference.data.every((value) => value === 0)) return undefined;
  return latents ? sae.decodeChange(difference, latents, x) : sae.decodeChangeOfAll(difference, x);
}
