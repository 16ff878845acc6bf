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
    return { count, unit: 'paths', operations: operations(Array.from({ length: count }, () => cell), base.length, shape) };
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
      base, source, sourceOf, metric: pair.logits, receiver, throughMlps: through === 'mlps', positions: chosen ? positionsOf(runs, chosen) : undefined, signal,
    });
    const writers = paths.writers();
    const sets = sweepOf(writers, model.shape);
    const one = (set: readonly Writer[]) => paths.patch([set]).then(([result]) => result);
    const results = await paths.patch(sets, (done, total) => onProgress?.('Patching paths', done, total));

    const { baseMetric, sourceMetric } = paths;
    const [clean, corrupted] = direction === 'denoising' ? [sourceMetric, baseMetric] : [baseMetric, sourceMetric];
    const measured = ({ metric }: Pick<PathResult, 'metric'>) => ({ logitDifference: rounded(metric), effect: shareOf(metric, clean, corrupted) });
    const senders = sets.map(([first, second], i): PathSender => {
      const { changed, metric } = results[i];
      return { ...named(second ? { kind: 'attention', layer: (first as Exclude<Writer, { kind: 'embed' }>).layer } : first), ...measured({ metric }), changed };
    });
    const single = sets.flatMap((set, i) => (set.length === 1 ? [{ writer: set[0], moved: Math.abs(results[i].metric - baseMetric) }] : []));
    const most = single.sort((a, b) => b.moved - a.moved).slice(0, top).map(({ writer }) => writer);
    const others = writers.filter((writer) => !most.includes(writer));
    const random = others.length < most.length ? [] : await paths.patch(Array.from({ length: draws }, (_, seed) => drawn(others, most.length, seed)));
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
        random: random.length === 0
          ? null
          : { ...measured({ metric: random.reduce((sum, { metric }) => sum + metric, 0) / random.length }), draws: random.length },
      },
    };
    return { value, findings: findingsOf(value), problems: problemsOf(value, params) };
  },
};

/** Positions of the base for tokens of the original. */
function positionsOf({ baseOf }: PairedRuns, chosen: readonly number[]): number[] {
  const positions = chosen.flatMap((at) => baseOf[at] ?? []);
  if (positions.length === 0) throw new Unanswerable('None of these tokens has a counterpart in the variant, so nothing can be put there. Choose others.');
  return positions;
}

/** Each writer alone, and behind a layer's heads all of these together. */
function sweepOf(writers: readonly Writer[], { heads }: ModelShape): Writer[][] {
  return writers.flatMap((writer, i) => {
    const last = writer.kind === 'head' && writer.head === heads - 1;
    return last && heads > 1 ? [[writer], writers.slice(i - heads + 1, i + 1)] : [[writer]];
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
    return [`The logit differences of both programs (${clean.toFixed(2)} and ${corrupted.toFixed(2)}) are too close to say what share of their difference a path carries.`];
  }
  const moved = (effect: number) => (direction === 'denoising' ? effect : 1 - effect);
  const whole = `All that is sent to ${to}${way}, at once, moves ${percent(moved(all.effect))} of the difference.`;
  const shares = senders.flatMap((sender) => (sender.kind !== 'attn_out' && sender.effect !== null ? [{ sender, share: moved(sender.effect) }] : []));
  const largest = shares.sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, MOST_NAMED).filter(({ share }) => Math.abs(share) >= NOTICEABLE);
  if (largest.length === 0) return [whole, `Alone, no head and no MLP moves as much as ${percent(NOTICEABLE)} of it.`];
  const named = largest.map(({ sender, share }) => `${componentWords(sender)} (${percent(share)})`);
  const most = `Alone, ${largest.length === 1 ? 'this moves' : 'these move'} it most: ${list(named)}.`;
  const { random } = top;
  const beside = random?.effect === null || !random ? '' : `; as many others, drawn at random, ${percent(moved(random.effect))} on average`;
  return [whole, most, ...(top.names.length > 1 ? [`The ${top.names.length} that move most, together: ${percent(moved(top.effect!))}${beside}.`] : [])];
}

function problemsOf({ senders, top, clean, corrupted }: PathPatching, { draws, tokens }: Params<'pathPatching'>): string[] {
  const where = tokens ? ' at these tokens' : '';
  return [
    senders.every(({ changed }) => !changed) && `Nothing that the receiver reads is another in the other program${where}, so no path could change anything.`,
    draws > 0 && top.random === null && 'There are too few other senders to draw as many at random, so there is nothing to compare the largest with.',
    Math.abs(clean - corrupted) < SMALLEST_DIFFERENCE && 'Both programs have nearly the same logit difference, so effects are given in logits only.',
  ].filter((problem) => problem !== false);
}
