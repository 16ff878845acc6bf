/** How text and numbers are written in figures. */
export { plain, prose, shownCode, shownProse, visible } from '../../vocabulary/visible';

/** At most `length` code points, the last one an ellipsis when something was cut. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`;
}

/** A probability for reading; its spaces do not break. */
export function percent(probability: number): string {
  if (!Number.isFinite(probability)) return '–';
  if (probability > 0 && probability < 0.001) return '<\u00a00.1\u00a0%';
  if (probability < 1 && probability > 0.999) return '>\u00a099.9\u00a0%';
  return `${(100 * probability).toFixed(1)}\u00a0%`;
}

/** A number for reading, with a real minus sign. */
export function decimal(value: number | null, digits = 2): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? (0).toFixed(digits) : text).replace('-', '−');
}

/** Words that begin small and have no end, as a sentence. */
export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
