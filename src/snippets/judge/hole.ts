/** The type at a hole: what is written there, what that says, and what the compiler infers when nothing is written. */
import ts from 'typescript';
import type { Asked, HoleAnswer } from './messages';
import { bare, ownerOf, printed, sameOwner, typeNodeAt, typeOf, type Owner } from './place';
import { errorsOf, unresolvedOf, variantsOf, type Variant } from './variants';

/** Errors that are listed. */
const MOST_ERRORS = 50;

export const NO_PLACE = 'No type can stand at this place of the code.';

/** @throws a sentence where no type can stand there */
export function holeType({ before, after, written, ...source }: Asked<'hole'>): HoleAnswer {
  const text = written?.trim() ?? '';
  const without = bare(source.language, before, after);
  // Where nothing or no type is written, another type shows what it would be of.
  const variants = variantsOf(source, [before + (written ?? '') + after, `${before}any${after}`, without?.text ?? '']);
  const start = before.length + (written === null ? 0 : written.length - written.trimStart().length);
  const [asWritten, marked] = [variants(0), variants(1)];
  const type = text === '' ? undefined : typeNodeAt(asWritten.file, { start, end: start + text.length });
  const place = type ?? typeNodeAt(marked.file, { start: before.length, end: before.length + 3 });
  if (!place) throw new Error(NO_PLACE);
  const owner = ownerOf(place);
  const inferring = owner && without ? variants(2) : undefined;
  const stands = type || written?.trim() ? asWritten : (inferring ?? marked);
  const given = type && asWritten.checker.getTypeFromTypeNode(type);
  const width = type ? written!.length : 3;
  const inferred = inferring && inferredType(inferring, owner!, { from: without!.from, to: without!.to('x'.repeat(width)) });
  const errors = errorsOf(stands);
  return {
    site: owner?.site ?? null,
    name: owner?.name ?? null,
    written,
    declared: given ? (ts.isTypePredicateNode(type!) ? text : printed(asWritten.checker, given, type)) : null,
    inferred: inferred ? printed(inferring.checker, inferred) : null,
    any: emptiness(given ?? inferred),
    errors: errors.slice(0, MOST_ERRORS).map(({ code, message, line }) => ({ code, message, line })),
    errorCount: errors.length,
    unresolved: unresolvedOf(stands),
  };
}

/** @param left what the program without the annotation leaves out of the other one */
function inferredType({ file, checker }: Variant, owner: Owner, left: { from: number; to: number }): ts.Type | undefined {
  const at = owner.node.getStart();
  const same = sameOwner(file, owner, at < left.to ? at : at - (left.to - left.from));
  return same && typeOf(checker, same);
}

function emptiness(type: ts.Type | undefined): 'any' | 'unknown' | null {
  if (!type) return null;
  return type.flags & ts.TypeFlags.Any ? 'any' : type.flags & ts.TypeFlags.Unknown ? 'unknown' : null;
}
