/** Batches of samples of similar length, as feeds of the training graph. */
import { NO_KEY } from '../../architectures';
import { floats, ints, type NdArray } from '../../graph';
import type { Random } from '../../corpus/random';
import { PROBES, probeNames, QUIET_WEIGHT, type ProbeName } from './probes';
import { TOKEN_KINDS, type Sample, type TokenKind } from './samples';

export interface LossWeights {
  /** Share of the code tokens that count, drawn at random for each batch. */
  codeFraction: number;
  /** How much the mean cross-entropy of each kind of token counts. */
  code: number;
  label: number;
  message: number;
  /** The same for each probe. */
  syntax: number;
  /** Share of the tokens that the syntax probe reads, drawn at random for each batch; 1 when left out. */
  syntaxFraction?: number;
  type: number;
  line: number;
}

export interface Batch {
  feeds: Record<'tokens' | 'positions' | 'keyPositions' | 'at' | 'targets' | 'targetWeights', NdArray> & Record<string, NdArray>;
  /** The kind of each target. */
  kinds: TokenKind[];
  /** Tokens without padding. */
  tokens: number;
  /** Which sample each target belongs to, as an index into the batch. */
  rows: number[];
}

/** Groups samples so that each group, padded to its longest, has at most `maxTokens`; groups come in random order. */
export function groupByLength<S extends Sample>(samples: readonly S[], maxTokens: number, random: Random): S[][] {
  // A little noise on the length keeps the groups from being the same each time.
  const keyed = samples.map((sample) => ({ sample, key: sample.ids.length + random.float() * 6 }));
  keyed.sort((a, b) => a.key - b.key);
  const groups: S[][] = [];
  let group: S[] = [];
  let longest = 0;
  for (const { sample } of keyed) {
    const length = Math.max(longest, sample.ids.length);
    if (group.length > 0 && length * (group.length + 1) > maxTokens) {
      groups.push(group);
      [group, longest] = [[], 0];
    }
    group.push(sample);
    longest = Math.max(longest, sample.ids.length);
  }
  if (group.length > 0) groups.push(group);
  return random.shuffle(groups);
}

export function makeBatch(samples: readonly Sample[], weights: LossWeights, random: Random): Batch {
  const length = Math.max(...samples.map((sample) => sample.ids.length));
  const size = samples.length * length;
  const tokens = new Int32Array(size);
  const positions = new Int32Array(size);
  const keyPositions = new Int32Array(size).fill(NO_KEY);
  const at: number[] = [];
  const targets: number[] = [];
  const kinds: TokenKind[] = [];
  const rows: number[] = [];
  const counts: Record<TokenKind, number> = { none: 0, code: 0, label: 0, message: 0 };
  samples.forEach(({ ids, kinds: sampleKinds }, row) => {
    const start = row * length;
    for (let i = 0; i < length; i++) positions[start + i] = i;
    for (let i = 0; i < ids.length; i++) {
      tokens[start + i] = ids[i];
      keyPositions[start + i] = i;
      const kind = TOKEN_KINDS[sampleKinds[i]];
      const counted = kind === 'code' ? random.chance(weights.codeFraction) : kind !== 'none';
      if (!counted || weights[kind as 'label'] === 0) continue;
      at.push(start + i - 1);
      targets.push(ids[i]);
      kinds.push(kind);
      rows.push(row);
      counts[kind]++;
    }
  });
  const targetWeights = Float32Array.from(kinds, (kind) => weights[kind as 'label'] / counts[kind]);
  const shape = [samples.length, length];
  return {
    feeds: {
      tokens: ints(tokens, shape),
      positions: ints(positions, shape),
      keyPositions: ints(keyPositions, shape),
      at: ints(at, [at.length]),
      targets: ints(targets, [at.length]),
      targetWeights: floats(targetWeights, [at.length]),
      ...Object.assign({}, ...probeNames().map((name) => probeFeeds(samples, length, name, weights, random))),
    },
    kinds,
    rows,
    tokens: samples.reduce((sum, { ids }) => sum + ids.length, 0),
  };
}

/** Where a probe reads, what it should tell and how much that counts: together the probe's weight, the quiet class less. */
function probeFeeds(
  samples: readonly Sample[],
  length: number,
  name: ProbeName,
  weights: LossWeights,
  random: Random,
): Record<string, NdArray> {
  const weight = weights[name];
  const share = name === 'syntax' ? (weights.syntaxFraction ?? 1) : 1;
  const { classes, quiet } = PROBES[name];
  const at: number[] = [];
  const targets: number[] = [];
  samples.forEach(({ marks }, row) =>
    marks?.[name]?.forEach((mark, i) => {
      if (mark === 0 || weight === 0 || (share < 1 && !random.chance(share))) return;
      at.push(row * length + i);
      targets.push(mark - 1);
    }),
  );
  const importance = targets.map((target) => (classes[target] === quiet ? QUIET_WEIGHT : 1));
  const total = importance.reduce((a, b) => a + b, 0);
  const empty = at.length === 0; // a graph needs at least one row; this one counts nothing
  const count = empty ? 1 : at.length;
  return {
    [`${name}/at`]: ints(empty ? [0] : at, [count]),
    [`${name}/targets`]: ints(empty ? [0] : targets, [count]),
    [`${name}/weights`]: floats(Float32Array.from(empty ? [0] : importance.map((value) => (weight * value) / total)), [count]),
  };
}
