import type { Page } from "playwright-core";
import { defaultSettings } from "../../src/core";
import { ask } from "./browser";
import { randomArchitectures } from "./networks";

/** Networks between two looks at the heap: as many as a worker has before it is renewed, so that all looks see one of the same age. */
const BETWEEN_LOOKS = 50;
const MEGABYTE = 2 ** 20;

export interface BoundedResult {
  architectures: number;
  /** Workers that were started in turn. */
  hosts: number;
  /** Most GPU memory at any time, also while a network was sampled, as TensorFlow.js counts it. */
  largestGpuMB: number;
  /** Most GPU memory that was left after a network was gone. */
  leftGpuMB: number;
  /** Most tensors left after a network, beside what its host held after its first one. */
  tensorsLeft: number;
  /** JavaScript heap of the page and its workers at each look, and from the first look to the last. */
  heapMB: number[];
  heapGrowthMB?: number;
}

/** Times so many different architectures as a study does, and watches what they leave behind. */
export async function measureBounded(page: Page, number: number): Promise<BoundedResult> {
  console.log("Memory");
  const heapMB: number[] = [];
  let leftGpu = 0;
  let tensorsLeft = 0;
  let hosts = { started: 0, peakGpuBytes: 0 };
  let base = 0;
  for (const [index, architecture] of randomArchitectures(number, "bounded").entries()) {
    const { gpuBytes, tensors } = await ask(page, "profileInStudy", architecture, defaultSettings.deploy);
    const before = hosts.started;
    hosts = await ask(page, "hosts");
    if (hosts.started > before) base = tensors;
    leftGpu = Math.max(leftGpu, gpuBytes);
    tensorsLeft = Math.max(tensorsLeft, tensors - base);
    if ((index + 1) % BETWEEN_LOOKS === 0) heapMB.push((await ask(page, "heapBytes")) / MEGABYTE);
    if ((index + 1) % 10 === 0) {
      const peak = (hosts.peakGpuBytes / MEGABYTE).toFixed(0);
      console.log(`  ${index + 1} of ${number}: at most ${peak} MB, ${tensors} tensors, host ${hosts.started}`);
    }
  }
  return {
    architectures: number,
    hosts: hosts.started,
    largestGpuMB: hosts.peakGpuBytes / MEGABYTE,
    leftGpuMB: leftGpu / MEGABYTE,
    tensorsLeft,
    heapMB,
    ...(heapMB.length > 1 && { heapGrowthMB: (heapMB.at(-1) as number) - (heapMB[0] as number) }),
  };
}
