import {
  accuracyInterval,
  countMultiplyAdds,
  countParameters,
  knownImages,
  type Study,
  type StudySettings,
  spaces,
  type Trial,
} from "../core";
import { type Cell, csvText } from "./csv";

/**
 * A study's trials as CSV (RFC 4180): a line of names, then one line a trial. Decisions are written as the choice that
 * was made; parameters and multiply-adds are at deploy scale; times are in ms. Where a network was measured again, latency
 * is the present one; the reward is the one that was told, with the first.
 */
export function trialsCsv(study: Study): string {
  const space = spaces[study.settings.space];
  const header = ["trial", ...space.decisions.map(({ name }) => name), ...Object.keys(cells)];
  const lines = study.trials.map((trial) => [
    trial.number,
    ...space.decisions.map(({ choices }, index) => choices[trial.decisions[index] ?? -1]),
    ...Object.values(cells).map((cellOf) => cellOf(trial, study)),
  ]);
  return csvText([header, ...lines]);
}

const cells: Record<string, (trial: Trial, study: Study) => Cell> = {
  accuracy: ({ accuracy }) => accuracy?.accuracy,
  "accuracy 95% low": (trial, study) => intervalOf(trial, study)?.[0],
  "accuracy 95% high": (trial, study) => intervalOf(trial, study)?.[1],
  correct: ({ accuracy }) => accuracy?.correct,
  images: ({ accuracy }) => accuracy?.images,
  "training loss": ({ accuracy }) => accuracy?.trainingLoss,
  "validation loss": ({ accuracy }) => accuracy?.validationLoss,
  probability: ({ accuracy }) => accuracy?.probability,
  "halfway loss": ({ accuracy, skipped }) => accuracy?.halfwayLoss ?? skipped?.halfwayLoss,
  "training seconds": ({ accuracy }) => accuracy?.seconds,
  "training engine": ({ accuracy }) => accuracy?.engine,
  "training backend": ({ accuracy }) => accuracy?.backend,
  "latency median ms": ({ latency }) => latency?.medianMs,
  "latency 95% low ms": ({ latency }) => latency?.intervalMs[0],
  "latency 95% high ms": ({ latency }) => latency?.intervalMs[1],
  "latency p90 ms": ({ latency }) => latency?.p90Ms,
  "latency samples": ({ latency }) => latency?.samplesMs.length,
  "dropped samples": ({ latency }) => latency?.droppedSamples,
  "sampling ended": ({ latency }) => latency?.ended,
  "sustained median ms": ({ latency }) => latency?.sustained?.medianMs,
  "sustained 95% low ms": ({ latency }) => latency?.sustained?.intervalMs[0],
  "sustained 95% high ms": ({ latency }) => latency?.sustained?.intervalMs[1],
  "reference before ms": ({ latency }) => latency?.reference?.beforeMs,
  "reference after ms": ({ latency }) => latency?.reference?.afterMs,
  "reference quiet ms": ({ latency }) => latency?.reference?.quietMs,
  measurements: ({ latency, earlierLatencies = [] }) => earlierLatencies.length + (latency ? 1 : 0),
  "first run ms": ({ latency }) => latency?.firstRunMs,
  "compile ms": ({ latency }) => latency?.compileMs,
  parameters: (trial, { settings }) => countParameters(decode(trial, settings), settings.deploy),
  "multiply-adds": (trial, { settings }) => countMultiplyAdds(decode(trial, settings), settings.deploy),
  reward: ({ reward }) => reward,
  "objective form": ({ objective }) => objective.form,
  "target ms": ({ objective }) => objective.targetMs,
  alpha: ({ objective }) => objective.alpha,
  beta: ({ objective }) => objective.beta,
  repeats: ({ repeats }) => repeats,
  skipped: ({ skipped }) => skipped?.reason,
  "assumed accuracy": ({ skipped }) => skipped?.assumedAccuracy,
  "failed at": ({ failure }) => failure?.stage,
  failure: ({ failure }) => failure?.code,
  "failure message": ({ failure }) => failure?.message,
  "lost attempts": ({ retries }) => retries?.length ?? 0,
  platform: ({ latency }) => latency?.device.platform,
  gpu: ({ latency }) => latency?.device.gpu,
};

/** Over other seeds and images. */
function intervalOf({ accuracy }: Trial, study: Study) {
  return accuracy && accuracyInterval(accuracy, study.settings.recipe, knownImages(study));
}

function decode({ decisions }: Trial, { space }: StudySettings) {
  return spaces[space].decode(decisions);
}
