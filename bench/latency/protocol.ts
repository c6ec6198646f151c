import type { Architecture, Device, LatencyReport, Platform, Scale } from "../../src/core";
import type { PlatformMemory } from "../../src/profiler";

/** One measurement and how long its asker waited for it. */
export interface Measurement {
  report: LatencyReport;
  /** Loading, compiling and the first run, s. */
  prepareSeconds: number;
  /** Timing, s. */
  sampleSeconds: number;
}

/** On which a study's hosts tell a new peak of GPU memory, bytes. */
export const peakChannel = "latency-bench-peak";

/** What the benchmark asks of its page; hosts go by a name of the asker's choice. */
export interface LatencyBench {
  /** Starts a fresh profiler worker with a context of its own. */
  open(host: string, platform: Platform): Promise<{ device: Device; seconds: number }>;
  /** Makes a network ready to be timed; resolves to the seconds that it took. */
  prepare(host: string, architecture: Architecture, scale: Scale): Promise<number>;
  profile(host: string, architecture: Architecture, scale: Scale): Promise<Measurement>;
  close(host: string): void;
  /** As in a study: through the queue that renews its host; resolves to what the host holds afterwards. */
  profileInStudy(architecture: Architecture, scale: Scale): Promise<PlatformMemory>;
  /** The study's hosts so far: how many were started, and the most GPU memory that one held at any time, bytes. */
  hosts(): { started: number; peakGpuBytes: number };
  /** JavaScript heap of the page and its workers, bytes; waits for the garbage collector. */
  heapBytes(): Promise<number>;
}
