/** Channels go in fours, the width of a SIMD register; what is added holds zeros throughout. */
export function padded(count: number): number {
  return Math.ceil(count / 4) * 4;
}
