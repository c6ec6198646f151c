import { exp } from "../math/elementary";

export interface SurrogateSettings {
  /** A ratio's reach from 1 within which a sample still moves the policy. */
  clip: number;
  /** Weight of the mean entropy per decision, nats. */
  entropyWeight: number;
}

/** One vector of a batch: what was drawn, how probable it was then, and how much better it was than expected. */
export interface Weighed {
  decisions: readonly number[];
  logProbabilities: readonly number[];
  advantage: number;
}

/**
 * PPO's clipped surrogate objective (Schulman et al., arXiv 1707.06347, Equations 7 and 9) with the sign of a loss:
 * minus the mean over vectors and decisions of min(ratio A, clip(ratio) A) + entropyWeight x entropy. Every decision has
 * its own ratio.
 *
 * @param logProbabilities of all choices under the present policy, for each step [batch, choices].
 * @returns the loss, and its gradients with respect to the logits in the same shape.
 */
export function surrogate(
  logProbabilities: readonly Float64Array[],
  batch: readonly Weighed[],
  { clip, entropyWeight }: SurrogateSettings,
): { loss: number; logitGradients: Float64Array[] } {
  const share = 1 / (batch.length * logProbabilities.length);
  let loss = 0;
  const logitGradients = logProbabilities.map((present, step) => {
    const count = present.length / batch.length;
    const gradients = new Float64Array(present.length);
    batch.forEach(({ decisions, logProbabilities: past, advantage }, n) => {
      const row = present.subarray(n * count, (n + 1) * count);
      const choice = decisions[step] as number;
      const ratio = exp((row[choice] as number) - (past[step] as number));
      const clipped = Math.min(Math.max(ratio, 1 - clip), 1 + clip);
      const gain = Math.min(ratio * advantage, clipped * advantage);
      const slope = gain === ratio * advantage ? ratio * advantage : 0; // of the gain, over the chosen log-probability
      const entropy = entropyOf(row);
      loss -= share * (gain + entropyWeight * entropy);
      for (let i = 0; i < count; i++) {
        const logProbability = row[i] as number;
        const probability = exp(logProbability);
        const ofGain = slope * ((i === choice ? 1 : 0) - probability);
        const ofEntropy = -probability * (logProbability + entropy);
        gradients[n * count + i] = -share * (ofGain + entropyWeight * ofEntropy);
      }
    });
    return gradients;
  });
  return { loss, logitGradients };
}

/** Entropy of a distribution given by its log-probabilities, nats. */
export function entropyOf(logProbabilities: Float64Array): number {
  return -logProbabilities.reduce((sum, value) => sum + exp(value) * value, 0);
}
