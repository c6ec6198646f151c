/**
 * Rounds a number of channels to a multiple of `divisor`: the nearest, at least `divisor`, and one step more where
 * rounding down would lose over 10 % (tensorflow/tpu models/official/mnasnet, `round_filters`).
 */
export function roundChannels(channels: number, divisor: number): number {
  const nearest = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
  return nearest < 0.9 * channels ? nearest + divisor : nearest;
}

/** Channels at a width multiplier. At multiplier 1 the published number stands, even off the grid. */
export function scaleChannels(channels: number, widthMultiplier: number, divisor: number): number {
  return widthMultiplier === 1 ? channels : roundChannels(channels * widthMultiplier, divisor);
}
