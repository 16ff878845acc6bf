/** Candidates for a hole: whether each is a type there, the same as the truth or more, and whether the program checks with it. */
import ts from 'typescript';
import { isType } from './cut';
import type { Asked, Range, Verdict } from './messages';
import { normalType } from './normal';
import { NO_PLACE } from './hole';
import { bare, ownerOf, printed, typeNodeAt } from './place';
import { errorsOf, isChecked, variantsOf, type Found, type Variant } from './variants';

/**
 * Verdicts in the order of the candidates. Errors are new against the program with the truth, or without one against the program without
 * the annotation; an error of the same code at the same place is not new.
 *
 * @param ready called once what all candidates are compared with is known
 * @throws a sentence where no type can stand there
 */
export function* judged({ before, after, truth, candidates, ...source }: Asked<'candidates'>, ready: () => void): Generator<Verdict> {
  const without = bare(source.language, before, after);
  const written = truth?.trim() ?? null;
  const fill = (type: string) => before + type + after;
  const types = candidates.map((candidate) => candidate.trim());
  const tried = [...new Set(types)];
  // All in one type, so that in each of them names mean the same.
  const together = [written ?? 'any', ...tried].filter((type) => isType(type));
  const tuple = `[${together.join(', ')}]`;
  const [BASE, MARKED, TOGETHER, FIRST] = [0, 1, 2, 3];
  const variants = variantsOf(source, [written === null ? (without?.text ?? '') : fill(written), fill('any'), fill(tuple), ...tried.map(fill)]);
  const marked = typeNodeAt(variants(MARKED).file, { start: before.length, end: before.length + 3 });
  if (!marked) throw new Error(NO_PLACE);
  const noTruth = written === null && without !== null && ownerOf(marked) !== undefined;
  const base = variants(written === null && !noTruth ? MARKED : BASE);
  const from = noTruth ? without.from : before.length;
  const to = noTruth ? without.from : before.length + (written ?? 'any').length;
  const known = new Set(errorsOf(base).map((error) => keyOf(error, from, to)));
  const checked = isChecked(base);
  const parsed = tried.map((type, i) => parses(variants(FIRST + i), before.length, type));
  const range = { start: before.length, end: before.length + tuple.length };
  const isPredicate = written !== null && together[0] !== written && isType(written, 'return');
  const isKnown = written !== null && together[0] === written;
  const relations = isKnown ? relationsOf(variants(TOGETHER), range, together) : isPredicate ? () => UNRELATED : undefined;
  ready();
  const verdicts = new Map<string, Omit<Verdict, 'candidate'>>();
  for (const [i, type] of types.entries()) {
    let verdict = verdicts.get(type);
    if (!verdict) {
      const at = tried.indexOf(type);
      const end = noTruth ? without.to(type) : before.length + type.length;
      const error = parsed[at] ? errorsOf(variants(FIRST + at)).find((one) => !known.has(keyOf(one, from, end))) : undefined;
      verdict = {
        parses: parsed[at],
        exact: written === null ? null : normalType(type) === normalType(written),
        ...(relations?.(type) ?? { equivalent: null, overGeneral: null, assignable: null }),
        checks: checked && parsed[at] ? error === undefined : parsed[at] ? null : false,
        error: error ? { code: error.code, message: error.message, line: error.line } : null,
      };
      if (verdict.exact) verdict = { ...verdict, equivalent: true, overGeneral: false, assignable: true };
      verdicts.set(type, verdict);
    }
    yield { candidate: candidates[i], ...verdict };
  }
}

/** Code and place, which is before the hole, in it, or so far behind it. */
function keyOf({ code, start }: Found, from: number, to: number): string {
  return `${code} ${start < from ? start : start <= to ? 'hole' : `+${start - to}`}`;
}

/** Whether it is one type there, and breaks nothing. */
function parses({ file }: Variant, start: number, type: string): boolean {
  return type !== '' && typeNodeAt(file, { start, end: start + type.length }) !== undefined;
}

type Relations = Pick<Verdict, 'equivalent' | 'overGeneral' | 'assignable'>;

/** A type and no type, or `x is T` and anything but itself. */
const UNRELATED: Relations = { equivalent: false, overGeneral: false, assignable: false };

/** How candidates are related to the first type of a tuple; undefined where that cannot stand there. */
function relationsOf({ file, checker }: Variant, range: Range, types: readonly string[]): ((type: string) => Relations) | undefined {
  const node = typeNodeAt(file, range);
  if (!node || !ts.isTupleTypeNode(node) || node.elements.length !== types.length) return undefined;
  const seen = (element: ts.TypeNode) => ({ type: checker.getTypeFromTypeNode(element), hollow: hollowness(checker, element) });
  const truth = seen(node.elements[0]);
  return (candidate) => {
    const at = types.lastIndexOf(candidate);
    if (at < 0) return UNRELATED;
    const { type, hollow } = seen(node.elements[at]);
    const [up, down] = [checker.isTypeAssignableTo(truth.type, type), checker.isTypeAssignableTo(type, truth.type)];
    // A number can be assigned to an enum of numbers, and is none.
    const [isOne, isOther] = [isEnum(truth.type), isEnum(type)];
    if (hollow === '' && truth.hollow === '') {
      return { equivalent: up && down && isOne === isOther, overGeneral: up && (!down || (isOne && !isOther)), assignable: down };
    }
    // `any`, and what is not known, can be assigned both ways: then both have to be the same.
    const equivalent = hollow === truth.hollow && printed(checker, type) === printed(checker, truth.type);
    const known = hollow.trim() === '';
    const wider = up && (!down || truth.hollow === '' || isEmpty(type)) && !isEmpty(truth.type);
    return { equivalent, overGeneral: known && !equivalent && wider, assignable: known && down };
  };
}

const isEnum = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.EnumLike) !== 0 || (type.isUnion() && type.types.some(isEnum));
const isEmpty = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;

/** '' of a type without `any`; else `any` as blanks, and the names and pieces of which the compiler makes nothing. */
function hollowness(checker: ts.TypeChecker, node: ts.TypeNode): string {
  let found = '';
  const visit = (at: ts.Node): void => {
    const type = ts.isTypeNode(at) ? checker.getTypeFromTypeNode(at) : undefined;
    if (type && type.flags & ts.TypeFlags.Any) found += (type as { intrinsicName?: string }).intrinsicName === 'any' ? ' ' : `${at.getText()} `;
    else ts.forEachChild(at, visit);
  };
  visit(node);
  return found;
}
