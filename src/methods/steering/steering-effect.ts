/** What a steering vector does to programs that it was not made from: whether it brings the answer there, and whether any vector would. */
import type { Model } from '../../model';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import { predict } from '../prediction/prediction';
import { norm, randomVector, signTest, steeringHooks, type ReadAt, type Steering } from './steering';

/** One number of the unsteered run, the steered one, and one with a random vector of the same norm. */
export interface Steered {
  before: number;
  after: number;
  random: number;
}

export interface HeldOutEffect {
  programs: number;
  /** Means of log p(toward) − log p(away), in nats. */
  difference: Steered;
  /** How many answer `toward`. */
  answered: Steered;
  /**
   * Of how many programs the vector moves the difference further in its direction than the random one, and the chance that a fair coin
   * does so often (sign test).
   */
  agree: number;
  p: number;
}

/** Steers each program where it was read, and behind it where that is its last token. */
export async function heldOutEffect(
  model: Model,
  programs: readonly ReadAt[],
  answers: readonly AnswerTokens[],
  { toward, away }: { toward: string; away: string },
  how: Omit<Steering, 'at'>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<HeldOutEffect> {
  const none = (): Steered => ({ before: 0, after: 0, random: 0 });
  const [difference, answered] = [none(), none()];
  let agree = 0;
  for (const [i, { ids, position }] of programs.entries()) {
    const at = (where: number) => (position === ids.length - 1 ? where >= position : where === position);
    const random = [...how.vectors].map(([layer, vector], l) =>
      [layer, randomVector(vector.length, norm(vector), i * how.vectors.size + l)] as const);
    const runs = { before: null, after: how.vectors, random: new Map(random) };
    const moved = none();
    for (const [name, vectors] of Object.entries(runs) as [keyof Steered, Steering['vectors'] | null][]) {
      const hooks = (start: number) => (vectors ? steeringHooks({ ...how, vectors, at }, start) : []);
      const { label, answers: scored } = await predict(model, ids, answers, { topK: 1, hooks, signal });
      const of = (answer: string) => scored.find((one) => one.label === answer)!.logProbability;
      moved[name] = of(toward) - of(away);
      difference[name] += moved[name] / programs.length;
      if (label === toward) answered[name]++;
    }
    if (Math.sign(how.factor) * (moved.after - moved.random) > 0) agree++;
    onProgress?.(i + 1, programs.length);
  }
  return { programs: programs.length, difference, answered, agree, p: signTest(agree, programs.length) };
}
