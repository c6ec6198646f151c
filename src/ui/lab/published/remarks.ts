/** Where a count of a network here is not the published one beside its other figures, and why. */
export interface Remark {
  /** As a subject names it. */
  network: string;
  sentence: string;
}

/** At all 25 widths and input sizes of the README; a test compares them. */
export const a1Counts: Remark = {
  network: "MnasNet-A1",
  sentence:
    "MnasNet-A1 counts 312\u00a0M multiply-adds at 224\u00a0px, as in the paper; the MnasNet README lists 315.2\u00a0M, and 0.9 to 2.7\u00a0% more than here at every width and input size: it counts something besides.",
};

export const v3SmallCounts: Remark = {
  network: "MobileNetV3-Small",
  sentence:
    "MobileNetV3-Small is built as in torchvision: 2,542,856 parameters, 56.5\u00a0M multiply-adds. The MobileNet README, where its published accuracy and latency are from, lists 2.9\u00a0M and 66\u00a0M: another definition.",
};
