/** All families about the structure of a program: grammar, indentation, imports, files, order of execution. */
import type { Family } from '../family';
import { families as imports } from './structure-imports';
import { families as files } from './structure-files';
import { families as syntax } from './structure-syntax';
import { families as order } from './structure-order';
import { families as indentation } from './structure-indentation';
import { families as flow } from './structure-skeletons-flow';
import { families as functions } from './structure-skeletons-functions';
import { families as layout } from './structure-skeletons-layout';
import { families as short } from './structure-skeletons-short';

export const families: Family[] = [...short, ...flow, ...functions, ...layout, ...imports, ...files, ...indentation, ...order, ...syntax];
