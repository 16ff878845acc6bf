/** A float32 number without the digits that float64 adds to it: seven significant ones are all there are. */
export function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
