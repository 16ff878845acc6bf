/** What opening a model and sweeping over it take, before either is done: from its shapes, and from how fast this machine multiplies. */
import { totalmem } from 'node:os';
import type { Architecture, ModelShape } from '../../architectures';
import { applies, floats, input, lower, matmul, matmulOp, Session, type Dim, type Node, type Tensor } from '../../graph';
import { everyLayer, groups } from '../../methods/patching/plan';
import { TOKENS_AT_ONCE } from '../../methods/patching/sweep';
import type { LoadEstimate } from '../../protocol/models/models';

/** Tokens of the prompt that a sweep is estimated for, where the model reads as many: some ten lines of code with the question. */
export const SWEEP_TOKENS = 100;
/** Node, ONNX Runtime, the extension's code and Python's sandbox, without any model. */
const PROCESS_BYTES = 350e6;
const FLOAT = 4;

/**
 * @param parameters numbers in all weights
 * @param flopsPerSecond of a matrix product on this machine; measured when left out
 */
export async function estimateLoad(architecture: Architecture, parameters: number, flopsPerSecond?: number): Promise<LoadEstimate> {
  const tokens = Math.min(SWEEP_TOKENS, architecture.shape.context);
  const seconds = sweepFlops(architecture, tokens) / (flopsPerSecond ?? (await measuredSpeed()));
  const memory = memoryBytes(architecture.shape, parameters, tokens);
  return { memory, ...machineMemory(), sweep: { tokens, seconds } };
}

function machineMemory(): Pick<LoadEstimate, 'machine' | 'free'> {
  const limit = process.constrainedMemory(); // of a container; 0 or astronomical without one
  const machine = limit > 0 ? Math.min(totalmem(), limit) : totalmem();
  return { machine, free: process.platform === 'darwin' ? null : Math.min(machine, process.availableMemory()) };
}

/**
 * Bytes: every weight in float32 once, what a sweep over so many tokens keeps, and the process itself. It leaves out: private copies of
 * weights that ONNX Runtime makes of small models for speed, SAEs, and a file's own bytes in the system's cache, which are given back.
 */
export function memoryBytes(shape: ModelShape, parameters: number, tokens: number): number {
  const { layers, width, heads, keyValueHeads, headSize, mlpWidth, vocabulary } = shape;
  // Both runs' residual streams and gradients, and one's keys and values.
  const kept = layers * tokens * (4 * width + 2 * keyValueHeads * headSize);
  const climbing = 3 * layers * tokens * width; // the residual stream of all patches at a position, before, in and after a block
  const rows = Math.max(1, Math.floor(TOKENS_AT_ONCE / tokens));
  const attention = 2 * rows * heads * tokens * tokens + 4 * rows * tokens * heads * headSize;
  const mlp = 3 * rows * tokens * mlpWidth;
  const logits = 2 * tokens * vocabulary; // of the logit lens
  return PROCESS_BYTES + FLOAT * (parameters + kept + climbing + Math.max(attention, mlp, logits));
}

/**
 * Floating-point operations of all matrix products in patching every position and layer of a prompt of so many tokens at
 * hook_resid_pre, a multiplication and an addition counting as two. Counted on the traced blocks, as the sweep runs them: with the keys
 * and values of earlier positions from the cache. It leaves out what is no product (norms, softmax, activations), the readouts of two
 * logits, and moving data, which make a sweep of a small model two to three times as long; and it takes all blocks to be of one size.
 */
export function sweepFlops(architecture: Architecture, tokens: number): number {
  const { layers } = architecture.shape;
  const [whole, last] = [blockFlops(architecture, false), blockFlops(architecture, true)];
  const positions = Array.from({ length: tokens }, (_, i) => i);
  let flops = 2 * layers * whole({ batch: 1, positions: tokens, past: 0 }); // the two runs that are compared
  for (const cells of groups(everyLayer(positions, layers), tokens, layers)) {
    const past = Math.min(...cells.map(({ position }) => position));
    for (let layer = 0; layer < layers; layer++) {
      const block = layer === layers - 1 ? last : whole;
      const batch = cells.filter((cell) => cell.layer <= layer).length; // each layer adds its own patches to those of the layers below
      flops += block({ batch, positions: tokens - past, past });
    }
  }
  return flops;
}

interface Sizes {
  batch: number;
  /** New ones in each row. */
  positions: number;
  /** Cached ones before them. */
  past: number;
}

/** Floating-point operations of a block's matrix products, as a function of its inputs' sizes. */
export function blockFlops(architecture: Architecture, lastOnly: boolean): (sizes: Sizes) => number {
  const { width, keyValueHeads, headSize } = architecture.shape;
  const cached = (name: string) => input(name, 'float32', ['batch', keyValueHeads, 'past', headSize]);
  const { sites } = architecture.block(0, {
    resid: input('resid', 'float32', ['batch', 'positions', width]),
    positions: input('positions', 'int32', ['batch', 'positions']),
    keyPositions: input('keyPositions', 'int32', ['batch', 'keys']),
    past: { keys: cached('pastKeys'), values: cached('pastValues') },
    lastOnly,
  });
  const products = [...nodesBelow(sites.hook_resid_post)].filter((node) => applies(node, matmulOp));
  return ({ batch, positions, past }) => {
    const sizes: Record<string, number> = { batch, positions, past, keys: past + positions };
    return products.reduce((sum, { inputs: [a], attributes, outputs: [out] }) => {
      const inner = a.shape.at(attributes.transposeA ? -2 : -1)!;
      return sum + 2 * [...out.shape, inner].reduce<number>((size, dim) => size * sizeOf(dim, sizes), 1);
    }, 0);
  };
}

function nodesBelow(tensor: Tensor): Set<Node> {
  const nodes = new Set<Node>();
  const stack = [tensor];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (nodes.has(next.node)) continue;
    nodes.add(next.node);
    stack.push(...next.node.inputs);
  }
  return nodes;
}

/** A size that may be a product of names and numbers. */
function sizeOf(dim: Dim, sizes: Readonly<Record<string, number>>): number {
  return String(dim).split('*').reduce((size, factor) => {
    const value = sizes[factor] ?? Number(factor);
    if (!Number.isFinite(value)) throw new Error(`The size '${factor}' of a block is not known.`);
    return size * value;
  }, 1);
}

let speed: Promise<number> | undefined;

/** Floating-point operations a second of products like those of a sweep, on all processors; measured once, in about 50 ms. */
export function measuredSpeed(): Promise<number> {
  return (speed ??= measureSpeed());
}

const [ROWS, INNER] = [128, 768];
const RUNS = 5;

async function measureSpeed(): Promise<number> {
  const a = input('a', 'float32', [ROWS, INNER]);
  const b = input('b', 'float32', [INNER, INNER]);
  const session = await Session.open(lower({ inputs: { a, b }, outputs: { c: matmul(a, b) } }));
  const filled = (rows: number) => floats(new Float32Array(rows * INNER).fill(0.5), [rows, INNER]);
  const feeds = { a: filled(ROWS), b: filled(INNER) };
  let fastest = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await session.run(feeds);
    fastest = Math.min(fastest, performance.now() - start);
  }
  await session.release();
  return (2 * ROWS * INNER * INNER) / (Math.max(fastest, 0.01) / 1000);
}
