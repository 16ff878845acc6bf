/** Labels that may break where words of a class's name meet. */
import { prose } from '../../src/figures/kinds/text';

/** A label with places where a line may break, between the words of a class's name; these are a `wbr` each. */
export function breakable(label: string): (Node | string)[] {
  return prose(label).split(/(?<=\p{Ll})(?=\p{Lu})/u).flatMap((word, i) => (i === 0 ? [word] : [document.createElement('wbr'), word]));
}
