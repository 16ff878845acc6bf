/**
 * The page's colours, read from its CSS variables, and news of their change. The report follows the system's choice of light or dark;
 * VS Code tells a webview by classes of its body and variables on its root.
 */
import type { Theme } from './colours';

export function currentTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    dark: read('scheme') === 'dark',
    highContrast: read('contrast') === 'high',
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

const listeners: (() => void)[] = [];

/** Calls back when the reader switches to another theme. */
export function onThemeChange(callback: () => void): void {
  if (listeners.length === 0) watch();
  listeners.push(callback);
}

function watch(): void {
  let waiting = false;
  const tell = () => {
    if (waiting) return; // class and variables change one after the other
    waiting = true;
    setTimeout(() => {
      waiting = false;
      for (const listener of listeners) listener();
    }, 30);
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
  new MutationObserver(tell).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  new MutationObserver(tell).observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
