/** What a steering vector repairs and breaks by layer, beside vectors that should do nothing of the kind. */
import type { ReportRow, ReportSection } from '../../protocol/studies/report';
import { ORIGINAL, type StudyRow } from '../../protocol/studies/rows';
import type { Study } from '../../protocol/studies/study';
import { VECTORS, type VectorName } from '../asking/steering';
import { mcNemar } from '../statistics/paired';
import type { Interval } from '../statistics/interval';
import { curvesFigure } from './curves';
import { grouped, rateOf } from './rates';
import { chance, count, flat, shareWithin } from './words';

const WORDS: Record<VectorName, string> = {
  vector: 'steering vector', random: 'random vector of its norm', shuffled: 'signs drawn at random', opposite: 'opposite vector',
};
/** A program that is right with a vector before a layer. */
const rightAt = (row: StudyRow, name: VectorName, layer: number) => (row.measures![`steering.${name}`] as number[])[layer] === 1;
const before = (row: StudyRow) => row.measures!['steering.before'] === 1;

export function steeringSection(rows: readonly StudyRow[], { steering, seed }: Study): ReportSection | null {
  if (steering === null) return null;
  const steered = rows.filter(({ measures }) => Array.isArray(measures?.['steering.vector']));
  if (steered.length === 0) return { id: 'steering', title: 'Steering', findings: [NONE], figures: [] };
  const made = [...grouped(steered, ({ model }) => model)].map(([model, some]) => ofModel(model, some, seed));
  return {
    id: 'steering', title: 'Steering',
    findings: made.flatMap(({ findings }) => findings),
    figures: [...made.flatMap(({ figures }) => figures), {
      kind: 'table', name: 'steering', title: 'Steering by layer', rows: made.flatMap((one) => one.rows),
      about: 'Of programs that were not used to make the vectors: those that fail after an edit and are right with the vector before a layer, and those that are right as they are and wrong with it. By the first token of the answer, with 95 % intervals.',
      columns: [{ title: 'model' }, { title: 'vector' }, { title: 'layer', right: true }, { title: 'repaired', right: true }, { title: 'broken', right: true }],
      cells: made.flatMap((one) => one.cells),
    }],
  };
}

const NONE = 'No vector could be made: among the programs of one half the model is right about none that it fails at after an edit.';

function ofModel(model: string, rows: readonly StudyRow[], seed: number) {
  const of = (half: string, original: boolean) =>
    rows.filter((row) => row.measures!['steering.half'] === half && (row.condition === ORIGINAL) === original && before(row) === original);
  const [failing, right] = [of('measuring', false), of('measuring', true)];
  const making = of('making', false);
  const layers = (rows[0].measures!['steering.vector'] as number[]).map((_, layer) => layer);
  const rate = (some: readonly StudyRow[], name: VectorName, layer: number, hit: boolean) =>
    rateOf(some, (row) => rightAt(row, name, layer) === hit, seed);
  const all = VECTORS.flatMap((name) => layers.map((layer) => ({
    name, layer, repaired: rate(failing, name, layer, true), broken: rate(right, name, layer, false),
  })));
  const points = layers.map(String);
  const curves = (some: readonly StudyRow[], hit: boolean) => VECTORS.map((name) => ({
    label: WORDS[name], rows: some, of: (row: StudyRow) => layers.map((layer) => Number(rightAt(row, name, layer) === hit)),
  }));
  const shares = layers.map((layer) => making.filter((row) => rightAt(row, 'vector', layer)).length);
  const best = shares.indexOf(Math.max(...shares));
  return {
    findings: [findingOf(model, best, { failing, right }, (name) => all.find((one) => one.name === name && one.layer === best)!)],
    figures: [
      curvesFigure({ name: `steering-repaired-${model}`, title: `${model}: repaired`, unit: 'share', points, about: 'Edited programs that the model fails at and that are right with a vector added before a layer.' }, curves(failing, true), seed),
      curvesFigure({ name: `steering-broken-${model}`, title: `${model}: broken`, unit: 'share', points, about: 'Programs that the model is right about and that are wrong with a vector added before a layer.' }, curves(right, false), seed),
    ],
    cells: all.map(({ name, layer, repaired, broken }) => [model, WORDS[name], String(layer), shareWithin(repaired), shareWithin(broken)]),
    rows: all.map(({ name, layer, repaired, broken }): ReportRow => ({ model, vector: name, layer, chosen: layer === best, ...flat('repaired', repaired), ...flat('broken', broken) })),
  };
}

function findingOf(
  model: string, layer: number, { failing, right }: { failing: readonly StudyRow[]; right: readonly StudyRow[] },
  at: (name: VectorName) => { repaired: Interval | null; broken: Interval | null },
): string {
  const where = `${model} before layer ${layer}, where the vector repairs most of the half that it was made of`;
  if (failing.length === 0) return `${where}: the other half has no edited program that the model fails at.`;
  const [own, random] = [(row: StudyRow) => rightAt(row, 'vector', layer), (row: StudyRow) => rightAt(row, 'random', layer)];
  const { p } = mcNemar(failing.filter((row) => random(row) && !own(row)).length, failing.filter((row) => own(row) && !random(row)).length);
  const others = (['random', 'shuffled', 'opposite'] as const).map((name) => `${WORDS[name]} ${shareWithin(at(name).repaired)}`).join(', ');
  const more = p < 0.05 ? `, which is another rate than the random one’s (p ${chance(p)})` : ', which chance alone may do';
  const broken = right.length === 0 ? '' : ` Of ${count(right.length)} that were right it breaks ${shareWithin(at('vector').broken)}, the random one ${shareWithin(at('random').broken)}.`;
  return `${where}: of ${count(failing.length)} edited programs of the other half that it fails at ${shareWithin(at('vector').repaired)} are repaired${more}; ${others}.${broken}`;
}
