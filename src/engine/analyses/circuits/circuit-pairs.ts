/** Pairs of programs in which a circuit is found and tried, with the places that their tokens have in common. */
import type { PlacedPair, Working } from '../../../methods/circuits/places';
import { ProgramRuns } from '../../../methods/circuits/program-runs';
import { logitDifferences } from '../../../methods/patching/patching';
import type { Model } from '../../../model';
import type { Params } from '../../../protocol/analyses';
import type { Positions } from '../../../protocol/analyses/positions';
import type { CircuitPlace } from '../../../protocol/graphs/circuit';
import { findAnalogs, halves } from '../../../snippets/analogs/analogs';
import type { ProgramPair } from '../../../snippets/analogs/pair';
import type { Analog } from '../../../snippets/analogs/plan';
import { keptRoles, mergeRoles, Roles, type Role } from '../../../snippets/analogs/roles';
import { UNJUDGED } from '../../../snippets/outcomes/unjudged';
import { isOpen } from '../../../snippets/prompts/forms';
import { alignTokens, singleChange } from '../../../snippets/twins/align';
import { withCode, type Program } from '../../reading/program';
import { pairedRuns, type Pair } from '../../twins/pair';
import type { Asking, Reading } from '../reading';

export interface CircuitPairs {
  readonly finding: readonly PlacedPair[];
  /** Others than those of `finding`, or the same where there is but one. */
  readonly trying: readonly PlacedPair[];
  readonly places: readonly CircuitPlace[];
  /** How many analogous pairs were found. */
  readonly found: number;
  /** Why there are fewer than asked for. */
  readonly problems: readonly string[];
}

/** With fewer analogous pairs than these, halves of them say nothing. */
const FEWEST = 4;

/**
 * The pair at hand and pairs like it: half of these, with that one, to find a circuit in, half to try it on. The pair alone where no others
 * are asked for, or too few are found.
 */
export async function pairsOf(reading: Reading, pair: Pair, asked: Asked, asking: Asking & Pick<Working, 'runs'>): Promise<CircuitPairs> {
  const key = JSON.stringify([pair.original.ids, pair.variant.program.ids, pair.metric, asked.prompts, asked.positions, asked.seed]);
  const kept = KEPT.get(reading);
  if (kept?.key === key) return kept.pairs;
  const pairs = await found(reading, pair, asked, asking);
  KEPT.set(reading, { key, pairs });
  return pairs;
}

type Asked = Pick<Params<'circuit'>, 'prompts' | 'positions' | 'seed'>;

/** Whatever is asked of the same pairs finds them made: that takes longer than most of what is asked. */
const KEPT = new WeakMap<Reading, { readonly key: string; readonly pairs: CircuitPairs }>();

async function found(
  reading: Reading, pair: Pair, { prompts, positions, seed }: Asked, { signal, onProgress, runs }: Asking & Pick<Working, 'runs'>,
): Promise<CircuitPairs> {
  if (prompts === 0) return singlePair(reading, pair);
  const alone = (why: string): CircuitPairs => ({ ...singlePair(reading, pair), problems: [why] });
  const { form } = reading.question;
  if (isOpen(form)) return alone('Pairs like this one can be made for questions with given answers only, as what is true of the others has to be known.');
  if (!reading.labeller) return alone('Pairs like this one have to be run, and Python does not run here.');
  const outcomes = [await reading.outcome(), pair.variant.outcome];
  const unknown = outcomes.find((outcome) => outcome === null || UNJUDGED.includes(outcome.label));
  if (unknown !== undefined) {
    const why = unknown === null ? 'one of the two was not run' : `Python could not judge one of the two (${unknown.label})`;
    return alone(`Pairs like this one cannot be made, as ${why}.`);
  }
  const { edit, program: variant } = pair.variant;
  const [original, edited] = [pair.original.source.code, variant.source.code];
  const given: ProgramPair = { original, variant: edited, changes: edit?.changes ?? singleChange(original, edited) };
  const analogs = await findAnalogs(given, {
    count: prompts, seed, label: reading.labeller, signal,
    sameTokens: { tokenizer: reading.loaded.tokenizer, template: form },
    onProgress: (done, total) => onProgress?.('Making pairs like this one', done, total),
  });
  const shortfall = analogs.shortfall === null ? [] : [analogs.shortfall];
  if (analogs.pairs.length < FEWEST) return { ...singlePair(reading, pair), found: analogs.pairs.length, problems: shortfall };
  const roles = new Roles(analogs.plan);
  const read = [aligned(pair.original, variant, pair, null, roles), ...analogs.pairs.map((analog) => {
    const code = (of: string) => withCode(reading.loaded, reading.question, pair.original, of);
    return aligned(code(analog.original), code(analog.variant), pair, analog, roles);
  })];
  const { pairs: [first, ...others], places } = placed(read, pair, positions);
  const alike = await toldApart(reading.loaded.model, first, others, { signal, runs });
  const left = others.length - alike.length;
  const problems = left === 0 ? shortfall : [
    ...shortfall,
    `${left} of the ${others.length} pairs like this one were left out, as the model hardly tells their programs apart, or the other way round.`,
  ];
  if (alike.length < FEWEST) return { ...singlePair(reading, pair), found: analogs.pairs.length, problems };
  const { finding, evaluating } = halves(alike, seed);
  return { finding: [first, ...finding], trying: evaluating, places, found: analogs.pairs.length, problems };
}

