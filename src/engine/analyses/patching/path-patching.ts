/** Paths between a program and its near twin, from every head and MLP to some receivers. */
import { list } from '../../../findings/list';
import { fixed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import type { Writer } from '../../../methods/nodes';
import { Paths, type PathResult, type Sender } from '../../../methods/paths/paths';
import { SMALLEST_DIFFERENCE } from '../../../methods/patching/patching';
import { drawn, operations } from '../../../methods/patching/plan';
import type { ModelShape } from '../../../architectures';
import type { Params, Part } from '../../../protocol/analyses';
import { componentWords } from '../../../protocol/analyses/components';
import type { PathSender } from '../../../protocol/analyses/path-patching';
import { parseReader, parseWriter, readersWords } from '../../../protocol/reading/nodes';
import { rounded } from '../../session/rounded';
import { explainedMetric, shareOf, type PairedRuns } from '../../twins/pair';
import { stretched } from '../attention/ignored';
import { Unanswerable } from '../reading';
import { cleanAndCorrupted } from './patched-pair';
import { checkNamed } from '../named-writer';
import type { Run } from '../run';

type PathPatching = Part<'pathPatching'>;

export const pathPatching: Run<'pathPatching'> = {
  cost: async (reading, { to, answers, direction, draws }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const { base } = (await reading.pair(against, answers, topK, asking)).runs(direction);
    const layers = to.map(parseReader).map((reader) => (reader.kind === 'logits' ? null : reader.layer));
    const inside = layers.filter((layer) => layer !== null);
    const last = layers.includes(null) ? shape.layers - 1 : Math.max(...inside);
    const count = (last + 1) * (shape.heads + 2) + 2 + draws;
    // Up to the first receiver but the logits all is as in the base.
    const cell = inside.length === 0 ? { layer: last, position: base.length - 1 } : { layer: Math.min(...inside), position: 0 };
    const cells = Array.from({ length: count }, () => cell);
    return { count, unit: 'paths', operations: operations(cells, base.length, shape) };
  },
  run: async (reading, params, { against, topK, signal, onProgress, soFar }) => {
    const { model, tokenizer } = reading.loaded;
    const { direction, through, from, top, draws } = params;
    const asked = from?.map(parseWriter) ?? null;
    const pair = await reading.pair(against, params.answers, topK, { signal, onProgress });
    const runs = pair.runs(direction);
    const chosen = params.tokens && stretched(reading.program, params.tokens);
    const { base, source, sourceOf } = runs;
    const paths = await Paths.read(model, {
      base,
      source,
      sourceOf,
      metric: pair.logits,
      receivers: params.to.map(parseReader),
      throughMlps: through === 'mlps',
      ...(chosen && { positions: positionsOf(runs, chosen) }),
      signal,
    });
    const writers = paths.writers();
    const sweep = sweepOf(writers, model.shape);
    if (asked) checkSenders(asked, sweep, model.shape);
    const { baseMetric } = paths;
    const [clean, corrupted] = cleanAndCorrupted(direction, paths);
    const measured = ({ metric }: Pick<PathResult, 'metric'>) => {
      return { logitDifference: rounded(metric), effect: shareOf(metric, clean, corrupted) };
    };
    const unpatched = { metric: baseMetric };

    const total = 1 + sweep.length + 1 + draws;
    let [all]: Pick<PathResult, 'metric'>[] = [unpatched];
    const value = (results: readonly PathResult[], together: PathPatching['together']): PathPatching => ({
      receivers: params.to,
      through,
      direction,
      metric: explainedMetric(pair.metric, tokenizer),
      clean: rounded(clean),
      corrupted: rounded(corrupted),
      positions: chosen,
      senders: results.map((result, i): PathSender => ({ ...named(sweep[i]), ...measured(result), changed: result.changed })),
      all: measured(all),
      together,
    });
    const tell = (results: readonly PathResult[]) => {
      const done = 1 + results.length;
      onProgress?.('Patching paths', done, total);
      soFar(() => value(results, { names: [], asked: asked !== null, ...measured(unpatched), random: null }), done, total);
    };
    [all] = await paths.patch([writers]);
    tell([]);
    const results = await paths.patch(sweep.map((sender) => [sender]), tell);

    const moved = new Map(sweep.map((sender, i) => [sender, Math.abs(results[i].metric - baseMetric)]));
    const most = asked ?? [...writers].sort((a, b) => moved.get(b)! - moved.get(a)!).slice(0, top);
    const single = new Set(most.flatMap((sender) => withHeads(sender, model.shape)).map(nameOf));
    const others = writers.filter((writer) => !single.has(nameOf(writer)));
    const sets = Array.from({ length: others.length < single.size ? 0 : draws }, (_, seed) => drawn(others, single.size, seed));
    const [one, ...random] = await paths.patch([most, ...sets]);
    const mean = random.reduce((sum, { metric }) => sum + metric, 0) / random.length;
    onProgress?.('Patching paths', total, total);
    const found = value(results, {
      names: most.map(nameOf),
      asked: asked !== null,
      ...measured(one),
      random: random.length === 0 ? null : { ...measured({ metric: mean }), draws: random.length },
    });
    return { value: found, findings: findingsOf(found), problems: problemsOf(found, params) };
  },
};

/** Positions of the base for tokens of the original. */
function positionsOf({ baseOf }: PairedRuns, chosen: readonly number[]): number[] {
  const positions = chosen.flatMap((at) => baseOf[at] ?? []);
  if (positions.length > 0) return positions;
  throw new Unanswerable('None of these tokens has a counterpart in the variant, so nothing can be put there. Choose others.');
}

/** @throws a sentence where one is not there, or writes nothing that a receiver reads */
function checkSenders(senders: readonly Sender[], before: readonly Sender[], shape: ModelShape): void {
  const known = new Set(before.map(nameOf));
  for (const sender of senders) {
    checkNamed(shape, sender);
    if (known.has(nameOf(sender))) continue;
    const words = componentWords(named(sender));
    throw new Error(`No receiver reads what ${words} writes, as none lies behind it. Choose senders in lower layers than a receiver.`);
  }
}

/** The writers, and behind a layer's heads all of these together. */
function sweepOf(writers: readonly Writer[], { heads }: ModelShape): Sender[] {
  return writers.flatMap((writer): Sender[] => {
    const last = writer.kind === 'head' && writer.head === heads - 1;
    return last ? [writer, { kind: 'attention', layer: writer.layer }] : [writer];
  });
}

function withHeads(sender: Sender, { heads }: ModelShape): Writer[] {
  if (sender.kind !== 'attention') return [sender];
  return Array.from({ length: heads }, (_, head): Writer => ({ kind: 'head', layer: sender.layer, head }));
}

function named(sender: Sender): Pick<PathSender, 'name' | 'kind' | 'layer' | 'head'> {
  switch (sender.kind) {
    case 'embed': return { name: 'embed', kind: 'embed', layer: null, head: null };
    case 'head': return { name: `L${sender.layer}H${sender.head}`, kind: 'head', layer: sender.layer, head: sender.head };
    case 'attention': return { name: `${sender.layer}_attn_out`, kind: 'attn_out', layer: sender.layer, head: null };
    case 'mlp': return { name: `${sender.layer}_mlp_out`, kind: 'mlp_out', layer: sender.layer, head: null };
  }
}

function nameOf(sender: Sender): string {
  return named(sender).name;
}

/** Smaller effects are not worth a sentence, and more senders than these make none. */
const NOTICEABLE = 0.05;
const MOST_NAMED = 3;

function findingsOf({ receivers, through, direction, senders, all, together, clean, corrupted }: PathPatching): string[] {
  const to = readersWords(receivers);
  const way = through === 'mlps' ? ', directly and through MLPs' : ' directly';
  if (all.effect === null) {
    const both = `${fixed(clean)} and ${fixed(corrupted)}`;
    return [`The logit differences of both programs (${both}) are too close to say what share of their difference a path carries.`];
  }
  const moved = (effect: number) => (direction === 'denoising' ? effect : 1 - effect);
  const whole = `All that is sent to ${to}${way}, at once, moves ${percent(moved(all.effect))} of the difference.`;
  const alone = senders.filter(({ kind }) => kind !== 'attn_out');
  const shares = alone.flatMap((sender) => (sender.effect === null ? [] : [{ sender, share: moved(sender.effect) }]));
  const sorted = shares.sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, MOST_NAMED);
  const largest = sorted.filter(({ share }) => Math.abs(share) >= NOTICEABLE);
  const named = largest.map(({ sender, share }) => `${componentWords(sender)} (${percent(share)})`);
  const most = largest.length === 0 ? `Alone, no head and no MLP moves as much as ${percent(NOTICEABLE)} of it.`
    : `Alone, ${largest.length === 1 ? 'this moves' : 'these move'} it most: ${list(named)}.`;
  const { names, asked, random, effect } = together;
  // Next to nothing in all, those that move most are not worth it either.
  if (effect === null || (!asked && (names.length < 2 || largest.length === 0))) return [whole, most];
  const beside = random?.effect === null || !random ? '' : `; as many others, drawn at random, ${percent(moved(random.effect))} on average`;
  const share = percent(moved(effect));
  if (!asked) return [whole, most, `The ${names.length} that move most, together: ${share}${beside}.`];
  return [whole, most, names.length < 2 ? `As asked, ${sendersWords(names)}: ${share}${beside}.` : `As asked, ${sendersWords(names)} together: ${share}${beside}.`];
}

/** "head 0.1 and MLP 2", "9 senders". */
function sendersWords(names: readonly string[]): string {
  return names.length > MOST_NAMED ? `${names.length} senders` : list(names.map((name) => componentWords(named(parseWriter(name)))));
}

function problemsOf({ senders, together, clean, corrupted }: PathPatching, { draws, tokens }: Params<'pathPatching'>): string[] {
  const where = tokens ? ' at these tokens' : '';
  const same = senders.every(({ changed }) => !changed);
  const close = Math.abs(clean - corrupted) < SMALLEST_DIFFERENCE;
  return [
    same && `Nothing that a receiver reads is another in the other program${where}, so no path could change anything.`,
    draws > 0 && together.random === null && 'There are too few other senders to draw as many at random to compare with.',
    close && 'Both programs have nearly the same logit difference, so effects are given in logits only.',
  ].filter((problem) => problem !== false);
}
