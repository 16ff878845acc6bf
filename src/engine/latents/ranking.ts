/** The order in which latents that were found are listed: specific ones first, and of these the ones that can do most. */
import { isDense } from '../../protocol/words/dense';
import { EFFECTS } from '../../sae';
import type { SiteNotes } from './site-notes';

interface Found {
  notes: SiteNotes;
  latent: number;
}

/** Latents that are active at few of the tokens come first, then those of which that is not known, dense ones, and those never active. */
export function specificity({ notes, latent }: Found): number {
  const density = notes.facts?.density[latent];
  if (density === undefined) return 2;
  return density === 0 ? 0 : isDense(density) ? 1 : 3;
}

/** Logits that its largest known activation adds to the token that it promotes most, on the straight way; 0 where its site has none. */
function effect({ notes: { facts }, latent }: Found): number {
  const logit = facts?.promoted?.logits[latent * EFFECTS] ?? 0;
  return Math.max(0, Number.isFinite(logit) ? logit : 0) * (facts?.maximum[latent] ?? 0);
}

/** By specificity, then by effect, then the rarest first. */
export function ranked<F extends Found>(found: readonly F[]): F[] {
  const keyed = found.map((one) => ({ one, keys: [specificity(one), effect(one), -(one.notes.facts?.density[one.latent] ?? 0)] }));
  keyed.sort((a, b) => b.keys[0] - a.keys[0] || b.keys[1] - a.keys[1] || b.keys[2] - a.keys[2]);
  return keyed.map(({ one }) => one);
}
