import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Controller,
  type ControllerName,
  createController,
  createRandom,
  type Evidence,
  mean,
  reward,
} from "../../../src/core";
import { decisionsOf } from "./decisions";

const names: ControllerName[] = ["guided", "ppo", "reinforce", "evolution", "nsga2", "random"];
const decisions = decisionsOf([3, 1, 4, 5]);

/** A search that keeps some vectors waiting, tells them in a shuffled order, fails some and tells some twice. */
function searchOn(controller: Controller, from: Progress, steps: number): Progress {
  const waiting = from.waiting.map((vector) => [...vector]);
  const asked = [...from.asked];
  for (let step = from.step; step < from.step + steps; step++) {
    const vector = controller.ask();
    asked.push(vector);
    waiting.push([...vector]);
    if (step % 5 < 3) continue;
    const chance = createRandom(step);
    for (let told = 0; told < 2 && waiting.length > 0; told++) {
      const [one] = waiting.splice(chance.integer(waiting.length), 1) as [number[]];
      controller.tell(one, rewardOf(one), evidenceOf(one));
      if (chance.uniform() < 0.2) controller.tell(one, rewardOf(one), evidenceOf(one));
    }
  }
  return { step: from.step + steps, waiting, asked };
}

interface Progress {
  step: number;
  waiting: number[][];
  asked: number[][];
}

const start: Progress = { step: 0, waiting: [], asked: [] };

function rewardOf(vector: readonly number[]): number {
  return vector[0] === 1 ? 0 : 0.5 + 0.1 * (vector[2] ?? 0);
}

/** Networks with the first choice 1 fail; of those with the second last choice 3 only the latency is known. */
function evidenceOf(vector: readonly number[]): Evidence | undefined {
  const failed = vector[0] === 1;
  const latencyMs = 5 + (vector[2] ?? 0) + (vector[3] ?? 0);
  const accuracy = vector[2] === 3 ? undefined : rewardOf(vector);
  return failed ? undefined : { accuracy, latencyMs, objective: { targetMs: 7, alpha: 0, beta: -1 } };
}

