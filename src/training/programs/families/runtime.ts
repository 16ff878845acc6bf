import { families as assertions } from './runtime-assertions';
import { families as attributeClasses } from './runtime-attribute-classes';
import { families as attributeObjects } from './runtime-attribute-objects';
import { families as attributeValues } from './runtime-attribute-values';
import { families as division } from './runtime-division';
import { families as handlers } from './runtime-handlers';
import { families as iterators } from './runtime-iterators';
import { families as keys } from './runtime-keys';
import { families as names } from './runtime-names';
import { families as oneLiners } from './runtime-one-liners';
import { families as positions } from './runtime-positions';
import { families as programsClasses } from './runtime-programs-classes';
import { families as programsData } from './runtime-programs-data';
import { families as programsFunctions } from './runtime-programs-functions';
import { families as recursion } from './runtime-recursion';
import { families as recursionClasses } from './runtime-recursion-classes';
import { families as recursionSpecial } from './runtime-recursion-special';
import { families as scopes } from './runtime-scopes';
import type { SkeletonFamily } from './runtime-skeletons';
import { families as typeCalls } from './runtime-type-calls';
import { families as typeContainers } from './runtime-type-containers';
import { families as typeOperands } from './runtime-type-operands';
import { families as unboundLocals } from './runtime-unbound-locals';
import { families as unboundPaths } from './runtime-unbound-paths';
import { families as values } from './runtime-values';

/** Everything that goes wrong, or does not, while a program runs. */
export const families: SkeletonFamily[] = [
  ...assertions,
  ...attributeClasses,
  ...attributeObjects,
  ...attributeValues,
  ...division,
  ...handlers,
  ...iterators,
  ...keys,
  ...names,
  ...oneLiners,
  ...positions,
  ...programsClasses,
  ...programsData,
  ...programsFunctions,
  ...recursion,
  ...recursionClasses,
  ...recursionSpecial,
  ...scopes,
  ...typeCalls,
  ...typeContainers,
  ...typeOperands,
  ...unboundLocals,
  ...unboundPaths,
  ...values,
];
