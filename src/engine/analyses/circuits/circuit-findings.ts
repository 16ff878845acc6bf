/** What a circuit says, in sentences. */
import { list } from '../../../findings/list';
import { fixed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import type { Params, Part } from '../../../protocol/analyses';
import { CIRCUIT_ABLATIONS } from '../../../protocol/analyses/ablations';
import { partWords } from '../../../protocol/graphs/circuit';
import { claimSentence, nodesWords } from './tried-findings';

type CircuitPart = Part<'circuit'>;

const MOST_NAMED = 4;
/** Heads that carry edges between tokens, and the least share of these that is worth a name. */
const MOST_CARRYING = 3;
const CARRIES = 0.1;
/** Shares are told in whole percents. */
const ROUNDED = 0.005;

export function circuitFindings(part: CircuitPart): string[] {
  const { graph, faithfulness, completeness, intervals, ranked, random, prompts, check, areas } = part;
  const kept = graph.nodes.filter(({ kind }) => kind !== 'logits' && kind !== 'remainder');
  const where = prompts.trying > 0 ? `in ${prompts.trying} pairs of programs that it was not found in` : 'in the pair that it was found in';
  if (faithfulness === null) {
    return [`The logit differences of the whole model and of none of it (${fixed(part.whole)} and ${fixed(part.empty)}) are too close to say what share a circuit does; alone it has ${fixed(part.alone)}.`];
  }
  const surely = intervals.faithfulness ? ` (95 %: ${percent(intervals.faithfulness.low)} to ${percent(intervals.faithfulness.high)})` : '';
  const beside = [
    ...(ranked !== null ? [`as many with the largest scores do ${percent(ranked)}`] : []),
    ...(random.faithfulness === null ? [] : [`as many drawn at random do ${percent(random.faithfulness)}`]),
  ].map((words) => `; ${words}`).join('');
  const size = `${sizeOf(part)} ${countOf(part) === 1 ? 'does' : 'do'} ${percent(faithfulness)}${surely} of what the model does, ${where}${beside}.`;
  const left = completeness === null ? [] : [`Without them, ${percent(completeness)} is left${random.completeness === null ? '' : ` (without as many at random, ${percent(random.completeness)})`}.`];
  const strongest = [...kept].sort((a, b) => Math.abs(b.score ?? 0) - Math.abs(a.score ?? 0)).slice(0, MOST_NAMED)
    .map((node) => `${partWords(node)} at ${node.place === null ? 'all places' : JSON.stringify(graph.places[node.place].label)}`);
  const named = strongest.length === 0 ? [] : [`The largest scores have ${list(strongest)}.`];
  const agreeing = check.of === 0 ? [] : [
    `Of the ${check.of} largest edges, really patched one by one, ${check.sameSign} change the answer in the direction of their score`
    + `${check.correlation === null ? '' : ` (rank correlation ${fixed(check.correlation)})`}.`,
  ];
  const curve = areas.absolute === null ? []
    : [`Over MIB’s sizes the area between faithfulness and 1 (CMD) is ${fixed(areas.absolute.cmd)}${areas.signed ? `, that under it with supporting nodes first (CPR) ${fixed(areas.signed.cpr)}` : ''}.`];
  return [size, ...left, ...named, mechanismSentence(part), ...ofErrors(part), ...agreeing, ...ofCarried(part), ...curve];
}

/** The heads that carry most of what latents say to latents at other tokens. */
function ofCarried({ carried }: CircuitPart): string[] {
  const sums = new Map<string, number>();
  for (const { heads } of carried) for (const { head, score } of heads) sums.set(head, (sums.get(head) ?? 0) + Math.abs(score));
  const all = carried.reduce((sum, { score }) => sum + Math.abs(score), 0);
  const most = [...sums].sort(([, a], [, b]) => b - a).slice(0, MOST_CARRYING).filter(([, size]) => size >= CARRIES * all);
  if (most.length === 0) return [];
  return [`Of the ${carried.length} largest edges from one token to another most goes through ${list(most.map(([head, size]) => `${head} (${percent(size / all)})`))}.`];
}

function mechanismSentence({ mechanism, of }: CircuitPart): string {
  if (mechanism) return claimSentence(mechanism, nodesWords(mechanism));
  return `Left out together, the largest first, its ${of === 'latents' ? 'latents' : 'heads and MLPs'} turn the answer in no number into one and the same other in nearly all programs, so nothing is claimed of them.`;
}

/** How many nodes or edges it has. */
function countOf({ nodesKept, total, edgesKept, totalEdges }: CircuitPart): number {
  return Math.round((edgesKept ?? nodesKept) * (totalEdges ?? total));
}

function sizeOf(part: CircuitPart): string {
  const { nodesKept, total, edgesKept, totalEdges } = part;
  const nodes = `${Math.round(nodesKept * total)} of ${total} nodes (${percent(nodesKept)})`;
  return edgesKept === null ? nodes : `${countOf(part)} of ${totalEdges} edges (${percent(edgesKept)}), from ${nodes},`;
}

/** What the error terms carry. */
function ofErrors({ errors }: CircuitPart): string[] {
  if (errors === null) return [];
  const alone = errors.latentsAlone === null || errors.errorsAlone === null ? ''
    : ` All latents, with the near twin’s errors, do ${percent(errors.latentsAlone)} of what the model does, and all errors, with its latents, ${percent(errors.errorsAlone)}.`;
  return [`What the SAEs leave out (error terms) has ${percent(errors.scores)} of the scores’ size.${alone}`];
}

/** @param lacking whether a program of a pair has tokens that the other lacks */
export function circuitProblems(
  part: CircuitPart, { size, threshold, faithfulness: asked, ablation, leaveOut }: Params<'circuit'>, lacking: boolean,
): string[] {
  const { faithfulness, prompts, linear } = part;
  const off = linear === null ? 0 : Math.abs(linear.sum - linear.difference);
  const missed = percent(off / Math.max(1e-9, Math.abs(linear?.difference ?? 0)));
  const unit = part.edgesKept === null ? 'nodes' : 'edges';
  return [
    leaveOut && part.without === null && `The circuit has ${countOf(part)} ${unit}, too many to try it without each of them.`,
    prompts.trying === 0 && 'The circuit was tried on the pair that it was found in, so it says nothing of other programs: ask for more programs.',
    prompts.trying === 0 && ablation !== 'counterfactual' && ablation !== 'zero' && `There are no other programs for “${CIRCUIT_ABLATIONS[ablation]}”: the program itself was taken.`,
    size === null && threshold === null && faithfulness !== null && faithfulness < asked / 100 - ROUNDED && `In the programs that it was tried on, the circuit does not reach the ${asked} % that it was made for.`,
    linear !== null && off > 0.5 * Math.abs(linear.difference) && (lacking
      ? `Some tokens are in one program of a pair only, so scores, which compare a token with its counterpart, miss ${missed} of the difference; a variant with the same number of tokens says more.`
      : `A straight line from one program to the other misses ${missed} of the difference, so scores are rough; more steps may help.`),
  ].filter((problem) => problem !== false);
}
