/**
 * From → to: activations from any places of runs put into any places of another run (pyvene's interchange between units, Wu et al. 2024;
 * Patchscopes, Ghandeharioun et al. 2024, arXiv 2401.06102).
 *
 *   replace     target := mean of the sources
 *   add         target := target + factor · mean of the sources
 *   difference  target := target + factor · (mean of the sources − what stands there in the unpatched run)
 *
 * where a source may be mapped by an affine map first (Ghandeharioun et al. 2024 have one for each pair of layers).
 * A patched place lies in the prompt: it is set once while the prompt is read, and what is written later sees it through the cache.
 */
import { residualsBefore, type Hook, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type PatchSite } from '../../vocabulary/sites';
import { vectorSize } from './axes';
import { drawn } from './plan';
import { Sweep, TOKENS_AT_ONCE, type Patch, type Put } from './sweep';

/** Tokens of a matrix's batches: bounds memory; blocks run in smaller parts. */
const MATRIX_TOKENS = 4 * TOKENS_AT_ONCE;

export interface Spot {
  readonly layer: number;
  /** A position of the prompt, from 0. */
  readonly position: number;
  /** That of the options where left out. */
  readonly site?: PatchSite;
}

/** The activation at a spot of one of the prompts, by its number among them. */
export interface SourceSpot extends Spot {
  readonly prompt: number;
}

export type How = 'replace' | 'add' | 'difference';

export interface Transplant {
  /** One, or several whose mean is taken. */
  readonly from: readonly SourceSpot[];
  readonly to: Spot;
}

export interface FromToOptions {
  /** Token ids. */
  readonly prompts: readonly (readonly number[])[];
  /** Which of them is changed. */
  readonly into: number;
  readonly site: PatchSite;
  readonly how: How;
  /** Of `add` and `difference`. */
  readonly factor?: number;
  /** What is made of each vector that is read, before means are taken; nothing where left out. */
  readonly map?: (vector: Float32Array, from: SourceSpot) => Float32Array;
  /** Sites of spots that name others than `site`. */
  readonly sites?: readonly PatchSite[];
  readonly signal?: AbortSignal;
}

/** What one transplant does to its place. */
export interface Moved {
  /** Whether any number there is another than in the unpatched run. */
  readonly changed: boolean;
  /** The length of the change, as a share of the length of what stands there unpatched; null where that is 0. */
  readonly ratio: number | null;
}

/** A vector that goes to a place. */
interface Placed {
  readonly to: Spot;
  readonly vector: Float32Array;
}

/** Runs that were read for transplants at one site, and what is made from them. */
export class FromTo {
  private constructor(
    private readonly model: Model,
    private readonly options: FromToOptions,
    /** By prompt: have read the site at every layer; the changed one the residual stream before every layer too, with its cache. */
    private readonly runs: readonly RunResult[],
  ) {}

  /** @throws a sentence where the model has no such site */
  static async read(model: Model, options: FromToOptions): Promise<FromTo> {
    const { prompts, into, site, sites: others = [], signal } = options;
    const read = [...new Set([site, ...others])];
    const sites = read.flatMap((one) => Array.from({ length: model.shape.layers }, (_, layer) => blockSite(layer, one)));
    const runs: RunResult[] = [];
    for (const [i, prompt] of prompts.entries()) {
      const before = i === into && !read.includes('hook_resid_pre') ? residualsBefore(model) : [];
      runs.push(await model.run([prompt], { read: [...before, ...sites], cache: i === into, signal }));
    }
    return new FromTo(model, options, runs);
  }

  /**
   * Edits for a run of the changed prompt and what follows it, as `generate` and `predict` take them, and what each does to its place.
   * Where no number is another there are none, so that the run is the unpatched one to the bit.
   */
  patch(transplants: readonly Transplant[]): { hooks: (start: number) => readonly Hook[]; moved: Moved[] } {
    const puts = transplants.map((one) => this.put(one));
    const moved = puts.map((one) => this.moved(one));
    const hooks = moved.some(({ changed }) => changed) ? this.hooks([puts]) : [];
    return { hooks: (start) => (start === 0 ? hooks : []), moved };
  }

  /**
   * The same transplants from other positions of their prompts, drawn the same for the same prompts: edits for a batch of as many rows.
   * @returns fewer rows where there are fewer other positions; none where there is no other
   */
  controls(transplants: readonly Transplant[], count: number): { hooks: Hook[]; rows: number } {
    const others = transplants.map(({ from }) => from.map(({ prompt, position }) => {
      const all = this.options.prompts[prompt].map((_, at) => at).filter((at) => at !== position);
      return drawn(all, count);
    }));
    const rows = Math.min(...others.flat().map(({ length }) => length));
    const batch = Array.from({ length: rows }, (_, row) =>
      transplants.map(({ from, to }, i) => this.put({ to, from: from.map((spot, j) => ({ ...spot, position: others[i][j][row] })) })));
    return { hooks: this.hooks(batch), rows };
  }

