/** Paths between a program and its near twin, from every head and MLP to one receiver. */
import { list } from '../../findings/list';
import { percent } from '../../findings/percent';
import { Paths, type PathResult, type Receiver, type Writer } from '../../methods/patching/paths';
import { SMALLEST_DIFFERENCE } from '../../methods/patching/patching';
import { drawn, operations } from '../../methods/patching/plan';
import type { ModelShape } from '../../architectures';
import type { Params, Part } from '../../protocol/analyses';
import { componentWords } from '../../protocol/analyses/components';
import { parseReceiver, receiverWords, type PathSender } from '../../protocol/analyses/path-patching';
import { rounded } from '../session/rounded';
import { explainedMetric, shareOf, type PairedRuns } from '../twins/pair';
import { stretched } from './ignored';
import { Unanswerable } from './reading';
import type { Run } from './run';

type PathPatching = Part<'pathPatching'>;
type Sender = Pick<PathSender, 'name' | 'kind' | 'layer' | 'head'>;

export const pathPatching: Run<'pathPatching'> = {
  cost: async (reading, { receiver, answers, direction, draws }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const { base } = (await reading.pair(against, answers, topK, asking)).runs(direction);
    const to = parseReceiver(receiver);
    const layer = to.kind === 'logits' ? shape.layers - 1 : to.layer;
    const count = (layer + 1) * (shape.heads + 2) + 2 + draws;
    const cell = { layer, position: to.kind === 'logits' ? base.length - 1 : 0 };
    const cells = Array.from({ length: count }, () => cell);
    return { count, unit: 'paths', operations: operations(cells, base.length, shape) };
  },
  run: async (reading, params, { against, topK, signal, onProgress }) => {
    const { model, tokenizer } = reading.loaded;
    const { direction, through, top, draws } = params;
    const pair = await reading.pair(against, params.answers, topK, { signal, onProgress });
    const runs = pair.runs(direction);
    const receiver: Receiver = parseReceiver(params.receiver);
    const chosen = params.tokens && stretched(reading.program, params.tokens);
    const { base, source, sourceOf } = runs;
    const paths = await Paths.read(model, {
      base,
      source,
      sourceOf,
      metric: pair.logits,
      receiver,
      throughMlps: through === 'mlps',
      ...(chosen && { positions: positionsOf(runs, chosen) }),
      signal,
    });
    const writers = paths.writers();
    const sweep = sweepOf(writers, model.shape);
    const one = (set: readonly Writer[]) => paths.patch([set]).then(([result]) => result);
    const results = await paths.patch(sweep.map((writer) => [writer]), (done, total) => onProgress?.('Patching paths', done, total));

    const { baseMetric, sourceMetric } = paths;
    const [clean, corrupted] = direction === 'denoising' ? [sourceMetric, baseMetric] : [baseMetric, sourceMetric];
    const measured = ({ metric }: Pick<PathResult, 'metric'>) => {
      return { logitDifference: rounded(metric), effect: shareOf(metric, clean, corrupted) };
    };
    const senders = sweep.map((writer, i): PathSender => ({ ...named(writer), ...measured(results[i]), changed: results[i].changed }));
    const moved = new Map(sweep.map((writer, i) => [writer, Math.abs(results[i].metric - baseMetric)]));
    const most = [...writers].sort((a, b) => moved.get(b)! - moved.get(a)!).slice(0, top);
    const others = writers.filter((writer) => !most.includes(writer));
    const sets = Array.from({ length: others.length < most.length ? 0 : draws }, (_, seed) => drawn(others, most.length, seed));
    const random = await paths.patch(sets);
    const mean = random.reduce((sum, { metric }) => sum + metric, 0) / random.length;
    const value: PathPatching = {
      receiver: params.receiver,
      through,
      direction,
      metric: explainedMetric(pair.metric, tokenizer),
      clean: rounded(clean),
      corrupted: rounded(corrupted),
      positions: chosen,
      senders,
      all: measured(await one(writers)),
      top: {
        names: most.map((writer) => named(writer).name),
        ...measured(await one(most)),
        random: random.length === 0 ? null : { ...measured({ metric: mean }), draws: random.length },
      },
    };
    return { value, findings: findingsOf(value), problems: problemsOf(value, params) };
  },
};

