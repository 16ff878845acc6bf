/** A latent's description by rule, from the places where it is most active and from the answers that its decoder promotes. */
import { kindLevels, LAST_TOKEN, QUESTION, type TokenRole } from '../snippets/prompts/roles';
import { DENSE } from '../vocabulary/dense';

/** A place where a latent is most active. */
export interface DescribedPlace {
  token: string;
  /** The token before it. */
  before: string;
  role: TokenRole;
  activation: number;
  /** The answer that the model gave to the whole prompt; null where there are no answers. */
  answer: string | null;
}

export interface DescribedEffect {
  text: string;
  logit: number;
}

/** Places share something when this much of their activation has it. */
const MOST = 0.65;
/** Answers differ from program to program, so more of the places have to agree on one, and still more on two. */
const NEARLY_ALL = 0.8;
const ALL_BUT = 0.9;
/** Less is an exception. */
const EXCEPTION = 0.25;
/** So many places at least have to agree, for what they share to be more than chance. */
const ENOUGH = 3;
const FEW_TIMES = ['once', 'twice'];
/** An answer that the model gives to more of all programs than this is no sign of anything. */
const COMMON = 0.4;
/** A promoted answer has to stand out: its logit is at least this many times that of the next token. */
const CLEARLY = 1.25;
/** Tokens that are listed when nothing else is shared. */
const LISTED = 3;

/**
 * For example "closing quote inside print(…) · promotes SyntaxError", "most at keyword import (active at 39 % of tokens)", "once at name
 * `x`" or "never active in held-out code". Null when the places share nothing, not even their tokens, and no answer is promoted clearly.
 * @param activity the share of all tokens at which it is active, and how often that was
 * @param places the most active first
 * @param rule where it is active as a measured rule says, which then stands in the place of what its strongest places share
 * @param promoted tokens whose logits rise most, the strongest first; empty where the site does not write to the residual stream
 * @param answers of the question, with the share of all programs that the model gives each
 */
export function describeLatent(
  activity: { density: number; times: number },
  places: readonly DescribedPlace[],
  promoted: readonly DescribedEffect[],
  answers: readonly { label: string; text: string; share: number }[],
  rule: string | null = null,
): string | null {
  const where = rule === null ? whereAndHowOften(activity, places, answers) : [rule];
  const parts = [...where, ...whichPromoted(promoted, answers)];
  return parts.length === 0 ? null : parts.join(' · ');
}

/** Where it is active, and how often where that is much or hardly at all. */
function whereAndHowOften(
  { density, times }: Parameters<typeof describeLatent>[0],
  places: readonly DescribedPlace[],
  answers: Parameters<typeof describeLatent>[3],
): string[] {
  if (times === 0) return ['never active in held-out code'];
  const few = places.length < ENOUGH;
  const where = few && places.length !== times ? [] : whereActive(places); // few programs may hold many tokens
  const answered = whichAnswer(places, answers);
  if (density > DENSE) { // its strongest places are a small part of where it is active
    const most = [...where.map((text) => `at ${text}`), ...answered].join(' · ');
    const often = `active at ${Math.round(100 * density)} % of tokens`;
    return most === '' ? [often] : [`most ${most} (${often})`]; // what tells it from others comes first, where a line is cut
  }
  return [...(few ? where.map((text) => `${FEW_TIMES[times - 1]} at ${text}`) : where), ...answered];
}

function whereActive(places: readonly DescribedPlace[]): string[] {
  const kind = sharedKind(places);
  if (kind === LAST_TOKEN) return [kind];
  const token = shared(places, ({ token }) => token.trim(), MOST);
  const what = kind === undefined ? (token ? code(token) : (tokenList(places) ?? twoKinds(places))) : withToken(kind, token);
  const place = shared(places, ({ role }) => role.place, MOST) ?? null;
  if (what === undefined) return place === null ? [] : [`tokens ${place}`];
  if (place !== null) return [`${what} ${place}`];
  const before = places.length < ENOUGH || kind === QUESTION ? undefined : shared(places, (at) => at.before.trim(), NEARLY_ALL);
  return [before ? `${what} after ${code(before)}` : what];
}

