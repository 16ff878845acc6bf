/** All families about the structure of a program: grammar, indentation, imports, files, order of execution. */
import type { Family } from '../../family';
import { families as checks } from './checks';
import { families as files } from './files';
import { families as filesModules } from './files-modules';
import { families as imports } from './imports';
import { families as importsContext } from './imports-context';
import { families as indentation } from './indentation';
import { families as order } from './order';
import { families as skeletonsFlow } from './correct-flow';
import { families as skeletonsFunctions } from './correct-functions';
import { families as skeletonsLayout } from './correct-layout';
import { families as skeletonsShort } from './correct-short';
import { families as syntaxHeaders } from './syntax-headers';
import { families as syntaxLanguages } from './syntax-languages';
import { families as syntaxNames } from './syntax-names';
import { families as syntaxPlaces } from './syntax-places';
import { families as syntaxStudy } from './syntax-study';
import { families as syntaxText } from './syntax-text';

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
