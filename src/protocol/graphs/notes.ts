/** Notes: what a reader makes of graphs, which are saved with the result, by the names of the figures. */
import * as z from 'zod';
import { text } from '../fields';

/** A name's most characters. */
export const LONGEST_NAME = 60;
/** More than anybody makes. */
const MOST = 10_000;

const id = text.max(1000);
const name = text.min(1).max(LONGEST_NAME);

export const graphNotes = z.object({
  /** Ids of nodes that stay, however few are shown. */
  pinned: z.array(id).max(MOST),
  /** Of nodes, by their ids. */
  names: z.record(id, name),
  groups: z.array(z.object({ name, members: z.array(id).min(1).max(MOST) })).max(MOST),
});
export type GraphNotes = z.output<typeof graphNotes>;

export const notes = z.record(text.max(200), graphNotes);
export type Notes = z.output<typeof notes>;
