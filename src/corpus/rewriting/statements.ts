import type { Random } from '../random';
import { mappingMakers, otherMakers } from './statements-mappings';
import { numberMakers } from './statements-numbers';
import { sequenceMakers } from './statements-sequences';
import { textMakers } from './statements-texts';
import type { Variable } from './variables';

/**
 * Statements that use an existing variable: pairs of near twins, one of which usually fails. Each maker gives a list
 * of alternatives that differ in little and usually in what Python raises.
 */
export function statementsFor(variable: Variable, random: Random): string[] {
  switch (variable.type) {
    case 'int':
    case 'float':
      return random.pick(numberMakers)(variable.name, variable.value, random);
    case 'str':
      return random.pick(textMakers)(variable.name, variable.value, random);
    case 'list':
    case 'tuple':
      return random.pick(sequenceMakers)(variable.name, variable.items, random);
    case 'dict':
      return random.pick(mappingMakers)(variable.name, variable.items, random);
    default:
      return random.pick(otherMakers)(variable.name, variable.items, random);
  }
}
