/** What the model answers when steering vectors are added. */
import { percent } from '../../findings/percent';
import { predictBehind, type Prediction } from '../../methods/prediction';
import { divergences, norm, randomVector, steeringHooks, type Steering } from '../../methods/steering';
import { ANALYSES, type Part } from '../../protocol/analyses';
import { blockSite, siteName } from '../../vocabulary/sites';
import { rounded } from '../session/rounded';
import { readVectors } from '../steering/vectors-file';
import { comparedAnswers } from './compared-answers';
import { explainedPrediction } from './document';
import { stretched } from './ignored';
import { Unanswerable } from './reading';
import type { Run } from './run';

type Value = Part<'steering'>;

export const steering: Run<'steering'> = {
  run: async (reading, { vector, factor, layer, at, tokens, draws, answers }, { topK, signal, onProgress }) => {
    const { program, question, loaded: { id, model, tokenizer } } = reading;
    if (vector === null) throw new Unanswerable(ANALYSES.steering.first);
    const { width, layers: all } = model.shape;
    const file = await readVectors(vector, { id, sha256: await model.sha256(), width, layers: all });
    const chosen = [...file.vectors].filter(([one]) => layer === null || one === layer);
    if (chosen.length === 0) throw new Error(`${vector} has no vector for layer ${layer}; it has ${[...file.vectors.keys()].join(', ')}.`);
    const { shared, ...metric } = await comparedAnswers(reading, answers, { topK, signal, onProgress });
    if (shared.length > 0) throw new Unanswerable('Both answers begin with the same tokens, so their first logits do not differ. Choose two others.');
    const last = program.ids.length - 1;
    const named = tokens && stretched(program, tokens);
    const steers = (position: number) => (named ? named.includes(position) : at === 'all' || position >= last);
    const positions = program.ids.flatMap((_, position) => (steers(position) ? [position] : []));
    const run = (vectors: ReadonlyMap<number, Float32Array>, by = factor) => {
      const how: Steering = { site: file.site, vectors, factor: by, at: steers };
      return predictBehind(model, program.ids, question.answers, {
        topK, signal, hooks: (start) => steeringHooks(how, start), read: by === 0 ? chosen.map(([one]) => blockSite(one, file.site)) : [],
      });
    };
    onProgress?.('Steering');
    const base = await run(new Map(), 0);
    const own = await run(new Map(chosen));
    const divergence = await divergences(model, base.run, own.run, signal);
    const drawn: { difference: number; divergence: number; changed: boolean }[] = [];
    for (let draw = 0; draw < draws; draw++) {
      const vectors = chosen.map(([one, data], i) => [one, randomVector(width, norm(data), draw * chosen.length + i)] as const);
      const random = await run(new Map(vectors));
      const apart = await divergences(model, base.run, random.run, signal);
      drawn.push({
        difference: differenceOf(random.prediction, metric),
        divergence: apart[last],
        changed: random.prediction.label !== base.prediction.label,
      });
      onProgress?.('Steering', draw + 1, draws);
    }
    const mean = (of: (one: (typeof drawn)[number]) => number) => rounded(drawn.reduce((sum, one) => sum + of(one), 0) / drawn.length);
    const quoted = (token: number) => JSON.stringify(tokenizer.tokenText(token));
    const outcome = (prediction: Prediction) => {
      return { ...explainedPrediction(prediction, tokenizer), difference: rounded(differenceOf(prediction, metric)) };
    };
    const value: Value = {
      vector: { file: vector, site: file.card.site, positive: file.card.positive.programs, negative: file.card.negative.programs },
      factor,
      layers: chosen.map(([one, data]) => ({ layer: one, norm: rounded(norm(data)) })),
      positions,
      ratio: chosen.map(([one, data]) => {
        const there = base.run.sites.get(siteName(blockSite(one, file.site)))!.data;
        const length = (position: number) => Math.max(norm(there, position * width, (position + 1) * width), 1e-12);
        return positions.map((position) => rounded((Math.abs(factor) * norm(data)) / length(position)));
      }),
      divergence: divergence.map(rounded),
      metric: { ...metric, description: `logit[${quoted(metric.positiveToken)}] - logit[${quoted(metric.negativeToken)}] at the last token` },
      before: outcome(base.prediction),
      after: outcome(own.prediction),
      random: drawn.length === 0 ? null : {
        draws: drawn.length,
        difference: mean(({ difference }) => difference),
        divergence: mean((one) => one.divergence),
        changed: drawn.filter(({ changed }) => changed).length,
      },
    };
    const unchanged = factor !== 0 && chosen.every(([, data]) => norm(data) === 0);
    return { value, findings: findingsOf(value), problems: unchanged ? ['The vector is 0 in these layers, so nothing was changed.'] : [] };
  },
};

function differenceOf({ answers }: Prediction, { positive, negative }: { positive: string; negative: string }): number {
  const logit = (label: string) => answers.find((answer) => answer.label === label)!.logit;
  return logit(positive) - logit(negative);
}

function findingsOf({ factor, layers, positions, before, after, metric, random, ratio, divergence }: Value): string[] {
  const number = (given: number) => given.toFixed(2).replace('-', '−');
  const of = ({ answers }: Value['before'], label: string) => percent(answers.find((answer) => answer.label === label)!.probability);
  const where = `${layers.length === 1 ? `layer ${layers[0].layer}` : `${layers.length} layers`} at ${positions.length === 1 ? 'one token' : `${positions.length} tokens`}`;
  const answer = after.label === before.label
    ? `the model still answers ${after.label}, with ${of(after, after.label)} instead of ${of(before, before.label)}`
    : `the model answers ${after.label} (${of(after, after.label)}) instead of ${before.label}, which goes from ${of(before, before.label)} to ${of(after, before.label)}`;
  const share = ratio.flat().reduce((sum, one) => sum + one, 0) / ratio.flat().length;
  const beside = random && `; random vectors of the same norm bring it to ${number(random.difference)} on average, and change the answer in ${random.changed} of ${random.draws} draws`;
  return [
    `With ${number(factor)} times the vector added in ${where}, ${answer}.`,
    `logit(${metric.positive}) − logit(${metric.negative}) goes from ${number(before.difference)} to ${number(after.difference)}${beside ?? ''}.`,
    `What is added is ${number(share)} times as long as what is there, and what the model says at the end diverges by ${number(divergence.at(-1)!)} nats from what it says without it.`,
  ];
}
