/** The program's edits, run and read. */
import { listedVariants } from './document';
import type { Run } from './run';

export const variants: Run<'variants'> = {
  waits: true,
  run: async (reading, _, asking) => ({ value: { variants: listedVariants(await reading.variants(asking), reading.program) } }),
};
