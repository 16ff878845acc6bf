/** Several edits at once, made of those that keep the type one by one. */
import { moved, ordered } from '../changes';
import type { Range, TypeEdit } from '../messages';

/** Styles of which all names are changed at once. */
const STYLES = ['neutral', 'misleading'] as const;

/** All values, all types, and all names of a style; all other annotations. What would touch what another edit changes is left out. */
export function together(edits: readonly TypeEdit[], hole: Range): TypeEdit[] {
  const made: (TypeEdit | null)[] = [];
  for (const style of STYLES) {
    const fitting: TypeEdit[] = [];
    for (const edit of edits.filter((one) => one.kind === 'rename' && one.style === style)) {
      const [name] = Object.values(edit.names);
      const isNew = fitting.every(({ names }) => !Object.values(names).includes(name));
      if (isNew && ordered([...fitting, edit].flatMap(({ changes }) => changes))) fitting.push(edit);
    }
    const [types, values] = [fitting.filter(({ of }) => of === 'type'), fitting.filter(({ of }) => of !== 'type')];
    const way = `in the ${style} way`;
    made.push(joined(values, `renamed ${values.length} variables, parameters, functions and properties, ${way}`, hole));
    made.push(joined(types, `renamed ${types.length} types, ${way}`, hole));
    if (types.length > 0 && values.length > 0) made.push(joined(fitting, `renamed ${fitting.length} names, types among them, ${way}`, hole));
  }
  const removals = edits.filter(({ kind }) => kind === 'remove');
  made.push(joined(removals, `removed ${removals.length} other types`, hole));
  return made.filter((edit) => edit !== null);
}

/** Null for less than two, and where they do not go together. */
function joined(edits: readonly TypeEdit[], description: string, hole: Range): TypeEdit | null {
  const changes = ordered(edits.flatMap((edit) => edit.changes));
  if (edits.length < 2 || !changes || !moved(hole, changes)) return null;
  const names = Object.fromEntries(edits.flatMap((edit) => Object.entries(edit.names)));
  return { ...edits[0], of: 'several', name: '', description, changes, names };
}
