/** The choice of variant, width and sparsity by site: short trainings of a grid, measured on held-out programs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SaeChoice } from './train';
import type { SaeMeasures } from './evaluate';
import { makeSaes, type MakeSaesOptions } from './make';
import { measureSaes } from './measure';

/** What an autoencoder has to reach to be chosen for being sparse and small. */
export const BAR = { recovered: 0.97, answerRecovered: 0.95, dead: 0.1, dense: 8 } as const;

export interface SearchOptions extends MakeSaesOptions {
  grid: readonly SaeChoice[];
  /** Programs to measure on, from the start of the first file. */
  programs: number;
  onStage?: (text: string) => void;
}

export interface SearchRow extends SaeMeasures {
  candidate: number;
  chosen: boolean;
}

export interface SearchReport {
  grid: readonly SaeChoice[];
  bar: typeof BAR;
  rows: SearchRow[];
  /** By site. */
  choices: Record<string, SaeChoice>;
}

/** Trains every candidate at every site for `settings.tokens`, and writes search.json and choices.json into the work folder. */
export async function searchSaes(options: SearchOptions): Promise<SearchReport | undefined> {
  const { grid, work, signal, onStage } = options;
  if (grid.length === 0) throw new Error('The grid names no candidate.');
  const measured: SaeMeasures[][] = [];
  for (const [candidate, choice] of grid.entries()) {
    onStage?.(`Candidate ${candidate + 1} of ${grid.length}: ${JSON.stringify(choice)}`);
    const folder = path.join(work, `candidate-${candidate}`);
    const out = path.join(folder, 'saes');
    await makeSaes({ ...options, settings: { ...options.settings, ...choice }, out, work: folder });
    if (signal?.aborted) return undefined;
    const { model, sites, data, template, programs, threads } = options;
    measured.push((await measureSaes({ model, out, sites, data, template, programs, threads, signal })).saes);
  }
  const rows: SearchRow[] = [];
  const choices: Record<string, SaeChoice> = {};
  for (const [i, { site }] of measured[0].entries()) {
    const own = measured.map((saes) => saes[i]);
    const best = bestOf(own);
    choices[site] = grid[best];
    own.forEach((measures, candidate) => rows.push({ ...measures, candidate, chosen: candidate === best }));
  }
  const report: SearchReport = { grid, bar: BAR, rows, choices };
  await writeFile(path.join(work, 'search.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(path.join(work, 'choices.json'), `${JSON.stringify(choices, null, 2)}\n`);
  return report;
}

/**
 * Of those that meet the bar the one with the fewest active latents a token (differences under a tenth do not count), then the fewest
 * latents; where none does, the one that falls least short: the sum of what each measure lacks, as a share of the bar.
 */
export function bestOf(candidates: readonly SaeMeasures[]): number {
  const lacks = candidates.map(lacking);
  const least = Math.min(...lacks);
  let best = lacks.indexOf(least);
  for (const [i, candidate] of candidates.entries()) {
    if (lacks[i] > least) continue;
    const [a, b] = [candidate.l0, candidates[best].l0];
    if (a < 0.9 * b || (a < 1.1 * b && candidate.latents < candidates[best].latents)) best = i;
  }
  return best;
}

function lacking({ loss, answerLoss, dead, dense }: SaeMeasures): number {
  const under = (value: number, bar: number) => Math.max(0, (bar - value) / bar);
  const over = (value: number, bar: number) => Math.max(0, (value - bar) / bar);
  const kept = under(loss.recovered, BAR.recovered) + under(answerLoss.recovered, BAR.answerRecovered);
  return kept + over(dead, BAR.dead) + over(dense.length, BAR.dense);
}
