import { describe, expect, test } from "vitest";
import { listParameters, sizeOf } from "../../../src/core";
import { initialWeights } from "../../../src/trainer/weights";
import { randomNetwork } from "./support";

describe("initial weights", () => {
  const network = randomNetwork(5, 32, 1);
  const weights = initialWeights(network, 1);
  const parameters = listParameters(network);

  test("come in the order and sizes of the parameters", () => {
    expect([...weights.keys()]).toEqual(parameters.map(({ name }) => name));
    for (const { name, shape } of parameters) expect(weights.get(name)).toHaveLength(sizeOf(shape));
  });

  test("have the spread that their initializers ask for", () => {
    let checked = 0;
    for (const { name, shape, initializer } of parameters) {
      const values = Array.from(weights.get(name) as Float32Array);
      if (initializer === "zeros") expect(values.every((value) => value === 0)).toBe(true);
      if (initializer === "ones") expect(values.every((value) => value === 1)).toBe(true);
      if (initializer === "uniform-units") {
        const reach = 1 / Math.sqrt(network.scale.classes);
        expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(reach);
        expect(deviation(values)).toBeCloseTo(reach / Math.sqrt(3), 2);
      }
      if (initializer === "he-fan-out" && values.length > 1000) {
        const [high, wide] = shape.length === 4 ? (shape as [number, number]) : [1, 1];
        const fanOut = high * wide * (shape[shape.length - 1] as number);
        // The deviation of a deviation over n values is 1 / sqrt(2 n) of it; four of those.
        const expected = Math.sqrt(2 / fanOut);
        expect(Math.abs(deviation(values) / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * values.length));
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(5);
  });

  test("are the same for the same seed, and others for another", () => {
    const again = initialWeights(network, 1);
    const other = initialWeights(network, 2);
    for (const { name, initializer } of parameters) {
      expect(again.get(name)).toEqual(weights.get(name));
      if (initializer === "he-fan-out") expect(other.get(name)).not.toEqual(weights.get(name));
    }
  });
});

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