/** Of the difference that the model makes between the programs of the given pair, what it has to make between those of another. */
const ALIKE = 0.1;

/** Those pairs that the model tells apart as it does the given one: with others there is no such behaviour to find a circuit of. */
async function toldApart(
  model: Model, given: PlacedPair, others: readonly PlacedPair[], { signal, runs = new ProgramRuns(model) }: Working,
): Promise<PlacedPair[]> {
  const differences: number[] = [];
  for (const { base, source, metric } of [given, ...others]) {
    const [whole, other] = await Promise.all([base, source].map(async (tokens) => {
      const { resid } = await runs.of(tokens, signal);
      return (await logitDifferences(model, resid, [tokens.length - 1], metric))[0];
    }));
    differences.push(whole - other);
  }
  const [own, ...rest] = differences;
  return others.filter((_, i) => rest[i] * Math.sign(own) >= ALIKE * Math.abs(own));
}

interface Aligned {
  readonly original: Program;
  readonly runs: Pick<PlacedPair, 'base' | 'source' | 'sourceOf'>;
  /** Of the tokens that the model reads of the original, and of those behind them that answers begin with. */
  readonly roles: readonly Role[];
}

function aligned(original: Program, variant: Program, { metric: { shared } }: Pair, analog: Analog | null, roles: Roles): Aligned {
  const alignment = alignTokens(original.encoded, variant.encoded, singleChange(original.prompt.text, variant.prompt.text));
  const runs = pairedRuns({ original: original.ids, variant: variant.ids, alignment, shared }, 'noising');
  const behind = shared.map((_, i): Role => ({
    key: `shared ${i}`, leaf: `shared ${i}`, part: 'whole', words: `token ${i + 1} of the answers`, spans: null, byEdit: null, order: 2e9 + i,
  }));
  return { original, runs, roles: [...roles.of('original', analog, original.prompt, original.encoded), ...behind] };
}

/** The pairs with the places of their tokens from the first difference on; before it there is nothing that could matter. */
function placed(read: readonly Aligned[], { logits }: Pair, positions: Positions): { pairs: PlacedPair[]; places: CircuitPlace[] } {
  const firsts = read.map(({ runs }) => firstDifference(runs));
  const together = positions === 'kept' ? keptRoles : mergeRoles;
  const merged = together(read.map(({ roles }) => roles))
    .map((role) => ({ ...role, positions: role.positions.map((own, i) => own.filter((position) => position >= firsts[i])) }))
    .filter(({ positions }) => positions.some((own) => own.length > 0));
  const pairs = read.map(({ runs }, i): PlacedPair => {
    const placeOf: (number | null)[] = runs.base.map(() => null);
    merged.forEach(({ positions }, place) => positions[i].forEach((position) => (placeOf[position] = place)));
    return { ...runs, metric: logits, placeOf };
  });
  const { original: { tokens } } = read[0];
  const inPrompt = (positions: readonly number[]) => positions.filter((at) => at < tokens.length);
  return { pairs, places: merged.map(({ positions: [own], words }) => placeOfTokens(inPrompt(own), tokens, words)) };
}

function placeOfTokens(positions: readonly number[], tokens: Program['tokens'], words: string): CircuitPlace {
  const spans = positions.flatMap((at) => {
    const { start, end } = tokens[at];
    return start === null || end === null ? [] : [{ start, end }];
  });
  return {
    tokens: [...positions],
    label: positions.length === 0 ? words : positions.map((at) => tokens[at].text).join(''),
    words,
    span: spans.length === 0 ? null : { start: spans[0].start, end: spans[spans.length - 1].end },
  };
}

/** The first position of the base at which the source is another; the length where there is none. */
function firstDifference({ base, source, sourceOf }: Aligned['runs']): number {
  const first = base.findIndex((token, at) => sourceOf[at] !== at || source[at] !== token);
  return first < 0 ? base.length : first;
}

/** The pair at hand alone: every token from the first difference on is a place. */
function singlePair(reading: Reading, pair: Pair): CircuitPairs {
  const runs = pair.runs('noising');
  const { tokens } = reading.program;
  const first = firstDifference(runs);
  const placeOf = runs.base.map((_, at) => (at < first ? null : at - first));
  const places = runs.base.slice(first).map((id, i): CircuitPlace => {
    const known = first + i < tokens.length ? [first + i] : [];
    return placeOfTokens(known, tokens, known.length > 0 ? tokens[first + i].text : reading.loaded.tokenizer.tokenText(id));
  });
  const pairs: PlacedPair[] = [{ base: runs.base, source: runs.source, sourceOf: runs.sourceOf, metric: pair.logits, placeOf }];
  return { finding: pairs, trying: pairs, places, found: 0, problems: [] };
}
