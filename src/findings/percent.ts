/** A share as people read it: "97 %", "3.4 %", "less than 0.1 %"; never 100 % for less, nor 0 % for more. */
export function percent(share: number): string {
  const value = 100 * share;
  const size = Math.abs(value);
  if (size === 0) return '0 %';
  if (size < 0.1) return value > 0 ? 'less than 0.1 %' : 'about 0 %';
  if (value > 99.9 && value < 100) return 'over 99.9 %';
  return `${value < 0 ? '−' : ''}${size < 10 || (size > 99 && size < 100) ? trimmed(size.toFixed(1)) : size.toFixed(0)} %`;
}

function trimmed(number: string): string {
  return number.replace(/\.0$/, '');
}
