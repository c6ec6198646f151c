import { expect, test } from "vitest";
import { createController } from "../../../src/core";
import { decisionsOf } from "./decisions";

const decisions = decisionsOf([4, 4, 4, 4, 4, 4]);

function differing(a: readonly number[], b: readonly number[]): number {
  return a.filter((choice, i) => choice !== b[i]).length;
}

test("evolution: children differ from the best by one decision; the oldest leaves, however good it is", () => {
  const controller = createController("evolution", { decisions, seed: 2 });
  const champion = [3, 3, 3, 3, 3, 3];
  controller.tell(champion, 1);
  for (let i = 0; i < 49; i++) {
    controller.ask();
    controller.tell([0, 0, 0, 0, 0, 0], 0);
  }
  controller.ask(); // the fiftieth and last at random
  const parents = Array.from({ length: 200 }, () => {
    const child = controller.ask();
    return differing(child, champion) === 1 ? "champion" : differing(child, [0, 0, 0, 0, 0, 0]) === 1 ? "zero" : "else";
  });
  // It is in a sample of 10 of 50 with probability 1 - (49/50)^10 = 0.183.
  const share = parents.filter((parent) => parent === "champion").length / 200;
  expect(parents).not.toContain("else");
  expect(share).toBeGreaterThan(0.07);
  expect(share).toBeLessThan(0.3);

  controller.tell([0, 0, 0, 0, 0, 0], 0);
  for (let i = 0; i < 200; i++) expect(differing(controller.ask(), champion)).toBeGreaterThan(1);
});

test("guided never asks for what is known while something else is left", () => {
  const few = decisionsOf([3, 2, 3, 2]);
  const controller = createController("guided", { decisions: few, seed: 4 });
  const asked = Array.from({ length: 36 }, (_, i) => {
    const vector = controller.ask();
    const accuracy = 0.5 + 0.1 * (vector[0] as number);
    controller.tell(vector, accuracy, {
      accuracy,
      latencyMs: 10 + i / 100,
      objective: { targetMs: 20, alpha: 0, beta: -1 },
    });
    return vector.join("");
  });
  expect(new Set(asked).size).toBeGreaterThanOrEqual(35); // the last by luck of random draws
});

test("guided follows a target that moves, without a trial under the new one", () => {
  const many = decisionsOf(Array(10).fill(3));
  const loose = { targetMs: 40, alpha: 0, beta: -1 };
  const tight = { ...loose, targetMs: 22 };
  const sizeOf = (vector: readonly number[]) => vector.reduce((sum, choice) => sum + choice, 0);
  const controller = createController("guided", { decisions: many, seed: 5 });
  const tellAbout = (vector: number[], objective: typeof loose) => {
    const accuracy = 0.5 + 0.02 * sizeOf(vector);
    const latencyMs = 20 + sizeOf(vector);
    controller.tell(vector, accuracy, { accuracy, latencyMs, objective });
  };
  const sizes = (objective: typeof loose, count: number) =>
    Array.from({ length: count }, () => {
      const vector = controller.ask();
      tellAbout(vector, objective);
      return sizeOf(vector);
    }).sort((a, b) => a - b);
  const before = sizes(loose, 80).slice(-30);
  tellAbout([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], tight);
  const after = sizes(tight, 9);
  expect(before[0]).toBeGreaterThan(12); // the larger the better: at most 20
  expect(after[4]).toBeLessThan(8); // within 22 ms the sum may be 2
});
