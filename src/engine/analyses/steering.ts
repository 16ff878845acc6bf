/** What the model answers when steering vectors are added. */
import { fixed } from '../../findings/number';
import { answerChange } from '../../findings/answering';
import { predictBehind, type Prediction } from '../../methods/prediction/prediction';
import { divergences, norm, randomVector, steeringHooks, type Steering } from '../../methods/steering/steering';
import { operations } from '../../methods/patching/plan';
import { generate, type RunResult } from '../../model';
import { ANALYSES, type Part } from '../../protocol/analyses';
import type { Written } from '../../protocol/analyses/from-to';
import { blockSite, siteName } from '../../vocabulary/sites';
import { rounded } from '../session/rounded';
import { heldOutOf, triedOn } from '../steering/held-out';
import { readVectors } from '../steering/vectors-file';
import { comparedAnswers } from './compared-answers';
import { explainedPrediction } from './document';
import { stretched } from './attention/ignored';
import { Unanswerable } from './reading';
import type { Run } from './run';

type Value = Part<'steering'>;

export const steering: Run<'steering'> = {
  cost: async ({ program: { ids }, loaded: { id, model } }, { vector, draws, generate: written, heldOut, factor }) => {
    if (vector === null) throw new Unanswerable(ANALYSES.steering.first);
    const { shape } = model;
    const { card } = await readVectors(vector, { id, sha256: await model.sha256(), width: shape.width, layers: shape.layers });
    const pass = { layer: 0, position: 0 };
    const whole = (length: number, runs: number) => operations(Array.from({ length: runs }, () => pass), length, shape);
    const tried = heldOutOf(card, factor).programs.slice(0, heldOut);
    const held = tried.reduce((sum, one) => sum + whole(one.ids.length, 3), 0);
    // What is said behind every token is read of each run, and written tokens are runs of one.
    return { count: draws + 2 + 3 * tried.length, unit: 'runs', operations: whole(ids.length, draws + 2) + held + whole(1, 2 * written) };
  },
  run: async (reading, params, { topK, signal, onProgress }) => {
    const { vector, factor, layer, at, tokens, draws, generate: maxTokens, heldOut, answers } = params;
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
        topK, signal, cache: maxTokens > 0, hooks: (start) => steeringHooks(how, start),
        read: by === 0 ? chosen.map(([one]) => blockSite(one, file.site)) : [],
      });
    };
    onProgress?.('Steering');
    const base = await run(new Map(), 0);
    const own = await run(new Map(chosen));
    const divergence = await divergences(model, base.run, own.run, signal);
    const drawn: { difference: number; divergence: number; changed: boolean; probabilities: ReadonlyMap<string, number> }[] = [];
    for (let draw = 0; draw < draws; draw++) {
      const vectors = chosen.map(([one, data], i) => [one, randomVector(width, norm(data), draw * chosen.length + i)] as const);
      const random = await run(new Map(vectors));
      const apart = await divergences(model, base.run, random.run, signal);
      drawn.push({
        difference: differenceOf(random.prediction, metric),
        divergence: apart[last],
        changed: random.prediction.label !== base.prediction.label,
        probabilities: new Map(random.prediction.answers.map(({ label, probability }) => [label, probability])),
      });
      onProgress?.('Steering', draw + 1, draws);
    }
    const stop = tokenizer.eos === null ? [] : [tokenizer.eos];
    const writes = async (vectors: ReadonlyMap<number, Float32Array>, prefilled: RunResult, stage: string) => {
      if (maxTokens === 0) return null;
      const each: Written['tokens'] = [];
      const how: Steering = { site: file.site, vectors, factor, at: steers };
      const hooks = (start: number) => steeringHooks(how, start);
      const ids = await generate(model, program.ids, { maxTokens, stop, hooks, prefilled, signal, onToken: (token, probability) => {
        each.push({ id: token, text: tokenizer.tokenText(token), probability: rounded(probability) });
        onProgress?.(stage, each.length, maxTokens);
      } });
      return { text: tokenizer.decode(ids), tokens: each };
    };
    const wrote = {
      before: await writes(new Map(), base.run, 'Writing unsteered'), after: await writes(new Map(chosen), own.run, 'Writing steered'),
    };
    const problems: string[] = [];
    const tried = await triedOn({ model, question }, file, new Map(chosen), factor, heldOut, problems, { signal, onProgress });
    const mean = (of: (one: (typeof drawn)[number]) => number) => rounded(drawn.reduce((sum, one) => sum + of(one), 0) / drawn.length);
    const quoted = (token: number) => JSON.stringify(tokenizer.tokenText(token));
    const outcome = (prediction: Prediction, written: Written | null) => {
      return { ...explainedPrediction(prediction, tokenizer), difference: rounded(differenceOf(prediction, metric)), written };
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
      before: outcome(base.prediction, wrote.before),
      after: outcome(own.prediction, wrote.after),
      random: drawn.length === 0 ? null : {
        draws: drawn.length,
        difference: mean(({ difference }) => difference),
        divergence: mean((one) => one.divergence),
        changed: drawn.filter(({ changed }) => changed).length,
        answers: base.prediction.answers.map(({ label }) => {
          return { label, probability: mean(({ probabilities }) => probabilities.get(label)!) };
        }),
      },
      heldOut: tried,
    };
    const unchanged = factor !== 0 && chosen.every(([, data]) => norm(data) === 0);
    if (unchanged) problems.push('The vector is 0 in these layers, so nothing was changed.');
    return { value, findings: findingsOf(value), problems };
  },
};

