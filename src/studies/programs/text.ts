/** A program of a study, or an edit of it, as text with its truth. */
import type { Prepared, StudyEdit } from '../../protocol/studies/program';
import { changed, moved } from '../../snippets/judge/changes';

export interface AskedText {
  code: string;
  hole: { start: number; end: number } | null;
  truth: string;
}

/** The program as it is, or with one of its edits. */
export function textOf({ program }: Pick<Prepared, 'program'>, edit: StudyEdit | null): AskedText {
  const { code, hole, truth } = program;
  if (!edit) return { code, hole, truth: truth! };
  return { code: changed(code, edit.changes), hole: hole && moved(hole, edit.changes), truth: edit.truth };
}
