/** A tiny random model of each family, large enough for the embedded model's tokenizer. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { architectureFor } from '../../src/architectures';
import { writeSafetensors } from '../../src/checkpoints/write-safetensors';
import { loadModel, type LoadedModel } from '../../src/engine/session/load';
import { GOLDEN_FAMILIES } from '../golden/fixture';
import { randomFloats } from '../graph/check';
import { saeFolder } from '../sae/kit';

const TRAINED = path.resolve('models/python-errors');
const FIXTURES = path.resolve('test/fixtures/golden/families');

type Config = Record<string, unknown>;
const configOf = (name: string) => JSON.parse(readFileSync(path.join(FIXTURES, name, 'config.json'), 'utf8')) as Config;

/** The first fixture of each model type. */
export const FAMILY_FIXTURES: readonly (readonly [type: string, fixture: string])[] = [
  ...new Map([...GOLDEN_FAMILIES].reverse().map((name) => [configOf(name).model_type as string, name])),
].reverse();

/** The fixture's configuration with more tokens, a longer context and weights drawn here. */
export async function familyModel(fixture: string): Promise<LoadedModel> {
  const folder = await saeFolder();
  const trained = JSON.parse(await readFile(path.join(TRAINED, 'config.json'), 'utf8')) as { vocab_size: number };
  const config = configOf(fixture);
  const text = (config.text_config ?? config) as Config;
  text.vocab_size = trained.vocab_size;
  for (const key of ['max_position_embeddings', 'n_positions', 'n_ctx']) if (key in text) text[key] = 160;
  if (text.sliding_window) text.sliding_window = 24; // shorter than the prompt, and wide enough for its end to depend on the code
  const tensors = [...architectureFor(config).weights].map(([name, shape]) => {
    // Matrices large enough for answers to differ; norms around 1, which Gemma stores as 0; small biases.
    const scale = shape.length > 1 ? 0.3 : 0.1;
    const around = shape.length === 1 && /(norm|ln_\w+)\.weight$/.test(name) && !/^gemma/.test(config.model_type as string) ? 1 : 0;
    return { name, shape, data: randomFloats(name, shape, scale).data.map((value) => value + around) };
  });
  await writeSafetensors(path.join(folder, 'model.safetensors'), tensors);
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
  for (const name of ['tokenizer.json', 'tokenizer_config.json']) await copyFile(path.join(TRAINED, name), path.join(folder, name));
  return loadModel(folder, { threads: 1 });
}
