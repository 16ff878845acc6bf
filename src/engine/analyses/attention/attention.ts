/** Which tokens each head reads, from one token of a reading and from all, and how the variant's heads read otherwise. */
import { list } from '../../../findings/list';
import { percent } from '../../../findings/percent';
import { patternChanges, patternsByLayer, sparsePattern, valueNorms } from '../../../methods/attention/attention';
import { directComponents, valuesTowards } from '../../../methods/components/components';
import { logitDifference } from '../../../model';
import type { Part } from '../../../protocol/analyses';
import { parseHead } from '../../../protocol/analyses/components';
import { parsePlace } from '../../../protocol/reading/place';
import { positionAt } from '../../reading/places';
import type { Program } from '../../reading/program';
import { rounded } from '../../session/rounded';
import { askedOf } from '../components/component-asked';
import { positionNames } from '../findings';
import type { Reading } from '../reading';
import type { Run, RunContext } from '../run';

type Value = Part<'attention'>;

export const attention: Run<'attention'> = {
  run: async (reading, { token, head, weigh, answers }, context) => {
    const { program, loaded: { model } } = reading;
    const { layers, heads } = model.shape;
    const { signal, onProgress } = context;
    const position = positionAt(program, parsePlace(token));
    const chosen = parseHead(head);
    if (chosen && (chosen.layer >= layers || chosen.head >= heads)) {
      throw new Error(`There is no head ${head}; the model has the layers 0 to ${layers - 1} with the heads 0 to ${heads - 1}.`);
    }
    const twin = context.against === undefined ? null : (await reading.compared(context.against, context.topK, context)).comparison;
    const beside = program.ids.map((): number | null => null);
    for (const { original, variant } of twin?.alignment.columns ?? []) if (original !== null) beside[original] = variant;

    const each = Array.from({ length: heads }, (_, at) => at);
    const problems: string[] = [];
    const towards = weigh === 'signed' ? await answerDirections(reading, token, answers, context, problems) : null;
    const value: Value = { position, heads, weights: [], patterns: [], ...(weigh === 'norm' && { valueNorms: [] }) };
    if (towards) value.signed = { metric: towards.metric, values: [], towards: [] };
    const changed: NonNullable<Value['variant']> = { position: beside[position], weights: beside[position] === null ? null : [], changes: [] };
    const others = twin && patternsByLayer(model, twin.program.ids, { signal });
    const told = (done: number, total: number) => onProgress?.('Reading attention', done, total);
    for await (const { layer, patterns, values } of patternsByLayer(model, program.ids, { signal, onProgress: told })) {
      value.weights.push(each.map((at) => [...patterns.row(at, position)].map(rounded)));
      value.patterns!.push(each.map((at) => sparsePattern(patterns, at)));
      if (weigh === 'norm') value.valueNorms!.push((await valueNorms(model, layer, values)).map((row) => row.map(rounded)));
      if (towards) {
        const written = valuesTowards(model.shape, values, towards.directions[layer]);
        value.signed!.towards!.push(written.map((row) => row.map(rounded)));
        value.signed!.values.push(written.map((row, at) => {
          const shares = patterns.row(at, position);
          return row.map((one, source) => rounded(source > position ? 0 : shares[source] * one));
        }));
      }
      const other = others && (await others.next()).value;
      if (!other) continue;
      changed.weights?.push(each.map((at) => [...other.patterns.row(at, changed.position!)].map(rounded)));
      changed.changes.push(each.map((at) => patternChanges(patterns, other.patterns, at, beside)));
    }
    const [most] = readsMost(value, program);
    value.shown = chosen ?? { layer: most.layer, head: most.head };
    if (twin) value.variant = changed;
    return { value, findings: attentionFindings(value, program), problems };
  },
};

/** The direction of an answer in what each layer's heads mix; null, and a problem, where the answers part behind the prompt. */
async function answerDirections(
  reading: Reading,
  position: string,
  answers: Parameters<typeof askedOf>[1]['answers'],
  context: RunContext<'attention'>,
  problems: string[],
): Promise<{ metric: string; directions: readonly Float32Array[] } | null> {
  const { program, loaded: { model } } = reading;
  const asked = await askedOf(reading, { position, token: null, answers }, null, context);
  if (asked.behind.length > 0) {
    problems.push('Both answers begin with the same tokens, so it is a token behind the prompt that tells them apart; Components says what heads add there.');
    return null;
  }
  const { positiveToken, negativeToken, description } = asked.metric;
  const metric = negativeToken === null ? [{ token: positiveToken, coefficient: 1 }] : logitDifference(positiveToken, negativeToken);
  const { components } = await directComponents(model, program.ids, asked.position, metric, context);
  return { metric: description, directions: components.headDirections };
}

/** So many heads at most are named. */
const MOST_NAMED = 3;

/** Every head with the token of the code that it reads most, the one that reads its most first; of no code, of any token. */
function readsMost({ position, weights }: Value, { tokens }: Program): { layer: number; head: number; at: number; weight: number }[] {
  const code = codeUpTo(position, tokens);
  const seen = code.length > 0 ? code : [0];
  const all = weights.flatMap((rows, layer) => rows.map((row, head) => {
    const at = seen.reduce((best, one) => (row[one] > row[best] ? one : best));
    return { layer, head, at, weight: row[at] };
  }));
  return all.sort((a, b) => b.weight - a.weight);
}

function codeUpTo(position: number, tokens: Program['tokens']): number[] {
  return tokens.slice(0, position + 1).flatMap(({ start }, at) => (start === null ? [] : [at]));
}

/** Which heads read a token of the code most, and how much of the attention the code gets, both beside what an even reading would give. */
function attentionFindings(value: Value, program: Program): string[] {
  const { position, weights, patterns = [] } = value;
  const visible = position + 1;
  const code = codeUpTo(position, program.tokens);
  if (code.length === 0 || visible === 1) return [];
  const names = positionNames(program);
  const heads = weights.flat();
  const top = readsMost(value, program).slice(0, MOST_NAMED).map(({ layer, head, at, weight }) => `${names[at]} through head ${layer}.${head} (${percent(weight)})`);
  const mean = (of: (row: readonly number[]) => number) => heads.reduce((sum, row) => sum + of(row), 0) / heads.length;
  const onCode = mean((row) => code.reduce((sum, at) => sum + row[at], 0));
  const sinks = patterns.flat().flatMap(({ sink }) => sink.slice(1));
  const even = program.ids.slice(1).reduce((sum, _, at) => sum + 1 / (at + 2), 0) / Math.max(1, program.ids.length - 1);
  return [
    `Of the code, ${names[position]} reads most: ${list(top)}; spread evenly over the ${visible} tokens up to there, attention would be ${percent(1 / visible)} for each.`,
    `On average over all heads, the ${code.length === 1 ? 'one token' : `${code.length} tokens`} of the code get ${percent(onCode)} of the attention, against ${percent(code.length / visible)} if it were spread evenly; the first token of all gets ${percent(mean((row) => row[0]))}.`,
    ...(sinks.length === 0 ? [] : [`From all tokens behind it, the first token of all gets ${percent(sinks.reduce((sum, one) => sum + one, 0) / sinks.length)} of the attention on average, against ${percent(even)} if it were spread evenly.`]),
  ];
}
