/** The page's colours, read from its CSS variables, and news of their change. */
import type { Theme } from './colours';

export function currentTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    dark: read('scheme') === 'dark',
    text: read('text'),
    muted: read('muted'),
    line: read('line'),
    surface: read('surface'),
    accent: read('accent'),
    positive: read('positive'),
    negative: read('negative'),
    mono: read('mono'),
    sans: read('sans'),
  };
}

/** Calls back when the reader switches between light and dark. */
export function onThemeChange(callback: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', callback);
}
