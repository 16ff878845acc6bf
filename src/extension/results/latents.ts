/** The attribution to latents in a saved result: what of it the page draws, checked. */
import { boolean, count, isObject, list, number, oneOf, orNull, shape, text, tokens, type Check } from './checks';

export const latentsDocument: Check = (value) => {
  if (!isObject(value) || !tokens(value.tokens)) return false;
  const { length } = value.tokens as unknown[];
  const position: Check = (at) => count(at) && (at as number) < length;
  const listed = shape({ site: text, layer: orNull(count) });
  const saes = list((sae) => listed(sae) && shape({ logits: shape({ latents: number, error: orNull(number) }) })(sae));
  const effects = { attribution: orNull(number), directEffect: orNull(number), patched: orNull(number) };
  const latent = shape({
    site: text, layer: orNull(count), position, token: text, latent: count, head: orNull(count), clean: number, corrupted: number,
    ...effects, logits: shape({ ...effects, attribution: number }), description: orNull(text),
  });
  const pair = { clean: number, corrupted: number };
  return shape({
    format: oneOf('latent-lens/latents'),
    version: oneOf(1),
    prompt: text,
    counterfactual: shape({ description: text, code: text }),
    metric: shape({ positive: text, negative: text }),
    ...pair,
    withoutErrorTerms: shape(pair),
    errorTerm: boolean,
    method: oneOf('gradient', 'integrated-gradients'),
    steps: count,
    saes,
    latents: list(latent),
    errors: list(shape({ site: text, position, attribution: orNull(number), logits: number })),
    check: orNull(shape({ correlation: orNull(number), sameSign: count, count })),
    findings: list(text),
    problems: list(text),
  })(value);
};
