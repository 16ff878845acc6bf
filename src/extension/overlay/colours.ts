/** The colours of the overlay: an effect becomes one of a few steps of two hues that the colour-blind can tell apart. */
import type { OverlayColours } from '../settings/settings';

/** Shades of each sign; fewer decorations than values, more than the eye can name. */
const STEPS = 8;
/** Opacity of the strongest shade; text has to stay readable on it. */
const STRONGEST = 0.55;

export interface OverlayStep {
  /** 1 to STEPS, with the sign of the effect. */
  step: number;
  background: string;
  /** For high contrast, where backgrounds say little: the sign as a line. */
  border: string;
}

/** Every step of both signs. */
export function overlaySteps({ positive, negative }: OverlayColours): OverlayStep[] {
  return Array.from({ length: STEPS }, (_, i) => i + 1).flatMap((size) => {
    const alpha = Math.round((255 * STRONGEST * size) / STEPS).toString(16).padStart(2, '0');
    return [
      { step: size, background: `${positive}${alpha}`, border: `1px solid ${positive}` },
      { step: -size, background: `${negative}${alpha}`, border: `1px dashed ${negative}` },
    ];
  });
}

/** The step of an effect on a scale whose strongest colour is at `limit`; 0 where nothing is drawn. */
export function overlayStep(effect: number, limit: number): number {
  const step = Math.round((STEPS * Math.min(1, Math.abs(effect) / limit)));
  return Object.is(Math.sign(effect), -1) && step > 0 ? -step : step;
}
