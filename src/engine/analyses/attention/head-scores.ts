/** Which heads read what a token of a reading has to do with. */
import { list } from '../../../findings/list';
import { percent } from '../../../findings/percent';
import { headScores as scoresOf } from '../../../methods/attention/head-scores';
import type { Part } from '../../../protocol/analyses';
import { tokenPairs } from '../../../snippets/prompts/token-pairs';
import { sharedParser } from '../../../snippets/syntax/parse';
import { TOKEN_PAIR_KINDS, TOKEN_PAIRS } from '../../../vocabulary/token-pairs';
import { rounded } from '../../session/rounded';
import type { Run } from '../run';

type Scores = Part<'headScores'>['scores'];

export const headScores: Run<'headScores'> = {
  run: async ({ program, loaded: { model } }, _, { signal, onProgress }) => {
    const { prompt, encoded, ids } = program;
    const tree = (await sharedParser()).parse(prompt.code);
    const pairs = tokenPairs(tree, prompt, encoded);
    const found = await scoresOf(model, ids, pairs, { signal, onProgress: (done, total) => onProgress?.('Reading attention', done, total) });
    const table = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(rounded));
    const scores = TOKEN_PAIR_KINDS.map((kind): Scores[number] => {
      const { rows, uniform, score, random } = found[kind];
      return { kind, tokens: pairs[kind].size, rows, uniform: uniform.map(rounded), score: table(score), random: table(random) };
    });
    return { value: { heads: model.shape.heads, scores }, findings: findingsOf(scores, ids.length) };
  },
};

/** A head is named from this share on, beyond what an even reading gives. */
const NOTICEABLE = 0.1;
const MOST_NAMED = 2;

/** For each kind the heads that read it most, beside even reading and random pairs; then what no head reads, and what is not there. */
function findingsOf(scores: Scores, size: number): string[] {
  const told: string[] = [];
  const [unread, absent]: [string[], string[]] = [[], []];
  for (const { kind, tokens, rows, uniform, score, random } of scores) {
    const heads = score.flatMap((row, layer) => (rows[layer] === 0 ? [] : row.map((value, head) => ({ layer, head, value }))));
    const top = heads.sort((a, b) => b.value - a.value).slice(0, MOST_NAMED).filter(({ value }) => value >= NOTICEABLE);
    if (tokens === 0) absent.push(TOKEN_PAIRS[kind]);
    else if (top.length === 0) unread.push(TOKEN_PAIRS[kind]);
    else {
      const named = top.map(({ layer, head, value }) => `${layer}.${head} (${percent(value + uniform[layer])})`);
      const [{ layer, head }] = top;
      told.push(
        `Most attention to ${TOKEN_PAIRS[kind]} comes from ${named.length > 1 ? 'heads' : 'head'} ${list(named)}; spread evenly it would be ${percent(uniform[layer])}, and as many tokens drawn at random get ` +
        `${percent(Math.max(0, random[layer][head] + uniform[layer]))} of ${layer}.${head}. ${tokens} of ${size} tokens ${tokens === 1 ? 'has' : 'have'} such a pair.`,
      );
    }
  }
  if (unread.length > 0) told.push(`No head gives these ${percent(NOTICEABLE)} of its attention more than an even reading would: ${list(unread)}.`);
  if (absent.length > 0) told.push(`No token here has a pair of these kinds: ${list(absent)}.`);
  return told;
}
