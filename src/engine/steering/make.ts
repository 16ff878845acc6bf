/** Making steering vectors out of two sets of programs, of which some are held out to see whether the vector tells them apart. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { predict } from '../../methods/prediction/prediction';
import { operations } from '../../methods/patching/plan';
import { activationsAt, meanDifference, norm, signTest, type ReadAt } from '../../methods/steering/steering';
import type { Model } from '../../model';
import { placeText, type Place } from '../../protocol/reading/place';
import type { BlockSite, RESIDUAL_SITES } from '../../vocabulary/sites';
import { positionAt } from '../reading/places';
import { readProgram, type SourceText } from '../reading/program';
import { openQuestion } from '../reading/question';
import type { Cost } from '../../protocol/pages/answer';
import { costOf, type Work } from '../session/cost';
import type { LoadedModel } from '../session/load';
import type { Progress } from '../session/progress';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Template } from '../../snippets/prompts/templates';
import { writeVectors, type VectorsCard } from './vectors-file';

export interface MakeOptions {
  site: (typeof RESIDUAL_SITES)[number] & BlockSite;
  /** All where left out. */
  layers?: readonly number[];
  /** Where each program is read. */
  at: Place;
  signal?: AbortSignal;
  onProgress?: Progress;
  /** Called before anything is read; null where it takes a moment. */
  onCost?: (cost: Cost | null) => void;
}

/** Every second pair is held out, where there are so many; of them the card keeps so many at most. */
const FEWEST_PAIRS = 4;
const MOST_KEPT = 32;

/** Writes the vectors and their card. @throws a sentence that names a program that the model cannot read */
export async function makeVectors(
  loaded: LoadedModel,
  template: Template,
  { positive, negative }: { positive: readonly SourceText[]; negative: readonly SourceText[] },
  file: string,
  { site, at, signal, onProgress, onCost, ...asked }: MakeOptions,
): Promise<VectorsCard> {
  const { model } = loaded;
  const all = Array.from({ length: model.shape.layers }, (_, layer) => layer);
  const layers = asked.layers ?? all;
  const wrong = layers.find((layer) => layer >= all.length);
  if (wrong !== undefined) throw new Error(`There is no layer ${wrong}; the model has the layers 0 to ${all.length - 1}.`);
  if (!(await stat(path.dirname(file)).catch(() => null))?.isDirectory()) throw new Error(`There is no folder to put ${file} into; make it first.`);
  const question = openQuestion(loaded, template);
  const readable = (sources: readonly SourceText[]) => sources.map((source): ReadAt => {
    const program = readProgram(loaded, question, source);
    return { ids: program.ids, position: positionAt(program, at, source.file ?? 'standard input') };
  });
  const programs = { positive: readable(positive), negative: readable(negative) };
  onCost?.(costOf(workOf([...programs.positive, ...programs.negative], model.shape), null));
  const read = (of: readonly ReadAt[], stage: string) => {
    return activationsAt(model, of, site, layers, { signal, onProgress: (done, total) => onProgress?.(stage, done, total) });
  };
  const [plus, minus] = [await read(programs.positive, 'Reading the positive programs'), await read(programs.negative, 'Reading the negative programs')];
  const pairs = Math.min(plus.length, minus.length);
  const isHeldOut = (i: number) => pairs >= FEWEST_PAIRS && i < pairs && i % 2 === 1;
  const vectors = new Map<number, Float32Array>();
  const quality = layers.map((layer, l) => {
    const used = (of: Float32Array[][]) => of.filter((_, i) => !isHeldOut(i)).map((activations) => activations[l]);
    const vector = meanDifference(used(plus), used(minus));
    vectors.set(layer, vector);
    const along = (i: number) => vector.reduce((sum, value, k) => sum + value * (plus[i][l][k] - minus[i][l][k]), 0);
    const held = plus.flatMap((_, i) => (isHeldOut(i) ? [along(i)] : []));
    const agree = held.filter((value) => value > 0).length;
    const heldOut = held.length === 0 ? null : { pairs: held.length, agree, p: signTest(agree, held.length) };
    return { layer, norm: norm(vector), heldOut };
  });
  const kept = (of: readonly ReadAt[]) =>
    of.filter((_, i) => isHeldOut(i)).slice(0, MOST_KEPT).map(({ ids, position }) => ({ ids: [...ids], position }));
  const made = (of: readonly ReadAt[]) => of.filter((_, i) => !isHeldOut(i)).slice(0, MOST_KEPT);
  const { answers } = question;
  const sets = [made(programs.positive), made(programs.negative)] as const;
  const told = answers.length < 2 ? null : await answersApart(model, answers, ...sets, signal);
  const named = (sources: readonly SourceText[]) => ({ programs: sources.length, files: sources.map(({ file: name }) => name ?? '-') });
  return writeVectors(file, vectors, {
    model: { id: loaded.id, sha256: await model.sha256(), width: model.shape.width, layers: all.length },
    template: template.id, site, at: placeText(at), positive: named(positive), negative: named(negative), quality,
    heldOut: { positive: kept(programs.positive), negative: kept(programs.negative) }, answers: told,
  });
}

/** Each program is read up to its place, and most once more for the answers. */
function workOf(programs: readonly ReadAt[], shape: Model['shape']): Work {
  const passes = programs.map(({ ids }) => operations([{ layer: 0, position: 0 }], ids.length, shape));
  return { count: 2 * programs.length, unit: 'passes', operations: 2 * passes.reduce((sum, one) => sum + one, 0), atMost: true };
}

/** The answers that the two sets are told apart by: what the model says more of the first than of the second, and the other way round. */
async function answersApart(
  model: Model,
  answers: readonly AnswerTokens[],
  positive: readonly ReadAt[],
  negative: readonly ReadAt[],
  signal?: AbortSignal,
): Promise<{ toward: string; away: string }> {
  const gains = new Map(answers.map(({ label }) => [label, 0]));
  for (const [programs, sign] of [[positive, 1], [negative, -1]] as const) {
    for (const { ids } of programs) {
      const { answers: scored } = await predict(model, ids, answers, { topK: 1, signal });
      for (const { label, probability } of scored) gains.set(label, gains.get(label)! + (sign * probability) / programs.length);
    }
  }
  const ranked = [...gains].sort(([, a], [, b]) => b - a);
  return { toward: ranked[0][0], away: ranked.at(-1)![0] };
}
