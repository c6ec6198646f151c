import { type Objective, rankFinalists, type Study } from "../core";
import { type Cell, csvText } from "./csv";

/**
 * The finalists as CSV (RFC 4180), one line a training, best place first: what belongs to the finalist stands in each of
 * its lines. One that has no training yet, or failed before its first, has a line without one. Times are in ms.
 *
 * @param objective under which the places are
 */
export function finalistsCsv(study: Study, objective: Objective = study.settings.objective): string {
  const header = [
    ...["place", "place before", "trial", "reward", "reward before"],
    ...["mean accuracy", "standard error", "95% low", "95% high", "apart from next"],
    ...["latency median ms", "latency 95% low ms", "latency 95% high ms", "failure"],
    ...["seed", "accuracy", "correct", "images", "steps", "training loss", "training seconds"],
    ...["target ms", "alpha", "beta", "form"],
  ];
  const lines = rankFinalists(study, objective).flatMap((row) => {
    const { finalist, accuracy, apartFromNext } = row;
    const { latency } = finalist;
    const shared: Cell[] = [
      ...[row.place, row.placeBefore, finalist.trial, row.reward, row.rewardBefore],
      ...[accuracy?.mean, accuracy?.standardError, accuracy?.interval?.[0], accuracy?.interval?.[1]],
      apartFromNext === undefined ? undefined : apartFromNext ? "yes" : "no",
      ...[latency?.medianMs, latency?.intervalMs[0], latency?.intervalMs[1], finalist.failure?.code],
    ];
    const trainings: Cell[][] = finalist.accuracies.map((report) => [
      ...[report.seed, report.accuracy, report.correct, report.images, report.steps],
      ...[report.trainingLoss, report.seconds],
    ]);
    const none: Cell[] = Array.from({ length: 7 }, () => undefined);
    const { targetMs, alpha, beta, form } = objective;
    return (trainings.length > 0 ? trainings : [none]).map((training) => [
      ...shared,
      ...training,
      ...[targetMs, alpha, beta, form],
    ]);
  });
  return csvText([header, ...lines]);
}
