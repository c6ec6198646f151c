/**
 * Adam (Kingma & Ba, arXiv 1412.6980, Algorithm 1). Weights and moments are kept to single precision, which halves a
 * saved state; the arithmetic is in double precision.
 */
export interface AdamState {
  firstMoment: Float32Array;
  secondMoment: Float32Array;
  /** beta1 and beta2 to the power of the number of steps taken. */
  firstDecay: number;
  secondDecay: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

export function createAdam(size: number): AdamState {
  return {
    firstMoment: new Float32Array(size),
    secondMoment: new Float32Array(size),
    firstDecay: 1,
    secondDecay: 1,
  };
}

export function copyAdam({ firstMoment, secondMoment, firstDecay, secondDecay }: AdamState): AdamState {
  return { firstMoment: firstMoment.slice(), secondMoment: secondMoment.slice(), firstDecay, secondDecay };
}

/** One step down the gradients: changes the weights and the state in place. */
export function descend(weights: Float64Array, gradients: Float64Array, state: AdamState, learningRate: number): void {
  const { firstMoment, secondMoment } = state;
  state.firstDecay *= BETA1;
  state.secondDecay *= BETA2;
  const step = learningRate / (1 - state.firstDecay);
  const correction = 1 / (1 - state.secondDecay);
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i] as number;
    const first = BETA1 * (firstMoment[i] as number) + (1 - BETA1) * gradient;
    const second = BETA2 * (secondMoment[i] as number) + (1 - BETA2) * gradient * gradient;
    firstMoment[i] = first;
    secondMoment[i] = second;
    weights[i] = Math.fround((weights[i] as number) - (step * first) / (Math.sqrt(second * correction) + EPSILON));
  }
}
