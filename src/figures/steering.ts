/** Figures of steering: the answers before and after, and how far each token's prediction was moved. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/result';
import type { Figure, Row } from './figure';
import { decimal, percent, plain } from './text';

export function steeringFigures({ reading: { tokens } }: Result, part: Part<'steering'>): Figure[] {
  const { before, after, random, metric, factor, layers, positions, divergence, ratio } = part;
  const later = (label: string) => after.answers.find((answer) => answer.label === label)!.probability;
  const difference = `logit(${plain(metric.positive)}) − logit(${plain(metric.negative)})`;
  return [
    {
      kind: 'table',
      name: 'steering',
      title: 'Answers before and after',
      about: `What the model answers when ${decimal(factor)} times the vector is added in ${layers.length === 1 ? `layer ${layers[0].layer}` : `${layers.length} layers`} at ${positions.length === 1 ? 'one token' : `${positions.length} tokens`}${random ? `, beside random vectors of the same norm (the mean of ${random.draws} draws)` : ''}.`,
      columns: [{ title: 'answer' }, { title: 'before', right: true }, { title: 'after', right: true }, { title: 'random vectors', right: true }],
      cells: [
        ...before.answers.map(({ label, probability }) => [plain(label), percent(probability), percent(later(label)), '']),
        [difference, decimal(before.difference), decimal(after.difference), random ? decimal(random.difference) : '–'],
      ],
      rows: () => [
        ...before.answers.map(({ label, probability }): Row => ({ answer: label, before: probability, after: later(label), random: null })),
        { answer: difference, before: before.difference, after: after.difference, random: random?.difference ?? null },
      ],
    },
    {
      kind: 'marks',
      name: 'steering-divergence',
      title: 'How far each prediction is moved',
      about: 'The divergence of what the steered model says behind each token from what it says without the vector.',
      unit: 'nats',
      marks: divergence.map((value, position) => ({ position, text: tokens[position].text, strength: value, note: positions.includes(position) ? 'added here' : '' })),
      rows: () => divergence.map((value, position): Row => {
        const at = positions.indexOf(position);
        return { position, token: tokens[position].text, divergence: value, added: at >= 0, ratio: at < 0 ? null : ratio[0][at] };
      }),
    },
  ];
}
