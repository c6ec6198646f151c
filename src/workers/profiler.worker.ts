/** Entry of the profiler worker: alone with its OffscreenCanvas and context. */
import { serveProfiler } from "./profilerServer";

serveProfiler(self);
