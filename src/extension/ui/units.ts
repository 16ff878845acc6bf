/** Amounts in words: bytes, counts, times. */

/** Decimal, as disks and the Hub count: `269 MB`, `1.2 GB`. */
export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(bytes < 99.95e9 ? 1 : 0)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/** `135M`, `1.5B` */
export function countText(count: number): string {
  for (const [size, letter] of [[1e9, 'B'], [1e6, 'M'], [1e3, 'k']] as const) {
    if (count >= 0.9995 * size) return `${(count / size).toFixed(count < 9.95 * size ? 1 : 0)}${letter}`;
  }
  return String(count);
}

/** `40 s`, `5 min`, `3 h`, `2 days` */
export function secondsText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

/** `43 %`, `4.3 %`, `0.4 %` */
export function shareText(share: number): string {
  const value = 100 * share;
  return `${value >= 9.95 || value === 0 ? Math.round(value) : value.toFixed(1)} %`;
}
