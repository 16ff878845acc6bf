/** The sessions of a model: one graph a part and a purpose, opened when first needed. */
import { tensorAt, type Architecture, type HeadInput, type WeightProcessing } from '../architectures';
import {
  add, cast, concat, gather, gatherElements, grad, greater, input, logSumExp, lower, matmul, mul, neg, reduceMean, reduceSum, Session,
  slice, sub, topK, unsqueeze, vjp, zerosLike,
  type Lowering, type SessionOptions, type Tensor,
} from '../graph';
import type { WeightSource } from './weights';
import { BLOCK_SITES, siteName, type BlockSite, type Site } from '../vocabulary/sites';

/** Whether a block has cached keys and values before it: none, one row shared by the whole batch, or a row each. */
export type Past = 'none' | 'shared' | 'each';

export class ModelSessions {
  private readonly open = new Map<string, Promise<Session>>();

  constructor(
    private readonly architecture: Architecture,
    private readonly weights: WeightSource,
    private readonly options: SessionOptions,
  ) {}

  private get(key: string, trace: () => Omit<Lowering, 'weights'>): Promise<Session> {
    let session = this.open.get(key);
    if (!session) {
      const { find, folder } = this.weights;
      session = Promise.resolve().then(() => Session.open(lower({ ...trace(), weights: find }), { ...this.options, folder }));
      this.open.set(key, session);
      session.catch(() => this.open.delete(key));
    }
    return session;
  }

  async release(): Promise<void> {
    const sessions = [...this.open.values()];
    this.open.clear();
    for (const session of sessions) await (await session).release();
  }

  /** tokens int32 [batch, positions] → resid */
  embed(): Promise<Session> {
    return this.get('embed', () => {
      const tokens = input('tokens', 'int32', ['batch', 'positions']);
      return { inputs: { tokens }, outputs: { resid: this.architecture.embed(tokens) } };
    });
  }

  /** embed [batch, positions, width] and int32 positions [batch, positions] → resid; null without learned position embeddings. */
  positionEmbed(): Promise<Session> | null {
    const { positionEmbed, shape: { width } } = this.architecture;
    if (!positionEmbed) return null;
    return this.get('position embed', () => {
      const embed = input('embed', 'float32', ['batch', 'positions', width]);
      const positions = input('positions', 'int32', ['batch', 'positions']);
      return { inputs: { embed, positions }, outputs: { resid: add(embed, positionEmbed(positions)) } };
    });
  }

  private traceBlock(layer: number, past: Past, lastOnly = false) {
    const { width, keyValueHeads, headSize } = this.architecture.shape;
    const resid = input('resid', 'float32', ['batch', 'positions', width]);
    const positions = input('positions', 'int32', ['batch', 'positions']);
    // Without a past the keys are the positions, and then gradients flow through them.
    const keyPositions = input('keyPositions', 'int32', ['batch', past === 'none' ? 'positions' : 'keys']);
    const pastShape = [past === 'shared' ? 1 : 'batch', keyValueHeads, 'past', headSize];
    const pastKeys = input('pastKeys', 'float32', pastShape);
    const pastValues = input('pastValues', 'float32', pastShape);
    const block = this.architecture.block(layer, {
      resid,
      positions,
      keyPositions,
      ...(past !== 'none' && { past: { keys: pastKeys, values: pastValues } }),
      lastOnly,
    });
    return { inputs: { resid, positions, keyPositions, pastKeys, pastValues }, block };
  }

