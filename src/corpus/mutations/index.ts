/** The mutations, in tables by what kind of mistake they are. */
import { edits } from '../rewriting/edits';
import { indentation } from './indentation';
import { lookups } from './lookups';
import type { Mutation } from './mutation';
import { names } from './names';
import { quiet } from './quiet';
import { runs } from './runs';
import { surroundings } from './surroundings';
import { syntax } from './syntax';
import { types } from './types';
import { values } from './values';
import { words } from './words';

export type { Mutation } from './mutation';

/** Every mutation, by what it is drawn for; the small edits of the seeds' family are among them. */
export const MUTATIONS: readonly Mutation[] = [
  ...syntax,
  ...words,
  ...indentation,
  ...names,
  ...lookups,
  ...types,
  ...values,
  ...surroundings,
  ...runs,
  ...quiet,
  ...edits.map(({ name, weight, apply }): Mutation => ({
    name: `seed edit: ${name}`,
    aims: 'NoError',
    weight: weight * 0.3,
    apply: (tree, random) => apply(tree.code, random),
  })),
];
