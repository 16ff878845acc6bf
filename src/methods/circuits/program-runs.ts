/**
 * Runs of programs, read at all that circuits ask of them. Each is made once, as far as memory goes: scores, circuits of every size, edges
 * and claims are of the same pairs.
 */
import { sliceAxis, truncateCache, type Model, type RunResult } from '../../model';
import { blockSite, type BlockSite, type Site } from '../../vocabulary/sites';
import { isParallel } from './graph';

/** Numbers that are kept, of all runs together (256 MB); those made first stay, as pairs are gone through in one order again and again. */
const MOST_KEPT = 64e6;

export class ProgramRuns {
  private readonly kept = new Map<string, Promise<RunResult>>();
  private left = MOST_KEPT;

  constructor(readonly model: Model) {}

  /** With keys and values, and every layer's residual streams, heads' mixed values and what attention and MLP write. */
  async of(tokens: readonly number[], signal?: AbortSignal): Promise<RunResult> {
    const key = tokens.join();
    const known = this.kept.get(key);
    if (known) return known;
    const run = this.model.run([tokens], { read: sitesRead(this.model), cache: true, signal });
    const { layers, heads, headSize, width } = this.model.shape;
    const size = tokens.length * layers * (4 * width + 3 * heads * headSize);
    if (size > this.left) return run;
    this.left -= size;
    this.kept.set(key, run);
    run.catch(() => {
      this.left += size;
      this.kept.delete(key);
    });
    return run;
  }
}

function sitesRead(model: Model): Site[] {
  const sites: BlockSite[] = ['hook_resid_pre', 'attn.hook_z', 'hook_attn_out', ...(isParallel(model) ? [] : ['hook_resid_mid'] as const), 'hook_mlp_out'];
  return Array.from({ length: model.shape.layers }, (_, layer) => sites.map((site) => blockSite(layer, site))).flat();
}

/** A run from a position on, behind the keys and values of what stands before. @param run of one prompt, with its cache */
export function tailOf(run: RunResult, first: number): RunResult {
  if (first === 0) return run;
  const { positions } = run.layout;
  const tail = (from: RunResult['resid']) => sliceAxis(from, 1, first, positions);
  return {
    layout: { lengths: [positions - first], positions: positions - first },
    resid: tail(run.resid),
    sites: new Map([...run.sites].map(([name, value]) => [name, tail(value)])),
    past: truncateCache(run.cache!, first),
  };
}
