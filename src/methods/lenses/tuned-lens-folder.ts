/**
 * Tuned lenses in folders, in the format of the package `tuned-lens`: config.json, and a translator for each layer as `0.weight`,
 * `0.bias`, … in params.safetensors. (The package itself keeps them in params.pt, a pickle, which can run code when it is read.) What
 * `train lens` writes has a card beside them: whose lens it is and how well it does.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FloatDtype } from '../../checkpoints/dtype';
import { readSafetensorsHeader, readTensor, type StoredTensor } from '../../checkpoints/safetensors';
import { isObject, parseJson } from '../../checkpoints/strict-json';
import { writeSafetensors } from '../../checkpoints/write-safetensors';
import { floats, type FloatArray } from '../../graph';
import type { Translator } from './tuned-lens';

const [CONFIG, PARAMS, CARD] = ['config.json', 'params.safetensors', 'card.json'];
const LENS_TYPE = 'linear_tuned_lens';
/** A config has seven fields, and a card a few for each layer. */
const MOST_JSON = 5_000_000;

/** Mean KL(model ‖ lens) in nats over tokens of held-out programs, and over the last tokens of their prompts. */
export interface LensDivergence {
  tokens: number;
  last: number;
}

/** What a lens is of, and how far it is from the model's own prediction. */
export interface LensCard {
  format: 'latent-lens/tuned-lens';
  version: 1;
  model: { id: string; sha256: string };
  /** The question's id. */
  template: string;
  training: { data: string[]; steps: number; batch: number; rate: number; lastWeight?: number; seed: number };
  heldOut: { programs: number; tokens: number };
  /** For each layer's translator: by the logit lens (before) and by the tuned lens (after), in the order of the translators. */
  layers: { before: LensDivergence; after: LensDivergence }[];
}

export interface StoredLens {
  folder: string;
  /** One for each layer, see `translatedSites`. */
  translators: Translator[];
  /** Null for a lens that was made elsewhere. */
  card: LensCard | null;
}

/** The model that a lens has to fit. */
export interface LensModel {
  sha256: string;
  width: number;
  layers: number;
}

/** Whether a folder holds a lens, of whatever kind. */
export async function holdsLens(folder: string): Promise<boolean> {
  return (await isFile(path.join(folder, CONFIG))) && ((await isFile(path.join(folder, PARAMS))) || (await isFile(path.join(folder, 'params.pt'))));
}

/** @throws a sentence that names the file, where it is missing, damaged or of another model */
export async function readTunedLens(folder: string, model: LensModel): Promise<StoredLens> {
  const [config, params] = [path.join(folder, CONFIG), path.join(folder, PARAMS)];
  if (!(await isFile(config))) throw new Error(`${folder} holds no tuned lens: it has no ${CONFIG}. Train one: latent-lens train lens.`);
  if (!(await isFile(params))) {
    const pickled = await isFile(path.join(folder, 'params.pt'));
    const why = pickled
      ? `params.pt is a pickle, which can run code when it is read. Where you trust it, save it as ${PARAMS} beside it, in Python: safetensors.torch.save_file(torch.load("params.pt"), "${PARAMS}")`
      : `it has no ${PARAMS}. Train it anew: latent-lens train lens`;
    throw new Error(`${folder}: ${why}.`);
  }
  checkConfig(config, await readJson(config), model);
  const card = await readCard(path.join(folder, CARD), model);
  const { tensors } = await readSafetensorsHeader(params);
  const read = async (name: string, shape: readonly number[], optional = false): Promise<FloatArray> => {
    const tensor: StoredTensor | undefined = tensors.get(name);
    if (!tensor && optional) return floats(new Float32Array(shape.reduce((a, b) => a * b)), shape);
    if (tensor?.shape.join() !== shape.join()) {
      throw new Error(`${params}: '${name}' ${tensor ? `is [${tensor.shape.join(', ')}]` : 'is missing'}, and a lens of this model has [${shape.join(', ')}] there.`);
    }
    const data = await readTensor(tensor);
    if (!data.every(Number.isFinite)) throw new Error(`${params}: '${name}' holds something that is no finite number.`);
    return floats(data, shape);
  };
  const { width, layers } = model;
  const translators: Translator[] = [];
  for (let layer = 0; layer < layers; layer++) {
    translators.push({ weight: await read(`${layer}.weight`, [width, width]), bias: await read(`${layer}.bias`, [width], true) });
  }
  return { folder, translators, card };
}

