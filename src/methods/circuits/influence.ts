/**
 * How far nodes of an attribution graph influence its outputs, and what is kept of it: the definitions of circuit-tracer
 * (github.com/decoderesearch/circuit-tracer, `graph.py`), after Ameisen et al. 2025, “Circuit Tracing”. Of every node the sizes of what it
 * is given are divided by their sum; influence on the outputs is that along all ways, with products along each.
 */

/** Direct effects: of each node that is given something a row of what every node gives it; null of the others. */
export interface DirectEffects {
  readonly size: number;
  /** [size] rows of [size] */
  readonly rows: readonly (ArrayLike<number> | null)[];
}

/** Keeps a row of zeros from a division by zero. */
const TINY = 1e-10;
/** Ways are no longer than the model has layers; more steps than this mean that there are circles. */
const MOST_STEPS = 1000;

/** Each row's sizes as shares of their sum. */
function shares({ size, rows }: DirectEffects): DirectEffects {
  return {
    size,
    rows: rows.map((row) => {
      if (!row) return null;
      let sum = 0;
      for (let i = 0; i < size; i++) sum += Math.abs(row[i]);
      const by = Math.max(sum, TINY);
      return Float64Array.from({ length: size }, (_, i) => Math.abs(row[i]) / by);
    }),
  };
}

/** weights · (A + A² + …), [size]. @throws where ways have no end */
function influenceOf({ size, rows }: DirectEffects, weights: Float64Array): Float64Array {
  const all = new Float64Array(size);
  let current = weights;
  for (let step = 0; step <= MOST_STEPS; step++) {
    const next = new Float64Array(size);
    rows.forEach((row, to) => {
      const weight = current[to];
      if (row && weight !== 0) for (let from = 0; from < size; from++) next[from] += weight * row[from];
    });
    if (next.every((value) => value === 0)) return all;
    next.forEach((value, i) => (all[i] += value));
    current = next;
  }
  throw new Error('A graph with circles has no influences: what a node gives may not come back to it.');
}

/** @param weights of the outputs, 0 elsewhere, [size] @returns each node's influence on them, [size] */
export function nodeInfluence(effects: DirectEffects, weights: Float64Array): Float64Array {
  return influenceOf(shares(effects), weights);
}

/** The largest scores that together make up the given share of all: the least of them. */
function thresholdOf(scores: Float64Array, share: number): number {
  const sorted = scores.slice().sort().reverse();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (const score of sorted) if ((sum += score) / total >= share) return score;
  return sorted.at(-1) ?? 0;
}

/** In which order a graph's nodes are: latents, then errors, then tokens, then outputs. */
export interface NodeCounts {
  readonly latents: number;
  readonly errors: number;
  readonly tokens: number;
  readonly outputs: number;
}

export interface Pruned {
  /** Whether a node is kept, [size]. */
  readonly nodes: Uint8Array;
  /** Whether an edge is kept: of each kept node that is given something, a row of [size]. */
  readonly edges: readonly (Uint8Array | null)[];
  /** Of each node the share of all influence that it and all more influential ones have, [size]. */
  readonly cumulative: Float64Array;
}

/**
 * Keeps the most influential nodes, tokens and outputs in any case, and between these the most influential edges; then drops latents and
 * errors that give nothing to anything that is kept, and latents that are given nothing, until there are none left.
 * @param weights of the outputs, [size] @param nodeShare and `edgeShare` of all influence that is kept, 0 to 1
 */
export function prune(
  effects: DirectEffects,
  { latents, errors }: NodeCounts,
  weights: Float64Array,
  { nodeShare, edgeShare }: { nodeShare: number; edgeShare: number },
): Pruned {
  const { size, rows } = effects;
  const influence = nodeInfluence(effects, weights);
  const least = thresholdOf(influence, nodeShare);
  const always = latents + errors;
  const nodes = Uint8Array.from(influence, (value, i) => (i >= always || value >= least ? 1 : 0));
  const keptOf = (row: ArrayLike<number>) => Float64Array.from({ length: size }, (_, from) => (nodes[from] ? row[from] : 0));
  const among = shares({ size, rows: rows.map((row, to) => (row && nodes[to] ? keptOf(row) : null)) });
  const reached = influenceOf(among, weights);
  const scores = among.rows.map((row, to) => row && Float64Array.from(row, (value) => value * (reached[to] + weights[to])));
  // Scores of edges that are not there are 0, and count only where everything is to be kept.
  const present = scores.flatMap((row) => (row ? [...row] : []));
  const leastEdge = thresholdOf(Float64Array.from(present), edgeShare);
  const edges = scores.map((row) => row && Uint8Array.from(row, (score) => (score >= leastEdge ? 1 : 0)));
  for (let changed = true; changed;) {
    changed = false;
    const gives = new Uint8Array(size);
    edges.forEach((row) => row?.forEach((kept, from) => (gives[from] |= kept)));
    for (let node = 0; node < latents + errors; node++) {
      const isGiven = node >= latents || (edges[node]?.includes(1) ?? false);
      if (nodes[node] === 0 || (gives[node] === 1 && isGiven)) continue;
      nodes[node] = 0;
      changed = true;
    }
    edges.forEach((row, to) => row?.forEach((_, from) => (row[from] &= nodes[to] & nodes[from])));
  }
  const order = Array.from(influence.keys()).sort((a, b) => influence[b] - influence[a]);
  const total = influence.reduce((sum, value) => sum + value, 0);
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (const node of order) cumulative[node] = (sum += influence[node]) / total;
  return { nodes, edges, cumulative };
}

/** How much of a graph goes through its latents rather than through errors, by influence. */
export interface GraphScores {
  /** Of the influence that begins at tokens and errors the share that begins at tokens. */
  readonly replacement: number;
  /** Of what nodes are given, weighted by their influence, the share that is not given by errors. */
  readonly completeness: number;
}

export function graphScores(effects: DirectEffects, { latents, errors, tokens }: NodeCounts, weights: Float64Array): GraphScores {
  const normalized = shares(effects);
  const influence = influenceOf(normalized, weights);
  const sum = (from: number, to: number, of: ArrayLike<number>) => {
    let all = 0;
    for (let i = from; i < to; i++) all += of[i];
    return all;
  };
  const [errorEnd, tokenEnd] = [latents + errors, latents + errors + tokens];
  const [ofErrors, ofTokens] = [sum(latents, errorEnd, influence), sum(errorEnd, tokenEnd, influence)];
  let [explained, all] = [0, 0];
  normalized.rows.forEach((row, node) => {
    const weight = influence[node] + weights[node];
    explained += weight * (1 - (row ? sum(latents, errorEnd, row) : 0));
    all += weight;
  });
  return { replacement: ofTokens / (ofTokens + ofErrors), completeness: explained / all };
}
