export { platformChoices, type Thread } from "./platform";
export type { PreparedNetwork, SampleOptions } from "./prepared";
export { type NetworkProfiler, openProfiler, type PlatformMemory, type ProfilerOptions } from "./profiler";
