/** The product's profiler worker, which also tells the most GPU memory that TensorFlow.js ever held in it. */
import { getBackend, memory } from "@tensorflow/tfjs-core";
import { serveProfiler } from "../../src/workers/profilerServer";
import type { Endpoint } from "../../src/workers/rpc";
import { peakChannel } from "./protocol";

/** Between two looks, ms: a network is sampled for a second. */
const LOOK_EVERY = 10;

// Benchmarks are checked against a page's global scope, in which this never runs.
serveProfiler(self as unknown as Endpoint);

const channel = new BroadcastChannel(peakChannel);
let peak = 0;
setInterval(() => {
  // Asked before there is a backend, the library would choose one.
  if (!getBackend()) return;
  const { numBytesInGPUAllocated = 0 } = memory() as { numBytesInGPUAllocated?: number };
  if (numBytesInGPUAllocated <= peak) return;
  peak = numBytesInGPUAllocated;
  channel.postMessage(peak);
}, LOOK_EVERY);
