import { jointDeviations, mean, squaredDeviations } from "../math/statistics";
import { type Objective, reward } from "../objective/objective";
import { rewardOf } from "./judge";
import type { Skipped } from "./reports";
import type { Evaluation } from "./study";

/**
 * So many networks that are no slower must have learnt better halfway before training is ended. For a place on the front
 * the network would have to overtake all of them: of 100 that were ended 0 to 3 would have (docs/search.md).
 */
const BETTER = 3;

/** Latency within T costs and earns nothing: only then can time alone rule a network out early. */
function isHard({ alpha, beta, form }: Objective): boolean {
  return form === undefined && alpha === 0 && beta < 0;
}

/**
 * Why a network that was timed need not be trained: under a hard objective it is so far beyond T that it would lose to the
 * incumbent even with all images right. Nothing that could win is lost by this rule; slow points of the front are.
 *
 * @param known evaluations that were told when it was asked for
 * @returns undefined where it may still win
 */
export function beyondTarget(
  latencyMs: number,
  objective: Objective,
  known: readonly Evaluation[],
): Skipped | undefined {
  if (!isHard(objective)) return undefined;
  const accuracies = known.flatMap(({ accuracy }) => accuracy?.accuracy ?? []);
  if (accuracies.length === 0) return undefined;
  const incumbent = Math.max(...known.map((evaluation) => rewardOf(evaluation, objective)));
  if (reward({ accuracy: 1, latencyMs }, objective) >= incumbent) return undefined;
  return { reason: "beyond-target", assumedAccuracy: mean(accuracies) };
}

/**
 * The loss halfway beyond which a network of this latency need not be trained on: the third lowest of the networks that are
 * no slower. The fastest networks are never ended, so the front keeps its fast end.
 *
 * @returns undefined where fewer are known
 */
export function halfwayLimit(latencyMs: number, known: readonly Evaluation[]): number | undefined {
  const rivals = known.filter(({ latency }) => latency && latency.medianMs <= latencyMs);
  const losses = rivals.flatMap(({ accuracy, skipped }) => accuracy?.halfwayLoss ?? skipped?.halfwayLoss ?? []);
  return losses.sort((a, b) => a - b)[BETTER - 1];
}

/** What a network that was ended halfway counts with: the accuracy on the line (least squares) through the known ones. */
export function learnsWorse(halfwayLoss: number, known: readonly Evaluation[]): Skipped {
  const points = known.flatMap(({ accuracy }) =>
    accuracy?.halfwayLoss === undefined ? [] : [{ loss: accuracy.halfwayLoss, accuracy: accuracy.accuracy }],
  );
  const losses = points.map(({ loss }) => loss);
  const accuracies = points.map(({ accuracy }) => accuracy);
  const spread = squaredDeviations(losses);
  const slope = spread > 0 ? Math.min(0, jointDeviations(losses, accuracies) / spread) : 0;
  const expected = mean(accuracies) + slope * (halfwayLoss - mean(losses));
  return { reason: "learns-worse", assumedAccuracy: Math.min(1, Math.max(0, expected)), halfwayLoss };
}
