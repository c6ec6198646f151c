import type { EngineName } from "../trainer";
import type { TrainerConnection } from "./trainerPool";

/** The training engine of this device and why it was chosen. */
export interface ChosenEngine {
  engine: EngineName;
  backend: string;
  reason: string;
}

/** Calibrates once, in a worker of its own that ends afterwards. */
export function createEngineChooser(connect: () => TrainerConnection): () => Promise<ChosenEngine> {
  let chosen: Promise<ChosenEngine> | undefined;

  async function calibrate(): Promise<ChosenEngine> {
    const connection = connect();
    try {
      const { backend, reason } = await connection.call("calibrate", undefined);
      return { engine: "tfjs", backend, reason };
    } finally {
      connection.terminate();
    }
  }

  return () => {
    chosen ??= calibrate();
    chosen.catch(() => {
      chosen = undefined;
    });
    return chosen;
  };
}

/** More trainers than this gain little and cost a phone its memory. */
const MOST_TRAINERS = 8;

/** One candidate a core, one core left for the page and the profiler. Trainers on a GPU would only share it. */
export function poolSize({ backend }: ChosenEngine, cores: number): number {
  if (backend === "webgl") return 1;
  return Math.max(1, Math.min(cores - 1, MOST_TRAINERS));
}