  /**
   * A block, or the part of it after the sites in `given` were replaced: inputs `resid`, `positions`, `keyPositions`,
   * `pastKeys`, `pastValues` and the given sites, as far as they are needed; outputs the sites in `wanted`, and `keys` and `values`
   * for the cache when `cache` is set. With `lastOnly` it goes on from the last position alone.
   */
  block(
    layer: number,
    past: Past,
    given: readonly BlockSite[],
    wanted: readonly BlockSite[],
    cache: boolean,
    lastOnly = false,
  ): Promise<Session> {
    const order = (sites: readonly BlockSite[]) => BLOCK_SITES.filter((site) => sites.includes(site));
    const key = ['block', layer, past, cache, lastOnly, order(given), '→', order(wanted)].join(' ');
    return this.get(key, () => {
      const { inputs, block } = this.traceBlock(layer, past, lastOnly);
      const outputs: Record<string, Tensor> = {};
      for (const site of order(wanted)) outputs[`out ${site}`] = tensorAt(this.architecture, block, site);
      if (cache) Object.assign(outputs, { keys: block.keys, values: block.values });
      const replaced = Object.fromEntries(order(given).map((site) => [site, tensorAt(this.architecture, block, site)]));
      return { inputs: { ...inputs, ...replaced }, outputs, dropUnused: true };
    });
  }

  /**
   * The backward pass of a block: `cotangent` of the site `from` → the gradient at each wanted site. Sites in `given` have the values
   * that are fed under their names, as in an edited run; gradients go on through them to what they were computed from.
   */
  blockGradient(
    layer: number, wanted: readonly BlockSite[], given: readonly BlockSite[] = [], from: BlockSite = 'hook_resid_post', past: Past = 'none',
  ): Promise<Session> {
    return this.get(['gradient', layer, past, wanted, given, from].join(' '), () => {
      const { inputs, block } = this.traceBlock(layer, past);
      const at = (site: BlockSite) => tensorAt(this.architecture, block, site);
      const cotangent = input('cotangent', 'float32', at(from).shape);
      const gradients = vjp([at(from)], [cotangent], wanted.map((site) => at(site)));
      const outputs = Object.fromEntries(wanted.map((site, i) => [`out ${site}`, gradients[i]]));
      const replaced = Object.fromEntries(given.map((site) => [site, at(site)]));
      return { inputs: { ...inputs, ...replaced, cotangent }, outputs, dropUnused: true };
    });
  }

  /**
   * Heads' queries, keys and values of streams of their own, see HeadsApart.read: `streams` [readers, rows, width] → `result`
   * [readers, rows, head]; or the way back, `cotangent` of the one → `result` at the other; or what small changes of streams, `change`
   * [1, rows, width], that all readers read alike, as they do `streams` then, change of it, to first order.
   */
  headsRead(layer: number, way: 'read' | 'back' | 'changes'): Promise<Session> {
    const { headsApart, shape: { heads, keyValueHeads, headSize, width } } = this.architecture;
    return this.get(`heads read ${layer} ${way}`, (): Omit<Lowering, 'weights'> => {
      const readers = heads + 2 * keyValueHeads;
      const streams = input('streams', 'float32', [way === 'changes' ? 1 : readers, 'rows', width]);
      const read = headsApart.read(layer, streams);
      if (way === 'read') return { inputs: { streams }, outputs: { result: read } };
      if (way === 'back') {
        const cotangent = input('cotangent', 'float32', [readers, 'rows', headSize]);
        return { inputs: { streams, cotangent }, outputs: { result: vjp([read], [cotangent], [streams])[0] } };
      }
      const change = input('change', 'float32', [1, 'rows', width]);
      const any = zerosLike(read); // the pull-back is linear in it, so its own pull-back is the push-forward wherever it is taken
      const back = vjp([read], [any], [streams])[0];
      return { inputs: { streams, change }, outputs: { result: vjp([back], [change], [any])[0] } };
    });
  }

  /** `change` [heads, rows, head] and, with a norm behind the heads, `z` [1, rows, heads · head] → `result`, see HeadsApart.writeChange. */
  headsWrite(layer: number): Promise<Session> {
    const { headsApart, shape: { heads, headSize } } = this.architecture;
    return this.get(`heads write ${layer}`, () => {
      const change = input('change', 'float32', [heads, 'rows', headSize]);
      const z = input('z', 'float32', [1, 'rows', heads * headSize]);
      return { inputs: { change, z }, outputs: { result: headsApart.writeChange(layer, change, z) }, dropUnused: true };
    });
  }

