import type { Clock } from "../core";
import type { Calibration, TrainingEngine } from "./engine";
import { type BackendName, backendNames } from "./tfjs/backends";

export type {
  BackendMeasurement,
  Calibration,
  EngineName,
  TrainingEngine,
  TrainingJob,
  TrainingProgress,
} from "./engine";

export interface EngineOptions {
  /** Seconds; the performance clock where absent. */
  clock?: Clock;
  /** Where tfjs-backend-wasm-simd.wasm is, for surroundings without a bundler. */
  wasmPath?: string;
}

/**
 * The training engine of this thread.
 * @throws RangeError for an engine or a backend that is not known, Error where this device does not have it.
 */
export async function createEngine(
  name: string,
  backend: string,
  options: EngineOptions = {},
): Promise<TrainingEngine> {
  if (name !== "tfjs") throw new RangeError(`There is no training engine "${name}".`);
  const known = backendNames.find((candidate): candidate is BackendName => candidate === backend);
  if (!known) throw new RangeError(`Engine ${name} has no backend "${backend}": choose ${backendNames.join(", ")}.`);
  const { createTfjsEngine } = await import("./tfjs/engine");
  return createTfjsEngine(known, { clock: performanceClock, ...options });
}

/** Measures which engine and backend train fastest on this device; takes seconds, and the result can be kept. */
export async function calibrate(options: EngineOptions = {}): Promise<Calibration> {
  const { calibrateTfjs } = await import("./tfjs/calibrate");
  return calibrateTfjs({ clock: performanceClock, ...options });
}

const performanceClock: Clock = () => performance.now() / 1000;
