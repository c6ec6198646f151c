export { platformChoices, type Thread } from "./platform";
export { type NetworkProfiler, openProfiler, type ProfileOptions, type ProfilerOptions } from "./profiler";