  /** Products of rows with rows, token by token: `a` [tokens, n, width] and `b` [tokens, m, width] → `result` [tokens, n, m]. */
  products(): Promise<Session> {
    return this.get('products', () => {
      const { width } = this.architecture.shape;
      const [a, b] = [input('a', 'float32', ['tokens', 'n', width]), input('b', 'float32', ['tokens', 'm', width])];
      return { inputs: { a, b }, outputs: { result: matmul(a, b, { transposeB: true }) } };
    });
  }

  /**
   * TransformerLens's weight processing at a site: `given` [batch, positions, ...axes] → `result`, both being activations or, with
   * `gradient`, the gradient at the processed activation and that at the activation. Null where both are the same.
   */
  processed(site: Site, axes: readonly number[], processing: WeightProcessing, gradient: boolean): Promise<Session> | null {
    const given = input('given', 'float32', ['batch', 'positions', ...axes]);
    const processed = (activation: Tensor) => this.architecture.processed(site, activation, processing);
    const through = (cotangent: Tensor) => {
      const activation = zerosLike(cotangent); // what processing takes away does not depend on it
      return vjp([processed(activation)], [cotangent], [activation])[0];
    };
    const result = gradient ? through(given) : processed(given);
    if (result === given) return null;
    return this.get(['processed', siteName(site), JSON.stringify(processing), gradient].join(' '), () => ({ inputs: { given }, outputs: { result } }));
  }

  private rows(): Tensor {
    return input('rows', 'float32', ['rows', this.architecture.shape.width]);
  }

  /** rows [rows, width] → ln_final.hook_normalized */
  finalNorm(): Promise<Session> {
    return this.get('final norm', () => {
      const rows = this.rows();
      return { inputs: { rows }, outputs: { normalized: this.architecture.finalNorm(rows) } };
    });
  }

  /** rows [rows, width] → logits [rows, vocabulary]; from the normalised rows when `normalized` is set */
  logits(normalized: boolean): Promise<Session> {
    return this.get(`logits ${normalized}`, () => {
      const rows = this.rows();
      const { finalNorm, unembed } = this.architecture;
      return { inputs: { rows }, outputs: { logits: unembed(normalized ? rows : finalNorm(rows)) } };
    });
  }

  /**
   * rows [rows, width] and `answers` int32 [count] → `values` and int32 `ids` [rows, k] of the largest logits, `logSumExp` [rows],
   * and `answerLogits` and int32 `answerRanks` (0 is the top) [rows, count]. The vocabulary stays inside the graph.
   */
  readout(k: number, answers: number): Promise<Session> {
    return this.get(`readout ${k} ${answers}`, () => {
      const rows = this.rows();
      const ids = input('answers', 'int32', [answers]);
      const logits = this.architecture.unembed(this.architecture.finalNorm(rows));
      const top = topK(logits, k);
      const outputs: Record<string, Tensor> = { values: top.values, ids: top.indices, logSumExp: logSumExp(logits, -1) };
      if (answers > 0) {
        const answerLogits = gather(logits, ids, 1);
        const ranks = Array.from({ length: answers }, (_, i) => {
          const one = slice(answerLogits, 1, i, i + 1);
          // Counted in float32, which is exact for vocabularies below 2²⁴ tokens, and summed several times as fast as in int32.
          return unsqueeze(cast(reduceSum(cast(greater(logits, one), 'float32'), -1), 'int32'), [1]);
        });
        Object.assign(outputs, { answerLogits, answerRanks: concat(ranks, 1) });
      }
      return { inputs: { rows, ...(answers > 0 && { answers: ids }) }, outputs };
    });
  }

