/**
 * Residual steering over a set: of programs that a model gets right and of edits of them that it then fails at, the mean difference of the
 * residual stream at the last token, layer by layer, added to others of which the model fails (Turner et al. 2023; Rimsky et al. 2024).
 * Beside it stand a random vector of the same norm, the mean with signs drawn at random (as if the pairs were shuffled) and the opposite.
 */
import { norm, randomVector } from '../../methods/steering/steering';
import type { Prepared, StudyEdit } from '../../protocol/studies/program';
import type { Measure } from '../../protocol/studies/rows';
import type { Study } from '../../protocol/studies/study';
import { hashOf } from '../programs/hash';
import { textOf } from '../programs/text';
import { AS_IT_IS, clusterOf, keyOf, toldOf, type AskedOf } from './ask';
import { afterChanges, firstWord } from './last-token';

/** Sums over pairs, [layers · width], of differences and of those with a sign drawn for each pair. */
export interface Learnt {
  pairs: number;
  /** Float64, base64. */
  sums: string;
  shuffled: string;
}

/** Float32, base64, [layers · width] each. */
export interface SteeringVectors {
  pairs: number;
  vector: string;
  shuffled: string;
}

export const VECTORS = ['vector', 'random', 'shuffled', 'opposite'] as const;
export type VectorName = (typeof VECTORS)[number];

/** Which half a program is in, with all that goes with it; that hangs on the seed and its name alone. */
export function halfOf(study: Study, program: Prepared['program']): 'making' | 'measuring' {
  return parseInt(hashOf(['steering', study.seed, clusterOf(study, program)]).slice(0, 8), 16) % 2 === 0 ? 'making' : 'measuring';
}

/** The edits that are steered: those of the kinds that the study names after which the same is true. */
export function steeredEdits({ steering }: Study, { program, edits }: Prepared): StudyEdit[] {
  return edits.filter(({ kind, truth }) => steering!.edits.includes(kind) && truth === program.truth);
}

/** What some programs of the half that vectors are made of give to them. */
export async function learn(programs: readonly Prepared[], asked: AskedOf): Promise<Learnt> {
  const { study, session: { loaded: { model } } } = asked;
  const { layers, width } = model.shape;
  const [sums, shuffled] = [new Float64Array(layers * width), new Float64Array(layers * width)];
  let pairs = 0;
  for (const prepared of programs) {
    asked.signal?.throwIfAborted();
    const edits = steeredEdits(study, prepared);
    const own = edits.length === 0 ? null : await firstWord(textOf(prepared, null), prepared.program.id, asked);
    if (!own?.right) continue;
    for (const edit of edits) {
      const after = await firstWord(textOf(prepared, edit), prepared.program.id, asked);
      if (!after || after.right) continue;
      const sign = parseInt(hashOf([study.seed, prepared.program.id, edit.kind, edit.number]).slice(0, 8), 16) % 2 === 0 ? 1 : -1;
      for (let layer = 0; layer < layers; layer++) {
        for (let i = 0; i < width; i++) {
          const difference = own.resid[layer][i] - after.resid[layer][i];
          sums[layer * width + i] += difference;
          shuffled[layer * width + i] += sign * difference;
        }
      }
      pairs++;
    }
  }
  return { pairs, sums: bytes(sums), shuffled: bytes(shuffled) };
}

/** The vectors of all that was learnt, in its order. */
export function vectorsOf(learnt: readonly Learnt[]): SteeringVectors {
  const pairs = learnt.reduce((sum, one) => sum + one.pairs, 0);
  const mean = (of: 'sums' | 'shuffled') => {
    const all = learnt.map((one) => new Float64Array(copied(one[of])));
    return bytes(Float32Array.from(all[0] ?? [], (_, i) => (pairs === 0 ? 0 : all.reduce((sum, one) => sum + one[i], 0) / pairs)));
  };
  return { pairs, vector: mean('sums'), shuffled: mean('shuffled') };
}

/** By the row's key: whether the first token is right with each vector before each layer. */
export async function steer(
  prepared: Prepared, given: SteeringVectors, asked: AskedOf,
): Promise<Record<string, Record<string, Measure>>> {
  const { study, session: { loaded: { model } } } = asked;
  const { layers, width } = model.shape;
  const { factor } = study.steering!;
  const layered = (text: string) => {
    const all = new Float32Array(copied(text));
    return Array.from({ length: layers }, (_, layer) => all.slice(layer * width, (layer + 1) * width));
  };
  const vector = layered(given.vector);
  const shuffled = layered(given.shuffled).map((one, layer) => ofNorm(one, norm(vector[layer])));
  const scaled = (of: readonly Float32Array[], by: number) => of.map((one) => one.map((value) => by * value));
  const vectors: Record<VectorName, Float32Array[]> = {
    vector: scaled(vector, factor), opposite: scaled(vector, -factor), shuffled: scaled(shuffled, factor),
    random: scaled(vector.map((one, layer) => randomVector(width, norm(one), study.seed * layers + layer)), factor),
  };
  const found: Record<string, Record<string, Measure>> = {};
  const edits = steeredEdits(study, prepared);
  if (edits.length === 0) return found;
  for (const edit of [null, ...edits]) {
    asked.signal?.throwIfAborted();
    const text = textOf(prepared, edit);
    const read = await firstWord(text, prepared.program.id, asked);
    if (!read) continue;
    const changes = VECTORS.flatMap((name) => vectors[name].map((one, layer) => ({ layer, vector: one, add: true })));
    const next = await afterChanges(read, changes, asked);
    const rights = VECTORS.map((name, v) => [`steering.${name}`, next.slice(v * layers, (v + 1) * layers).map((token) => Number(token === read.truth))]);
    found[keyOf(prepared, text, edit ? toldOf(edit) : AS_IT_IS, asked)] = {
      'steering.half': halfOf(study, prepared.program), 'steering.before': Number(read.right), ...(Object.fromEntries(rights) as Record<string, Measure>),
    };
  }
  return found;
}

/** A vector of another norm; one of nothing stays so. */
function ofNorm(vector: Float32Array, length: number): Float32Array {
  const own = norm(vector);
  return own === 0 ? vector : vector.map((value) => (value * length) / own);
}

const bytes = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array) => Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** With a buffer of its own, which begins where numbers may. */
function copied(text: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(text, 'base64')).buffer;
}
