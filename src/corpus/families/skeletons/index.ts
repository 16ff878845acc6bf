import { families as assertions } from './assertions';
import { families as attributeClasses } from './attribute-classes';
import { families as attributeObjects } from './attribute-objects';
import { families as attributeValues } from './attribute-values';
import { families as division } from './division';
import { families as handlers } from './handlers';
import { families as iterators } from './iterators';
import { families as keys } from './keys';
import { families as names } from './names';
import { families as oneLiners } from './one-liners';
import { families as positions } from './positions';
import { families as programsClasses } from './programs-classes';
import { families as programsData } from './programs-data';
import { families as programsFunctions } from './programs-functions';
import { families as recursion } from './recursion';
import { families as recursionClasses } from './recursion-classes';
import { families as recursionSpecial } from './recursion-special';
import { families as scopes } from './scopes';
import type { SkeletonFamily } from '../../kits/skeletons/skeletons';
import { families as typeCalls } from './type-calls';
import { families as typeContainers } from './type-containers';
import { families as typeOperands } from './type-operands';
import { families as unboundLocals } from './unbound-locals';
import { families as unboundPaths } from './unbound-paths';
import { families as values } from './values';

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