/** Positions of the base for tokens of the original. */
function positionsOf({ baseOf }: PairedRuns, chosen: readonly number[]): number[] {
  const positions = chosen.flatMap((at) => baseOf[at] ?? []);
  if (positions.length > 0) return positions;
  throw new Unanswerable('None of these tokens has a counterpart in the variant, so nothing can be put there. Choose others.');
}

/** The writers, and behind a layer's heads all of these together. */
function sweepOf(writers: readonly Writer[], { heads }: ModelShape): Writer[] {
  return writers.flatMap((writer) => {
    const last = writer.kind === 'head' && writer.head === heads - 1;
    return last ? [writer, { kind: 'attention', layer: writer.layer }] : [writer];
  });
}

function named(writer: Writer): Sender {
  switch (writer.kind) {
    case 'embed': return { name: 'embed', kind: 'embed', layer: null, head: null };
    case 'head': return { name: `L${writer.layer}H${writer.head}`, kind: 'head', layer: writer.layer, head: writer.head };
    case 'attention': return { name: `${writer.layer}_attn_out`, kind: 'attn_out', layer: writer.layer, head: null };
    case 'mlp': return { name: `${writer.layer}_mlp_out`, kind: 'mlp_out', layer: writer.layer, head: null };
  }
}

/** Smaller effects are not worth a sentence, and more senders than these make none. */
const NOTICEABLE = 0.05;
const MOST_NAMED = 3;

function findingsOf({ receiver, through, direction, senders, all, top, clean, corrupted }: PathPatching): string[] {
  const to = receiverWords(receiver);
  const way = through === 'mlps' ? ', directly and through MLPs' : ' directly';
  if (all.effect === null) {
    const both = `${clean.toFixed(2)} and ${corrupted.toFixed(2)}`;
    return [`The logit differences of both programs (${both}) are too close to say what share of their difference a path carries.`];
  }
  const moved = (effect: number) => (direction === 'denoising' ? effect : 1 - effect);
  const whole = `All that is sent to ${to}${way}, at once, moves ${percent(moved(all.effect))} of the difference.`;
  const alone = senders.filter(({ kind }) => kind !== 'attn_out');
  const shares = alone.flatMap((sender) => (sender.effect === null ? [] : [{ sender, share: moved(sender.effect) }]));
  const sorted = shares.sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, MOST_NAMED);
  const largest = sorted.filter(({ share }) => Math.abs(share) >= NOTICEABLE);
  if (largest.length === 0) return [whole, `Alone, no head and no MLP moves as much as ${percent(NOTICEABLE)} of it.`];
  const named = largest.map(({ sender, share }) => `${componentWords(sender)} (${percent(share)})`);
  const most = `Alone, ${largest.length === 1 ? 'this moves' : 'these move'} it most: ${list(named)}.`;
  const { names, random } = top;
  const beside = random?.effect === null || !random ? '' : `; as many others, drawn at random, ${percent(moved(random.effect))} on average`;
  if (names.length < 2 || top.effect === null) return [whole, most];
  return [whole, most, `The ${names.length} that move most, together: ${percent(moved(top.effect))}${beside}.`];
}

function problemsOf({ senders, top, clean, corrupted }: PathPatching, { draws, tokens }: Params<'pathPatching'>): string[] {
  const where = tokens ? ' at these tokens' : '';
  const same = senders.every(({ changed }) => !changed);
  const close = Math.abs(clean - corrupted) < SMALLEST_DIFFERENCE;
  return [
    same && `Nothing that the receiver reads is another in the other program${where}, so no path could change anything.`,
    draws > 0 && top.random === null && 'There are too few other senders to draw as many at random to compare the largest with.',
    close && 'Both programs have nearly the same logit difference, so effects are given in logits only.',
  ].filter((problem) => problem !== false);
}
