/** What figures call places: tokens of the template, and layers. */
import type { PromptToken } from '../protocol/reading';

export const ofTemplate = ({ start }: PromptToken): boolean => start === null;

/** "embed" for the embedding, the layer's number for `blocks.{l}.…`. */
export function siteLabel(site: string): string {
  const [first, layer] = site.split('.');
  return first === 'blocks' ? layer : site.replace(/^hook_/, '');
}
