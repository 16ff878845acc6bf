/** Which tokens each head reads from one token of a reading. */
import { list } from '../../findings/list';
import { percent } from '../../findings/percent';
import { attentionFrom } from '../../methods/attention';
import type { Part } from '../../protocol/analyses';
import type { Program } from '../reading/program';
import { rounded } from '../session/rounded';
import { positionNames } from './findings';
import type { Run } from './run';

export const attention: Run<'attention'> = {
  run: async (reading, { position: asked }, { signal, onProgress }) => {
    const { program, loaded: { model } } = reading;
    const last = program.ids.length - 1;
    const position = asked ?? last;
    if (position > last) throw new Error(`There is no position ${position}; the code and the question have the positions 0 to ${last}.`);
    const found = await attentionFrom(model, program.ids, position, { signal, onProgress: (done, total) => onProgress?.('Reading attention', done, total) });
    const weights = found.map((heads) => heads.map((row) => row.map(rounded)));
    const value = { position, heads: model.shape.heads, weights };
    return { value, findings: attentionFindings(value, program) };
  },
};

/** So many heads at most are named. */
const MOST_NAMED = 3;

/** Which heads read a token of the code most, and how much of the attention the code gets, both beside what an even reading would give. */
function attentionFindings({ position, weights }: Part<'attention'>, program: Program): string[] {
  const visible = position + 1;
  const code = program.tokens.slice(0, visible).flatMap(({ start }, at) => (start === null ? [] : [at]));
  if (code.length === 0 || visible === 1) return [];
  const names = positionNames(program);
  const heads = weights.flatMap((rows, layer) => rows.map((row, head) => ({ name: `${layer}.${head}`, row })));
  const mostRead = heads.map(({ name, row }) => {
    const at = code.reduce((best, one) => (row[one] > row[best] ? one : best));
    return { at, weight: row[at], words: `${names[at]} through head ${name} (${percent(row[at])})` };
  });
  const top = mostRead.sort((a, b) => b.weight - a.weight).slice(0, MOST_NAMED).map(({ words }) => words);
  const mean = (of: (row: readonly number[]) => number) => heads.reduce((sum, { row }) => sum + of(row), 0) / heads.length;
  const onCode = mean((row) => code.reduce((sum, at) => sum + row[at], 0));
  return [
    `Of the code, ${names[position]} reads most: ${list(top)}; spread evenly over the ${visible} tokens up to there, attention would be ${percent(1 / visible)} for each.`,
    `On average over all heads, the ${code.length === 1 ? 'one token' : `${code.length} tokens`} of the code get ${percent(onCode)} of the attention, against ${percent(code.length / visible)} if it were spread evenly; the first token of all gets ${percent(mean((row) => row[0]))}.`,
  ];
}
