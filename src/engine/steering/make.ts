/** Making steering vectors out of two sets of programs, of which some are held out to see whether the vector tells them apart. */
import { activationsAt, meanDifference, norm, signTest, type ReadAt } from '../../methods/steering';
import { placeText, type Place } from '../../protocol/place';
import type { BlockSite, RESIDUAL_SITES } from '../../vocabulary/sites';
import { positionAt } from '../reading/places';
import { openQuestion, readProgram, type SourceText } from '../reading/program';
import type { LoadedModel } from '../session/load';
import type { Progress } from '../session/progress';
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
}

/** Every fourth pair is held out, where there are so many. */
const HELD_OUT = 4;

/** Writes the vectors and their card. @throws a sentence that names a program that the model cannot read */
export async function makeVectors(
  loaded: LoadedModel,
  template: Template,
  { positive, negative }: { positive: readonly SourceText[]; negative: readonly SourceText[] },
  file: string,
  { site, at, signal, onProgress, ...asked }: MakeOptions,
): Promise<VectorsCard> {
  const { model } = loaded;
  const all = Array.from({ length: model.shape.layers }, (_, layer) => layer);
  const layers = asked.layers ?? all;
  const wrong = layers.find((layer) => layer >= all.length);
  if (wrong !== undefined) throw new Error(`There is no layer ${wrong}; the model has the layers 0 to ${all.length - 1}.`);
  const question = openQuestion(loaded, template);
  const read = (sources: readonly SourceText[], stage: string) => {
    const programs = sources.map((source): ReadAt => {
      const program = readProgram(loaded, question, source);
      return { ids: program.ids, position: positionAt(program, at) };
    });
    return activationsAt(model, programs, site, layers, { signal, onProgress: (done, total) => onProgress?.(stage, done, total) });
  };
  const [plus, minus] = [await read(positive, 'Reading the positive programs'), await read(negative, 'Reading the negative programs')];
  const pairs = Math.min(plus.length, minus.length);
  const isHeldOut = (i: number) => pairs >= HELD_OUT && i < pairs && i % HELD_OUT === HELD_OUT - 1;
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
  const named = (sources: readonly SourceText[]) => ({ programs: sources.length, files: sources.map(({ file: name }) => name ?? '-') });
  return writeVectors(file, vectors, {
    model: { id: loaded.id, sha256: await model.sha256(), width: model.shape.width, layers: all.length },
    template: template.id, site, at: placeText(at), positive: named(positive), negative: named(negative), quality,
  });
}
