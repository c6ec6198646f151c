import type { Study } from "../../../src/core";
import type { Dataset } from "../../../src/data";
import type { StudyChanges, StudyStore } from "../../../src/storage";
import { connectWorker, type RemoteError, serve } from "../../../src/workers/rpc";
import type { Session } from "../../../src/workers/session";
import type { TrainerEvents, TrainerRequests, TrainOutcome, TrainParams } from "../../../src/workers/trainerProtocol";
import { fakeWorker } from "./fakeWorker";

/** What surrounds a stage that trains networks of a study again. */
export interface Surroundings {
  /** What lies on disk. */
  kept: Study;
  /** Trainings wait for this. */
  training?: Promise<void>;
  images?(): Promise<Dataset>;
  session?: Partial<Session>;
  update?(): Promise<void>;
}

/** A disk, images and trainer workers, each with what was done with it. `train` answers for every trainer. */
export function surround(
  { kept, training, images, session, update }: Surroundings,
  train: (params: TrainParams) => TrainOutcome,
) {
  let disk = kept;
  let workers = 0;
  const ended = new Set<number>();
  const asked: TrainParams[] = [];

  function connectTrainer() {
    const worker = workers++;
    const fake = fakeWorker((scope) =>
      serve<TrainerRequests, TrainerEvents>(scope, {
        load: async () => undefined,
        async train(params) {
          asked.push(params);
          await training;
          return train(params);
        },
        pause: async () => undefined,
        proceed: () => undefined,
      }),
    );
    const connection = connectWorker<TrainerRequests, TrainerEvents>(fake.worker);
    return {
      ...connection,
      terminate(error?: RemoteError) {
        ended.add(worker);
        connection.terminate(error);
      },
    };
  }

  const store = {
    read: async () => ({ study: disk, warnings: [] }),
    async update(_: string, changes: StudyChanges) {
      await update?.();
      disk = { ...disk, ...changes };
    },
  } as unknown as StudyStore;
  const sessions = {
    current: () => session as Session | undefined,
    study: () => undefined,
    images: images ?? (async () => ({ name: "x" }) as Dataset),
  };
  return {
    options: { store: Promise.resolve(store), sessions, connectTrainer },
    asked,
    disk: () => disk,
    workers: () => workers,
    ended: () => ended.size,
  };
}