  /** rows [rows, width] and int32 `tokens` [count] → logits [rows, count]: the rest of the vocabulary is not computed. */
  someLogits(): Promise<Session> {
    return this.get('some logits', () => {
      const rows = this.rows();
      const tokens = input('tokens', 'int32', ['count']);
      const { finalNorm, unembed } = this.architecture;
      return { inputs: { rows, tokens }, outputs: { logits: unembed(finalNorm(rows), tokens) } };
    });
  }

  /** The gradient of Σ coefficients · logits[tokens] of each row: rows, int32 tokens and coefficients [rows, count] → [rows, width]. */
  logitGradient(): Promise<Session> {
    return this.get('logit gradient', () => {
      const rows = this.rows();
      const tokens = input('tokens', 'int32', ['rows', 'count']);
      const coefficients = input('coefficients', 'float32', ['rows', 'count']);
      const logits = this.architecture.unembed(this.architecture.finalNorm(rows));
      const sum = reduceSum(mul(gatherElements(logits, tokens, 1), coefficients), [0, 1]);
      return { inputs: { rows, tokens, coefficients }, outputs: { gradient: grad(sum, [rows])[0] } };
    });
  }

  /**
   * Directions in the residual stream, rows [rows, width] → for each the `k` tokens whose logits it raises and lowers most:
   * `raised`, `lowered` and int32 `raisedIds`, `loweredIds` [rows, k]. The final norm's scale, biases and soft caps are left out.
   */
  tokenEffects(k: number): Promise<Session> {
    return this.get(`token effects ${k}`, () => {
      const rows = this.rows();
      const logits = this.architecture.unembedDirection(rows);
      const effects = sub(logits, reduceMean(logits, -1, true));
      const [raised, lowered] = [topK(effects, k), topK(neg(effects), k)];
      const outputs = { raised: raised.values, raisedIds: raised.indices, lowered: neg(lowered.values), loweredIds: lowered.indices };
      return { inputs: { rows }, outputs };
    });
  }

  /**
   * What a token's row of the last residual stream says of Σ coefficients · logits[tokens] on the straight way, and how all heads are read
   * there: `rows` [1, width], the heads' mixed values `z` [layers, heads · head], int32 `tokens` and `coefficients` [count] → `direction`
   * [1, width], `headDirections` [layers, heads · head], where there are such biases `attentionBias` [layers], `normBias` and `unembedBias`
   * [1], and the tokens' `logits` and those before a soft cap, `uncapped`, [1, count].
   */
  direct(): Promise<Session> {
    const { direct, finalNorm, unembed, uncapped, shape: { layers, heads, headSize, width } } = this.architecture;
    return this.get('direct', () => {
      const rows = input('rows', 'float32', [1, width]);
      const z = input('z', 'float32', [layers, heads * headSize]);
      const tokens = input('tokens', 'int32', ['count']);
      const coefficients = input('coefficients', 'float32', ['count']);
      const reading = direct.reading(rows, tokens, coefficients);
      const each = Array.from({ length: layers }, (_, layer) => slice(z, 0, layer, layer + 1));
      const written = each.map((own, layer) => direct.attention(layer, own, reading.direction));
      const biases = written.flatMap(({ bias }) => (bias ? [bias] : []));
      const normalized = finalNorm(rows);
      const outputs = {
        ...reading,
        headDirections: concat(written.map(({ direction }) => direction), 0),
        ...(biases.length > 0 && { attentionBias: concat(biases, 0) }), // of all layers or of none
        logits: unembed(normalized, tokens),
        uncapped: uncapped(normalized, tokens),
      };
      return { inputs: { rows, z, tokens, coefficients }, outputs };
    });
  }

