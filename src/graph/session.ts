/** Running lowered graphs. The only file that imports onnxruntime-node. */
import { InferenceSession, listSupportedBackends, Tensor as OrtTensor } from 'onnxruntime-node';
import { PROVIDERS, type Provider } from '../vocabulary/providers';
import type { LoweredGraph } from './lower';
import type { Dtype, TensorType } from './tensor';

/**
 * ONNX Runtime's library for Linux carries a telemetry client: without this, a process that opens a session reads the machine's id, writes
 * under the user's cache and looks a host up. It reads the variable when the first session opens.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';

/** A value in row-major order. */
export interface NdArray {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | BigInt64Array | Uint8Array;
}
export interface FloatArray extends NdArray {
  readonly dtype: 'float32';
  readonly data: Float32Array;
}
export interface IntArray extends NdArray {
  readonly dtype: 'int32';
  readonly data: Int32Array;
}

export function floats(data: Float32Array, shape: readonly number[]): FloatArray {
  return { dtype: 'float32', shape, data };
}
export function ints(data: Int32Array | readonly number[], shape: readonly number[]): IntArray {
  return { dtype: 'int32', shape, data: data instanceof Int32Array ? data : Int32Array.from(data) };
}

/** Those that this build of ONNX Runtime knows; whether one finds its hardware and libraries shows when it is used. */
export function knownProviders(): Provider[] {
  const known = listSupportedBackends().map(({ name }) => name);
  return PROVIDERS.filter((provider) => known.includes(provider));
}

export interface SessionOptions {
  /** The folder that the graph's external weights are relative to. */
  folder?: string;
  /** Threads for one run; by default as many as there are processors. */
  threads?: number;
  /**
   * Whether ONNX Runtime may repack weights into a private copy: about twice as fast on a few tokens, but without it
   * weights stay memory-mapped and shared between all graphs over the same file.
   */
  prepack?: boolean;
  /**
   * Whether the session runs alone rather than in a chain of sessions. Its idle threads then wait busily for the next run, and it keeps
   * the memory of a run for the next. In a chain the threads of one session would take the processors from the next (measured: a forward
   * pass three times slower), and each would keep the most that it ever needed (a sweep on 0.5 B parameters: 1.1 GB instead of 0.1).
   */
  alone?: boolean;
  provider?: Provider;
}

/** External data resolves against the working directory, so sessions with weights open one at a time. */
let opening: Promise<unknown> = Promise.resolve();

export class Session {
  private readonly held = new Map<string, OrtTensor>();

  private constructor(
    private readonly session: InferenceSession,
    private readonly graph: LoweredGraph,
  ) {}

  static async open(graph: LoweredGraph, { folder, threads, prepack = true, alone = false, provider = 'cpu' }: SessionOptions = {}): Promise<Session> {
    const options: InferenceSession.SessionOptions = {
      executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
      intraOpNumThreads: threads ?? 0,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      enableCpuMemArena: alone,
      enableMemPattern: alone,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      extra: { session: { disable_prepacking: prepack ? '0' : '1', intra_op: { allow_spinning: alone ? '1' : '0' } } },
    };
    const create = async () => {
      if (folder === undefined) return InferenceSession.create(graph.model, options);
      const before = process.cwd();
      process.chdir(folder);
      try {
        return await InferenceSession.create(graph.model, options);
      } finally {
        process.chdir(before);
      }
    };
    const result = opening.then(create, create);
    opening = result.catch(() => undefined);
    return new Session(await result, graph);
  }

  /** The graph's inputs by name. */
  get inputs(): ReadonlyMap<string, TensorType> {
    return this.graph.inputs;
  }

  /** Runs the graph. Names, dtypes and shapes of the feeds are checked against the graph's inputs. */
  async run(feeds: Readonly<Record<string, NdArray>>): Promise<Record<string, NdArray>> {
    const tensors: Record<string, OrtTensor> = {};
    const sizes = new Map<string, number>();
    for (const [name, type] of this.graph.inputs) {
      const feed = feeds[name];
      if (!feed) throw new Error(`run: the input '${name}' is missing`);
      checkFeed(name, feed, type, sizes);
      tensors[name] = new OrtTensor(feed.dtype, feed.data as Float32Array, feed.shape as number[]);
    }
    for (const name of Object.keys(feeds)) {
      if (!this.graph.inputs.has(name)) throw new Error(`run: the graph has no input '${name}'`);
    }
    for (const [name, { shape, values }] of this.graph.held) {
      let tensor = this.held.get(name);
      if (!tensor) this.held.set(name, (tensor = new OrtTensor('float32', await values(), shape)));
      tensors[name] = tensor;
    }
    const fetched = await this.session.run(tensors);
    const results: Record<string, NdArray> = {};
    for (const [name, { dtype }] of this.graph.outputs) {
      results[name] = { dtype, shape: fetched[name].dims, data: fetched[name].data as Float32Array };
    }
    return results;
  }

  async release(): Promise<void> {
    this.held.clear();
    await this.session.release();
  }
}

function checkFeed(name: string, feed: NdArray, type: TensorType, sizes: Map<string, number>): void {
  const wanted = `${type.dtype}[${type.shape.join(', ')}]`;
  const got = `${feed.dtype}[${feed.shape.join(', ')}]`;
  const fail = (why: string) => new Error(`run: the input '${name}' ${why} (needs ${wanted}, got ${got})`);
  if (feed.dtype !== type.dtype || feed.shape.length !== type.shape.length) throw fail('has another type');
  type.shape.forEach((dim, i) => {
    const size = feed.shape[i];
    if (typeof dim === 'number' ? dim !== size : (sizes.get(dim) ?? size) !== size) throw fail(`has another size at axis ${i}`);
    if (typeof dim === 'string') sizes.set(dim, size);
  });
  if (feed.data.length !== feed.shape.reduce((a, b) => a * b, 1)) throw fail(`holds ${feed.data.length} values`);
}
