import type { Published } from "./published";

/** Table 5 of the paper: what each search found, by reward and search space. */
export const table5 = {
  "cells-single": { kind: "published", inputSize: 224, top1Percent: 74, pixel1Ms: 183, source: "paper" },
  "cells-multi": { kind: "published", inputSize: 224, top1Percent: 72, pixel1Ms: 100, source: "paper" },
  "factorized-multi": { kind: "published", inputSize: 224, top1Percent: 75.2, pixel1Ms: 78, source: "paper" },
} as const satisfies Record<string, Published>;
