/** What makes a latency trustworthy: the profiler samples by it, storage and page judge reports by the same numbers. */
export const latencyRule = {
  /** A median is precise where both ends of its interval are at most this share of it away. */
  precision: 0.03,
  /** The machine is quiet while the reference network is at most this share slower than when it is quiet. */
  quietShare: 0.1,
  /** A sample lasts at least this many steps of the clock. */
  stepsPerSample: 20,
} as const;
