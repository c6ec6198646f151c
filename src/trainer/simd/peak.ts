import type { Kernels } from "./kernels";

const ROWS = 64;
const DEPTH = 256;
const COLUMNS = 64;
const START = 65536;

/**
 * Speed of the kernels' matrix product at its best, multiply-adds per second / 1e9: sizes that stay in L1 and L2, long
 * sums, the fastest of some rounds. Needs a kernels instance of its own: it writes into the memory.
 */
export function measureGemmPeak(kernels: Kernels, rounds = 20): number {
  const numbers = ROWS * DEPTH + 2 * DEPTH * COLUMNS + ROWS * COLUMNS;
  const missing = Math.ceil((START + 4 * numbers - kernels.memory.buffer.byteLength) / 65536);
  if (missing > 0) kernels.memory.grow(missing);
  new Float32Array(kernels.memory.buffer, START, numbers).fill(0.5);
  const a = START;
  const weights = a + 4 * ROWS * DEPTH;
  const panels = weights + 4 * DEPTH * COLUMNS;
  const c = panels + 4 * DEPTH * COLUMNS;
  kernels.packPanels(weights, DEPTH, COLUMNS, panels);
  const pitch = 4 * DEPTH;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let i = 0; i < REPEATS; i++) {
      kernels.product(ROWS, a, pitch, 1, pitch, DEPTH, panels, COLUMNS, c, 4 * COLUMNS, false);
    }
    best = Math.min(best, performance.now() - start);
  }
  return (REPEATS * ROWS * DEPTH * COLUMNS) / best / 1e6;
}

/** Makes a round some milliseconds long, many steps of the coarsest browser clock. */
const REPEATS = 100;
