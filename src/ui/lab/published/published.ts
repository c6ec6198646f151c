/** Where published figures come from. */
export const sources = {
  paper: {
    title: "MnasNet paper",
    href: "https://arxiv.org/abs/1807.11626",
  },
  mnasnetCode: {
    title: "MnasNet README",
    href: "https://github.com/tensorflow/tpu/tree/master/models/official/mnasnet",
  },
  mobilenetCode: {
    title: "MobileNet README",
    href: "https://github.com/tensorflow/models/tree/master/research/slim/nets/mobilenet",
  },
  efficientnetCode: {
    title: "EfficientNet README",
    href: "https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet",
  },
  timm: {
    title: "timm results",
    href: "https://github.com/huggingface/pytorch-image-models",
  },
} as const;

export type SourceName = keyof typeof sources;

/** The device of the paper: one big core of a Pixel 1, one image at a time (paper, section 4). */
export const PAPER_DEVICE = "Pixel 1";

/**
 * What others measured of a network and published. It belongs to the size at which they did, and to their device: it is
 * never drawn or told as if it had been measured here. What is absent was not published, or no source at hand has it.
 */
export interface Published {
  kind: "published";
  /** Side of the image at which both were measured, px. */
  inputSize: number;
  /** ImageNet top-1 accuracy, per cent. */
  top1Percent?: number;
  /** Latency on the Pixel 1, ms. */
  pixel1Ms?: number;
  source: SourceName;
}

/**
 * Published accuracies that differ by less, as a share, may do so by chance: half a point of 75 %, the 95 % interval of a
 * difference of two that were each counted on the 50,000 images of ImageNet.
 */
export const publishedPrecision = 0.007;

/** An accuracy as its authors give it. */
export function publishedPercent(value: number): string {
  return `${value.toFixed(1)}\u00a0%`;
}
