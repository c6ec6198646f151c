import { measuredAgain, type Study, spaces, type Trial } from "../core";
import type { Quietable, QuietProfiler } from "./quietProfiler";
import { RemoteError } from "./rpc";

export interface MeasureAgainOptions {
  /** As it stands: it may grow while the measurement waits its turn. */
  study(): Study;
  /** Number of the trial, or of one that repeats it. */
  number: number;
  profiler: QuietProfiler;
  trainers: Quietable;
}

/**
 * Measures a trial's latency once more on the device of its study. Returns the trials that change, see `measuredAgain`.
 *
 * @throws RemoteError "no-latency"; whatever the profiler throws, "other-device" for one; the trial then stays as it is.
 */
export async function measureAgain({ study, number, profiler, trainers }: MeasureAgainOptions): Promise<Trial[]> {
  const { trials, settings } = study();
  const trial = trials.find((candidate) => candidate.number === number);
  if (!trial?.latency) {
    throw new RemoteError("no-latency", `Trial ${number + 1} has no latency that could be measured again.`);
  }
  const first = trial.repeats ?? number;
  const architecture = spaces[settings.space].decode(trial.decisions);
  const forStudy = profiler.forStudy(trainers, settings.deploy, trial.latency.device);
  const measured = await forStudy.profile(architecture, first);
  return measuredAgain(study().trials, first, measured);
}