  /**
   * Every layer's activation at one place put into every layer at another, in batches that climb the layers together.
   * @param behind tokens that follow the changed prompt
   * @param read is given the residual streams at the end, [cells, 1, width], with the layers of each
   */
  async matrix(
    from: Omit<SourceSpot, 'layer'>,
    to: number,
    read: (resid: RunResult['resid'], cells: readonly { from: number; to: number }[]) => Promise<void>,
    behind: readonly number[] = [],
  ): Promise<void> {
    const { model, options: { prompts, into, site, signal } } = this;
    const { layers } = model.shape;
    const whole = [...prompts[into], ...behind];
    const sites = Array.from({ length: layers }, (_, layer) => blockSite(layer, site));
    const base = behind.length === 0
      ? this.runs[into]
      : await model.run([whole], { read: residualsBefore(model), cache: true, signal });
    const vectors = sites.map((_, layer) => this.source({ ...from, layer }));
    const put: Put = ({ data, shape, row, first }, patch) => {
      const size = vectorSize(shape);
      const at = (row * shape[1] + to - first) * size;
      this.apply(data.subarray(at, at + size), { to: { layer: patch.layer, position: to }, vector: vectors[patch.unit] });
    };
    const rows = Math.max(1, Math.floor((MATRIX_TOKENS) / (layers * (whole.length - to))));
    for (let start = 0; start < layers; start += rows) {
      const units = Array.from({ length: Math.min(rows, layers - start) }, (_, i) => start + i);
      const here = { position: to, positions: [to], start: 0, end: 0 };
      const cells = sites.flatMap((_, layer) => units.map((unit): Patch => ({ layer, unit, ...here })));
      const resid = await new Sweep(model, site, base, put, cells).run(signal);
      await read(resid, cells.map(({ layer, unit }) => ({ from: unit, to: layer })));
    }
  }

  private vector({ prompt, layer, position, site = this.options.site }: SourceSpot): Float32Array {
    const { data, shape } = this.runs[prompt].sites.get(siteName(blockSite(layer, site)))!;
    const size = vectorSize(shape);
    return Float32Array.from(data.subarray(position * size, (position + 1) * size));
  }

  /** What is put somewhere of a spot that is read. */
  private source(from: SourceSpot): Float32Array {
    const vector = this.vector(from);
    return this.options.map ? this.options.map(vector, from) : vector;
  }

  private put({ from, to }: Transplant): Placed {
    const vectors = from.map((spot) => this.source(spot));
    if (vectors.length === 1) return { to, vector: vectors[0] };
    return { to, vector: vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length) };
  }

  /** Changes what stands at a place, in place. */
  private apply(standing: Float32Array, { to, vector }: Placed): void {
    const { how, factor = 1, into } = this.options;
    if (how === 'replace') return standing.set(vector);
    const unpatched = how === 'difference' ? this.vector({ ...to, prompt: into }) : null;
    for (let i = 0; i < vector.length; i++) standing[i] += factor * (vector[i] - (unpatched?.[i] ?? 0));
  }

  private moved(one: Placed): Moved {
    const before = this.vector({ ...one.to, prompt: this.options.into });
    const after = before.slice();
    this.apply(after, one);
    const length = (vector: Float32Array) => Math.hypot(...vector);
    const size = length(before);
    const change = after.map((value, i) => value - before[i]);
    return { changed: after.some((value, i) => value !== before[i]), ratio: size === 0 ? null : length(change) / size };
  }

  /** @param rows what is put into each row of a batch */
  private hooks(rows: readonly (readonly Placed[])[]): Hook[] {
    const siteOf = ({ to }: Placed) => blockSite(to.layer, to.site ?? this.options.site);
    const sites = new Map(rows.flat().map((one) => [siteName(siteOf(one)), siteOf(one)]));
    return [...sites].map(([name, site]) => ({
      site,
      edit: ({ data, shape }) => {
        const size = vectorSize(shape);
        rows.forEach((puts, row) => {
          for (const one of puts) {
            const at = (row * shape[1] + one.to.position) * size;
            if (siteName(siteOf(one)) === name) this.apply(data.subarray(at, at + size), one);
          }
        });
      },
    }));
  }
}

