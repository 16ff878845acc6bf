/** What figures call places: tokens, alone or aligned with those of the variant, and layers. */
import type { Counterfactual, PromptToken } from '../../protocol/reading/reading';
import { layerOf, shortSite, type SiteName } from '../../vocabulary/sites';
import type { GridColumn } from './grid';
import { visible } from './text';

export const ofTemplate = ({ start }: PromptToken): boolean => start === null;

/** A column for each token of the program. */
export function tokenColumns(tokens: readonly PromptToken[]): GridColumn[] {
  return tokens.map((token, position) => ({ position, labels: [visible(token.text)], mark: 'same', template: ofTemplate(token) }));
}

/** A column for each pair of aligned tokens, and for those that follow both prompts. */
export function alignedColumns(
  tokens: readonly PromptToken[],
  pair: Counterfactual,
  shared: readonly { text: string }[] = [],
): GridColumn[] {
  const columns = pair.alignment.columns.map(({ original, variant }): GridColumn => {
    const [a, b] = [original === null ? null : tokens[original], variant === null ? null : pair.tokens[variant]];
    return {
      position: original,
      variant,
      labels: [a && visible(a.text), b && visible(b.text)],
      mark: !a ? 'inserted' : !b ? 'deleted' : a.id === b.id ? 'same' : 'changed',
      template: (a === null || ofTemplate(a)) && (b === null || ofTemplate(b)),
    };
  });
  return [...columns, ...shared.map(({ text }, behind): GridColumn => ({ position: null, labels: [visible(text), visible(text)], mark: 'same', behind, template: true }))];
}

/** The layer's number for a site of a block, "embed" for the embedding. */
export function siteLabel(site: SiteName): string {
  const layer = layerOf(site);
  return layer === null || layer < 0 ? shortSite(site) : String(layer);
}
