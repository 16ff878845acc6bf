/** Figures of a circuit: its graph, how much it does at each size, the edges that were patched. */
import type { Part } from '../../protocol/analyses';
import type { Result } from '../../protocol/documents/result';
import { triedFigure } from './ablation';
import { circuitFiles } from './circuit-files';
import { circuitFigure } from './circuit-graph';
import type { Figure, LinesFigure, TableFigure } from '../kinds/figure';
import { decimal, plain } from '../kinds/text';

type CircuitPart = Part<'circuit'>;

export function circuitFigures({ reading: { model, source, prompt, tokens }, pair, parts }: Result, part: CircuitPart): Figure[] {
  const { metric: { positive, negative }, graph } = part;
  const { layers, id, sha256 } = model;
  const about =
    `Which ${{ parts: 'parts', edges: 'edges between parts', latents: 'latents' }[part.of]}, at which tokens, give logit(${plain(positive)}) − logit(${plain(negative)}): scores say by what the near twin’s activation would change it.`;
  const probability = parts.prediction?.value.answers.find(({ label }) => label === positive)?.probability ?? null;
  const neuronpedia = {
    model: id, layers, slug: `${source.file ?? 'code'}-circuit`, prompt, tokens: tokens.map(({ text }) => text),
    answer: { text: positive, probability }, description: about,
  };
  const files = circuitFiles(graph, neuronpedia, part.of === 'latents' ? null : part.shape);
  const { prompts, seed, ablation, answers } = parts.circuit?.params ?? {};
  const figure = circuitFigure(graph, layers, {
    name: 'circuit', title: 'Circuit', about, unit: 'logits', files, of: { sha256, file: source.file },
    trying: { prompts, seed, ablation, answers }, along: { sites: part.errors?.sites ?? null, answers },
    zones: { of: zonesOf(graph.places, tokens, pair), positive, negative },
  });
  const which = `The largest edges ${part.of === 'latents' ? 'between latents of the circuit' : 'between whole parts at a token'} of the program`;
  const checked = part.check.edges.length > 0 ? [checkFigure(part.check, which)] : [];
  const claim = part.mechanism ? [triedFigure(part.mechanism, `logit(${plain(positive)}) − logit(${plain(negative)})`, {
    name: 'circuit-claim', title: 'A claim about it, tried',
  })] : [];
  return [figure, curveFigure(part), ...claim, ...checked, ...(part.carried.length > 0 ? [carriedFigure(part.carried)] : [])];
}

/** What each place is to the edit that makes the near twin, in words. */
function zonesOf(places: CircuitPart['graph']['places'], tokens: Result['reading']['tokens'], pair: Result['pair']): string[] {
  const edited = (pair?.alignment.columns ?? []).flatMap(({ original, variant }) =>
    (original !== null && (variant === null || pair!.tokens[variant].id !== tokens[original].id) ? [original] : []));
  return places.map(({ tokens: own }) => {
    if (own.includes(tokens.length - 1)) return 'At the end';
    if (own.some((position) => edited.includes(position))) return 'At the edit';
    return edited.length > 0 && Math.max(...own) < edited[0] ? 'Before the edit' : 'After the edit';
  });
}

function curveFigure({ graph: { curve, by }, total: nodes, totalEdges, prompts }: CircuitPart): LinesFigure {
  const values = (of: (point: (typeof curve)[number]) => number | null) => curve.map((point) => of(point) ?? NaN);
  const total = totalEdges ?? nodes;
  const drawn = curve.some(({ random }) => random !== null);
  return {
    kind: 'lines',
    name: 'circuit-sizes',
    title: 'Circuits of each size',
    about: `What so many of ${total} ${by} do alone (faithfulness), what all others do without them (completeness), and what as many drawn at random do, ${
      prompts.trying > 0 ? `in ${prompts.trying} pairs that they were not found in` : 'in the pair that they were found in'}: ${
      'the strongest of the circuit above, then those that it leaves out.'}`,
    unit: 'share of what the model does',
    points: curve.map(({ size }) => String(size)),
    series: [
      { label: 'faithfulness', values: values(({ faithfulness }) => faithfulness) },
      { label: 'completeness', values: values(({ completeness }) => completeness) },
      ...(drawn ? [{ label: `random ${by}`, values: values(({ random }) => random) }] : []),
    ],
    rows: () => curve.map(({ size, ...shares }) => ({ [by]: size, share: size / total, ...shares })),
  };
}

/** @param which they are, in words */
export function checkFigure({ edges }: CircuitPart['check'], which: string): TableFigure {
  return {
    kind: 'table',
    name: 'circuit-edges-checked',
    title: 'Edges, really patched',
    about: `${which}: what the score says the near twin’s activation changes along it, and what it does.`,
    columns: [{ title: 'edge' }, { title: 'token', right: true }, { title: 'score (logits)', right: true }, { title: 'change (logits)', right: true }],
    cells: edges.map((edge) => [edge.name, tokensOf(edge), decimal(edge.score, 3), decimal(edge.change, 3)]),
    rows: () => edges.map(({ from, to, position, readAt = position, score, change }) => ({ from, to, position, readAt, score, change })),
  };
}

export function carriedFigure(carried: CircuitPart['carried']): TableFigure {
  return {
    kind: 'table',
    name: 'circuit-edges-carried',
    title: 'From token to token, by head',
    about: 'The largest edges between latents at different tokens of the program, and what the heads that carry most of each carry of its score.',
    columns: [{ title: 'edge' }, { title: 'tokens', right: true }, { title: 'score (logits)', right: true }, { title: 'through' }],
    cells: carried.map((edge) => [
      edge.name, tokensOf(edge), decimal(edge.score, 3), edge.heads.map(({ head, score }) => `${head} ${decimal(score, 3)}`).join(', '),
    ]),
    rows: () => carried.flatMap(({ from, to, position, readAt = position, score, heads }) =>
      heads.map(({ head, score: carries }) => ({ from, to, position, readAt, score, head, carries }))),
  };
}

/** "#3", or from where to where. */
function tokensOf({ position, readAt = position }: CircuitPart['carried'][number] | CircuitPart['check']['edges'][number]): string {
  const [written, read] = [position, readAt].map((at) => (at === null ? 'answer' : `#${at}`));
  return written === read ? written : `${written} → ${read}`;
}
