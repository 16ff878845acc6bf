/** What latents, and the errors of their SAEs, write to the stream more in one run than in another. */
import { floats, sub, type FloatArray } from '../../graph';
import { residualsBefore, takeRows, type Model, type RunResult } from '../../model';
import { saeInput, type LoadedSae } from '../../sae';
import { blockSite, siteName, type SiteName } from '../../vocabulary/sites';
import type { Feature, LatentEdgeOptions } from './features';
import { residualsRead } from './reader-gradients';

export interface RunsOfLatents {
  /** The base's run, with what attention and MLPs read and what lies at each SAE's site; its cache. */
  readonly own: RunResult;
  /** The source's, at each SAE's site. */
  readonly there: RunResult;
  /** What changes at each SAE's site and at the embedding, [positions, width], 0 where a token has no counterpart. */
  readonly at: ReadonlyMap<SiteName, Float32Array>;
}

export async function runsOf(model: Model, { base, source, sourceOf, saes, signal }: LatentEdgeOptions): Promise<RunsOfLatents> {
  const { width } = model.shape;
  const sites = saes.map(({ site }) => site);
  const own = await model.run([base], { read: [...residualsBefore(model), ...residualsRead(model), ...sites], cache: true, signal });
  const there = await model.run([source], { read: [blockSite(0, 'hook_resid_pre'), ...sites], signal });
  const change = (name: SiteName) => {
    const [before, after] = [own.sites.get(name)!.data, there.sites.get(name)!.data];
    const found = new Float32Array(before.length);
    sourceOf.forEach((from, at) => {
      if (from !== null) for (let i = 0; i < width; i++) found[at * width + i] = after[from * width + i] - before[at * width + i];
    });
    return found;
  };
  const at = new Map<SiteName, Float32Array>(sites.map((site) => [siteName(site), change(siteName(site))]));
  at.set('hook_embed', change(siteName(blockSite(0, 'hook_resid_pre'))));
  return { own, there, at };
}

export interface ChangeAt {
  readonly position: number;
  /** [width] */
  readonly change: Float32Array;
}

/** What each node of an SAE would write more with its activation, or error, of the source; none of tokens without a counterpart. */
export async function changesAt<N extends Feature>(
  model: Model,
  sae: LoadedSae,
  nodes: readonly N[],
  { own, there }: Pick<RunsOfLatents, 'own' | 'there'>,
  sourceOf: readonly (number | null)[],
): Promise<(N & ChangeAt)[]> {
  const name = siteName(sae.site);
  const some = nodes.filter(({ position }) => sourceOf[position] !== null);
  const rows = (run: RunResult, positions: readonly number[]) => takeRows(run.sites.get(name)!, positions);
  const changes = await changesWritten(
    model, sae, some.map(({ latent }) => latent),
    rows(own, some.map(({ position }) => position)), rows(there, some.map(({ position }) => sourceOf[position]!)),
  );
  return some.map((node, i) => ({ ...node, change: changes[i] }));
}

/**
 * What a latent, or the error, writes more where its SAE reads one thing in the place of another, [width] each; the scale of an SAE that
 * normalises its input stays that of before for its latents.
 * @param latents of each row; null for the error
 * @param before [rows, width], at the SAE's site
 */
export async function changesWritten(
  model: Model,
  sae: LoadedSae,
  latents: readonly (number | null)[],
  before: FloatArray,
  after: FloatArray,
): Promise<Float32Array[]> {
  if (latents.length === 0) return [];
  const { dIn } = sae.config;
  const read = ({ data, shape }: FloatArray) => saeInput(sae, model, floats(data, [1, ...shape]));
  const [own, other] = [await read(before), await read(after)];
  const written: Float32Array[] = [];
  const put = (rows: readonly number[], { data }: FloatArray) =>
    rows.forEach((row, i) => (written[row] = data.subarray(i * dIn, (i + 1) * dIn)));
  const [ofLatents, ofErrors] = [true, false].map((is) => latents.flatMap((latent, row) => ((latent !== null) === is ? [row] : [])));
  if (ofLatents.length > 0) {
    const [x, source] = [takeRows(own, ofLatents), takeRows(other, ofLatents)];
    const distinct = [...new Set(ofLatents.map((row) => latents[row]!))];
    const [from, to] = [await sae.someLatents(x, distinct), await sae.someLatents(source, distinct)];
    const change = floats(new Float32Array(from.data.length), from.shape);
    ofLatents.forEach((row, i) => {
      const at = i * distinct.length + distinct.indexOf(latents[row]!);
      change.data[at] = to.data[at] - from.data[at];
    });
    put(ofLatents, await sae.decodeChange(change, distinct, x));
  }
  if (ofErrors.length > 0) {
    const { error } = await sae.run('change of error', { x: takeRows(own, ofErrors), source: takeRows(other, ofErrors) }, {}, (trace, { x, source }) => {
      const left = (of: typeof x) => sub(of, trace.decode(trace.encode(of), of));
      return { error: sub(left(source), left(x)) };
    });
    put(ofErrors, error as FloatArray);
  }
  return written;
}
