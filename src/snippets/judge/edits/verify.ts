/** Whether edits keep the type at a hole, by the compiler: the code still parses, has errors of the same codes, and the same type there. */
import { changed, moved } from '../changes';
import type { Asked, Kept, Range } from '../messages';
import { bare, ownerOf, printed, sameOwner, typeNodeAt, typeOf } from '../place';
import { parsed } from '../sites';
import { errorsOf, variantsOf, type Source, type Variant } from '../variants';

/** Variants that are in one program. */
const TOGETHER = 25;

/**
 * Verdicts in the order of the edits. Where nothing is written in the hole, the type is what the compiler infers without an annotation.
 * @param ready called once the original's errors and type are known
 */
export function* verified({ text, hole, tried, ...source }: Asked<'verify'>, ready: () => void): Generator<Kept> {
  const original = read(source, text, hole);
  const before = seen(variantsOf(source, [original.text])(0), original);
  const names = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
  ready();
  for (let from = 0; from < tried.length; from += TOGETHER) {
    const group = tried.slice(from, from + TOGETHER).map((edit) => {
      const range = moved(hole, edit.changes);
      return { ...edit, version: range && read(source, changed(text, edit.changes), range) };
    });
    const variants = variantsOf(source, group.map(({ version }) => version?.text ?? ''));
    for (const [i, { version, names: renamed }] of group.entries()) {
      if (!version || version.broken > original.broken) {
        yield { kept: false, why: 'syntax' };
        continue;
      }
      const after = seen(variants(i), version);
      const type = before.type?.replace(names, (name) => (Object.hasOwn(renamed, name) ? renamed[name] : name));
      yield before.errors !== after.errors ? { kept: false, why: 'errors' } : type !== after.type ? { kept: false, why: 'type' } : { kept: true, why: null };
    }
  }
}

/** The code as it is checked, without the colon before an empty hole. */
interface Version {
  text: string;
  broken: number;
  find: (variant: Variant) => string | undefined;
}

function read({ language }: Source, text: string, hole: Range): Version {
  const [before, after] = [text.slice(0, hole.start), text.slice(hole.end)];
  const without = text.slice(hole.start, hole.end).trim() === '' ? bare(language, before, after) : null;
  const whole = without?.text ?? text;
  const { parseDiagnostics } = parsed(language, whole) as unknown as { parseDiagnostics: readonly unknown[] };
  const find = ({ file, checker }: Variant): string | undefined => {
    if (!without) {
      const type = typeNodeAt(file, hole);
      return type && printed(checker, checker.getTypeFromTypeNode(type), type);
    }
    const marked = typeNodeAt(parsed(language, `${before}any${after}`), { start: hole.start, end: hole.start + 3 });
    const owner = marked && ownerOf(marked);
    if (!owner) return undefined;
    const start = owner.node.getStart();
    const same = sameOwner(file, owner, start < hole.start ? start : start - (without.to('any') - without.from));
    const type = same && typeOf(checker, same);
    return type && printed(checker, type);
  };
  return { text: whole, broken: parseDiagnostics.length, find };
}

const seen = (variant: Variant, version: Version) => ({
  type: version.find(variant),
  errors: errorsOf(variant).map(({ code }) => code).sort((a, b) => a - b).join(' '),
});
