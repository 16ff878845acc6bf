/** Kinds of values that generated programs are about: their types, expressions that only they allow, and how they are named. */
import type { Kind } from '../row';

export const words = (text: string) => text.trim().split(/\s+/);

/** A type with what tells it from others; `v` stands for the value in what can be done with it. */
export interface Value {
  type: string;
  kind: Kind;
  /** Expressions that hardly any other type allows. */
  uses: readonly string[];
  /** Expressions of the type. */
  literals: readonly string[];
  /** Names that agree with it. */
  names: readonly string[];
  /** Types that check wherever it does. */
  admits?: readonly string[];
}

export const NEUTRAL = words('x value data item input arg it v val obj thing current target result y a b z entry element first second what given p q');
export const FUNCTIONS = words(`run handle update process compute load apply check build resolve show prepare convert collect visit scan fill merge
  read write send find make take put use test report render select change step finish begin enter leave follow`);
/** What a name says of the type of what it names. */
export type Naming = 'agrees' | 'neutral' | 'misleads';
