/** An SAE that runs: its sessions over arrays of rows, opened when first needed. */
import {
  cast, floats, gather, gatherElements, greater, input, ints, lower, reduceSum, Session, topK, vjp, type FloatArray, type IntArray,
  type NdArray, type Tensor,
} from '../graph';
import type { SaeConfig } from './config';
import { giveBack, share } from './shared-sessions';
import { traceSae, type SaeTrace } from './trace';
import type { SaeWeights } from './weights';
import type { Site } from '../vocabulary/sites';

/** Values of latents inside a graph at once: bounds the memory of [rows, dSae] to 64 MB an array. */
const LATENTS_AT_ONCE = 2 ** 24;
/** Above this size weights stay memory-mapped and shared between an SAE's sessions instead of being repacked for each. */
const PREPACK_LIMIT = 32e6;

/** The largest latents of each row. */
export interface TopLatents {
  readonly rows: number;
  /** Latents a row: n, or dSae where that is less. */
  readonly count: number;
  /** [rows, count], largest first; 0 where fewer are active. */
  readonly values: FloatArray;
  readonly indices: IntArray;
  /** How many latents of each row are active (above 0), [rows]: where it is above `count`, some are not listed. */
  readonly active: IntArray;
}

/** Traces a graph over the SAE and its given values. */
export type SaeGraph = (sae: SaeTrace, given: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>;
type Arrays = Readonly<Record<string, NdArray>>;

export class LoadedSae {
  private readonly open = new Map<string, Promise<Session>>();

  /** `site` and `output` are those of config as sites; a model may have fewer layers. Use openSae. */
  constructor(
    readonly folder: string,
    readonly config: SaeConfig,
    /** What it reads. */
    readonly site: Site,
    /** What it predicts: of an SAE what it reads. */
    readonly output: Site,
    readonly weights: SaeWeights,
    private readonly threads?: number,
  ) {}

  /** Whether it predicts one site from another. */
  get isTranscoder(): boolean {
    return this.config.output !== null;
  }

  async release(): Promise<void> {
    const sessions = [...this.open];
    this.open.clear();
    for (const [key, session] of sessions) {
      if (this.isFed) await giveBack(this.sharedKey(key));
      else await (await session).release();
    }
  }

  /** x [rows, dIn] → latents [rows, dSae]. For a wide SAE prefer {@link topLatents} or {@link someLatents}. */
  encode(x: FloatArray): Promise<FloatArray> {
    return this.one('encode', { x }, (trace, given) => trace.encode(given.x));
  }

  /** The n largest latents of each row, without a [rows, dSae] array outside the graph. */
  async topLatents(x: FloatArray, n: number): Promise<TopLatents> {
    const count = Math.min(n, this.config.dSae);
    const { values, indices, active } = await this.run(`top ${count}`, { x }, {}, (trace, given) => {
      const latents = trace.encode(given.x);
      return { ...topK(latents, count), active: reduceSum(cast(greater(latents, 0), 'int32'), -1) };
    });
    return { rows: x.shape[0], count, values: values as FloatArray, indices: indices as IntArray, active: active as IntArray };
  }

  /** Some latents of each row, [rows, latents.length]. */
  async someLatents(x: FloatArray, latents: readonly number[]): Promise<FloatArray> {
    const fixed = { ids: this.latentIds(latents) };
    return this.one('some', { x }, (trace, given) => gather(trace.encode(given.x), given.ids, 1), fixed);
  }

  /** latents [rows, dSae] → reconstruction [rows, dOut]. Where activations are normalised, x [rows, dIn] gives the scale back. */
  decode(latents: FloatArray, x: FloatArray): Promise<FloatArray> {
    return this.one('decode', { latents, x }, (trace, given) => trace.decode(given.latents, given.x));
  }

  /** decode(encode(x)), [rows, dOut]: latents stay in the graph. */
  reconstruct(x: FloatArray): Promise<FloatArray> {
    return this.one('reconstruct', { x }, (trace, given) => trace.decode(trace.encode(given.x), given.x));
  }

  /** What changing some latents by `change` [rows, latents.length] adds to the reconstruction of x, [rows, dOut]. */
  decodeChange(change: FloatArray, latents: readonly number[], x: FloatArray): Promise<FloatArray> {
    const fixed = { ids: this.latentIds(latents) };
    return this.one('decode change', { change, x }, (trace, given) => trace.decodeChange(given.change, gather(trace.directions(), given.ids), given.x), fixed);
  }

  /** The same for all latents, `change` [rows, dSae]. */
  decodeChangeOfAll(change: FloatArray, x: FloatArray): Promise<FloatArray> {
    return this.one('decode change of all', { latents: change, x }, (trace, given) => trace.decodeChange(given.latents, trace.directions(), given.x));
  }

  /** Jᵀ · cotangent [rows, dOut], where J is the Jacobian of {@link reconstruct} at x. */
  reconstructVjp(x: FloatArray, cotangent: FloatArray): Promise<FloatArray> {
    return this.one('reconstruct vjp', { x, cotangent }, (trace, given) => vjp([trace.decode(trace.encode(given.x), given.x)], [given.cotangent], [given.x])[0]);
  }

  /** Jᵀ · cotangent [rows, dSae], where J is the Jacobian of {@link encode} at x: which latents are active counts as constant. */
  encodeVjp(x: FloatArray, latents: FloatArray): Promise<FloatArray> {
    return this.one('encode vjp', { x, latents }, (trace, given) => vjp([trace.encode(given.x)], [given.latents], [given.x])[0]);
  }

  /**
   * The gradient with respect to each latent, [rows, dSae], given that of the reconstruction (`cotangent`, [rows, dOut]). Decoding is
   * linear in the latents, so it does not depend on which are active; x counts only where activations are normalised.
   */
  latentGradient(x: FloatArray, cotangent: FloatArray): Promise<FloatArray> {
    return this.one('latent gradient', { x, cotangent }, latentGradientOf);
  }

  /** That gradient for a few latents of each row: `indices` int32 [rows, n] → [rows, n]. */
  latentGradientAt(x: FloatArray, cotangent: FloatArray, indices: IntArray): Promise<FloatArray> {
    const rows = { x, cotangent, indices };
    return this.one('latent gradient at', rows, (trace, given) => gatherElements(latentGradientOf(trace, given), given.indices, 1));
  }

  private latentIds(latents: readonly number[]): IntArray {
    const wrong = latents.find((latent) => !Number.isInteger(latent) || latent < 0 || latent >= this.config.dSae);
    if (wrong !== undefined) throw new Error(`Latent ${wrong} does not exist; ${this.folder} has the latents 0 to ${this.config.dSae - 1}.`);
    return ints(latents, [latents.length]);
  }

  private async one(
    key: string,
    rows: Arrays,
    trace: (trace: SaeTrace, given: Readonly<Record<string, Tensor>>) => Tensor,
    fixed: Arrays = {},
  ): Promise<FloatArray> {
    return (await this.run(key, rows, fixed, (...given) => ({ result: trace(...given) }))).result as FloatArray;
  }

  /**
   * Runs a graph over the SAE's weights, traced and opened once for each key. `rows` are arrays [rows, …], given in pieces that bound
   * the memory of [rows, dSae]; `fixed` are given whole. Outputs are [rows, …] too, and names of inputs and outputs differ. Row inputs
   * named x or source have the width dIn, one named cotangent has dOut, one named latents has dSae; `fixed` inputs are vectors of one
   * length.
   */
  async run(key: string, rows: Arrays, fixed: Arrays, trace: SaeGraph): Promise<Record<string, NdArray>> {
    let opening = this.open.get(key);
    if (!opening) {
      const open = () => this.openSession(rows, fixed, trace);
      opening = this.isFed ? share(this.sharedKey(key), open) : open();
      this.open.set(key, opening);
      opening.catch(() => this.open.delete(key));
    }
    const session = await opening;
    const count = Object.values(rows)[0].shape[0];
    // ONNX Runtime ends the process when some ops get no rows.
    if (count === 0) throw new Error(`${this.folder}: an SAE needs at least one row.`);
    const step = Math.max(1, Math.floor(LATENTS_AT_ONCE / this.config.dSae));
    const always = Object.entries({ ...fixed, ...Object.fromEntries(this.weights.inMemory) });
    const pieces: Record<string, NdArray>[] = [];
    for (let start = 0; start < count; start += step) {
      const piece = Object.entries(rows).map(([name, value]) => [name, sliceRows(value, start, Math.min(count, start + step))] as const);
      pieces.push(await session.run(Object.fromEntries([...always, ...piece].filter(([name]) => session.inputs.has(name)))));
    }
    return pieces.length === 1 ? pieces[0] : joinRows(pieces);
  }

  /** Whether sessions hold none of its weights, so that others may use them with theirs. */
  private get isFed(): boolean {
    return this.weights.located.size === 0;
  }

  /** Says all that a session depends on. */
  private sharedKey(key: string): string {
    const elsewhere = {
      format: null, processing: null, site: null, output: null, beforeOutNorm: null, head: null,
      modelName: null, modelSha256: null, prependBos: null, contextSize: null,
    };
    return JSON.stringify([key, this.threads ?? null, { ...this.config, ...elsewhere }]);
  }

  private openSession(rows: Arrays, fixed: Arrays, trace: SaeGraph): Promise<Session> {
    const given: Record<string, Tensor> = {};
    for (const [name, { dtype, shape }] of Object.entries(rows)) {
      given[name] = input(name, dtype, ['rows', ...this.rowShape(name, shape.length - 1)]);
    }
    for (const [name, { dtype, shape }] of Object.entries(fixed)) given[name] = input(name, dtype, shape.map(() => 'count'));
    const sae = traceSae(this.config);
    const outputs = trace(sae, given);
    const inMemory = Object.fromEntries([...sae.weights].filter(([name]) => this.weights.inMemory.has(name)));
    const weights = (name: string) => this.weights.located.get(name);
    const graph = lower({ inputs: { ...given, ...inMemory }, outputs, weights, dropUnused: true });
    return Session.open(graph, { folder: this.weights.folder, threads: this.threads, prepack: this.weights.bytes <= PREPACK_LIMIT });
  }

  /** Sizes that belong to the SAE are fixed in the graph, so that an array of another width is an error; others may be any. */
  private rowShape(name: string, rank: number): (number | string)[] {
    const { dIn, dOut, dSae } = this.config;
    const width = { x: dIn, source: dIn, cotangent: dOut, latents: dSae, change: 'count' }[name];
    return width !== undefined && rank === 1 ? [width] : Array.from({ length: rank }, (_, axis) => `${name} ${axis}`);
  }
}

/** Traces the gradient with respect to each latent, [rows, dSae], given that of the reconstruction. */
export function latentGradientOf(trace: SaeTrace, { x, cotangent }: Readonly<Record<string, Tensor>>): Tensor {
  const latents = trace.encode(x);
  return vjp([trace.decode(latents, x)], [cotangent], [latents])[0];
}

function sliceRows(value: NdArray, start: number, end: number): NdArray {
  if (start === 0 && end === value.shape[0]) return value;
  const size = value.data.length / value.shape[0];
  return { ...value, shape: [end - start, ...value.shape.slice(1)], data: value.data.subarray(start * size, end * size) };
}

function joinRows(pieces: readonly Record<string, NdArray>[]): Record<string, NdArray> {
  const join = (name: string): NdArray => {
    const parts = pieces.map((piece) => piece[name]);
    const data = parts[0].dtype === 'int32' ? new Int32Array(total(parts)) : new Float32Array(total(parts));
    let at = 0;
    for (const part of parts) {
      data.set(part.data as Float32Array, at);
      at += part.data.length;
    }
    const shape = [parts.reduce((sum, part) => sum + part.shape[0], 0), ...parts[0].shape.slice(1)];
    return data instanceof Int32Array ? ints(data, shape) : floats(data, shape);
  };
  return Object.fromEntries(Object.keys(pieces[0]).map((name) => [name, join(name)]));
}

function total(parts: readonly NdArray[]): number {
  return parts.reduce((sum, part) => sum + part.data.length, 0);
}