function differenceOf({ answers }: Prediction, { positive, negative }: { positive: string; negative: string }): number {
  const logit = (label: string) => answers.find((answer) => answer.label === label)!.logit;
  return logit(positive) - logit(negative);
}

function findingsOf({ factor, layers, positions, before, after, metric, random, ratio, divergence, heldOut }: Value): string[] {
  const where = `${layers.length === 1 ? `layer ${layers[0].layer}` : `${layers.length} layers`} at ${positions.length === 1 ? 'one token' : `${positions.length} tokens`}`;
  const answer = answerChange(before, after);
  const share = ratio.flat().reduce((sum, one) => sum + one, 0) / ratio.flat().length;
  const beside = random && `; random vectors of the same norm bring it to ${fixed(random.difference)} on average, and change the answer in ${random.changed} of ${random.draws} draws`;
  return [
    `With ${fixed(factor)} times the vector added in ${where}, ${answer}.`,
    `logit(${metric.positive}) − logit(${metric.negative}) goes from ${fixed(before.difference)} to ${fixed(after.difference)}${beside ?? ''}.`,
    `What is added is ${fixed(share)} times as long as what is there, and what the model says at the end diverges by ${fixed(divergence.at(-1)!)} nats from what it says without it.`,
    ...(heldOut ? [heldOutWords(heldOut)] : []),
    ...(before.written && after.written ? [writtenWords(before.written, after.written)] : []),
  ];
}

function heldOutWords({ set, programs, toward, away, difference, answered, agree, p }: NonNullable<Value['heldOut']>): string {
  const which = `${programs} ${set} program${programs === 1 ? '' : 's'} that the vector was not made from`;
  return `Of ${which}, ${answered.after} are answered ${toward} with it, ${answered.before} without it and ${answered.random} with a random one; ` +
    `log p(${toward}) − log p(${away}) goes from ${fixed(difference.before)} to ${fixed(difference.after)} nats on average, ` +
    `and to ${fixed(difference.random)} by the random one. In ${agree} of ${programs} it moves further than by that (sign test: p = ${p.toPrecision(2)}).`;
}

function writtenWords(before: Written, after: Written): string {
  const quoted = ({ text }: Written) => JSON.stringify(text);
  if (before.text === after.text) return `It writes the same with the vector as without: ${quoted(after)}.`;
  return `With the vector it writes ${quoted(after)}, without it ${quoted(before)}.`;
}
