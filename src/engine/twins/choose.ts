/** The near twin that answers why the model predicts what it does: an edit at the cause that moves the prediction, before any other. */
import { inputAttribution } from '../../methods/components/input-attribution';
import type { Prediction } from '../../methods/prediction/prediction';
import { LOCAL, type ReadPlaces, type Relation } from '../../snippets/twins/near';
import { partingTokens, sourceRange } from '../../snippets/prompts/prompts';
import { UNJUDGED } from '../../snippets/twins/variants';
import type { LoadedModel } from '../session/load';
import type { Program } from '../reading/program';
import type { Question } from '../reading/question';
import type { Progress } from '../session/progress';
import { LEVELS, PLAIN, rate, surpasses, type Rated, type ReadTwin } from './rate';
import { predictTwins, type NearTwin, type Read, type TwinSearch } from './twins';
import { canonicalLabel } from '../../vocabulary/labels';

export interface Choice {
  twin: ReadTwin | null;
  /** What its edit has to do with the prediction. */
  relation: Relation | null;
  /** Why there is no twin. */
  none: string | null;
  /** The twins that the model read before it was clear. */
  seen: ReadTwin[];
}

export interface ChooseOptions {
  topK?: number;
  signal?: AbortSignal;
  onProgress?: Progress;
}

/** Edits that are run: of what the model goes by, where it is wrong; more local ones, where the first are not clear; others. */
const RUN = { read: 48, local: 40, controls: 60 } as const;
/** Variants of each of these that the model reads: so many, or fewer that have so many tokens, but some. */
const READ = { most: 16, tokens: 3000, least: 6 } as const;
/** Tokens that it goes by. */
const READ_TOKENS = 8;

/**
 * The variant for the question "why this answer". The edits nearest to the cause are run and read first, and where the model is wrong
 * those of what it goes by. Those that mend the program and move the prediction come first, then the nearest, then one that keeps the
 * tokens, then the smallest. Edits elsewhere are read only when nothing local moves it. Without running, the model's change of mind counts.
 */
export async function chooseTwin(
  loaded: LoadedModel,
  question: Question,
  { program, prediction }: { program: Program; prediction: Prediction },
  search: TwinSearch,
  options: ChooseOptions,
): Promise<Choice> {
  const happened = await search.happened;
  const outcome = happened?.outcome ?? null;
  const { answers } = question;
  const seen: ReadTwin[] = [];
  if (outcome && UNJUDGED.includes(outcome.label)) {
    return {
      twin: null,
      relation: null,
      none: 'No edit of this program could be compared with it, as it could not be checked itself.',
      seen,
    };
  }
  const truth = outcome && !outcome.uncalled ? canonicalLabel(outcome.label) : null;
  const wrong = truth !== null && truth !== prediction.label && answers.some(({ label }) => label === truth);
  const original: Read = { outcome, prediction };
  let best: Rated | undefined;
  let unusable = '';
  const made = new Set<string>();
  const most = Math.min(READ.most, Math.max(READ.least, Math.floor(READ.tokens / program.ids.length)));
  const read = async (twins: readonly NearTwin[]) => {
    const fresh = twins.filter(({ variant }) => !made.has(variant.edit.variant));
    for (const { variant } of fresh) made.add(variant.edit.variant);
    const telling = fresh.filter(({ variant, outcome: own, near }) =>
      near.relation === 'read' ? PLAIN.includes(variant.edit.kind) : own === null || variant.labelChanged,
    );
    const some = await predictTwins(loaded, answers, telling.slice(0, most), options);
    seen.push(...some);
    for (const twin of some) {
      const rated = rate(answers, original, twin);
      if ('none' in rated) unusable = rated.none;
      else if (!best || surpasses(rated, best)) best = rated;
    }
  };
  const clear = () => best !== undefined && best.level <= LEVELS.honestAndMuch;
  const first = await search.first;
  if (wrong) {
    const places = await readPlaces(loaded, question, program, prediction.label, truth, options.signal);
    await read(await search.nearest(RUN.read, ({ relation }) => relation === 'read', places));
    if (best?.level !== LEVELS.honestAndRight) await read(first);
  } else await read(first);
  if (!clear()) await read(await search.nearest(RUN.local, ({ nearness }) => nearness < LOCAL));
  if (best === undefined || best.level === LEVELS.faint) await read(await search.nearest(RUN.controls, () => true));
  if (best) {
    const mistake = best.level === LEVELS.mistakeAndRight || best.level === LEVELS.mistake;
    const relation = best.level === LEVELS.faint ? 'faint' : mistake ? 'mistake' : best.twin.near.relation;
    return { twin: best.twin, relation, none: null, seen };
  }
  return { twin: null, relation: null, none: noneOf(made.size, seen, unusable), seen };
}

function noneOf(made: number, seen: readonly ReadTwin[], unusable: string): string {
  if (made === 0) return 'No edit of this program could be compared with it.';
  if (seen.length === 0) {
    return `None of ${made} edits changes what Python does with this program, so there is no counterfactual. Compare with a program of your own.`;
  }
  return unusable;
}

/** The tokens of the code that most favour what the model predicts over what is true. */
async function readPlaces(
  { model }: LoadedModel,
  { answers }: Question,
  { ids, prompt, encoded }: Program,
  predicted: string,
  truth: string,
  signal?: AbortSignal,
): Promise<ReadPlaces> {
  let parting;
  try {
    parting = partingTokens(answers, predicted, truth);
  } catch {
    return []; // no logit tells the two apart
  }
  const [positive, negative] = parting.tokens;
  const scores = await inputAttribution(model, [...ids, ...parting.shared], { positive, negative, signal });
  const inCode = encoded.flatMap((token, i) => {
    const range = sourceRange(prompt, token);
    return range && prompt.text.slice(token.start, token.end).trim() !== '' ? [{ ...range, score: scores[i] }] : [];
  });
  return inCode
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, READ_TOKENS);
}
