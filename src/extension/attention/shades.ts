/** The colours of attention in the code: the theme's, one for what is read and one for who reads, the stronger the less transparent. */

export type Direction = 'reads' | 'readBy';

/** As package.json gives them to themes, with their meaning. */
export const COLOURS: Record<Direction, string> = { reads: 'latentLens.attentionReads', readBy: 'latentLens.attentionReadBy' };

/** Shades of each direction and sign: more than the eye can name. */
export const STEPS = 6;
/** Opacity in percent of the faintest and the strongest shade, on which text has to stay readable. */
const OPACITY = { usual: [12, 60], highContrast: [8, 34] } as const;

export interface Shade {
  direction: Direction;
  /** Signed values below 0: what speaks against the answer. */
  negative: boolean;
  /** 0 is the faintest. */
  step: number;
}

/** All, in an order that does not change. */
export const SHADES: readonly Shade[] = (['reads', 'readBy'] as const).flatMap((direction) =>
  [false, true].flatMap((negative) => Array.from({ length: STEPS }, (_, step) => ({ direction, negative, step }))),
);

/** The shade of a value, an index into `SHADES`; null where it is too small to be seen. The root of a share keeps small ones in sight. */
export function shadeOf(direction: Direction, value: number, limit: number): number | null {
  const size = Math.sqrt(Math.min(1, Math.abs(value) / limit));
  const step = Math.round(size * STEPS) - 1;
  if (step < 0) return null;
  return (direction === 'reads' ? 0 : 2 * STEPS) + (value < 0 ? STEPS : 0) + step;
}

export interface ShadeStyle {
  /** CSS: the theme's colour, mixed with nothing. */
  background: string;
  /** In high contrast, where backgrounds say little, and around what speaks against the answer. */
  border: string | undefined;
}

export function shadeStyle({ direction, negative, step }: Shade, kind: keyof typeof OPACITY): ShadeStyle {
  const [faintest, strongest] = OPACITY[kind];
  const opacity = faintest + ((strongest - faintest) * step) / (STEPS - 1);
  const colour = `var(--vscode-${COLOURS[direction].replace('.', '-')})`;
  const line = negative ? 'dotted' : direction === 'reads' ? 'solid' : 'dashed';
  return {
    background: `color-mix(in srgb, ${colour} ${opacity.toFixed(0)}%, transparent)`,
    border: kind === 'highContrast' || negative ? `1px ${line} ${colour}` : undefined,
  };
}
