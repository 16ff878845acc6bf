/** Figures of an intervention. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import type { Figure, Row } from './kinds/figure';
import { decimal, percent, shorten } from './kinds/text';
import { latentName } from '../vocabulary/latent-name';

export function interventionFigures(_: Result, { changes, before, after, change, generated }: Part<'intervention'>): Figure[] {
  const of = ({ answers }: typeof before, label: string) => answers.find((answer) => answer.label === label)!;
  const rows = change.map(({ label, probability, logit }): Row & { answer: string } => ({
    answer: label, before: of(before, label).probability, after: of(after, label).probability, probability, logit,
  }));
  return [
    {
      kind: 'table',
      name: 'intervention',
      title: 'Answers before and after',
      about: `What the model answers when ${changes.length === 1 ? latentName(changes[0]) : `${changes.length} latents`} ${changes.length === 1 ? 'is' : 'are'} changed.`,
      columns: [{ title: 'answer' }, { title: 'before', right: true }, { title: 'after', right: true }, { title: 'change of the logit', right: true }],
      cells: change.map(({ label, logit }) => {
        return [label, percent(of(before, label).probability), percent(of(after, label).probability), decimal(logit)];
      }),
      rows: () => rows,
    },
    ...(generated
      ? [{
          kind: 'table' as const,
          name: 'written',
          title: 'Written after the question',
          about: 'What the model writes, always taking the most probable token.',
          columns: [{ title: '' }, { title: 'text' }],
          cells: [['before', shorten(generated.before, 200)], ['after', shorten(generated.after, 200)]],
          rows: () => [{ before: generated.before, after: generated.after }],
        }]
      : []),
  ];
}
