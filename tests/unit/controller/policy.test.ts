import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/core";
import { createParameters } from "../../../src/core/controller/parameters";
import { backpropagate, forward, logProbabilitiesOf, type Policy, sample } from "../../../src/core/controller/policy";
import { surrogate } from "../../../src/core/controller/surrogate";

const choices = [3, 1, 2, 4, 2];
const batch = [
  [0, 0, 1, 3, 1],
  [2, 0, 0, 3, 0],
  [1, 0, 1, 0, 1],
  [2, 0, 0, 1, 1],
  [0, 0, 1, 2, 0],
];

function randomPolicy(seed: number, units = 5, range = 0.8): Policy {
  const random = createRandom(seed);
  const parameters = createParameters(choices, units);
  for (let i = 0; i < parameters.flat.length; i++) parameters.flat[i] = (2 * random.uniform() - 1) * range;
  return { choices, units, parameters };
}

/** Central differences of a function of the policy's weights. */
function differences(policy: Policy, f: () => number): number[] {
  const { flat } = policy.parameters;
  const h = 1e-5;
  return Array.from(flat, (value, i) => {
    flat[i] = value + h;
    const above = f();
    flat[i] = value - h;
    const below = f();
    flat[i] = value;
    return (above - below) / (2 * h);
  });
}

function expectClose(actual: Float64Array, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  expect(largest).toBeGreaterThan(1e-3);
  actual.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-7 * largest + 1e-9);
  });
}

test("the gradient through LSTM, embeddings and heads agrees with finite differences", () => {
  const policy = randomPolicy(1);
  // Any smooth function of the log-probabilities will do: here a fixed weighing of the chosen ones.
  const weightOf = (n: number, step: number) => 1 + 0.3 * n - 0.5 * step;
  const f = () =>
    batch.reduce(
      (sum, vector, n) =>
        sum + logProbabilitiesOf(policy, vector).reduce((part, value, step) => part + weightOf(n, step) * value, 0),
      0,
    );
  const present = forward(policy, batch);
  const logitGradients = present.logProbabilities.map((row, step) => {
    const count = choices[step] as number;
    return row.map((value, at) => {
      const n = Math.floor(at / count);
      const chosen = batch[n]?.[step] === at % count ? 1 : 0;
      return weightOf(n, step) * (chosen - Math.exp(value));
    });
  });
  expectClose(backpropagate(policy, present, logitGradients).flat, differences(policy, f));
});

test("the gradient of the PPO loss agrees with finite differences, clipped samples included", () => {
  const policy = randomPolicy(2);
  const random = createRandom(3);
  const settings = { clip: 0.2, entropyWeight: 0.05 };
  const weighed = batch.map((decisions) => ({
    decisions,
    // Past policies up to a factor e^0.6 away: ratios on both sides of both clips.
    logProbabilities: logProbabilitiesOf(policy, decisions).map((value) => value + 1.2 * (random.uniform() - 0.5)),
    advantage: random.normal(),
  }));
  const f = () => surrogate(forward(policy, batch).logProbabilities, weighed, settings).loss;
  const present = forward(policy, batch);
  const { logitGradients } = surrogate(present.logProbabilities, weighed, settings);
  expectClose(backpropagate(policy, present, logitGradients).flat, differences(policy, f));
});

test("the clipped objective of one decision has the values of Figure 1 of the PPO paper", () => {
  const gain = (ratio: number, advantage: number) => {
    const present = [Float64Array.of(Math.log(0.5), Math.log(0.5))];
    const past = [Math.log(0.5 / ratio)];
    const one = { decisions: [0], logProbabilities: past, advantage };
    const { loss, logitGradients } = surrogate(present, [one], { clip: 0.2, entropyWeight: 0 });
    return { objective: -loss, still: logitGradients[0]?.every((g) => Math.abs(g) === 0) };
  };
  const cases: [number, number, number, boolean][] = [
    [1.1, 2, 2.2, false],
    [1.5, 2, 2.4, true], // good and already more probable: no further push
    [0.5, 2, 1, false],
    [0.9, -2, -1.8, false],
    [0.5, -2, -1.6, true], // bad and already less probable
    [1.5, -2, -3, false],
  ];
  for (const [ratio, advantage, objective, still] of cases) {
    expect(gain(ratio, advantage).objective).toBeCloseTo(objective, 12);
    expect(gain(ratio, advantage).still).toBe(still);
  }
});

test("probabilities sum to 1 at every decision, for weights of any size", () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0.01, max: 50, noNaN: true }), (seed, range) => {
      const { logProbabilities } = forward(randomPolicy(seed, 6, range), batch);
      logProbabilities.forEach((values, step) => {
        const count = choices[step] as number;
        for (let n = 0; n < batch.length; n++) {
          const total = values.slice(n * count, (n + 1) * count).reduce((sum, value) => sum + Math.exp(value), 0);
          expect(total).toBeCloseTo(1, 12);
        }
      });
    }),
    { numRuns: 50 },
  );
});

test("a vector's log-probabilities are the same bits drawn, alone and among others", () => {
  const policy = randomPolicy(4, 7);
  const random = createRandom(5);
  const samples = Array.from({ length: 7 }, () => sample(policy, random));
  const { logProbabilities } = forward(
    policy,
    samples.map((one) => one.decisions),
  );
  samples.forEach(({ decisions, logProbabilities: drawn }, n) => {
    expect(logProbabilitiesOf(policy, decisions)).toEqual(drawn);
    decisions.forEach((choice, step) => {
      expect(logProbabilities[step]?.[n * (choices[step] as number) + choice]).toBe(drawn[step]);
    });
  });
});

test("vectors are drawn as often as their probability says", () => {
  const policy = randomPolicy(6, 4, 1.5);
  const random = createRandom(7);
  const draws = 4000;
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const key = sample(policy, random).decisions.join(" ");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let chiSquare = 0;
  let total = 0;
  const all = choices.reduce<number[][]>(
    (vectors, count) => vectors.flatMap((v) => Array.from({ length: count }, (_, c) => [...v, c])),
    [[]],
  );
  for (const vector of all) {
    const probability = Math.exp(logProbabilitiesOf(policy, vector).reduce((sum, value) => sum + value, 0));
    total += probability;
    const expected = draws * probability;
    chiSquare += ((counts.get(vector.join(" ")) ?? 0) - expected) ** 2 / expected;
  }
  expect(total).toBeCloseTo(1, 12);
  expect(chiSquare).toBeLessThan(47 + 5 * Math.sqrt(2 * 47)); // 48 cells: mean 47, five standard deviations
});
