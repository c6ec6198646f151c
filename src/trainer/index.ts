import type { Clock, EngineName } from "../core";
import type { TrainingEngine } from "./engine";

export {
  type TrainedNetwork,
  type TrainingEngine,
  type TrainingJob,
  type TrainingProgress,
  UnfitEngineError,
} from "./engine";

export interface EngineOptions {
  /** Seconds; the performance clock where absent. */
  clock?: Clock;
  /** Where tfjs-backend-wasm-simd.wasm is, for surroundings without a bundler. */
  wasmPath?: string;
}

/**
 * The training engine of this thread, as a study's settings name it.
 * @throws Error where this device does not have it, or it computes something else than it should.
 */
export async function createEngine(name: EngineName, options: EngineOptions = {}): Promise<TrainingEngine> {
  const clock = options.clock ?? performanceClock;
  if (name === "simd") {
    const { createSimdEngine } = await import("./simd/engine");
    return createSimdEngine({ clock });
  }
  const { createTfjsEngine } = await import("./tfjs/engine");
  return createTfjsEngine(name === "tfjs-webgl" ? "webgl" : "wasm", { ...options, clock });
}

const performanceClock: Clock = () => performance.now() / 1000;
