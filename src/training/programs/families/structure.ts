/** All families about the structure of a program: grammar, indentation, imports, files, order of execution. */
import type { Family } from '../family';
import { families as checks } from './structure-checks';
import { families as files } from './structure-files';
import { families as filesModules } from './structure-files-modules';
import { families as imports } from './structure-imports';
import { families as importsContext } from './structure-imports-context';
import { families as indentation } from './structure-indentation';
import { families as order } from './structure-order';
import { families as skeletonsFlow } from './structure-skeletons-flow';
import { families as skeletonsFunctions } from './structure-skeletons-functions';
import { families as skeletonsLayout } from './structure-skeletons-layout';
import { families as skeletonsShort } from './structure-skeletons-short';
import { families as syntaxHeaders } from './structure-syntax-headers';
import { families as syntaxLanguages } from './structure-syntax-languages';
import { families as syntaxNames } from './structure-syntax-names';
import { families as syntaxPlaces } from './structure-syntax-places';
import { families as syntaxStudy } from './structure-syntax-study';
import { families as syntaxText } from './structure-syntax-text';

export const families: Family[] = [
  ...skeletonsShort,
  ...skeletonsFlow,
  ...skeletonsFunctions,
  ...skeletonsLayout,
  ...imports,
  ...importsContext,
  ...files,
  ...filesModules,
  ...indentation,
  ...order,
  ...checks,
  ...syntaxStudy,
  ...syntaxNames,
  ...syntaxText,
  ...syntaxHeaders,
  ...syntaxPlaces,
  ...syntaxLanguages,
];
