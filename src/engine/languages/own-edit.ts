/** Edits of a file as edits of the code that a model reads of it. */
import type { ProgramEdit } from '../../snippets/edits';
import { changed, moved, ordered } from '../../snippets/judge/changes';
import type { Dropped, TypeEdit } from '../../snippets/judge/judge';
import type { KeptEdits } from '../reading/knowledge';
import { rangeInCode, readRanges } from '../reading/moved-parts';
import type { Program } from '../reading/program';

/** What of a program's text the model reads. */
export function readOf({ source }: Program): { start: number; end: number }[] {
  return readRanges(source.parts ?? [{ at: 0, start: source.start, line: source.firstLine }], source.code.length);
}

/** An edit of the file as one of the code that is read; undefined where it changes nothing of that. */
function ownEdit({ source, hole }: Program, { kind, style, description, changes, names }: TypeEdit): ProgramEdit | undefined {
  const parts = source.parts ?? [{ at: 0, start: source.start, line: source.firstLine }];
  const own = changes.flatMap(({ replacement, ...range }) => {
    const read = rangeInCode(parts, source.code.length, range);
    return read ? [{ ...read, replacement }] : [];
  });
  if (own.length === 0 || own.some(({ start, end }) => start < hole!.end && end > hole!.start)) return undefined;
  const [start, end] = [own[0].start, own.at(-1)!.end];
  const variant = changed(source.code, own);
  return {
    kind: kind === 'rename' ? `rename-${style!}` : kind === 'remove' ? 'remove-annotation' : 'add-distractor',
    description, start, end, changes: own, original: source.code, variant,
    replacement: variant.slice(start, variant.length - (source.code.length - end)),
    line: source.code.slice(0, start).split('\n').length,
    names,
  };
}

/** Whether an edit changes one thing, be it in many places. */
const isSingle = ({ of, kind }: TypeEdit) => of !== 'several' || kind === 'distract';

/**
 * What a judge keeps, as edits of the code that is read.
 * @param verify whether several edits of the file at once leave the type as it is
 */
export function keptEdits(
  program: Program, { edits: kept, dropped }: { edits: readonly TypeEdit[]; dropped: Dropped },
  verify: (edits: readonly TypeEdit[], parts: readonly (readonly TypeEdit[])[], signal?: AbortSignal) => Promise<boolean[]>,
): KeptEdits {
  const of = new Map<ProgramEdit, TypeEdit>();
  for (const edit of kept) {
    const own = ownEdit(program, edit);
    if (own) of.set(own, edit);
  }
  const edits = [...of.keys()];
  const singles = edits.filter((own) => isSingle(of.get(own)!));
  const unread = kept.filter(isSingle).length - singles.length;
  return {
    edits, singles,
    refused: { ...dropped, unread, answer: 0 },
    async together(lists, signal) {
      const parts = lists.map((list) => list.map((own) => of.get(own)!));
      const joined = parts.map((some) => atOnce(some, program));
      const tried = joined.flatMap((edit, i) => (edit ? [{ edit, parts: parts[i] }] : []));
      const fit = await verify(tried.map(({ edit }) => edit), tried.map(({ parts: some }) => some), signal);
      const good = new Set(tried.filter((_, i) => fit[i]).map(({ edit }) => edit));
      return joined.map((edit, i) => {
        const own = edit && good.has(edit) ? ownEdit(program, edit) : undefined;
        const kinds = new Set(lists[i].map(({ kind }) => kind));
        return own ? { ...own, kind: kinds.size === 1 ? own.kind : 'several-edits' } : null;
      });
    },
  };
}

/** Null where they change the same place, touch the hole, or give one name to two things. */
function atOnce(edits: readonly TypeEdit[], { place }: Program): TypeEdit | null {
  const changes = ordered(edits.flatMap((edit) => edit.changes));
  const given = edits.flatMap(({ names }) => Object.values(names));
  if (edits.length === 0 || !changes || !moved(place!, changes) || new Set(given).size < given.length) return null;
  if (edits.length === 1) return edits[0];
  const names = Object.fromEntries(edits.flatMap((edit) => Object.entries(edit.names)));
  return { ...edits[0], of: 'several', name: '', description: edits.map(({ description }) => description).join('; '), changes, names };
}
