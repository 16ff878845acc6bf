/** The fixture model llama-gqa with SAEs at sites of it, open for all tests of a file. */
import path from 'node:path';
import { afterAll } from 'vitest';
import { Model } from '../../../src/model';
import { openSae, type LoadedSae } from '../../../src/sae';
import { writeSae, type SaeSpec } from '../../sae/kit';

export interface FixtureSaes {
  model: Model;
  sparse: LoadedSae[];
  /** All latents are active, so that differences are not taken across kinks or jumps, of which no gradient knows. */
  smooth: LoadedSae[];
}

/** Two SAEs for each spec. */
export async function openFixtureSaes(specs: readonly SaeSpec[]): Promise<FixtureSaes> {
  const model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
  const open = (change: SaeSpec) => Promise.all(specs.map(async (spec) => openSae(await writeSae({ ...spec, ...change }))));
  const smooth = await open({ offset: 8, gain: 0.3 });
  const sparse = await open({ architecture: 'topk' });
  afterAll(async () => {
    for (const sae of [...smooth, ...sparse]) await sae.release();
    await model.release();
  });
  return { model, sparse, smooth };
}
