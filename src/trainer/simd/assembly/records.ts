/**
 * What the planner writes for each layer: addresses in bytes and counts, 32 bits each, in the order of these fields
 * (`records.ts` beside this folder has the same names in the same order).
 */

/** Batch norm and activation after a convolution; arrays [channels], channels a multiple of 4. */
@unmanaged
export class Norm {
  channels: usize;
  /** What the convolution gave, f32 [images, pixels, channels]. */
  raw: usize;
  /** Gradient by the normalised values before the activation, as `raw`. */
  gradient: usize;
  gamma: usize;
  beta: usize;
  movingMean: usize;
  movingVariance: usize;
  gammaGradient: usize;
  betaGradient: usize;
  /** The values are clamp(raw * scale + shift, low, high). */
  scale: usize;
  shift: usize;
  mean: usize;
  /** 1 / sqrt(variance + epsilon). */
  inverse: usize;
  /** The gradient by `raw` is a * gradient + b * raw + c: [3, channels]; 0 where there is no batch norm, then it is `gradient`. */
  coefficients: usize;
  /** f64 [2, channels]: sums on the way, forward and backward. */
  sums: usize;
  low: f32;
  high: f32;
}

/** What a layer reads: finished values, or a convolution's raw ones that are normalised while they are loaded. */
@unmanaged
export class Source {
  data: usize;
  channels: usize;
  height: usize;
  width: usize;
  /** Null where `data` are finished values. */
  norm: Norm | null;
  /** Factors [images, channels] of squeeze-and-excite, or 0. */
  gates: usize;
  /** Where the gradient by the values goes: [images, height, width, channels], or 0. */
  gradient: usize;
  /** See `Deliver`. */
  deliver: usize;
  /** Where there are gates: sums over an image of gradient times gated values, [images, channels]. */
  gateSums: usize;
}

/** What is done with the gradient that a layer found for its source. */
export namespace Deliver {
  /** The first of several consumers, or the only one. */
  export const STORE: usize = 0;
  export const ADD: usize = 1;
  /** The only consumer of a norm: masks by the activation and sums for batch norm on the way. */
  export const RECEIVE: usize = 2;
}

/** A layer that looks through a window: a convolution of any kind, or (without norm and weights) pooling. */
@unmanaged
export class Layer {
  source: Source;
  norm: Norm;
  /** Rows of the window, and its columns: as many, but for convolutions. */
  kernel: usize;
  columns: usize;
  /** Places from one tap to the next; 1 but for convolutions. */
  dilation: usize;
  stride: usize;
  /** Rows and columns of zeros before the image (SAME). */
  top: usize;
  left: usize;
  outHeight: usize;
  outWidth: usize;
  /** f32 [kernel, columns, in, out]; depthwise [kernel, kernel, channels]. */
  weights: usize;
  weightGradient: usize;
  /**
   * Whether the forward pass takes the images from the last to the first; the backward pass goes the other way. Each
   * layer begins with what the one before it has left in the cache.
   */
  reversed: usize;
}
