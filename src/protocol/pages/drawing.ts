/** How figures are drawn: what a reader chooses once for all of them, and keeps. */
import * as z from 'zod';

/** Which columns of a heatmap are seen where there is no room for all. */
export const COLUMNS = {
  matter: 'what matters',
  fit: 'all, fitted',
  scroll: 'all, readable',
} as const;

export const drawing = z.object({
  columns: z.enum(['matter', 'fit', 'scroll']),
  /** Whether numbers stand in a heatmap's cells. */
  numbers: z.boolean(),
  /** Whether pictures are saved on a light ground in a dark theme too. */
  light: z.boolean(),
});
export type Drawing = z.output<typeof drawing>;

export const USUAL_DRAWING: Drawing = { columns: 'matter', numbers: false, light: false };
