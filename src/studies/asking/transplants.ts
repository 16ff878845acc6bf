/**
 * Transplants: the residual stream at a program's last token is replaced, before each layer, with that of another program, its donor.
 * Whether the donor's answer comes along says up to where in the model an answer is complete. Donors are drawn by what is true of them;
 * whether the model is right about program and donor is told beside it.
 */
import type { Prepared } from '../../protocol/studies/program';
import type { Measure } from '../../protocol/studies/rows';
import { uniformFrom } from '../../random';
import { hashOf } from '../programs/hash';
import { textOf } from '../programs/text';
import { AS_IT_IS, clusterOf, keyOf, type AskedOf } from './ask';
import { afterChanges, firstWord } from './last-token';

/** other: another answer is true of it; same: the same one is. */
export const DONORS = ['other', 'same'] as const;
export type Donors = Record<(typeof DONORS)[number], Prepared | null>;

/** Drawn by the seed, never of the same program or of what goes together with it. */
export class DonorPool {
  private readonly byTruth = new Map<string, Prepared[]>();
  private readonly truths: string[];

  constructor(programs: readonly Prepared[], private readonly study: AskedOf['study']) {
    for (const one of programs) {
      if (one.unusable !== null || one.program.truth === null) continue;
      const { truth } = one.program;
      const group = this.byTruth.get(truth);
      if (group) group.push(one);
      else this.byTruth.set(truth, [one]);
    }
    this.truths = [...this.byTruth.keys()].sort();
  }

  for({ program }: Prepared): Donors {
    const { truth, id } = program;
    const uniform = uniformFrom(parseInt(hashOf(['transplant', this.study.seed, id]).slice(0, 8), 16));
    const drawn = (from: readonly Prepared[]): Prepared | null => {
      const fit = from.filter((one) => one.program.id !== id && clusterOf(this.study, one.program) !== clusterOf(this.study, program));
      return fit.length === 0 ? null : fit[Math.floor(uniform() * fit.length)];
    };
    const others = this.truths.filter((one) => one !== truth);
    const other = others.length === 0 ? null : drawn(this.byTruth.get(others[Math.floor(uniform() * others.length)])!);
    return { other, same: truth === null ? null : drawn(this.byTruth.get(truth) ?? []) };
  }
}

/** By the row's key: for each layer whether the first token is then the donor's, and whether it is still the program's own. */
export async function transplant(prepared: Prepared, donors: Donors, asked: AskedOf): Promise<Record<string, Record<string, Measure>>> {
  const { session: { loaded: { model } } } = asked;
  const text = textOf(prepared, null);
  const read = await firstWord(text, prepared.program.id, asked);
  if (!read) return {};
  const layers = Array.from({ length: model.shape.layers }, (_, layer) => layer);
  const into = (resid: readonly Float32Array[]) =>
    afterChanges(read, layers.map((layer) => ({ layer, vector: resid[layer], add: false })), asked);
  const self = await into(read.resid);
  const found: Record<string, Measure> = {
    'transplant.right': Number(read.right), 'transplant.self.kept': self.map((token) => Number(token === read.next)),
  };
  for (const name of DONORS) {
    const donor = donors[name];
    const given = donor && (await firstWord(textOf(donor, null), donor.program.id, asked));
    if (!donor || !given) continue;
    const next = await into(given.resid);
    Object.assign(found, {
      [`transplant.${name}.donor`]: donor.program.id,
      [`transplant.${name}.right`]: Number(given.right),
      [`transplant.${name}.agree`]: Number(given.next === read.next), // then the one cannot be told from the other
      [`transplant.${name}.took`]: next.map((token) => Number(token === given.next)),
      [`transplant.${name}.kept`]: next.map((token) => Number(token === read.next)),
    });
  }
  return { [keyOf(prepared, text, AS_IT_IS, asked)]: found };
}
