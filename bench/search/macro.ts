import { createRandom, deriveSeed } from "../../src/core";
import { loadNasBenchMacro, type MacroEntry } from "../support/nas-bench-macro";
import type { Table } from "./landscape";

const TARGET_MFLOPS = 40;

/**
 * NAS-Bench-Macro with millions of FLOPs in the place of milliseconds: the accuracy is that of one training seed, drawn for
 * each network; the truth is the mean of the other two. Undefined where the table is not there.
 */
export function macroTable(): Table | undefined {
  const entries = loadNasBenchMacro();
  if (!entries) return undefined;
  const entryOf = (vector: readonly number[]) => entries[vector.join("")] as MacroEntry;
  return {
    name: "nas-bench-macro",
    landscape(seed) {
      const drawn = (vector: readonly number[]) => createRandom(deriveSeed(seed, "training", ...vector)).integer(3);
      return {
        decisions: Array.from({ length: 8 }, (_, layer) => ({ name: `layer ${layer + 1}`, choices: [0, 1, 2] })),
        targetMs: TARGET_MFLOPS,
        reference: { accuracy: 0.8, latencyMs: 100 },
        measure(vector) {
          const { test_acc, flops } = entryOf(vector);
          return { accuracy: (test_acc[drawn(vector)] as number) / 100, latencyMs: flops / 1e6 };
        },
        truth(vector) {
          const { test_acc, flops } = entryOf(vector);
          const others = test_acc.filter((_, i) => i !== drawn(vector));
          return { accuracy: others.reduce((sum, value) => sum + value, 0) / 200, latencyMs: flops / 1e6 };
        },
      };
    },
  };
}
