/** Attribution to all latents at once against really patching latents one by one, and an SAE's encoder against a plain MatMul. */
import { logitDifference, Model, readOut } from '../src/model';
import { attributeLatents } from '../src/methods/latents/attribution';
import { latentGradients } from '../src/methods/latents/gradients';
import { findSaes, openSae, saeInput, spliceHooks } from '../src/sae';
import { matmulFlops } from './matmul';
import { best } from './timing';
import { siteName } from '../src/vocabulary/sites';

export interface LatentFigures {
  saes: number;
  /** Of what one reads. */
  width: number;
  latents: number;
  tokens: number;
  /** Attribution to every latent of every SAE at every position. */
  attributionSeconds: number;
  /** The two plain runs of the model and the backward pass that it cannot do without. */
  leastSeconds: number;
  /** Really patching one latent, the whole model run for it. */
  patchSeconds: number;
  /** Latents that could have been patched in the time of the attribution to all. */
  patchesInThatTime: number;
  /** Of one SAE's encoder. */
  encodeGflops: number;
}

const TOP = 25;

export async function benchLatents(
  folder: string,
  saesFolder: string,
  tokens: number,
  runs: number,
  threads: number,
): Promise<LatentFigures> {
  const model = await Model.load(folder, { threads });
  const saes = await Promise.all((await findSaes(saesFolder)).map((sae) => openSae(sae, { threads })));
  const { vocabulary } = model.shape;
  const source = Array.from({ length: tokens }, (_, i) => (i * 7919 + 13) % vocabulary);
  const base = source.map((id, i) => (i === 0 ? (id + 1) % vocabulary : id));
  const metric = { positive: 5 % vocabulary, negative: 17 % vocabulary };
  const options = { saes, error: true, mode: 'pass-through' as const };
  const attribute = () => attributeLatents(model, { ...options, base, source, sourceOf: source.map((_, i) => i), metric, top: TOP });
  const { top } = await attribute(); // also opens the sessions
  const attributionSeconds = await best(runs, attribute);
  const least = async () => {
    await latentGradients(model, [base], logitDifference(metric.positive, metric.negative), { ...options, saes: saes.slice(0, 1) });
    await model.run([source]);
  };
  await least();
  const leastSeconds = await best(runs, least);

  const patch = async () => {
    for (const node of top) {
      const change = ({ data }: { data: Float32Array }) => void (data[node.position] = node.source);
      const hooks = spliceHooks([node.sae], model, { error: true, edit: () => ({ latents: [node.latent], change }) });
      const run = await model.run([base], { hooks });
      await readOut(model, run.resid, [tokens - 1], { topK: 1, answers: [metric.positive, metric.negative] });
    }
  };
  await patch();
  const patchSeconds = (await best(Math.max(1, Math.floor(runs / 2)), patch)) / top.length;

  const [sae] = saes;
  const { sites } = await model.run(Array.from({ length: 32 }, () => source), { read: [sae.site] });
  const x = await saeInput(sae, model, sites.get(siteName(sae.site))!);
  await sae.topLatents(x, TOP);
  const encodeSeconds = await best(runs, () => sae.topLatents(x, TOP));
  const encodeGflops = matmulFlops(x.shape[0], sae.config.dIn, sae.config.dSae) / encodeSeconds / 1e9;
  for (const each of saes) await each.release();
  await model.release();
  return {
    saes: saes.length, width: sae.config.dIn, latents: saes.reduce((sum, { config }) => sum + config.dSae, 0), tokens,
    attributionSeconds, leastSeconds, patchSeconds, patchesInThatTime: attributionSeconds / patchSeconds, encodeGflops,
  };
}
