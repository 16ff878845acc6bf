/** Activations of latents as heat in the code: steps of one colour for each latent, in colours that the colour-blind can tell apart. */
import type { Firings } from '../../protocol/documents/latents';
import type { LatentRef } from '../../vocabulary/latent-name';

/** From Okabe and Ito's palette, the blue and the green a little lighter, to be seen on dark as well. */
export const LATENT_COLOURS = ['#3f8fd6', '#e69f00', '#14a37f', '#cc79a7'] as const;
/** For high contrast, where backgrounds say little. */
const BORDERS = ['1px solid', '1px dashed', '1px dotted', '3px double'] as const;

export const STEPS = 8;
/** Opacity of the faintest step, which still has to be seen, and of the strongest, on which text has to stay readable. */
const OPACITY = { usual: [0.12, 0.42], highContrast: [0.08, 0.3] } as const;

export interface HeatStep {
  background: string;
  /** None but in high contrast. */
  border: string | undefined;
}

/** The steps of a colour, the faintest first. */
export function heatSteps(slot: number, kind: keyof typeof OPACITY): HeatStep[] {
  const colour = LATENT_COLOURS[slot];
  const [faintest, strongest] = OPACITY[kind];
  return Array.from({ length: STEPS }, (_, i) => {
    const opacity = faintest + ((strongest - faintest) * i) / (STEPS - 1);
    const alpha = Math.round(255 * opacity).toString(16).padStart(2, '0');
    return { background: `${colour}${alpha}`, border: kind === 'highContrast' ? `${BORDERS[slot]} ${colour}` : undefined };
  });
}

/** A stretch of code with one activation. */
export interface HeatSpan {
  start: number;
  end: number;
  activation: number;
  /** Index into `heatSteps`. */
  step: number;
}

/**
 * Where a latent is active, in the order of the text; tokens that share a character are one span with the largest activation.
 * @param largest the activation with the strongest colour
 * @param certain the offset from which on the text was edited: nothing is drawn there
 */
export function heatSpans({ spans }: Pick<Firings, 'spans'>, { site, latent }: LatentRef, largest: number, certain: number): HeatSpan[] {
  const byRange = new Map<string, HeatSpan>();
  for (const { start, end, activation, ...ref } of spans) {
    if (ref.site !== site || ref.latent !== latent || end > certain || end <= start) continue;
    const key = `${start} ${end}`;
    const most = Math.max(activation, byRange.get(key)?.activation ?? 0);
    const step = Math.max(0, Math.min(STEPS, Math.ceil((STEPS * most) / largest)) - 1);
    byRange.set(key, { start, end, activation: most, step });
  }
  return [...byRange.values()];
}

/** What the strongest colour stands for: the largest activation that is known of, be it elsewhere or here. */
export function heatLimit({ spans }: Pick<Firings, 'spans'>, { site, latent }: LatentRef, maximum: number | null): number {
  const own = spans.filter((span) => span.site === site && span.latent === latent);
  return own.reduce((most, { activation }) => Math.max(most, activation), maximum ?? 0);
}

/** The first colour that is not in use; undefined when all are. */
export function freeSlot(used: readonly number[]): number | undefined {
  return LATENT_COLOURS.map((_, slot) => slot).find((slot) => !used.includes(slot));
}
