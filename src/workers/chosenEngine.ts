import type { EngineChoice, StudyStore } from "../storage";
import type { TrainerConnection } from "./trainerPool";

/**
 * Chooses the training engine of this device: what an earlier visit found, or else a calibration in a worker of its own,
 * which is kept for the next visit.
 */
export function createEngineChooser(
  connect: () => TrainerConnection,
  store: Promise<StudyStore | undefined>,
): () => Promise<EngineChoice> {
  let chosen: Promise<EngineChoice> | undefined;

  async function choose(): Promise<EngineChoice> {
    const open = await store;
    const known = await open?.readEngine(navigator.userAgent).catch(() => undefined);
    if (known) return known;
    const fresh = await calibrate();
    await open?.saveEngine(navigator.userAgent, fresh).catch(() => {}); // only costs the next visit some seconds
    return fresh;
  }

  async function calibrate(): Promise<EngineChoice> {
    const connection = connect();
    try {
      const { engine, backend, reason } = await connection.call("calibrate", undefined);
      return { engine, backend, reason };
    } finally {
      connection.terminate();
    }
  }

  return () => {
    chosen ??= choose();
    chosen.catch(() => {
      chosen = undefined;
    });
    return chosen;
  };
}

/** More trainers than this gain little and cost a phone its memory. */
const MOST_TRAINERS = 8;

/** One candidate a core, one core left for the page and the profiler. Trainers on a GPU would only share it. */
export function poolSize({ backend }: EngineChoice, cores: number): number {
  if (backend === "webgl") return 1;
  return Math.max(1, Math.min(cores - 1, MOST_TRAINERS));
}
