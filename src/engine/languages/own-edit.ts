/** Edits of a file as edits of the code that a model reads of it. */
import type { ProgramEdit } from '../../snippets/edits';
import { changed } from '../../snippets/judge/changes';
import type { TypeEdit } from '../../snippets/judge/judge';
import type { Program } from '../reading/program';

/** An edit of the file as one of the code that is read; undefined where it changes nothing of that. */
export function ownEdit({ source, hole }: Program, { kind, style, description, changes }: TypeEdit): ProgramEdit | undefined {
  const own = changes
    .filter(({ start, end }) => source.start <= start && end <= source.end)
    .map(({ start, end, replacement }) => ({ start: start - source.start, end: end - source.start, replacement }));
  if (own.length === 0 || own.some(({ start, end }) => start < hole!.end && end > hole!.start)) return undefined;
  const [start, end] = [own[0].start, own.at(-1)!.end];
  const variant = changed(source.code, own);
  return {
    kind: kind === 'rename' ? `rename-${style!}` : kind === 'remove' ? 'remove-annotation' : 'add-distractor',
    description, start, end, changes: own, original: source.code, variant,
    replacement: variant.slice(start, variant.length - (source.code.length - end)),
    line: source.code.slice(0, start).split('\n').length,
  };
}
