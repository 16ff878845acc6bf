/** What the model writes after the question, with a lens for each token of it. */
import { percent } from '../../findings/percent';
import { generationLens } from '../../methods/lenses/generation-lens';
import type { Part } from '../../protocol/analyses';
import { rounded } from '../session/rounded';
import { explainedTop } from './document';
import type { Run } from './run';

type Value = Part<'generation'>;

export const generation: Run<'generation'> = {
  run: async ({ program, loaded: { model, tokenizer } }, { generate: maxTokens, topK }, { signal, onProgress }) => {
    const stop = tokenizer.eos === null ? [] : [tokenizer.eos];
    const found = await generationLens(model, program.ids, {
      maxTokens, stop, topK, signal, onProgress: (done, total) => onProgress?.('Writing', done, total),
    });
    const { tokens, sites, top, written } = found;
    const settledAt = (at: number) => {
      const below = written.findLastIndex((row) => row[at].rank > 0);
      return below === sites.length - 1 ? null : below + 1;
    };
    const value: Value = {
      text: tokenizer.decode(tokens.map(({ id }) => id)),
      tokens: tokens.map(({ id, probability }) => ({ id, text: tokenizer.tokenText(id), probability: rounded(probability) })),
      sites,
      top: top.map((row) => row.map((each) => explainedTop(each, tokenizer))),
      probability: written.map((row) => row.map(({ probability }) => rounded(probability))),
      rank: written.map((row) => row.map(({ rank }) => rank)),
      settled: tokens.map((_, at) => settledAt(at)),
    };
    return { value, findings: generationFindings(value) };
  },
};

function generationFindings({ text, tokens, sites, settled }: Value): string[] {
  if (tokens.length === 0) return ['The model ends its text at once, so it writes nothing.'];
  const probability = tokens.reduce((product, token) => product * token.probability, 1);
  const known = settled.filter((row) => row !== null);
  const mean = known.reduce((sum, row) => sum + row, 0) / known.length;
  const rows = sites.length - 1;
  const early = known.length === 0
    ? ''
    : ` On average a token of it is the most probable one from layer ${Math.max(0, mean - 1).toFixed(1)} on, of the layers 0 to ${rows - 1}.`;
  return [`The model writes ${JSON.stringify(text)} (${percent(probability)} for all of it).${early}`];
}