describe.each(names)("%s", (name) => {
  test("repeats itself for a seed and differs between seeds", () => {
    const run = (seed: number) => searchOn(createController(name, { decisions, seed }), start, 70).asked;
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });

  test("goes on from a saved state as if never interrupted, wherever it is cut", () => {
    const steps = 70; // over 60 vectors told: three updates
    const whole = createController(name, { decisions, seed: 3 });
    const truth = searchOn(whole, start, steps);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: steps }), (cut) => {
        const first = createController(name, { decisions, seed: 3 });
        const before = searchOn(first, start, cut);
        const state = structuredClone(first.save());
        searchOn(first, before, 25); // what happens to the original afterwards must not reach the saved state
        const second = createController(name, { decisions, seed: 999, state });
        expect(searchOn(second, before, steps - cut).asked).toEqual(truth.asked);
        expect(second.save()).toEqual(whole.save());
      }),
      { numRuns: 6 },
    );
  });

  test("asks for vectors in range, whatever the decisions and rewards", () => {
    const choices = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 20 }));
    fc.assert(
      fc.property(
        fc.array(choices, { minLength: 1, maxLength: 12 }),
        fc.integer(),
        fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (counts, seed, rewards) => {
          const controller = createController(name, { decisions: decisionsOf(counts), seed });
          for (const reward of rewards) {
            const vector = controller.ask();
            expect(vector).toHaveLength(counts.length);
            vector.forEach((choice, i) => {
              expect(Number.isInteger(choice) && choice >= 0 && choice < (counts[i] as number)).toBe(true);
            });
            controller.tell(vector, reward);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test("refuses another controller's state, other decisions, and decisions without choices", () => {
    const other = name === "ppo" ? "random" : "ppo";
    const foreign = createController(other, { decisions, seed: 1 }).save();
    expect(() => createController(name, { decisions, seed: 1, state: foreign })).toThrow(`"${other}", not "${name}"`);

    const state = createController(name, { decisions, seed: 1 }).save();
    expect(() => createController(name, { decisions: decisionsOf([3, 1, 4, 6]), seed: 1, state })).toThrow(
      "other decisions",
    );
    const renamed = decisions.map((decision, i) => (i === 2 ? { ...decision, name: "else" } : decision));
    expect(() => createController(name, { decisions: renamed, seed: 1, state })).toThrow("other decisions");

    expect(() => createController(name, { decisions: [], seed: 1 })).toThrow("at least one decision");
    expect(() => createController(name, { decisions: decisionsOf([2, 0]), seed: 1 })).toThrow("no choices");
  });

  test("refuses vectors and rewards that it cannot learn from", () => {
    const controller = createController(name, { decisions, seed: 1 });
    expect(() => controller.tell([0, 0, 0], 1)).toThrow("4 decisions, not 3");
    expect(() => controller.tell([0, 0, 4, 0], 1)).toThrow('"decision 2" must be a whole number from 0 to 3, not 4');
    expect(() => controller.tell([0, 0, -1, 0], 1)).toThrow("not -1");
    expect(() => controller.tell([0, 0, 0.5, 0], 1)).toThrow("not 0.5");
    expect(() => controller.tell([0, 0, 0, 0], Number.NaN)).toThrow("not NaN");
    expect(() => controller.tell([0, 0, 0, 0], Number.POSITIVE_INFINITY)).toThrow("not Infinity");
  });

  test("does not follow changes that the caller makes to a vector", () => {
    const run = (spoil: boolean) => {
      const controller = createController(name, { decisions, seed: 8 });
      const vector = controller.ask();
      const copy = [...vector];
      if (spoil) vector.fill(0);
      for (let i = 0; i < 20; i++) controller.tell(copy, i / 20);
      return controller.save();
    };
    expect(run(true)).toEqual(run(false));
  });
});

test("a damaged state of ppo is refused", () => {
  const state = createController("ppo", { decisions, seed: 1 }).save();
  const cut = { ...state, weights: new Float32Array(7) };
  expect(() => createController("ppo", { decisions, seed: 1, state: cut })).toThrow("damaged");
  const { pending: _, ...lacking } = state;
  expect(() => createController("ppo", { decisions, seed: 1, state: { ...lacking, name: "ppo" } })).toThrow("damaged");
});

test.each(["guided", "reinforce", "evolution", "nsga2"] as const)("a damaged state of %s is refused", (name) => {
  const { random: _, ...lacking } = createController(name, { decisions, seed: 1 }).save();
  expect(() => createController(name, { decisions, seed: 1, state: { ...lacking, name } })).toThrow("damaged");
});

describe("a noisy sum over twelve decisions, accuracy against latency", () => {
  const many = decisionsOf(Array.from({ length: 12 }, (_, i) => 2 + (i % 3)));
  const objective = { targetMs: 20, alpha: 0, beta: -1 };
  const seeds = Array.from({ length: 6 }, (_, i) => i + 1);

  /** True reward of the best of 150 by measured reward. */
  function bestOf(name: ControllerName, seed: number): number {
    const chance = createRandom(seed);
    const worth = many.map(({ choices }) => choices.map(() => chance.normal()));
    const cost = worth.map((row) => row.map((value) => 0.5 * value + chance.normal()));
    const total = (table: number[][], vector: readonly number[]) =>
      vector.reduce((sum, choice, i) => sum + (table[i]?.[choice] ?? 0), 0);
    const controller = createController(name, { decisions: many, seed });
    let best = { measured: Number.NEGATIVE_INFINITY, truth: 0 };
    for (let i = 0; i < 150; i++) {
      const vector = controller.ask();
      const latencyMs = 22 + total(cost, vector);
      const accuracy = 0.6 + 0.04 * total(worth, vector);
      const noisy = accuracy + 0.02 * chance.normal();
      const measured = reward({ accuracy: noisy, latencyMs }, objective);
      controller.tell(vector, measured, { accuracy: noisy, latencyMs, objective });
      if (measured > best.measured) best = { measured, truth: reward({ accuracy, latencyMs }, objective) };
    }
    return best.truth;
  }

  const baseline = mean(seeds.map((seed) => bestOf("random", seed)));
  test.each(names.filter((name) => name !== "random"))("%s beats random search", (name) => {
    expect(mean(seeds.map((seed) => bestOf(name, seed)))).toBeGreaterThan(baseline + 0.01);
  });
});

test("random draws every choice equally often", () => {
  const controller = createController("random", { decisions, seed: 2 });
  const draws = 12_000;
  const counts = decisions.map(({ choices }) => choices.map(() => 0));
  for (let i = 0; i < draws; i++) {
    controller.ask().forEach((choice, d) => {
      const row = counts[d] as number[];
      row[choice] = (row[choice] as number) + 1;
    });
  }
  counts.forEach((row) => {
    const p = 1 / row.length;
    const bound = 5 * Math.sqrt(draws * p * (1 - p)); // five standard deviations
    for (const count of row) expect(Math.abs(count - draws * p)).toBeLessThanOrEqual(bound);
  });
});
