/** Colour scales that are safe for the colour-blind, and the page's colours as the canvas needs them. */

export interface Theme {
  dark: boolean;
  /** Whether colours alone must not tell anything. */
  highContrast: boolean;
  text: string;
  muted: string;
  line: string;
  surface: string;
  accent: string;
  positive: string;
  negative: string;
  mono: string;
  sans: string;
}

/** Colours of what is saved for print; fonts are the page's. */
export const PRINTED: Omit<Theme, 'mono' | 'sans'> = {
  dark: false,
  highContrast: false,
  text: '#18202a',
  muted: '#566272',
  line: '#dbe1e8',
  surface: '#ffffff',
  accent: '#0b62b8',
  positive: '#0f4c8a',
  negative: '#b35806',
};

/** Of lines and bars: Okabe and Ito's palette, lightened or darkened for the background. */
export const SERIES = {
  light: ['#0067b0', '#c45a00', '#007a5a', '#a8487f', '#6b5fb5', '#8a6d00'],
  dark: ['#6cb6ff', '#ffa657', '#4fd1a5', '#f09ac6', '#b4a7ff', '#e5c94f'],
};

const SEQUENTIAL = {
  light: ['#ffffff', '#dbe8f6', '#a4c6e8', '#4f8fc9', '#0f4c8a'],
  dark: ['#20252d', '#213c5c', '#2b639f', '#4a97dd', '#a9d4ff'],
};
const DIVERGING = {
  light: ['#964600', '#dd8430', '#f7cf9f', '#ffffff', '#aacdea', '#4f8fc9', '#0f4c8a'],
  dark: ['#ffb762', '#c97829', '#6b4826', '#242931', '#2a4a6d', '#3f82c6', '#90caff'],
};

type Rgb = [number, number, number];

/** 0 to 1 → the background's colour to a strong blue. */
export function sequential(value: number, dark: boolean): string {
  return interpolate(SEQUENTIAL[dark ? 'dark' : 'light'], value);
}

/** -1 to 1 → orange, the background's colour at zero, blue. */
export function diverging(value: number, dark: boolean): string {
  return interpolate(DIVERGING[dark ? 'dark' : 'light'], (value + 1) / 2);
}

/** The colour of a value on a scale whose strongest colour is at `limit`. */
export function scaleColour({ kind, limit }: { kind: 'sequential' | 'diverging'; limit: number }, value: number, dark: boolean): string {
  return kind === 'diverging' ? diverging(value / limit, dark) : sequential(value / limit, dark);
}

function interpolate(stops: readonly string[], value: number): string {
  const at = Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [rgb(stops[low]), rgb(stops[low + 1])];
  const mixed = a.map((channel, i) => Math.round(channel + (b[i] - channel) * (at - low)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}

/** WCAG 2's relative luminance of #rrggbb, 0 to 1. */
export function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2's contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const INKS = ['#000000', '#ffffff'];

/** The text colour that reads best on a background. */
export function ink(background: string): string {
  return contrast(background, INKS[0]) >= contrast(background, INKS[1]) ? INKS[0] : INKS[1];
}
