/** What a computation takes, in words. */
import type { Cost } from '../pages/answer';

/** "about 3,400 patches, some 12 s on this machine", or at most these; without the time where nothing like it was measured. */
export function costWords({ count, unit, seconds, atMost }: Cost): string {
  const many = `${atMost ? 'at most' : 'about'} ${rough(count).toLocaleString('en-US')} ${unit}`;
  return seconds === null ? many : `${many}, some ${durationWords(seconds)} on this machine`;
}

function durationWords(seconds: number): string {
  if (seconds < 100) return `${rough(Math.max(1, seconds))} s`;
  const minutes = seconds / 60;
  return minutes < 100 ? `${rough(minutes)} min` : `${rough(minutes / 60)} h`;
}

/** With two digits: it is an estimate. */
function rough(value: number): number {
  return value < 10 ? Math.round(value) : Number(value.toPrecision(2));
}
