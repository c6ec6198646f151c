/**
 * The policy's weights, as views on one flat array: what the optimiser and a saved state see is the flat array.
 * Every choice of every decision has one row in `heads` and `headBiases`, and its row + 1 in `embeddings`, whose row 0
 * stands for the start, before any decision. Gates come in the order input, forget, output, candidate.
 */
export interface Parameters {
  flat: Float64Array;
  /** [all choices + 1, units] */
  embeddings: Float64Array;
  /** [4 units, units] */
  inputWeights: Float64Array;
  /** [4 units, units] */
  stateWeights: Float64Array;
  /** [4 units] */
  gateBiases: Float64Array;
  /** [all choices, units] */
  heads: Float64Array;
  /** [all choices] */
  headBiases: Float64Array;
}

/** Number of weights for decisions with so many choices each. */
export function countWeights(choices: readonly number[], units: number): number {
  const rows = choices.reduce((sum, count) => sum + count, 0);
  return (rows + 1) * units + 8 * units * units + 4 * units + rows * (units + 1);
}

/** Views on an array of `countWeights` values, zeros if none is given. */
export function createParameters(
  choices: readonly number[],
  units: number,
  flat = new Float64Array(countWeights(choices, units)),
): Parameters {
  const rows = choices.reduce((sum, count) => sum + count, 0);
  let end = 0;
  const next = (size: number) => {
    end += size;
    return flat.subarray(end - size, end);
  };
  return {
    flat,
    embeddings: next((rows + 1) * units),
    inputWeights: next(4 * units * units),
    stateWeights: next(4 * units * units),
    gateBiases: next(4 * units),
    heads: next(rows * units),
    headBiases: next(rows),
  };
}
