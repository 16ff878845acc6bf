/** pass@k: the chance that at least one of k samples is right (Chen et al. 2021, arXiv 2107.03374). */

/** From c right ones among n samples, without bias. @throws RangeError where there are fewer samples than k */
export function passAtSampled(samples: number, right: number, k: number): number {
  if (k > samples) throw new RangeError(`pass@${k} needs ${k} samples or more; there are ${samples}.`);
  if (samples - right < k) return 1;
  let none = 1;
  for (let i = samples - right + 1; i <= samples; i++) none *= 1 - k / i;
  return 1 - none;
}

/** From the probability of the right answer itself: nothing is drawn. */
export function passAtExact(probability: number, k: number): number {
  return probability >= 1 ? 1 : -Math.expm1(k * Math.log1p(-probability));
}
