/** What attributions to latents say, in sentences. */
import { list } from './list';
import { fixed } from './number';
import { percent } from './percent';

export interface LatentFindingsInput {
  /** The metric of the original and of the variant, and both with the SAEs' reconstructions alone. */
  clean: number;
  corrupted: number;
  withoutErrorTerms: { clean: number; corrupted: number };
  /** The largest first, dense or not; attribution as a share of the difference, null when that is too small to divide by. */
  latents: readonly { site: string; latent: number; position: number; attribution: number | null; description: string | null }[];
  /** What all latents and the error of each SAE sum to, in logits; `error` is null without error terms. */
  saes: readonly { site: string; logits: { latents: number; error: number | null } }[];
  /** What to call each position. */
  names: readonly string[];
}

/** Latents that are named. */
const NAMED = 3;
/** A latent with less of the difference than this is not named. */
const CARRIES = 0.05;
/** Longer descriptions than this are left to the list of latents. */
const SHORT = 40;
/** One that is alone with this much of it carries most. */
const MOST = 0.5;
/** An error term with less is little. */
const LITTLE = 0.1;

export function latentFindings(input: LatentFindingsInput): string[] {
  const { latents, saes } = input;
  if (latents.length === 0) return ['No latent has another activation in the variant that would move the difference.', without(input)];
  if (latents.some(({ attribution }) => attribution === null)) {
    return ['The difference between the two programs is too small to express effects as a share of it, so only the logits are given.'];
  }
  return [carrying(input), together(input), ...(saes.every(({ logits }) => logits.error === null) ? [] : [errors(input)]), without(input)];
}

/** Which latents have the largest effects, where, what they stand for, and which of them work against the difference. */
function carrying({ latents, names }: LatentFindingsInput): string {
  const top = latents.slice(0, NAMED).filter(({ attribution }) => Math.abs(attribution!) >= CARRIES);
  if (top.length === 0) return `No single latent carries as much as ${percent(CARRIES)} of the difference; the largest effect is ${percent(latents[0].attribution!)}.`;
  const said = (some: typeof top) => list(some.map(({ site, latent, position, attribution, description }) => {
    const what = description === null || description.length > SHORT ? '' : ` (${description})`;
    return `latent ${latent} of ${site}${what} on ${names[position]} with ${percent(attribution!)}`;
  }));
  if (top.length === 1 && top[0].attribution! >= MOST) return `One latent carries most of the difference: ${said(top)}.`;
  const [towards, against] = [top.filter(({ attribution }) => attribution! > 0), top.filter(({ attribution }) => attribution! < 0)];
  const begin = top.length === 1 ? 'The largest effect' : 'The largest effects';
  if (towards.length === 0) return `${begin} ${top.length === 1 ? 'works' : 'work'} against the difference: ${said(against)}.`;
  return `${begin}: ${said(towards)}${against.length > 0 ? `; against the difference: ${said(against)}` : ''}.`;
}

/** What the listed ones sum to, and whether that means anything. */
function together({ latents, saes }: LatentFindingsInput): string {
  const total = latents.reduce((sum, { attribution }) => sum + attribution!, 0);
  const listed = latents.length === 1 ? 'The one listed latent has' : `The ${latents.length} listed latents sum to`;
  const sum = `${listed} ${percent(total)} of the difference`;
  const sites = new Set(latents.map(({ site }) => site));
  if (saes.length === 1) return `${sum}.`;
  const least = sites.size === 1 ? ` (all at ${[...sites][0]})` : '';
  return `${sum}${least}, but effects at different sites do not add up: what one layer passes on to the next is counted at each of them.`;
}

/** Whether much of the difference lies in what the SAEs do not reconstruct. */
function errors({ saes, clean, corrupted }: LatentFindingsInput): string {
  const shares = saes.map(({ site, logits }) => ({ site, share: (logits.error ?? 0) / (clean - corrupted) }));
  const top = shares.reduce((best, one) => (Math.abs(one.share) > Math.abs(best.share) ? one : best));
  const size = percent(top.share);
  if (Math.abs(top.share) < LITTLE) return `What the SAEs do not reconstruct carries little: ${shares.length === 1 ? '' : 'at most '}${size}, at ${top.site}.`;
  const many = shares.filter(({ share }) => Math.abs(share) >= LITTLE).length;
  const others = many > 1 ? `, and of ${percent(LITTLE)} or more either way at ${many - 1} other site${many > 2 ? 's' : ''}` : '';
  return `What the SAEs do not reconstruct has an effect of ${size} at ${top.site}${others}; no latent explains that.`;
}

/** What is left of the difference when the model runs on reconstructions alone. */
function without({ clean, corrupted, withoutErrorTerms }: LatentFindingsInput): string {
  const left = (withoutErrorTerms.clean - withoutErrorTerms.corrupted) / (clean - corrupted);
  const begin = "Without the SAEs' error terms the difference";
  if (!Number.isFinite(left)) return `${begin} is ${fixed(withoutErrorTerms.clean - withoutErrorTerms.corrupted)} logits.`;
  return left < 0 ? `${begin} turns round: it is ${percent(left)} of the model's own.` : `${begin} is ${percent(left)} of the model's own.`;
}
