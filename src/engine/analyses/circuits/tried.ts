/** Nodes that are left out of the model in several programs: what it then says, as documents have it. */
import { Ablations } from '../../../methods/circuits/ablation';
import { writersOf, type EdgeWriter } from '../../../methods/circuits/graph';
import { fewestThatChange, tryWithout, wilson } from '../../../methods/circuits/claims';
import type { Candidates } from '../../../methods/circuits/find';
import { LatentSources } from '../../../methods/circuits/latent-sources';
import { runFeatureCircuits, type PlacedFeature } from '../../../methods/circuits/latent-places';
import { runCircuits, type PlacedNode } from '../../../methods/circuits/node-places';
import type { Working } from '../../../methods/circuits/places';
import type { ProgramRuns } from '../../../methods/circuits/program-runs';
import type { Model } from '../../../model';
import type { Tried } from '../../../protocol/analyses/ablation';
import type { CircuitAblation } from '../../../protocol/analyses/ablations';
import type { LoadedSae } from '../../../sae';
import type { AnswerTokens } from '../../../snippets/prompts/prompts';
import { rounded } from '../../session/rounded';
import { orNone } from './circuit-graph';
import type { CircuitPairs } from './circuit-pairs';

/** How nodes of one sort are left out, and of which kinds they are. */
export interface LeavingOut<N> {
  readonly run: Candidates<N>['run'];
  readonly kinds: number;
  readonly kindOf: (node: N) => number;
  readonly same: (a: N, b: N) => boolean;
}

const KINDS: readonly EdgeWriter['kind'][] = ['embed', 'head', 'mlp'];

export async function leavingOutParts(
  model: Model, ablation: CircuitAblation, { finding }: CircuitPairs, working: Working,
): Promise<LeavingOut<PlacedNode>> {
  const ablations = await Ablations.read(model, ablation, finding, working);
  const writers = writersOf(model);
  return {
    run: (pairs, circuits, working) => runCircuits(model, pairs, circuits, ablations, working),
    kinds: KINDS.length,
    kindOf: ({ writer }) => KINDS.indexOf(writers[writer].kind),
    same: (a, b) => a.writer === b.writer && a.place === b.place,
  };
}

/** Errors that are left out are what latents are: the twin's, means, another program's, or nothing. */
export function leavingOutLatents<N extends PlacedFeature>(
  model: Model, saes: readonly LoadedSae[], kind: CircuitAblation, { finding }: CircuitPairs,
): LeavingOut<N> {
  const ablation = { kind, programs: finding, sources: new LatentSources(model, saes) };
  const errors = kind === 'zero' ? 'zero' : 'twin';
  return {
    run: (pairs, circuits, working) =>
      runFeatureCircuits(model, pairs, saes, circuits.map((one) => ({ ...one, errors })), { ...working, ablation }),
    kinds: 2,
    kindOf: ({ latent }) => (latent === null ? 1 : 0),
    same: (a, b) => a.sae === b.sae && a.latent === b.latent && a.place === b.place,
  };
}

export interface TriedOptions {
  readonly answers: readonly AnswerTokens[];
  /** Tokens that both answers of the metric begin with, behind which runs end. */
  readonly shared: readonly number[];
  readonly ablation: CircuitAblation;
  readonly draws: number;
  readonly seed: number;
  readonly runs?: ProgramRuns;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** @param pool what as many others are drawn from */
export async function triedWithout<N>(
  leaving: LeavingOut<N>, nodes: readonly N[], told: Tried['nodes'], pool: readonly N[], { finding, trying }: CircuitPairs, options: TriedOptions,
): Promise<Tried> {
  const { labels, tokens } = answersBehind(options.answers, options.shared);
  const rest = pool.filter((node) => !nodes.some((one) => leaving.same(one, node)));
  const others = Array.from({ length: leaving.kinds }, (_, kind) => rest.filter((node) => leaving.kindOf(node) === kind));
  const { metrics, left, answers, draws, own, claim } = await tryWithout(leaving.run, nodes, finding, trying, {
    ...options, ...leaving, others, answers: tokens,
  });
  const named = ({ answer, metric }: { answer: number; metric: number }) => ({ answer: labels[answer], metric: rounded(metric) });
  return {
    nodes: told,
    ablation: options.ablation,
    programs: { making: finding.length, trying: finding === trying ? 0 : trying.length },
    whole: rounded(metrics.whole), empty: rounded(metrics.empty), without: rounded(metrics.without), random: orNone(metrics.random),
    draws,
    left: { without: orNone(left.without), random: orNone(left.random) },
    answers: answers.map((counts, i) => ({ label: labels[i], ...counts })).filter((one) => one.whole + one.without + one.random > 0),
    own: { whole: named(own.whole), without: named(own.without) },
    claim: { ...claim, answer: labels[claim.answer], interval: wilson(claim.held) },
  };
}

/** The fewest of some nodes, the first of them, without which the answer is another one, tried; null where there are none. */
export async function claimOf<N>(
  leaving: LeavingOut<N>,
  ordered: readonly N[],
  tell: (node: N) => Tried['nodes'][number],
  pool: readonly N[],
  pairs: CircuitPairs,
  options: TriedOptions,
): Promise<Tried | null> {
  const { tokens } = answersBehind(options.answers, options.shared);
  const { signal } = options;
  const nodes = await fewestThatChange(leaving.run, ordered, pairs.finding, { signal, answers: tokens });
  return nodes && triedWithout(leaving, nodes, nodes.map(tell), pool, pairs, options);
}

/** What tells answers apart where runs end: the tokens that come next, each with all the answers that go on so. */
function answersBehind(answers: readonly AnswerTokens[], shared: readonly number[]): { labels: string[]; tokens: number[] } {
  const byToken = new Map<number, string[]>();
  for (const { label, ids } of answers) {
    if (ids.length <= shared.length || shared.some((id, i) => ids[i] !== id)) continue;
    byToken.set(ids[shared.length], [...(byToken.get(ids[shared.length]) ?? []), label]);
  }
  return { labels: [...byToken.values()].map((labels) => labels.join(' or ')), tokens: [...byToken.keys()] };
}

/** A node at a place, as documents tell it: the place is a token of the explained program, or its number where it has none there. */
export function toldNode(name: string, words: string, place: number, { places }: CircuitPairs): Tried['nodes'][number] {
  const { label, tokens } = places[place];
  return { name: `${name}@${tokens.length > 0 ? `#${tokens[0]}` : place}`, words, place: label, tokens: [...tokens] };
}
