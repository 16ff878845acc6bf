/** What a cell of a grid is: a token, a head, or an activation that can be read and put elsewhere. */
import { layerPlaceText } from '../../protocol/reading/place';
import type { Chosen } from '../../protocol/pages/uses';
import { layerOf, type PatchSite } from '../../vocabulary/sites';
import type { Grid, ProgramRun } from './grid';

type Shape = Pick<Grid, 'rows' | 'columns' | 'activations'>;

/** @param row -1 for a column alone */
export function chosenIn({ rows, columns }: Shape, row: number, column: number): Chosen {
  const { position, head } = columns[column];
  return { position, layer: row < 0 ? null : layerOf(rows[row].site), head: (row < 0 ? undefined : rows[row].head) ?? head ?? null };
}

/** A place in one of the runs. */
export interface Spot {
  run: ProgramRun;
  position: number;
  /** The token, as it is shown. */
  label: string;
}

export interface Activation {
  site: PatchSite;
  layer: number;
  /** Where it is read, and where another is put in its place; null in a run that has no such token. */
  read: Spot | null;
  into: Spot | null;
}

/** Null where a cell is none. */
export function activationIn({ rows, columns, activations }: Shape, row: number, column: number): Activation | null {
  const layer = row < 0 ? null : layerOf(rows[row].site);
  if (!activations || layer === null || layer < 0) return null;
  const { position, variant = null, labels } = columns[column];
  const spot = (run: ProgramRun): Spot | null => {
    const at = run === 'original' ? position : variant;
    return at === null ? null : { run, position: at, label: labels[run === 'original' ? 0 : 1] ?? '' };
  };
  return { site: activations.site, layer, read: spot(activations.read), into: spot(activations.into) };
}

/**
 * How From → To is asked to put one into the place of the other. What leaves a layer is what enters the next: cells of both fit together.
 * @returns a sentence where that cannot be asked
 */
export function fromToParams(from: Activation, to: Activation): Record<string, unknown> | string {
  const [read, changed] = from.site === to.site ? [from, to] : [afterLayer(from), afterLayer(to)];
  if (read.site !== changed.site) return `What is read is ${from.site}, and what stands here is ${to.site}: take both from charts of one site.`;
  if (read.layer < 0 || changed.layer < 0) return 'What enters the first layer leaves none: take both from charts of one site.';
  if (!read.read || !changed.into) return `The run that is ${read.read ? 'changed' : 'read'} has no such token.`;
  const place = ({ layer }: Activation, { position }: Spot) => [layerPlaceText({ layer, place: { kind: 'position', position } })];
  return { from: place(read, read.read), to: place(changed, changed.into), read: read.read.run, into: changed.into.run, site: read.site };
}

function afterLayer(one: Activation): Activation {
  return one.site === 'hook_resid_pre' ? { ...one, site: 'hook_resid_post', layer: one.layer - 1 } : one;
}
