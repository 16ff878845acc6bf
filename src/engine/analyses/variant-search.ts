/** The search for the smallest edit under an open question: which edits there are, what the model says of each, and what came of it. */
import type { Params, Part } from '../../protocol/analyses';
import type { VariantSearch } from '../../protocol/reading/variant-search';
import { uniformFrom } from '../../random';
import type { ProgramEdit } from '../../snippets/edits';
import { rounded } from '../session/rounded';
import { ownAnswers } from '../reading/open-answers';
import { renamesAnswer } from '../twins/open-twins';
import { randomLists, smallestEdit, type Candidate, type Looked, type Search } from '../twins/smallest-edit';
import { predictTwins, type PredictedTwin, type Twin } from '../twins/twins';
import { listedVariant, listedVariants } from './document';
import { Unanswerable, type Asking, type Reading } from './reading';

/** Edits of one thing that are tried, half of the budget within these bounds: each takes the language's judge some milliseconds. */
const TRIED = { least: 80, most: 400 };

/** A search among the edits of a reading, whose list of variants is known. */
export class VariantSearching {
  private readonly known: Map<string, PredictedTwin>;
  /** By its code, what was read with the model's own answers to it. */
  private readonly opened = new Set<string>();

  constructor(
    private readonly reading: Reading,
    private readonly params: Params<'variants'>,
    private readonly topK: number,
    private readonly listed: readonly PredictedTwin[],
  ) {
    this.known = new Map(listed.map((twin) => [twin.variant.edit.variant, twin]));
  }

  async run(asking: Asking, soFar: (value: () => Part<'variants'>, done: number, total: number) => void): Promise<Part<'variants'>> {
    const { reading, params: { budget, seconds, random, seed } } = this;
    const until = seconds === null ? Infinity : performance.now() + 1000 * seconds;
    asking.onProgress?.('Making edits');
    const edits = await reading.keptEdits(Math.min(TRIED.most, Math.max(TRIED.least, Math.ceil(budget / 2))), asking);
    if (!edits) throw new Unanswerable('Edits are searched where it is known which ones keep what is asked about: ask for a type, in TypeScript, JavaScript or Python.');
    const goal = await this.goal(asking);
    const singles: (Candidate<Twin> & { edit: ProgramEdit })[] = [];
    for (const edit of edits.singles) {
      const candidate = this.candidate(edit, [singles.length]);
      if (candidate) singles.push({ ...candidate, edit });
    }
    const answer = edits.singles.filter((edit) => renamesAnswer(reading.question, edit)).length;
    const unread = edits.refused.unread + edits.singles.length - singles.length - answer;
    const kinds = [...new Set(singles.map(({ edit }) => edit.kind))];
    const join = async (lists: readonly (readonly number[])[]) => {
      const together = await edits.together(lists.map((list) => list.map((at) => singles[at].edit)), asking.signal);
      return together.map((edit, i) => edit && this.candidate(edit, lists[i]));
    };
    const look = async (candidates: readonly Candidate<Twin>[]): Promise<Looked<Twin>[]> => {
      const read = await this.read(candidates.map(({ made }) => made), asking);
      const looked = candidates.map((candidate, i) => ({ ...candidate, ...goal.reached(read[i]) }));
      for (const [i, one] of looked.entries()) {
        if (one.flips) looked[i] = { ...one, ...goal.reached(await this.openly(read[i], asking)) };
      }
      return looked;
    };
    const refused = { ...edits.refused, unread, answer };
    const told = (found: Search<Twin>, drawn: VariantSearch['random']): Part<'variants'> => this.part(found, {
      goal: goal.goal, answer: goal.answer, probability: rounded(Math.exp(goal.before)),
      tried: singles.length + sum(Object.values(refused)), kept: singles.length, refused, random: drawn,
    });
    const found = await smallestEdit({
      singles, join, look,
      alike: kinds.map((kind) => compatible(singles.flatMap(({ edit }, i) => (edit.kind === kind ? [{ edit, at: i }] : [])))),
    }, {
      budget,
      timeIsUp: () => performance.now() > until,
      onLooked: (partial, looked) => {
        asking.onProgress?.('Searching the smallest edit', looked, budget);
        soFar(() => told(partial, null), looked, budget);
      },
    });
    // Edits at random say how special one that flips it is; where none was found, there is nothing to compare.
    if (!found.found || random === 0) return told(found, null);
    asking.onProgress?.('Reading random edits');
    const size = found.found.parts.length;
    const lists = randomLists({ of: singles.length, size, most: random * (size > 1 ? SPARE : 1), random: uniformFrom(seed) });
    const drawn = (size === 1 ? lists.map(([at]) => singles[at]) : await join(lists)).filter((one) => one !== null).slice(0, random);
    const looked = await look(drawn);
    const flips = looked.filter((one) => one.flips).length;
    const tokens = rounded(sum(looked.map((one) => one.tokens)) / Math.max(1, looked.length));
    return told(found, looked.length === 0 ? null : { edits: size, sets: looked.length, flips, tokens });
  }