/** The most precise kind that the places share: "end of a name", else "name"; "closing quote and comma", else "closing quote". */
function sharedKind(places: readonly DescribedPlace[]): string | undefined {
  for (const [level, least] of LEVELS.entries()) {
    const kind = sharedOf(places, ({ role }) => kindLevels(role.kind)[level], least);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** How much has to be of one kind: the coarser a kind, the more tokens are of it anyway. */
const LEVELS = [MOST, MOST, NEARLY_ALL, ALL_BUT];

/** The kind with the token, where the kind does not name it already. */
function withToken(kind: string, token: string | undefined): string {
  if (kind === QUESTION) return token ? `${code(token)} in ${kind}` : kind;
  const says = !token || kind.endsWith(` ${token}`) || !/[\p{L}\p{N}]/u.test(token);
  return says ? kind : `${kind} ${code(token)}`;
}

/** A few tokens, each of which comes more than once or so; undefined where there are others. */
function tokenList(places: readonly DescribedPlace[]): string | undefined {
  const texts = [...new Set(places.map(({ token }) => token.trim()))];
  if (texts.includes('') || texts.length > LISTED || texts.length > places.length / 2) return undefined;
  return texts.length === 1 ? code(texts[0]) : `${texts.slice(0, -1).map(code).join(', ')} or ${code(texts.at(-1)!)}`;
}

/** Two kinds that together are nearly all, each of them more than an exception. */
function twoKinds(places: readonly DescribedPlace[]): string | undefined {
  if (places.length <= ENOUGH || places.some(({ role }) => role.kind === QUESTION)) return undefined;
  const [first, second] = ranked(places, ({ role }) => kindLevels(role.kind)[1]);
  return second && first.weight + second.weight >= ALL_BUT && second.weight >= EXCEPTION ? `${first.value} or ${second.value}` : undefined;
}

function whichAnswer(places: readonly DescribedPlace[], answers: readonly { label: string; share: number }[]): string[] {
  if (places.length < ENOUGH) return [];
  const [first, second] = ranked(places, ({ answer }) => [answer]);
  const rare = ({ value }: typeof first) => answers.some((answer) => answer.label === value && answer.share <= COMMON);
  if (first.weight >= NEARLY_ALL) return rare(first) && first.places >= ENOUGH ? [`where the model answers ${first.value}`] : [];
  const both = places.length > ENOUGH && first.weight + second.weight >= ALL_BUT && second.weight >= EXCEPTION;
  return both && rare(first) && rare(second) ? [`where the model answers ${first.value} or ${second.value}`] : [];
}

function whichPromoted(promoted: readonly DescribedEffect[], answers: readonly { label: string; text: string }[]): string[] {
  for (const count of [1, 2]) {
    const labels = promoted.slice(0, count).map(({ text }) => answers.find((answer) => answer.text === text)?.label);
    const last = promoted[count - 1]?.logit ?? 0;
    if (labels.includes(undefined) || last <= 0) return [];
    if (last >= CLEARLY * (promoted[count]?.logit ?? 0)) return [`promotes ${labels.join(' and ')}`];
  }
  return [];
}

/** What at least a share of the places have in common. */
function shared<T>(places: readonly DescribedPlace[], of: (place: DescribedPlace) => T, least: number): T | undefined {
  return sharedOf(places, (place) => [of(place)], least);
}

/** The same where each place has several. */
function sharedOf<T>(places: readonly DescribedPlace[], of: (place: DescribedPlace) => readonly T[], least: number): T | undefined {
  const [first] = ranked(places, of);
  return first.weight >= least && first.places >= Math.min(ENOUGH, places.length) ? first.value : undefined;
}

/** Values with the share of the places' activation and the number of places that have each, the largest share first. */
function ranked<T>(
  places: readonly DescribedPlace[],
  of: (place: DescribedPlace) => readonly T[],
): { value: T; weight: number; places: number }[] {
  const total = places.reduce((sum, { activation }) => sum + activation, 0);
  const values = new Map<T, { value: T; weight: number; places: number }>();
  for (const place of places) {
    for (const value of of(place)) {
      const known = values.get(value) ?? { value, weight: 0, places: 0 };
      values.set(value, { value, weight: known.weight + place.activation / total, places: known.places + 1 });
    }
  }
  return [...values.values()].sort((a, b) => b.weight - a.weight);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").slice(0, 40)}\``;
}
