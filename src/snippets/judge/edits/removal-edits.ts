/** Annotations that the code goes without, as edits: each, and all of them at once. */
import { moved } from '../changes';
import type { Range, TypeEdit, TypeSite } from '../messages';
import { fitting } from './rename-edits';

export type Removable = Pick<TypeSite, 'site' | 'name' | 'written' | 'removal'>;

/** @param sites that of the hole is left out, as are those that have to stay */
export function removalEdits(sites: readonly Removable[], hole: Range): TypeEdit[] {
  const others = sites.filter(({ removal }) => removal && moved(hole, [removal]));
  const edits = others.map(({ site, name, written, removal }): TypeEdit => ({
    kind: 'remove', style: null, of: site, name, changes: [removal!], names: {},
    description: `removed the ${site === 'return' ? 'return type' : 'type'} ${shortened(written!)} of \`${name}\``,
  }));
  if (edits.length < 2) return edits;
  const changes = edits.flatMap((edit) => edit.changes);
  const description = 'removed all other types';
  const all = fitting({ kind: 'remove', style: null, of: 'several', name: '', description, changes, names: {} }, hole);
  return all ? [all, ...edits] : edits;
}

const shortened = (type: string) => (type.length > 30 ? `${type.slice(0, 28)}…` : type);