  /** What is looked for, and how far a program is on the way there. */
  private async goal(asking: Asking) {
    const { reading } = this;
    const { label, answers } = await reading.prediction(this.topK, asking);
    const truth = (await reading.outcome())?.label ?? null;
    const verdicts = await reading.verdicts(answers.map((answer) => answer.label), asking);
    // Another spelling of the same type is no failure.
    const same = new Set(answers.flatMap((answer, i) => (answer.label === truth || verdicts?.[i].equivalent ? [answer.label] : [])));
    const goal = truth === null ? 'other' as const : same.has(label) ? 'wrong' as const : 'right' as const;
    const answer = goal === 'right' ? truth! : label;
    const of = ({ answers: own }: PredictedTwin['prediction']) => own.find((one) => one.label === answer)!.logProbability;
    const before = of({ answers } as PredictedTwin['prediction']);
    const reached = ({ prediction }: PredictedTwin) => ({
      moved: (of(prediction) - before) * (goal === 'right' ? 1 : -1),
      flips: goal === 'right' ? same.has(prediction.label) : goal === 'wrong' ? !same.has(prediction.label) : prediction.label !== label,
    });
    return { goal, answer, before, reached };
  }

  private candidate(edit: ProgramEdit, parts: readonly number[]): Candidate<Twin> | null {
    const made = this.reading.openTwin(edit);
    return made && { parts, made, tokens: changedTokens(this.reading.program.ids, made) };
  }

  private async read(twins: readonly Twin[], { signal }: Asking): Promise<PredictedTwin[]> {
    const { reading: { loaded, question }, known } = this;
    const fresh = twins.filter(({ variant }) => !known.has(variant.edit.variant));
    for (const one of await predictTwins(loaded, question.answers, fresh, { topK: 1, signal })) known.set(one.variant.edit.variant, one);
    return twins.map(({ variant }) => known.get(variant.edit.variant)!);
  }

  /** What the model says of a twin when what it would itself write there is among the answers, as it was for the original. */
  private async openly(twin: PredictedTwin, { signal }: Asking): Promise<PredictedTwin> {
    const { reading: { loaded, question }, opened } = this;
    const code = twin.variant.edit.variant;
    if (!opened.has(code)) {
      const labels = new Set(question.answers.map(({ label }) => label));
      const more = (await ownAnswers(loaded, question, twin.program, { signal })).filter(({ label }) => !labels.has(label));
      const [read] = await predictTwins(loaded, [...question.answers, ...more], [twin], { topK: 1, signal });
      this.known.set(code, read);
      opened.add(code);
    }
    return this.known.get(code)!;
  }

  private part(found: Search<Twin>, about: Pick<VariantSearch, 'goal' | 'answer' | 'probability' | 'tried' | 'kept' | 'refused' | 'random'>): Part<'variants'> {
    const { reading: { program }, listed } = this;
    const rows = listedVariants(listed.map((twin) => this.known.get(twin.variant.edit.variant) ?? twin), program);
    const best = found.found ?? found.furthest;
    let number: number | null = null;
    if (best) {
      const code = best.made.variant.edit.variant;
      number = rows.find((row) => row.code === code)?.number ?? rows.length + 1;
      if (number > rows.length) rows.push({ ...listedVariant(this.known.get(code)!, program, number), searched: true });
    }
    const step = (looked: Looked<Twin>): VariantSearch['steps'][number] => {
      const { answers } = this.known.get(looked.made.variant.edit.variant)!.prediction;
      const followed = answers.find(({ label }) => label === about.answer)!;
      return {
        edits: looked.parts.length, tokens: looked.tokens, flips: looked.flips,
        description: listedVariant(this.known.get(looked.made.variant.edit.variant)!, program, 1).description,
        probability: rounded(followed.probability),
        prediction: { label: answers[0].label, probability: rounded(answers[0].probability) },
      };
    };
    const { singles, several, refused, ended, steps } = found;
    return {
      variants: rows,
      search: { ...about, singles, several, refusedSets: refused, ended, steps: steps.map(step), number, best: best && step(best) },
    };
  }
}

/** Random sets that are drawn for each that is wanted, as some do not go together. */
const SPARE = 4;

/** Of the prompt's tokens those that are others, more or gone. */
function changedTokens(ids: readonly number[], { variant: { alignment }, program }: Twin): number {
  const same = ({ original, variant }: { original: number | null; variant: number | null }) =>
    original !== null && variant !== null && ids[original] === program.ids[variant];
  return alignment.columns.filter((column) => !same(column)).length;
}

/** The places of edits none of which touches what another one changes, or puts in what another one does; first ones first. */
function compatible(edits: readonly { edit: ProgramEdit; at: number }[]): number[] {
  const taken: ProgramEdit['changes'] = [];
  const kept: number[] = [];
  const meets = ({ start, end, replacement }: ProgramEdit['changes'][number]) =>
    taken.some((other) => (start < other.end && other.start < end) || start === other.start || (replacement !== '' && replacement === other.replacement));
  for (const { edit: { changes }, at } of edits) {
    if (changes.some(meets)) continue;
    taken.push(...changes);
    kept.push(at);
  }
  return kept;
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