  /**
   * How all heads are read in another direction of the stream at a token: `z` [layers, heads · head] and `direction` [1, width] →
   * `headDirections` and, where there are such biases, `attentionBias`, as above.
   */
  directHeads(): Promise<Session> {
    const { direct, shape: { layers, heads, headSize, width } } = this.architecture;
    return this.get('direct heads', () => {
      const z = input('z', 'float32', [layers, heads * headSize]);
      const stream = input('stream', 'float32', [1, width]);
      const written = Array.from({ length: layers }, (_, layer) => direct.attention(layer, slice(z, 0, layer, layer + 1), stream));
      const biases = written.flatMap(({ bias }) => (bias ? [bias] : []));
      const headDirections = concat(written.map(({ direction }) => direction), 0);
      return { inputs: { z, stream }, outputs: { headDirections, ...(biases.length > 0 && { attentionBias: concat(biases, 0) }) } };
    });
  }

  /**
   * How a layer's heads read tokens, see DirectPaths.headInput: `resid` [1, rows, width] of the block's input, int32 `positions`
   * [1, rows] and `cotangent` [1, rows, heads, head] → `value`, `direction` and `bias`.
   */
  headInput(layer: number, of: HeadInput): Promise<Session> {
    const { direct, shape: { heads, keyValueHeads, headSize, width } } = this.architecture;
    return this.get(`head input ${layer} ${of}`, () => {
      const resid = input('resid', 'float32', [1, 'rows', width]);
      const positions = input('positions', 'int32', [1, 'rows']);
      const cotangent = input('cotangent', 'float32', [1, 'rows', of === 'q' ? heads : keyValueHeads, headSize]);
      return {
        inputs: { resid, positions, cotangent },
        outputs: { ...direct.headInput(layer, of, resid, positions, cotangent) },
        dropUnused: true,
      };
    });
  }

  /** See DirectPaths.frozenAttention: `resid`, `pattern` and `cotangent` → `back` and `bias`. */
  frozenAttention(layer: number): Promise<Session> {
    const { direct, shape: { heads, width } } = this.architecture;
    return this.get(`frozen attention ${layer}`, () => {
      const resid = input('resid', 'float32', [1, 'positions', width]);
      const pattern = input('pattern', 'float32', [1, heads, 'positions', 'positions']);
      const cotangent = input('cotangent', 'float32', ['rows', 'positions', width]);
      return { inputs: { resid, pattern, cotangent }, outputs: { ...direct.frozenAttention(layer, resid, pattern, cotangent) } };
    });
  }

  /** See DirectPaths.frozenMlpInput: `stream` [1, rows, width] and `cotangent` [batch, rows, width] → `back` and `bias`. */
  frozenMlpInput(layer: number, weighted: boolean): Promise<Session> {
    const { direct, shape: { width } } = this.architecture;
    return this.get(`frozen MLP input ${layer} ${weighted}`, () => {
      const stream = input('stream', 'float32', [1, 'rows', width]);
      const cotangent = input('cotangent', 'float32', ['batch', 'rows', width]);
      return { inputs: { stream, cotangent }, outputs: { ...direct.frozenMlpInput(layer, weighted, stream, cotangent) } };
    });
  }

  /** `v` [1, tokens, key-value heads, head] of a layer → `squares` [heads, tokens], see DirectPaths.valueNorms. */
  valueNorms(layer: number): Promise<Session> {
    const { direct, shape: { keyValueHeads, headSize } } = this.architecture;
    return this.get(`value norms ${layer}`, () => {
      const v = input('v', 'float32', [1, 'tokens', keyValueHeads, headSize]);
      return { inputs: { v }, outputs: { squares: direct.valueNorms(layer, v) } };
    });
  }

  /**
   * How one layer's neurons are read at a token: `post` [1, mlp width] and `stream`, a direction [1, width] of the residual stream →
   * `direction` [1, mlp width], and `bias` [1] where something is biased.
   */
  directMlp(layer: number): Promise<Session> {
    const { direct, shape: { mlpWidth, width } } = this.architecture;
    return this.get(`direct MLP ${layer}`, () => {
      const [post, stream] = [input('post', 'float32', [1, mlpWidth]), input('stream', 'float32', [1, width])];
      return { inputs: { post, stream }, outputs: { ...direct.mlp(layer, post, stream) } };
    });
  }
}
