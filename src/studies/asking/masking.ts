/** Masking by role: what is left of the truth's lead where no token reads the tokens of one role, beside as many others drawn at random. */
import type { Reading } from '../../engine/analyses/reading';
import { rounded } from '../../engine/session/rounded';
import { headsWithin, knockouts, type Mask } from '../../methods/attention/knockout';
import { drawn } from '../../methods/patching/plan';
import type { Measure } from '../../protocol/studies/rows';
import type { MaskingAsked } from '../../protocol/studies/study';
import { partingTokens } from '../../snippets/prompts/prompts';
import type { CodeRole } from '../../vocabulary/code-roles';

/**
 * By name: `lead`, the logit of the truth less that of the best other answer, where they part; for each role that the prompt has, `tokens`,
 * `change` of the lead, and `ahead`, whether the truth leads then; `random` and `randomAhead`, means over the draws. Of a role of which
 * some token reads nothing else in some head there is `nothingLeft` alone; draws of which that is true are left out.
 * @throws a sentence where no token tells the answers apart
 */
export async function maskedByRole(
  reading: Reading, roles: readonly CodeRole[], truth: string, { roles: asked, readers, draws }: MaskingAsked, signal?: AbortSignal,
): Promise<Record<string, Measure>> {
  const { program: { ids }, question: { answers }, loaded: { model } } = reading;
  const ranked = (await reading.prediction(1, { signal })).answers;
  const rival = ranked.find(({ label }) => label !== truth);
  if (!rival || !ranked.some(({ label }) => label === truth)) throw new Error(`${truth} and another answer cannot be compared here.`);
  const { shared, tokens: [positive, negative] } = partingTokens(answers, truth, rival.label);
  const heads = headsWithin(model, 0, model.shape.layers - 1, null);
  const last = ids.length - 1;
  // What is read behind the prompt is the answer's, as far as both begin alike.
  const queries = readers === 'all' ? null : [last, ...shared.map((_, i) => last + 1 + i)];
  const masks: Mask[] = [{ sources: [], queries: null, heads: new Map() }];
  const plans = asked.flatMap((role) => {
    const sources = roles.flatMap((one, at) => (one === role && at > 0 && at < last ? [at] : []));
    if (sources.length === 0) return [];
    const others = roles.flatMap((one, at) => (one !== role && at > 0 && at < last ? [at] : []));
    const enough = others.length >= sources.length;
    const random = Array.from({ length: enough ? draws : 0 }, (_, seed) => drawn(others, sources.length, seed).sort((a, b) => a - b));
    const at = masks.length;
    masks.push(...[sources, ...random].map((some): Mask => ({ sources: some, queries, heads })));
    return [{ role, tokens: sources.length, at, draws: random.length }];
  });
  const outcomes = await knockouts(model, masks, { ids: [...ids, ...shared], metric: { positive, negative }, signal });
  const lead = outcomes[0]!.difference;
  const found: Record<string, Measure> = { lead: rounded(lead) };
  for (const { role, tokens, at, draws: count } of plans) {
    const own = outcomes[at];
    if (!own) {
      found[`${role}.nothingLeft`] = tokens;
      continue;
    }
    const random = outcomes.slice(at + 1, at + 1 + count).filter((one) => one !== null);
    const mean = (of: (difference: number) => number) =>
      (random.length === 0 ? null : rounded(random.reduce((sum, { difference }) => sum + of(difference), 0) / random.length));
    Object.assign(found, {
      [`${role}.tokens`]: tokens, [`${role}.change`]: rounded(own.difference - lead), [`${role}.ahead`]: Number(own.difference > 0),
      [`${role}.random`]: mean((difference) => difference - lead), [`${role}.randomAhead`]: mean((difference) => Number(difference > 0)),
    });
  }
  return found;
}
