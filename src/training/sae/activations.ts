/** Activations for training: many prompts through one graph that holds the model up to the last site wanted. */
import { tensorAt } from '../../architectures';
import { add, gather, input, ints, lower, product, reshape, Session, type Tensor } from '../../graph';
import { groupsByLength, layoutOf, positionFeeds, type Model } from '../../model';
import { locateWeights } from '../../model/weights';
import type { Cursor, PromptStream } from './prompts';
import { Random } from '../../corpus/random';
import { siteName, type Site } from '../../vocabulary/sites';

/** Sites without one vector a token. */
const WITHOUT_VECTOR = ['attn.hook_q', 'attn.hook_k', 'attn.hook_v', 'attn.hook_pattern'];
/** Tokens of a batch with its padding. */
export const BATCH_TOKENS = 6144;

/** The size of an activation at a site. @throws for sites that do not hold one vector a token */
export function activationSize({ shape }: Model, site: Site): number {
  if (site.kind !== 'block' || WITHOUT_VECTOR.includes(site.site)) {
    throw new Error(`${siteName(site)}: sparse autoencoders are trained on sites of a block that hold one vector a token, such as hook_resid_post.`);
  }
  if (site.site === 'attn.hook_z') return shape.heads * shape.headSize;
  return site.site.startsWith('mlp.') && site.site !== 'mlp.hook_in' ? shape.mlpWidth : shape.width;
}

/** Reads sites at chosen tokens. Unlike Model.run it is one session, computes nothing after the last site and returns chosen rows only. */
export class ActivationReader {
  private constructor(
    private readonly session: Session,
    private readonly names: readonly string[],
  ) {}

  static async open(model: Model, sites: readonly Site[], threads?: number): Promise<ActivationReader> {
    const { architecture, checkpoint } = model;
    const inputs = {
      tokens: input('tokens', 'int32', ['batch', 'positions']),
      positions: input('positions', 'int32', ['batch', 'positions']),
      keyPositions: input('keyPositions', 'int32', ['batch', 'positions']),
      at: input('at', 'int32', ['rows']),
    };
    const outputs: Record<string, Tensor> = {};
    const embedded = architecture.embed(inputs.tokens);
    let resid = architecture.positionEmbed ? add(embedded, architecture.positionEmbed(inputs.positions)) : embedded;
    for (let layer = 0; layer < architecture.shape.layers; layer++) {
      const block = architecture.block(layer, { ...inputs, resid });
      for (const site of sites) {
        if (site.kind !== 'block' || site.layer !== layer) continue;
        const rows = reshape(tensorAt(architecture, block, site.site), [product(['batch', 'positions']), activationSize(model, site)]);
        outputs[siteName(site)] = gather(rows, inputs.at);
      }
      resid = block.sites.hook_resid_post;
    }
    const weights = locateWeights(architecture, checkpoint);
    const graph = lower({ inputs, outputs, weights: weights.find });
    return new ActivationReader(await Session.open(graph, { folder: weights.folder, threads }), Object.keys(outputs));
  }

  /** By site name, the activations of the tokens `chosen[i]` of `prompts[i]`, prompt by prompt: [rows, size]. */
  async read(prompts: readonly (readonly number[])[], chosen: readonly (readonly number[])[]): Promise<Map<string, Float32Array>> {
    const starts: number[] = [];
    let total = 0;
    for (const rows of chosen) {
      starts.push(total);
      total += rows.length;
    }
    const result = new Map<string, Float32Array>();
    for (const group of groupsByLength(prompts, BATCH_TOKENS)) {
      const layout = layoutOf(group.map((i) => prompts[i]));
      const tokens = new Int32Array(group.length * layout.positions);
      group.forEach((i, row) => tokens.set(prompts[i], row * layout.positions));
      const at = group.flatMap((i, row) => chosen[i].map((token) => row * layout.positions + token));
      if (at.length === 0) continue;
      const shape = [group.length, layout.positions];
      const outputs = await this.session.run({ tokens: ints(tokens, shape), at: ints(at, [at.length]), ...positionFeeds(layout) });
      for (const name of this.names) {
        const { data, shape: [, size] } = outputs[name];
        if (!result.has(name)) result.set(name, new Float32Array(total * size));
        let from = 0;
        for (const i of group) {
          const length = chosen[i].length * size;
          result.get(name)!.set((data as Float32Array).subarray(from, from + length), starts[i] * size);
          from += length;
        }
      }
    }
    return result;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

export interface RowChoice {
  /** The chance of each token but a prompt's last, which is always taken. */
  keep: number;
  /** The chance of each token of the question, which is the same after every program; its last is always taken. */
  keepQuestion: number;
  /** How much a prompt's last token counts, where another counts 1. */
  lastWeight: number;
  /** Tokens at the start of a prompt that are left out: 1 to leave out the beginning-of-sequence token, which is always the same. */
  skip: 0 | 1;
  seed: number | string;
}

export interface Round {
  /** By site name, [rows, size]. */
  activations: ReadonlyMap<string, Float32Array>;
  /** How much each row counts in the loss, [rows]. */
  weights: Float32Array;
  /** How many tokens each row stands for, [rows]. */
  shares: Float32Array;
}

/** Where training gets its activations from. */
export interface RoundSource {
  /** Where the next round begins. */
  readonly cursor: Cursor;
  /**
   * At least `rows` activations a site. They are used up in a random order before the next round is read, so that a round can be read
   * again when training goes on from a checkpoint in its midst.
   */
  next(rows: number): Promise<Round>;
}

/** Activations of the next prompts of a stream. */
export class ModelRounds implements RoundSource {
  constructor(
    private readonly reader: ActivationReader,
    private readonly stream: PromptStream,
    private readonly choice: RowChoice,
    /** Tokens of the question behind the program. */
    private readonly question: number,
  ) {}

  get cursor(): Cursor {
    return this.stream.cursor;
  }

  async next(rows: number): Promise<Round> {
    const { keep, keepQuestion, lastWeight, skip, seed } = this.choice;
    const prompts: number[][] = [];
    const chosen: number[][] = [];
    const weights: number[] = [];
    const shares: number[] = [];
    const { file, next } = this.cursor;
    const random = new Random(`${seed}/rows/${file}/${next}`);
    while (weights.length < rows) {
      const ids = await this.stream.next();
      const last = ids.length - 1;
      const tokens: number[] = [];
      for (let i = skip; i <= last; i++) {
        const chance = i === last ? 1 : i > last - this.question ? keepQuestion : keep;
        if (!random.chance(chance)) continue;
        tokens.push(i);
        shares.push(1 / chance);
      }
      prompts.push(ids);
      chosen.push(tokens);
      for (const token of tokens) weights.push(token === last ? lastWeight : 1);
    }
    return { activations: await this.reader.read(prompts, chosen), weights: Float32Array.from(weights), shares: Float32Array.from(shares) };
  }
}
