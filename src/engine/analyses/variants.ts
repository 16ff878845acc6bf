/** The program's edits, run and read; and a search for the smallest one after which the model answers otherwise. */
import { percent } from '../../findings/percent';
import { searchWords } from '../../protocol/words/variant-search';
import { listedVariants } from './document';
import { namer } from './findings';
import type { Run } from './run';
import { VariantSearching } from './variant-search';

export const variants: Run<'variants'> = {
  waits: true,
  run: async (reading, params, { soFar, topK, ...asking }) => {
    const listed = await reading.variants(asking);
    if (!params.search) return { value: { variants: listedVariants(listed, reading.program) } };
    const value = await new VariantSearching(reading, params, topK, listed).run(asking, soFar);
    return { value, findings: searchWords(value.search!, namer(reading.question.form), percent) };
  },
};
