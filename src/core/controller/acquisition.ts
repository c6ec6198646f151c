import { exp } from "../math/elementary";
import { expectedExcess } from "../math/normal";
import { type Objective, reward } from "../objective/objective";
import type { Predictor } from "./models";

export interface Acquisition {
  predictor: Predictor;
  /** Measured vectors' rewards under the objective of now, their accuracies smoothed; in the predictor's order. */
  smoothRewards: readonly number[];
  /** Cheap and optimistic. */
  screen(matches: Uint8Array): number;
  /** Expected improvement over the best smoothed reward, failures counted as none. */
  improvement(vector: readonly number[], matches: Uint8Array): number;
}

/** Three points and weights of Gauss and Hermite: exact for polynomials to the fifth power of a normal number. */
const NODES = [
  [-1.7320508075688772, 1 / 6],
  [0, 2 / 3],
  [1.7320508075688772, 1 / 6],
] as const;

/** @param objective the newest; undefined where only rewards are known. */
export function createAcquisition(predictor: Predictor, objective: Objective | undefined): Acquisition {
  const line = (latencyMs: number) => {
    const offset = objective ? reward({ accuracy: 0, latencyMs }, objective) : 0;
    return { offset, slope: objective ? reward({ accuracy: 1, latencyMs }, objective) - offset : 1 };
  };
  const smoothRewards = predictor.measured.map(({ measured }, i) => {
    const { slope, offset } = line(measured?.latencyMs ?? 1);
    const accuracy = predictor.accuracy.smooth(i);
    return accuracy === undefined ? Number.NEGATIVE_INFINITY : slope * accuracy + offset;
  });
  const best = smoothRewards.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const latencyOf = (logMs: number) => (objective ? exp(logMs) : 1);

  return {
    predictor,
    smoothRewards,
    screen(matches) {
      const { mean, deviation } = predictor.accuracy.rough(matches);
      const { slope, offset } = line(latencyOf(predictor.logLatency?.mean(matches) ?? 0));
      return slope * (mean + deviation) + offset;
    },
    improvement(vector, matches) {
      const accuracy = predictor.accuracy.exact(matches);
      const logLatency = predictor.logLatency?.exact(matches) ?? { mean: 0, deviation: 0 };
      let sum = 0;
      for (const [node, weight] of NODES) {
        const { slope, offset } = line(latencyOf(logLatency.mean + node * logLatency.deviation));
        sum += weight * expectedExcess(slope * accuracy.mean + offset, slope * accuracy.deviation, best);
      }
      return sum * predictor.success(vector, matches);
    },
  };
}
