/** What lies at the sites of SAEs in other programs, token by token: what is put in the place of latents and errors that are left out. */
import { floats, type FloatArray } from '../../graph';
import type { Model } from '../../model';
import { saeInput, type LoadedSae } from '../../sae';
import { siteName } from '../../vocabulary/sites';
import type { OtherProgram } from './replacement';

/** [positions, …]: what lies at the SAE's site, what the SAE reads of that, and its latents there. */
export interface AtSite {
  readonly output: FloatArray;
  readonly input: FloatArray;
  readonly latents: FloatArray;
}

/** Numbers that are kept of programs (256 MB): means are over the same programs for each pair. */
const MOST_KEPT = 64e6;

export class LatentSources {
  private readonly kept = new Map<string, ReadonlyMap<LoadedSae, AtSite>>();
  private left = MOST_KEPT;

  constructor(private readonly model: Model, private readonly saes: readonly LoadedSae[]) {}

  /** The mean over programs at the positions of a base; of no use where none of them has a counterpart. */
  async meanOf(programs: readonly OtherProgram[], signal?: AbortSignal): Promise<ReadonlyMap<LoadedSae, AtSite>> {
    const read: ReadonlyMap<LoadedSae, AtSite>[] = [];
    for (const { tokens } of programs) read.push(await this.of(tokens, signal));
    const mean = (values: readonly FloatArray[]) => meanRows(values, programs.map(({ sourceOf }) => sourceOf));
    return new Map(this.saes.map((sae): [LoadedSae, AtSite] => {
      const own = read.map((one) => one.get(sae)!);
      return [sae, {
        output: mean(own.map(({ output }) => output)),
        input: mean(own.map(({ input }) => input)),
        latents: mean(own.map(({ latents }) => latents)),
      }];
    }));
  }

  private async of(tokens: readonly number[], signal?: AbortSignal): Promise<ReadonlyMap<LoadedSae, AtSite>> {
    const key = tokens.join();
    const known = this.kept.get(key);
    if (known) return known;
    const { sites } = await this.model.run([tokens], { read: this.saes.map(({ site }) => site), signal });
    const found = new Map<LoadedSae, AtSite>();
    let size = 0;
    for (const sae of this.saes) {
      const activation = sites.get(siteName(sae.site))!;
      const flat = ({ data }: FloatArray) => floats(data, [tokens.length, data.length / tokens.length]);
      const input = flat(await saeInput(sae, this.model, activation));
      found.set(sae, { output: flat(activation), input, latents: await sae.encode(input) });
      size += 2 * activation.data.length + tokens.length * sae.config.dSae;
    }
    if (size <= this.left) {
      this.left -= size;
      this.kept.set(key, found);
    }
    return found;
  }
}

/** @param rows of each array which of its rows stands for each row of the result; null where none does */
function meanRows(arrays: readonly FloatArray[], rows: readonly (readonly (number | null)[])[]): FloatArray {
  const [{ shape: [, width] }] = arrays;
  const length = rows[0].length;
  const data = new Float32Array(length * width);
  for (let at = 0; at < length; at++) {
    const own = arrays.flatMap(({ data: values }, i) => {
      const row = rows[i][at];
      return row === null ? [] : [values.subarray(row * width, (row + 1) * width)];
    });
    for (let j = 0; j < width && own.length > 0; j++) data[at * width + j] = own.reduce((sum, row) => sum + row[j], 0) / own.length;
  }
  return floats(data, [length, width]);
}
