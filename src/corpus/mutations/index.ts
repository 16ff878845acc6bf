import { edits } from '../../training/programs/mutation/edits';
import { indentation } from './indentation';
import { lookups } from './lookups';
import type { Mutation } from './mutation';
import { names } from './names';
import { syntax } from './syntax';
import { types } from './types';
import { values } from './values';

export type { Mutation } from './mutation';

/** Every mutation, by what it is drawn for; the small edits of the seeds' family are among them. */
export const MUTATIONS: readonly Mutation[] = [
  ...syntax,
  ...indentation,
  ...names,
  ...lookups,
  ...types,
  ...values,
  ...edits.map(({ name, weight, apply }): Mutation => ({
    name: `seed edit: ${name}`,
    aims: 'NoError',
    weight: weight * 0.3,
    apply: (tree, random) => apply(tree.code, random),
  })),
];