/** Writes config.json and params.safetensors. */
export async function writeTunedLens(
  folder: string,
  translators: readonly Translator[],
  modelName: string,
  dtype: FloatDtype,
): Promise<void> {
  const [width] = translators[0].bias.shape;
  const tensors = translators.flatMap((translator, layer) =>
    (['weight', 'bias'] as const).map((name) => ({ name: `${layer}.${name}`, shape: translator[name].shape, data: translator[name].data })),
  );
  await writeSafetensors(path.join(folder, PARAMS), tensors, { dtype, metadata: { format: 'pt' } });
  await writeJson(path.join(folder, CONFIG), {
    base_model_name_or_path: modelName, d_model: width, num_hidden_layers: translators.length, bias: true,
    base_model_revision: null, unembed_hash: null, lens_type: LENS_TYPE,
  });
}

export function writeLensCard(folder: string, card: LensCard): Promise<void> {
  return writeJson(path.join(folder, CARD), card);
}

function checkConfig(file: string, config: unknown, { width, layers }: LensModel): void {
  const { d_model, num_hidden_layers, lens_type = LENS_TYPE } = isObject(config) ? config : {};
  if (lens_type !== LENS_TYPE) throw new Error(`${file}: the lens_type is none that is known here; it must be ${LENS_TYPE}.`);
  if (!Number.isSafeInteger(d_model) || !Number.isSafeInteger(num_hidden_layers)) {
    throw new Error(`${file} is not the config of a tuned lens: d_model and num_hidden_layers must be whole numbers.`);
  }
  if (d_model !== width || num_hidden_layers !== layers) {
    const [its, ours] = [`${num_hidden_layers as number} layers of width ${d_model as number}`, `${layers} of width ${width}`];
    throw new Error(`${file}: the lens is for a model with ${its}, and the model in use has ${ours}. Name the lens of this model, or train one: latent-lens train lens.`);
  }
}

async function readCard(file: string, model: LensModel): Promise<LensCard | null> {
  if (!(await isFile(file))) return null;
  const card = await readJson(file);
  if (!isCard(card, model.layers)) throw new Error(`${file} is not the card of a tuned lens of ${model.layers} layers. Train the lens anew: latent-lens train lens.`);
  if (card.model.sha256 !== model.sha256) {
    throw new Error(`${file}: the lens was trained for other weights than those of the model in use. Open that model, or train one for this: latent-lens train lens.`);
  }
  return card;
}

function isCard(card: unknown, layers: number): card is LensCard {
  const isDivergence = (value: unknown) => isObject(value) && Number.isFinite(value.tokens) && Number.isFinite(value.last);
  return (
    isObject(card) && card.format === 'latent-lens/tuned-lens' && card.version === 1 &&
    isObject(card.model) && typeof card.model.sha256 === 'string' &&
    isObject(card.heldOut) && Number.isSafeInteger(card.heldOut.programs) && Number.isSafeInteger(card.heldOut.tokens) &&
    Array.isArray(card.layers) && card.layers.length === layers &&
    card.layers.every((layer) => isObject(layer) && isDivergence(layer.before) && isDivergence(layer.after))
  );
}

async function readJson(file: string): Promise<unknown> {
  const { size } = await stat(file);
  if (size > MOST_JSON) throw new Error(`${file} is ${size} bytes, too many for a file of a tuned lens.`);
  try {
    return parseJson(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}.`, { cause: error });
  }
}

function writeJson(file: string, value: object): Promise<void> {
  return writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

function isFile(file: string): Promise<boolean> {
  return stat(file).then((info) => info.isFile(), () => false);
}
