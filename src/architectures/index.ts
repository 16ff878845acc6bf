/** The model families, by config.json's `model_type`. */
import type { Architecture } from './architecture';
import { llama, llamaConfig } from './llama';

export * from './architecture';
export * from './sites';
export * from './llama';

const FAMILIES: Readonly<Record<string, (config: unknown) => Architecture>> = {
  llama: (config) => llama(llamaConfig(config)),
};

/** The architecture of a model, from its config.json; refuses families and options that it does not know. */
export function architectureFor(config: unknown): Architecture {
  const type = (config as { model_type?: unknown } | null)?.model_type;
  const family = typeof type === 'string' && Object.hasOwn(FAMILIES, type) ? FAMILIES[type] : undefined;
  if (!family) {
    throw new Error(`config.json: the model type ${JSON.stringify(type)} is not supported; known types: ${Object.keys(FAMILIES).join(', ')}`);
  }
  return family(config);
}
