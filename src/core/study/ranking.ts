import { estimateMean, type MeanEstimate, tReach } from "../math/student";
import type { Objective } from "../objective/objective";
import { reward } from "../objective/objective";
import { rewardOf } from "./judge";
import type { Finalist, Study } from "./study";

/** A finalist in the new order. */
export interface RankedFinalist {
  finalist: Finalist;
  /** From 1, by the reward of its trial. */
  placeBefore: number;
  rewardBefore: number;
  /** From 1; absent where a measurement is missing, or it failed. */
  place?: number;
  /** From the mean accuracy and the new median latency. */
  reward?: number;
  /** Over the trainings that are done; absent before the first. */
  accuracy?: MeanEstimate;
  /** Whether its reward and that of the next place differ by more than their 95 % interval; absent for the last place. */
  apartFromNext?: boolean;
}

/**
 * The finalists by their new places, those without a place last.
 *
 * Two neighbours are told apart where Welch's 95 % interval of the difference of their rewards is clear of zero. The
 * uncertainty of a reward is that of the mean accuracy over the seeds, together with that of the median latency, whose
 * interval is taken through the objective. All finalists are counted on the same held-out images: whether they would
 * stand in this order on other images it does not say.
 *
 * @param objective where another than the study's own is to judge
 */
export function rankFinalists(study: Study, objective: Objective = study.settings.objective): RankedFinalist[] {
  const finalists = study.finals?.finalists ?? [];
  const before = finalists
    .flatMap((finalist) => {
      const trial = study.trials[finalist.trial];
      return trial ? { finalist, rewardBefore: rewardOf(trial, objective) } : [];
    })
    .sort((a, b) => b.rewardBefore - a.rewardBefore || a.finalist.trial - b.finalist.trial)
    .map((row, index) => ({ ...row, placeBefore: index + 1 }));

  const judged = before.map((row) => ({ ...row, score: scoreOf(row.finalist, objective) }));
  judged.sort((a, b) => higherFirst(a.score?.reward, b.score?.reward) || a.placeBefore - b.placeBefore);
  return judged.map(({ score, ...row }, index) => {
    const { accuracies } = row.finalist;
    const ranked: RankedFinalist = row;
    if (accuracies.length > 0) ranked.accuracy = estimateMean(accuracies.map(({ accuracy }) => accuracy));
    if (!score) return ranked;
    ranked.place = index + 1;
    ranked.reward = score.reward;
    const next = judged[index + 1]?.score;
    if (next) ranked.apartFromNext = areApart(score, next);
    return ranked;
  });
}

/** A reward and what it is uncertain by. */
interface Score {
  reward: number;
  /** Standard error from the seeds, and their degrees of freedom; absent for a single seed. */
  seeds?: { error: number; degrees: number };
  /** Standard error from the latency. */
  latencyError: number;
}

function scoreOf({ accuracies, latency, failure }: Finalist, objective: Objective): Score | undefined {
  if (failure || !latency || accuracies.length === 0) return undefined;
  const of = (accuracy: number, latencyMs: number) => reward({ accuracy, latencyMs }, objective);
  const { mean } = estimateMean(accuracies.map(({ accuracy }) => accuracy));
  const { standardError } = estimateMean(accuracies.map(({ accuracy }) => of(accuracy, latency.medianMs)));
  const [low, high] = latency.intervalMs;
  const reach = Math.max(...[low, high].map((end) => Math.abs(of(mean, end) - of(mean, latency.medianMs))));
  return {
    reward: of(mean, latency.medianMs),
    seeds: standardError === undefined ? undefined : { error: standardError, degrees: accuracies.length - 1 },
    latencyError: reach / tReach(Number.POSITIVE_INFINITY),
  };
}

/** Welch's interval, degrees of freedom after Satterthwaite; the latency's share of the variance counts as known. */
function areApart(a: Score, b: Score): boolean {
  if (!a.seeds || !b.seeds) return false;
  const [seedsA, seedsB] = [a.seeds.error ** 2, b.seeds.error ** 2];
  const variance = seedsA + seedsB + a.latencyError ** 2 + b.latencyError ** 2;
  const estimated = seedsA ** 2 / a.seeds.degrees + seedsB ** 2 / b.seeds.degrees;
  const degrees = estimated > 0 ? variance ** 2 / estimated : Number.POSITIVE_INFINITY;
  return Math.abs(a.reward - b.reward) > tReach(degrees) * Math.sqrt(variance);
}

/** What has no number comes last. */
function higherFirst(a = Number.NEGATIVE_INFINITY, b = Number.NEGATIVE_INFINITY): number {
  return a === b ? 0 : b - a;
}
