import { setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Network } from "../../../../../src/core";
import { type Kernels, loadKernels } from "../../../../../src/trainer/simd/kernels";
import { loadBackend } from "../../../../../src/trainer/tfjs/backends";
import { compare, worstOf } from "./compare";
import { threePasses } from "./passes";

/** Of the largest magnitude (see `compare`); measured are 3e-5 at most. */
const TOLERANCE = 1e-4;
/** How far values before an activation may be off in so few layers. */
const ROUNDING = 2e-6;

/** Networks by what is special about them. */
export type Cases = [string, Network][];

/** Tests that the kernels give what TensorFlow.js and plain double precision do, for batches of so many images. */
export function testAgreement(groups: [string, Cases][], countOf: (name: string, network: Network) => number): void {
  let kernels: Kernels;

  beforeAll(async () => {
    await loadBackend("cpu");
    await setBackend("cpu");
    kernels = await loadKernels();
  });

  describe.each(groups)("%s: outputs, moving statistics and gradients are those of TensorFlow.js", (_, cases) => {
    test.each(cases)("%s", async (name, network) => {
      const count = countOf(name, network);
      const { simd, tfjs, truth } = await threePasses(kernels, network, { count, seed: count, rounding: ROUNDING });
      for (const [oracle, expected] of Object.entries({ tfjs, truth })) {
        const errors = compare(simd, expected);
        expect(worstOf(errors), `against ${oracle}: ${JSON.stringify(errors)}`).toBeLessThan(TOLERANCE);
      }
    });
  });
}
