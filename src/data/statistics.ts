/** Mean and standard deviation per channel on the scale 0 to 1: images are normalised by (value / 255 - mean) / deviation. */
export interface ChannelStatistics {
  mean: number[];
  /** At least 1/255: a channel without contrast must not be divided by zero. */
  deviation: number[];
}

const SMALLEST = 1 / 255;

/** Over bytes [..., channels]: counted per value, so that the sums are exact. */
export function channelStatistics(pixels: Uint8Array, channels: number): ChannelStatistics {
  const counts = new Float64Array(channels * 256);
  for (let i = 0; i < pixels.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const cell = c * 256 + (pixels[i + c] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    let squares = 0;
    for (let value = 0; value < 256; value++) {
      const count = counts[c * 256 + value] as number;
      sum += count * value;
      squares += count * value * value;
    }
    const total = Math.max(pixels.length / channels, 1);
    mean.push(sum / total / 255);
    const variance = Math.max(squares / total - (sum / total) * (sum / total), 0);
    deviation.push(Math.max(Math.sqrt(variance) / 255, SMALLEST));
  }
  return { mean, deviation };
}
