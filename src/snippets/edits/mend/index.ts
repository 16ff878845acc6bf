/** Repairs of an error whose cause is known: each is proposed where the cause is, and judged by running it. */
import type { EditFamily } from '../types';
import { mendedConversions } from './conversions';
import { mendedArguments, mendedAwaits, mendedNone, mendedRecursion, mendedReturns, mendedSelf } from './functions';
import { mendedGuards } from './guards';
import { mendedImports } from './imports';
import type { Mend } from './kit';
import { mendedIndices, mendedKeys } from './lookups';
import { mendedAttributes, mendedNames, mendedScopes } from './names';
import { mendedSyntax } from './syntax';

const MENDS: readonly Mend[] = [
  mendedSyntax,
  mendedNames,
  mendedScopes,
  mendedAttributes,
  mendedConversions,
  mendedKeys,
  mendedIndices,
  mendedAwaits,
  mendedSelf,
  mendedArguments,
  mendedReturns,
  mendedNone,
  mendedGuards,
  mendedImports,
  mendedRecursion,
];

export const mends: EditFamily = {
  kinds: MENDS.flatMap(({ kinds }) => kinds),
  *propose(tree, _, cause) {
    if (cause) for (const mend of MENDS) yield* mend.propose(tree, cause);
  },
};
