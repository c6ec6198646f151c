import type { Published } from "./published";

/**
 * Table 1 of the paper, and Table 2 for B1, as far as a source at hand has the figures: those of MobileNetV2 are the
 * README's of its own code (the paper's own, 72.0 % at 75 ms and 74.7 % at 143 ms, are from memory and left out); B1's
 * parameters and multiply-adds are from memory too, and counted here instead.
 */
export const table1 = {
  "mnasnet-a1": { kind: "published", inputSize: 224, top1Percent: 75.2, pixel1Ms: 78, source: "paper" },
  "mnasnet-b1": { kind: "published", inputSize: 224, top1Percent: 74.5, pixel1Ms: 77, source: "paper" },
  "mnasnet-small": { kind: "published", inputSize: 224, top1Percent: 66.2, source: "timm" },
  "mobilenet-v2": { kind: "published", inputSize: 224, top1Percent: 71.8, pixel1Ms: 73.8, source: "mobilenetCode" },
  "mobilenet-v2-1.4": { kind: "published", inputSize: 224, top1Percent: 75, pixel1Ms: 138, source: "mobilenetCode" },
  "mobilenet-v3-large": {
    kind: "published",
    inputSize: 224,
    top1Percent: 75.2,
    pixel1Ms: 51.2,
    source: "mobilenetCode",
  },
  "mobilenet-v3-small": {
    kind: "published",
    inputSize: 224,
    top1Percent: 67.5,
    pixel1Ms: 15.8,
    source: "mobilenetCode",
  },
  "efficientnet-b0": { kind: "published", inputSize: 224, top1Percent: 76.3, source: "efficientnetCode" },
  "nasnet-a-mobile": { kind: "published", inputSize: 224, top1Percent: 74, pixel1Ms: 183, source: "paper" },
} as const satisfies Record<string, Published>;
