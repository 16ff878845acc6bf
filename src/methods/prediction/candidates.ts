/**
 * A model's own answers: what it would most probably write after a prompt, found by beam search from the prompt's cached keys and values.
 */
import { readOut, type Model, type RowReadout, type RunResult } from '../../model';

export interface Candidate {
  /** The ids that follow the prompt; with the one that ends it, where an id does. */
  ids: number[];
  logProbability: number;
}

/** What a sequence is: to be gone on with, complete as it is or with so many of its ids, or nothing that can be an answer. */
export type Completeness = 'open' | 'complete' | 'none' | { ids: number };

export interface CandidateOptions {
  /** Candidates that are wanted, and sequences that are followed at once. */
  most: number;
  /** Tokens of the longest. */
  longest: number;
  judge: (ids: readonly number[]) => Completeness;
  /** Tokens that are tried at each place, however improbable: those that end an answer. */
  ends?: readonly number[];
  /** The prompt's own run with its keys and values, where it was made already. */
  made?: RunResult;
  signal?: AbortSignal;
}

/** The most probable next tokens, most probable first. @param made the prompt's own run, where it was made already */
export async function nextTokens(
  model: Model, prompt: readonly number[], most: number, { made, signal }: { made?: RunResult; signal?: AbortSignal } = {},
): Promise<Candidate[]> {
  const run = made ?? (await model.run([prompt], { signal }));
  const [{ top }] = await readOut(model, run.resid, [prompt.length - 1], { topK: most, signal });
  return top.map(({ id, probability }) => ({ ids: [id], logProbability: Math.log(probability) }));
}

/**
 * Complete sequences, most probable first. Beam search: of all sequences of a length the `most` likeliest are gone on with; it ends when
 * none of them can become more probable than those that were found, as a longer sequence never is.
 */
export async function likelySequences(
  model: Model, prompt: readonly number[], { most, longest, judge, ends = [], made, signal }: CandidateOptions,
): Promise<Candidate[]> {
  const { cache, resid } = made ?? (await model.run([prompt], { cache: true, signal }));
  const found = new Map<string, Candidate>();
  let open: Candidate[] = [{ ids: [], logProbability: 0 }];
  let rows = await readOut(model, resid, [prompt.length - 1], { topK: most, answers: ends, signal });
  for (let length = 1; ; length++) {
    const grown = open.flatMap(({ ids, logProbability }, row) =>
      tried(rows[row], ends).map((next) => ({ ids: [...ids, next.id], logProbability: logProbability + next.logProbability })));
    grown.sort((a, b) => b.logProbability - a.logProbability);
    open = [];
    for (const candidate of grown) {
      if (candidate.logProbability === -Infinity) continue;
      const state = judge(candidate.ids);
      if (state === 'open') {
        if (open.length < most) open.push(candidate);
      } else if (state !== 'none') {
        const ids = state === 'complete' ? candidate.ids : candidate.ids.slice(0, state.ids);
        const known = found.get(ids.join());
        // Where something else ends it, each of what may end it adds to how probable it is that it is written and ends.
        const logProbability = known ? logSum(known.logProbability, candidate.logProbability) : candidate.logProbability;
        found.set(ids.join(), { ids, logProbability });
      }
    }
    const best = [...found.values()].sort((a, b) => b.logProbability - a.logProbability).slice(0, most);
    const hopeful = open.filter(({ logProbability }) => best.length < most || logProbability > best[most - 1].logProbability);
    if (hopeful.length === 0 || length === longest || prompt.length + length >= model.shape.context) return best;
    open = hopeful;
    const run = await model.run(open.map(({ ids }) => ids), { past: cache, signal });
    rows = await readOut(
      model, run.resid, open.map((_, row,
    ) => row * run.layout.positions + length - 1), { topK: most, answers: ends, signal });
  }
}

function tried({ top, answers }: RowReadout, ends: readonly number[]): { id: number; logProbability: number }[] {
  const likely = top.filter(({ id }) => !ends.includes(id)).map(({ id, probability }) => ({ id, logProbability: Math.log(probability) }));
  return [...likely, ...ends.map((id, i) => ({ id, logProbability: answers[i].logProbability }))];
}

function logSum(a: number, b: number): number {
  const [more, less] = a > b ? [a, b] : [b, a];
  return more + Math.log1p(Math.exp(less - more));
}
