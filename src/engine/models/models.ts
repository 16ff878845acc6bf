/** The requests about getting and keeping models. They need no open model, and run beside whatever else does. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { architectureFor } from '../../architectures';
import type { EngineProgress, EngineRequests } from '../../protocol/engine';
import type { AskHub, Catalog, ListedModel, ModelList } from '../../protocol/models/models';
import { PACKAGE_MODELS, type PackageModel } from '../../vocabulary/package-models';
import { addModel, hubModel, type AddOptions } from '../../store/add';
import { modelFolders, type ModelFolders } from '../../store/places/folders';
import { listModels } from '../../store/list';
import { bytesOfFiles } from '../../store/places/model-folder';
import { removeModel } from '../../store/remove';
import { packageFolder, packageModelFolder } from '../session/load';
import { modelInfo } from './info';

interface Context {
  signal: AbortSignal;
  progress: (progress: EngineProgress) => void;
}

type About = 'listModels' | 'modelInfo' | 'catalog' | 'hubModel' | 'addModel' | 'removeModel';

export type ModelHandlers = {
  [Method in About]: (params: EngineRequests[Method]['checked'], context: Context) => Promise<EngineRequests[Method]['result']>;
};

/** @param folders where models are; the machine's own when left out */
export function modelHandlers(folders: ModelFolders = modelFolders()): ModelHandlers {
  return {
    listModels: () => listAllModels(folders),
    modelInfo: (params) => modelInfo(params, folders),
    catalog: () => readCatalog(),
    hubModel: async (params, { signal }) => hubModel(params.reference, { ...askOf(params), folders, signal, checkConfig }),
    addModel: async (params, { signal, progress }) => {
      const { reference } = params;
      const onProgress: AddOptions['onProgress'] = (download) => progress({ stage: `Downloading ${reference}`, download });
      return addModel(reference, { ...askOf(params), folders, signal, checkConfig, onProgress });
    },
    removeModel: async ({ reference }) => removeModel(reference, folders),
  };
}

/** Throws when a model with this config.json could not be opened, so that it is not downloaded for nothing. */
export function checkConfig(config: unknown): void {
  architectureFor(config);
}

/** The package's models and those that the store knows of. */
export async function listAllModels(folders: ModelFolders): Promise<ModelList> {
  const list = await listModels(folders);
  return { ...list, models: [...(await Promise.all(PACKAGE_MODELS.map(packageModel))), ...list.models] };
}

async function packageModel(reference: PackageModel): Promise<ListedModel> {
  const folder = packageModelFolder(reference);
  const bytes = await bytesOfFiles(folder);
  return { reference, place: 'package', format: 'safetensors', path: folder, bytes, commit: null, incomplete: false, removable: false };
}

/** models/catalog.json, which comes with the package; a test checks what is in it. */
export async function readCatalog(): Promise<Catalog> {
  return JSON.parse(await readFile(path.join(packageFolder(), 'models', 'catalog.json'), 'utf8')) as Catalog;
}

function askOf({ token, endpoint, proxy }: AskHub): Pick<AddOptions, 'token' | 'endpoint' | 'proxy'> {
  const { url, noProxy } = proxy ?? { url: null, noProxy: [] };
  return { token: token ?? null, endpoint: endpoint ?? null, proxy: { url: url ?? null, noProxy } };
}
