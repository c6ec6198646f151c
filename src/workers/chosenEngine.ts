import type { EngineChoice, StudyStore } from "../storage";
import { RemoteError } from "./rpc";
import type { TrainerConnection } from "./trainerPool";
import { watched } from "./watchdog";

/** Calibration gives its backends up after some 20 s each; a worker silent for longer is dead. */
const SILENCE_SECONDS = 120;

export interface EngineChooser {
  /** What an earlier visit found, or else a calibration in a worker of its own, kept for the next visit. */
  choose(): Promise<EngineChoice>;
  /** Something failed: the next choice is measured anew. */
  distrust(): void;
}

export function createEngineChooser(
  connect: () => TrainerConnection,
  store: Promise<StudyStore | undefined>,
): EngineChooser {
  let chosen: Promise<EngineChoice> | undefined;
  let distrusted = false;

  async function find(): Promise<EngineChoice> {
    const open = await store;
    const known = distrusted ? undefined : await open?.readEngine(navigator.userAgent).catch(() => undefined);
    if (known) return known;
    const { choice, sound } = await calibrate();
    if (sound) await open?.saveEngine(navigator.userAgent, choice).catch(() => {}); // costs the next visit some seconds
    return choice;
  }

  /** `sound` where WebAssembly, which every device can have, was measured: else something passing was wrong. */
  async function calibrate(): Promise<{ choice: EngineChoice; sound: boolean }> {
    const connection = connect();
    try {
      const calibration = watched(connection.call("calibrate", undefined), SILENCE_SECONDS, () =>
        connection.terminate(new RemoteError("worker-died", `Calibration gave no answer for ${SILENCE_SECONDS} s.`)),
      );
      const { engine, backend, reason, measured } = await calibration;
      const sound = measured.some((entry) => entry.backend === "wasm" && entry.stepMs !== undefined);
      return { choice: { engine, backend, reason }, sound };
    } finally {
      connection.terminate();
    }
  }

  return {
    choose() {
      if (!chosen) {
        chosen = find();
        chosen.catch(() => {
          chosen = undefined;
        });
      }
      return chosen;
    },
    distrust() {
      distrusted = true;
      chosen = undefined;
    },
  };
}

/** More trainers than this gain little and cost a phone its memory. */
const MOST_TRAINERS = 8;

/**
 * One candidate a core, one core left for the page and the profiler, never more than candidates are pending. Trainers on
 * a GPU would only share it.
 */
export function poolSize({ backend }: EngineChoice, cores: number, lookahead: number): number {
  if (backend === "webgl") return 1;
  return Math.max(1, Math.min(cores - 1, lookahead, MOST_TRAINERS));
}
