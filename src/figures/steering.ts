/** Figures of steering: the answers before and after, and how far each token's prediction was moved. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import type { Figure, Row, TableFigure } from './kinds/figure';
import { decimal, percent, plain } from './kinds/text';
import { writtenTable } from './kinds/written';

export function steeringFigures({ reading: { tokens } }: Result, part: Part<'steering'>): Figure[] {
  const { before, after, random, metric, factor, layers, positions, divergence, ratio, heldOut } = part;
  const later = (label: string) => after.answers.find((answer) => answer.label === label)!.probability;
  const drawn = new Map(random?.answers.map(({ label, probability }) => [label, probability]));
  const byChance = (label: string) => drawn.get(label) ?? null;
  const chance = (label: string) => (drawn.has(label) ? percent(drawn.get(label)!) : '–');
  const addedAt = (position: number) => {
    const at = positions.indexOf(position);
    if (at < 0) return '';
    const mean = ratio.reduce((sum, row) => sum + row[at], 0) / ratio.length;
    return `added here (${percent(mean)})`;
  };
  const difference = `logit(${plain(metric.positive)}) − logit(${plain(metric.negative)})`;
  return [
    {
      kind: 'table',
      name: 'steering',
      title: 'Answers before and after',
      about: `What the model answers when ${decimal(factor)} times the vector is added in ${layers.length === 1 ? `layer ${layers[0].layer}` : `${layers.length} layers`} at ${positions.length === 1 ? 'one token' : `${positions.length} tokens`}${random ? `, beside random vectors of the same norm (the mean of ${random.draws} draws)` : ''}.`,
      columns: [{ title: 'answer' }, { title: 'before', right: true }, { title: 'after', right: true }, { title: 'random vectors', right: true }],
      cells: [
        ...before.answers.map(({ label, probability }) => [plain(label), percent(probability), percent(later(label)), chance(label)]),
        [difference, decimal(before.difference), decimal(after.difference), random ? decimal(random.difference) : '–'],
      ],
      rows: () => [
        ...before.answers.map(({ label, probability }): Row => {
          return { answer: label, before: probability, after: later(label), random: byChance(label) };
        }),
        { answer: difference, before: before.difference, after: after.difference, random: random?.difference ?? null },
      ],
    },
    {
      kind: 'marks',
      name: 'steering-divergence',
      title: 'How far each prediction is moved',
      about: 'The divergence of what the steered model says behind each token from what it says without the vector; where that is added, how long it is beside what is there.',
      unit: 'nats',
      marks: divergence.map((value, position) => ({ position, text: tokens[position].text, strength: value, note: addedAt(position) })),
      rows: () => divergence.map((value, position): Row => {
        const at = positions.indexOf(position);
        const ratios = layers.map(({ layer }, i) => [`ratioInLayer${layer}`, at < 0 ? null : ratio[i][at]] as const);
        return { position, token: tokens[position].text, divergence: value, added: at >= 0, ...Object.fromEntries(ratios) };
      }),
    },
    ...(heldOut ? [onHeldOut(heldOut)] : []),
    ...(before.written && after.written ? [writtenTable('steering', 'the vector', before.written, after.written)] : []),
  ];
}

/** What the vector does to programs that it was not made from. */
function onHeldOut({ set, programs, toward, away, difference, answered, agree, p }: NonNullable<Part<'steering'>['heldOut']>): TableFigure {
  const measures = [
    { measure: `answered ${plain(toward)}`, ...answered, format: (value: number) => `${value} of ${programs}` },
    { measure: `log p(${plain(toward)}) − log p(${plain(away)}), mean`, ...difference, format: (value: number) => decimal(value) },
  ];
  return {
    kind: 'table',
    name: 'steering-held-out',
    title: 'On programs that the vector was not made from',
    about:
      `${programs} of the ${set} ones, which the vector leads away from, steered where they were read; beside a random vector of the same norm for each. ` +
      `In ${agree} of ${programs} the difference goes further the vector’s way than with the random one (p = ${p.toPrecision(2)}, sign test).`,
    columns: [{ title: '' }, { title: 'before', right: true }, { title: 'after', right: true }, { title: 'random vectors', right: true }],
    cells: measures.map(({ measure, before, after, random, format }) => [measure, format(before), format(after), format(random)]),
    rows: () => measures.map(({ measure, before, after, random }): Row => ({ set, programs, measure, before, after, random, agree, p })),
  };
}
