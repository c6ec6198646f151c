import type { Published } from "./published";

/** Table 6 of the paper: MnasNet-A1 against networks that repeat one layer. */
export const table6 = {
  "mnasnet-a1": { kind: "published", inputSize: 224, top1Percent: 75.2, pixel1Ms: 78, source: "paper" },
  "mbconv3-k3": { kind: "published", inputSize: 224, top1Percent: 71.8, pixel1Ms: 63, source: "paper" },
  "mbconv3-k5": { kind: "published", inputSize: 224, top1Percent: 72.5, pixel1Ms: 78, source: "paper" },
  "mbconv6-k3": { kind: "published", inputSize: 224, top1Percent: 74.9, pixel1Ms: 116, source: "paper" },
  "mbconv6-k5": { kind: "published", inputSize: 224, top1Percent: 75.6, pixel1Ms: 146, source: "paper" },
} as const satisfies Record<string, Published>;
