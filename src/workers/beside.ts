import type { Recipe, Study } from "../core";
import type { Dataset } from "../data";
import { lockStudy, type StudyLock, type StudyStore } from "../storage";
import { present } from "./openStudies";
import type { StudyEvents } from "./protocol";
import { RemoteError } from "./rpc";
import { SILENCE_SECONDS } from "./session";
import type { Sessions } from "./sessions";
import { createTrainerPool, poolSize, type TrainerConnection, type TrainerPool } from "./trainerPool";

/** What trains networks of a study once more while no search runs: the finalists stage, the measurement of noise. */
export interface BesideOptions {
  store: Promise<StudyStore | undefined>;
  sessions: Pick<Sessions, "current" | "study" | "images">;
  connectTrainer(): TrainerConnection;
  emit<Type extends keyof StudyEvents>(type: Type, event: StudyEvents[Type]): void;
}

/**
 * The study as its session has it, or from disk; that one is locked, so that no other tab searches it meanwhile.
 *
 * @throws RemoteError "other-tab".
 */
export async function openBeside(
  { store, sessions }: Pick<BesideOptions, "store" | "sessions">,
  studyId: string,
): Promise<{ study: Study; lock?: StudyLock }> {
  const opened = sessions.study(studyId);
  if (opened) return { study: opened };
  const lock = await lockStudy(studyId);
  if (!lock) throw new RemoteError("other-tab", "This study is open in another tab: close that tab first.");
  try {
    return { study: (await present(await store).read(studyId)).study, lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Trainers of their own for so many trainings of a study's networks. */
export function trainersBeside(
  { connectTrainer, emit }: Pick<BesideOptions, "connectTrainer" | "emit">,
  { settings: { engine, proxy, seed } }: Study,
  dataset: Dataset,
  { recipe, trainings }: { recipe: Recipe; trainings: number },
): TrainerPool {
  return createTrainerPool({
    size: poolSize(engine, navigator.hardwareConcurrency, trainings),
    connect: connectTrainer,
    engine,
    dataset,
    recipe,
    scale: proxy,
    seed,
    silenceSeconds: SILENCE_SECONDS,
    onActivity: (activity) => emit("activity", { activity }),
    onReplaced: (cause) =>
      emit("warning", { warning: { code: "worker-replaced", message: `A training worker was replaced: ${cause}` } }),
  });
}
