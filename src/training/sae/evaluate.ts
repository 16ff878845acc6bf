/** How much of the model an autoencoder keeps, on code that it was not trained on. */
import { gather, input, ints, logSoftmax, lower, neg, pickLast, Session } from '../../graph';
import { groupsByLength, type Model } from '../../model';
import { locateWeights } from '../../model/weights';
import { BATCH_TOKENS } from './activations';
import type { SplicedSae } from './splice';
import { DENSE } from '../../vocabulary/dense';
import { blockSite, siteName } from '../../vocabulary/sites';

/** A prompt; `answer` is the token that follows it, where it is known. */
export interface MeasuredPrompt {
  ids: readonly number[];
  answer?: number;
}

/** Mean cross-entropies in nats, of the model, with the site's activation replaced by zeros, and by the reconstruction. */
export interface LossRecovered {
  model: number;
  zero: number;
  sae: number;
  /** (zero - sae) / (zero - model): 1 loses nothing, 0 is as bad as zeros. */
  recovered: number;
}

export interface SaeMeasures {
  site: string;
  /** Activations measured: every token of the prompts that the autoencoder was trained to read. */
  tokens: number;
  /** Mean number of active latents a token. */
  l0: number;
  /** 1 - Σ ‖x - reconstruction‖² / Σ ‖x - mean x‖², over all tokens, and over the prompts' last ones. */
  explained: number;
  explainedLast: number;
  latents: number;
  /** Share of the latents that were active at none of these tokens. */
  dead: number;
  /** Those that were active at more than DENSE of them, the densest first. */
  dense: { latent: number; density: number }[];
  /** Of the next token, at every token of the prompt that is followed by one. */
  loss: LossRecovered;
  /** Of the answer, at the prompt's last token. */
  answerLoss: LossRecovered;
}

