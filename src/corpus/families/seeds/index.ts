import { seeds as algorithms1 } from './algorithms1';
import { seeds as algorithms2 } from './algorithms2';
import { seeds as basics1 } from './basics1';
import { seeds as basics2 } from './basics2';
import { seeds as classes1 } from './classes1';
import { seeds as classes2 } from './classes2';
import { seeds as dicts1 } from './dicts1';
import { seeds as dicts2 } from './dicts2';
import { seeds as everyday1 } from './everyday1';
import { seeds as everyday2 } from './everyday2';
import { seeds as everyday3 } from './everyday3';
import { seeds as everyday4 } from './everyday4';
import { seeds as functions1 } from './functions1';
import { seeds as functions2 } from './functions2';
import { seeds as iteration1 } from './iteration1';
import { seeds as iteration2 } from './iteration2';
import { seeds as lists1 } from './lists1';
import { seeds as lists2 } from './lists2';
import { seeds as modules1 } from './modules1';
import { seeds as modules2 } from './modules2';
import { seeds as projects1 } from './projects1';
import { seeds as projects2 } from './projects2';
import { seeds as projects3 } from './projects3';
import { seeds as rare1 } from './rare1';
import { seeds as rare2 } from './rare2';
import { seeds as rare3 } from './rare3';
import { seeds as scopes1 } from './scopes1';
import { seeds as scopes2 } from './scopes2';
import { seeds as scopes3 } from './scopes3';
import { seeds as texts1 } from './texts1';
import { seeds as texts2 } from './texts2';
import { seeds as tutorials1 } from './tutorials1';
import { seeds as tutorials2 } from './tutorials2';
import { seeds as tutorials3 } from './tutorials3';
import { parseSeeds, type SeedProgram } from './parse';

export type { SeedProgram } from './parse';

/** All hand-written programs: varied short Python as people type it, with and without errors. */
export const seedPrograms: readonly SeedProgram[] = [
  algorithms1,
  algorithms2,
  basics1,
  basics2,
  classes1,
  classes2,
  dicts1,
  dicts2,
  everyday1,
  everyday2,
  everyday3,
  everyday4,
  functions1,
  functions2,
  iteration1,
  iteration2,
  lists1,
  lists2,
  modules1,
  modules2,
  projects1,
  projects2,
  projects3,
  rare1,
  rare2,
  rare3,
  scopes1,
  scopes2,
  scopes3,
  texts1,
  texts2,
  tutorials1,
  tutorials2,
  tutorials3,
].flatMap(parseSeeds);
