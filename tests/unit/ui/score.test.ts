import { expect, test } from "vitest";
import { defaultSettings, reward } from "../../../src/core";
import { neighbour } from "../../../src/ui/charts/neighbour";
import { latencyCorrelation, measuredPoints, scorePoints } from "../../../src/ui/state/score";
import { fakeStudy } from "../../fixtures/fakeClient";

const study = fakeStudy(60, { ...defaultSettings, seed: 5 });
const points = measuredPoints(study);
const objectives = [
  { targetMs: 20, alpha: 0, beta: -1 },
  { targetMs: 12, alpha: 0, beta: -1 },
  { targetMs: 20, alpha: -0.07, beta: -0.07 },
  { targetMs: 17, alpha: -0.5, beta: -1.5 },
];

test("failed trials and repeats have no point", () => {
  const [first] = study.trials;
  if (!first) throw new Error("The fixture has no trial.");
  const withRepeat = [...study.trials, { ...first, number: 60, repeats: 0 }];
  const failed = study.trials.filter((trial) => trial.failure).length;
  expect(failed).toBeGreaterThan(0);
  expect(measuredPoints({ ...study, trials: withRepeat })).toHaveLength(60 - failed);
});

test.each(objectives)("front, best and order agree with brute force at $targetMs ms, $alpha, $beta", (objective) => {
  const scored = scorePoints(points, objective);
  for (const point of scored) {
    const beaten = points.some(
      (other) =>
        other.accuracy >= point.accuracy &&
        other.latencyMs <= point.latencyMs &&
        (other.accuracy > point.accuracy || other.latencyMs < point.latencyMs),
    );
    expect(point.onFront).toBe(!beaten);
    expect(point.beyondTarget).toBe(point.latencyMs > objective.targetMs);
  }
  const rewards = points.map((point) => reward(point, objective));
  expect(scored.filter((point) => point.best).map((point) => point.reward)).toEqual([Math.max(...rewards)]);
  expect(scored.map((point) => point.reward)).toEqual(rewards.sort((a, b) => b - a));
});

test("the front does not depend on the objective, the best does", () => {
  const fronts = objectives.map((objective) =>
    scorePoints(points, objective)
      .filter((point) => point.onFront)
      .map((point) => point.number)
      .sort(),
  );
  expect(new Set(fronts.map(String)).size).toBe(1);
  expect(new Set(objectives.map((objective) => scorePoints(points, objective)[0]?.number)).size).toBeGreaterThan(1);
});

test("with alpha = beta the order is the same for every T", () => {
  const order = (targetMs: number) =>
    scorePoints(points, { targetMs, alpha: -0.07, beta: -0.07 }).map((point) => point.number);
  expect(order(5)).toEqual(order(80));
});

test("correlation waits for five points and is 1 for figures in the same order", () => {
  expect(latencyCorrelation(points.slice(0, 4))).toBeUndefined();
  const inOrder = points.map((point) => ({ ...point, latencyMs: Math.sqrt(point.multiplyAdds) }));
  expect(latencyCorrelation(inOrder)).toBeCloseTo(1, 12);
  expect(latencyCorrelation(points.map((point) => ({ ...point, latencyMs: 3 })))).toBeUndefined();
});

test("right arrow walks over every point by rising latency and stays at the last", () => {
  const scored = scorePoints(points, objectives[0] ?? { targetMs: 20, alpha: 0, beta: -1 });
  const walked: number[] = [];
  let at = neighbour(scored, undefined, "Home");
  for (let step = 0; step < scored.length && at; step++) {
    walked.push(at.latencyMs);
    at = neighbour(scored, at, "ArrowRight");
  }
  expect(walked).toEqual(points.map((point) => point.latencyMs).sort((a, b) => a - b));
  expect(at).toBe(neighbour(scored, undefined, "End"));
  expect(neighbour(scored, at, "a")).toBeUndefined();
});