/** Of one autoencoder after another. The answers' tokens are read, but not measured by L0, explained variance and dead share. */
export async function evaluateSaes(
  model: Model,
  saes: readonly SplicedSae[],
  prompts: readonly MeasuredPrompt[],
  { onProgress, signal }: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<SaeMeasures[]> {
  const sequences = prompts.map(({ ids, answer }) => (answer === undefined ? [...ids] : [...ids, answer]));
  const sums = saes.map(({ shape }) => new Sums(shape.inputs, shape.latents));
  const losses = await LossReader.open(model);
  const layers = saes.map(({ site }) => (site.kind === 'block' ? site.layer : 0));
  const read = [...new Set(layers)].map((layer) => blockSite(layer, 'hook_resid_pre'));
  const groups = groupsByLength(sequences, BATCH_TOKENS);
  for (const [done, group] of groups.entries()) {
    signal?.throwIfAborted();
    const batch = group.map((i) => sequences[i]);
    const clean = await model.run(batch, { read: [...read, ...saes.map(({ site }) => site)], signal });
    const { positions } = clean.layout;
    const { at, targets, isAnswer } = targetsOf(group.map((i) => prompts[i]), batch, positions);
    const modelLosses = await losses.read(clean.resid.data, at, targets);
    for (const [i, sae] of saes.entries()) {
      const activation = clean.sites.get(sae.name)!.data;
      const rows = group.flatMap((prompt, row) =>
        Array.from({ length: prompts[prompt].ids.length - sae.skip }, (_, t) => row * positions + sae.skip + t));
      const last = new Set(group.map((prompt, row) => row * positions + prompts[prompt].ids.length - 1));
      await sums[i].addRows(sae, activation, rows, last);
      sums[i].addLosses('model', modelLosses, isAnswer);
      const from = { layer: layers[i], resid: clean.sites.get(siteName(blockSite(layers[i], 'hook_resid_pre')))! };
      for (const replacement of ['zero', 'sae'] as const) {
        const { resid } = await model.run(batch, { from, hooks: [sae.hook(replacement)], signal });
        sums[i].addLosses(replacement, await losses.read(resid.data, at, targets), isAnswer);
      }
    }
    onProgress?.(done + 1, groups.length);
  }
  await losses.release();
  return saes.map(({ name }, i) => sums[i].measures(name));
}

/** The positions with a next token, that token, and whether it is the answer. */
function targetsOf(prompts: readonly MeasuredPrompt[], sequences: readonly (readonly number[])[], positions: number) {
  const [at, targets, isAnswer]: [number[], number[], boolean[]] = [[], [], []];
  sequences.forEach((ids, row) => {
    for (let i = 0; i + 1 < ids.length; i++) {
      at.push(row * positions + i);
      targets.push(ids[i + 1]);
      isAnswer.push(i + 1 === prompts[row].ids.length);
    }
  });
  return { at, targets, isAnswer };
}

/** Rows whose logits are in memory at once. */
const LOGIT_ROWS = 1024;

/** Cross-entropies of given next tokens; the vocabulary stays inside the graph. */
class LossReader {
  private constructor(
    private readonly session: Session,
    private readonly width: number,
  ) {}

  static async open({ architecture, checkpoint }: Model): Promise<LossReader> {
    const { width } = architecture.shape;
    const resid = input('resid', 'float32', ['tokens', width]);
    const inputs = { resid, at: input('at', 'int32', ['rows']), targets: input('targets', 'int32', ['rows']) };
    const logits = architecture.unembed(architecture.finalNorm(gather(resid, inputs.at)));
    const losses = neg(pickLast(logSoftmax(logits), inputs.targets));
    const weights = locateWeights(architecture, checkpoint);
    const graph = lower({ inputs, outputs: { losses }, weights: weights.find });
    return new LossReader(await Session.open(graph, { folder: weights.folder }), width);
  }

  async read(resid: Float32Array, at: readonly number[], targets: readonly number[]): Promise<Float32Array> {
    const result = new Float32Array(at.length);
    for (let start = 0; start < at.length; start += LOGIT_ROWS) {
      const rows = at.slice(start, start + LOGIT_ROWS);
      const { losses } = await this.session.run({
        resid: { dtype: 'float32', shape: [resid.length / this.width, this.width], data: resid },
        at: ints(rows, [rows.length]),
        targets: ints(targets.slice(start, start + LOGIT_ROWS), [rows.length]),
      });
      result.set(losses.data as Float32Array, start);
    }
    return result;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

type Condition = 'model' | 'zero' | 'sae';

/** What is added up over batches, in double precision. */
class Sums {
  private tokens = 0;
  private active = 0;
  private readonly parts: { all: Variance; last: Variance };
  private readonly counts: Float64Array;
  private readonly losses: Record<Condition, { all: number; allCount: number; answer: number; answerCount: number }> = {
    model: { all: 0, allCount: 0, answer: 0, answerCount: 0 },
    zero: { all: 0, allCount: 0, answer: 0, answerCount: 0 },
    sae: { all: 0, allCount: 0, answer: 0, answerCount: 0 },
  };

  constructor(
    private readonly inputs: number,
    private readonly latents: number,
  ) {
    this.parts = { all: new Variance(inputs), last: new Variance(inputs) };
    this.counts = new Float64Array(latents);
  }

  async addRows(sae: SplicedSae, activation: Float32Array, rows: readonly number[], last: ReadonlySet<number>): Promise<void> {
    const size = this.inputs;
    const x = new Float32Array(rows.length * size);
    rows.forEach((row, i) => x.set(activation.subarray(row * size, (row + 1) * size), i * size));
    const { reconstruction, active, counts } = await sae.reconstruct(x);
    this.tokens += rows.length;
    this.active += active.reduce((a, b) => a + b, 0);
    counts.forEach((count, i) => (this.counts[i] += count));
    rows.forEach((row, i) => {
      const [a, b] = [x, reconstruction].map((data) => data.subarray(i * size, (i + 1) * size));
      this.parts.all.add(a, b);
      if (last.has(row)) this.parts.last.add(a, b);
    });
  }

  addLosses(condition: Condition, values: Float32Array, isAnswer: readonly boolean[]): void {
    const sum = this.losses[condition];
    values.forEach((value, i) => {
      sum.all += value;
      sum.allCount++;
      if (isAnswer[i]) {
        sum.answer += value;
        sum.answerCount++;
      }
    });
  }

  measures(site: string): SaeMeasures {
    const recovered = (kind: 'all' | 'answer'): LossRecovered => {
      const mean = (condition: Condition) => this.losses[condition][kind] / this.losses[condition][`${kind}Count`];
      const [model, zero, sae] = [mean('model'), mean('zero'), mean('sae')];
      return { model, zero, sae, recovered: (zero - sae) / (zero - model) };
    };
    return {
      site,
      tokens: this.tokens,
      l0: this.active / this.tokens,
      explained: this.parts.all.explained(),
      explainedLast: this.parts.last.explained(),
      latents: this.latents,
      dead: this.counts.reduce((dead, count) => dead + (count > 0 ? 0 : 1), 0) / this.latents,
      dense: [...this.counts]
        .map((count, latent) => ({ latent, density: count / this.tokens }))
        .filter(({ density }) => density > DENSE)
        .sort((a, b) => b.density - a.density),
      loss: recovered('all'),
      answerLoss: recovered('answer'),
    };
  }
}

class Variance {
  private count = 0;
  private squares = 0;
  private errors = 0;
  private readonly sum: Float64Array;

  constructor(size: number) {
    this.sum = new Float64Array(size);
  }

  add(x: Float32Array, reconstruction: Float32Array): void {
    this.count++;
    for (let i = 0; i < x.length; i++) {
      this.sum[i] += x[i];
      this.squares += x[i] ** 2;
      this.errors += (x[i] - reconstruction[i]) ** 2;
    }
  }

  explained(): number {
    const mean = this.sum.reduce((total, value) => total + value ** 2, 0) / this.count;
    return 1 - this.errors / (this.squares - mean);
  }
}
