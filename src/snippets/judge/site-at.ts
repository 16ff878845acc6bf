/** Which place for a type a cursor means. */
import type { Range, TypeSite } from './messages';

const size = ({ start, end }: Range) => end - start;
const holds = ({ start, end }: Range, offset: number) => start <= offset && offset <= end;

/**
 * The annotation that it stands in, else what it names, else the parameter, variable or property around it, then the return type of the
 * function around it; the smallest of several. Null where it stands in nothing that has a type.
 * @param sites of the text without changes
 */
export function siteAt(sites: readonly TypeSite[], offset: number): TypeSite | null {
  const among = (range: (site: TypeSite) => Range | null, fits: (site: TypeSite) => boolean = () => true): TypeSite | undefined => {
    const found = sites.filter((site) => fits(site) && range(site) !== null && holds(range(site)!, offset));
    return found.sort((a, b) => size(range(a)!) - size(range(b)!))[0];
  };
  return (
    among(({ written, hole, removal }) => (written === null ? null : (removal ?? hole))) ??
    // An arrow function that is given to a variable has one name with it: the variable's type is written more seldom.
    among(({ nameRange }) => nameRange, ({ site }) => site !== 'variable') ??
    among(({ nameRange }) => nameRange) ??
    among(({ declaration }) => declaration, ({ site }) => site !== 'return') ??
    among(({ declaration }) => declaration) ??
    null
  );
}
