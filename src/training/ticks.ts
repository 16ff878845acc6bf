/** From 0 in equal steps of 1, 2 or 5 times a power of ten, at most `count` of them, to `largest` or just above. */
export function niceTicks(largest: number, count: number): number[] {
  const power = 10 ** Math.floor(Math.log10(largest / count));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate * count >= largest * (1 - 1e-9))!;
  return Array.from({ length: Math.ceil(largest / step - 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}
