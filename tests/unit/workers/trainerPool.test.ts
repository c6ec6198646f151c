import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type AccuracyReport, defaultSettings, EvaluationError, presets } from "../../../src/core";
import type { Dataset } from "../../../src/data";
import { engineUnavailable } from "../../../src/workers/engines";
import { createGate } from "../../../src/workers/gate";
import type { Activity } from "../../../src/workers/protocol";
import { connectWorker, serve } from "../../../src/workers/rpc";
import { createTrainerPool, poolSize } from "../../../src/workers/trainerPool";
import type { TrainerEvents, TrainerRequests, TrainOutcome, TrainParams } from "../../../src/workers/trainerProtocol";
import { accuracyReport } from "../core/fakes";
import { fakeWorker, messages, silence } from "./fakeWorker";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const architecture = presets["mnasnet-small"];
const report: AccuracyReport = accuracyReport(architecture);

interface Behaviour {
  train?(params: TrainParams, worker: number, step: (step: number) => Promise<void>): Promise<TrainOutcome>;
  load?(worker: number): Promise<undefined>;
}

/** A pool of fake workers; worker n is the n-th that was started. */
function setUp(size: number, { train, load }: Behaviour = {}) {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const loaded: Dataset[] = [];
  const replaced: string[] = [];
  const activities: Activity[] = [];
  const pool = createTrainerPool({
    size,
    connect() {
      const number = workers.length;
      const fake = fakeWorker((scope) => {
        const gate = createGate();
        const { emit } = serve<TrainerRequests, TrainerEvents>(scope, {
          async load({ dataset }) {
            loaded.push(dataset);
            return load?.(number);
          },
          async train(params) {
            gate.enter();
            const step = async (count: number) => {
              emit("progress", { phase: "training", step: count, steps: params.recipe.steps });
              await gate.pass();
            };
            return (train?.(params, number, step) ?? Promise.resolve({ report })).finally(gate.leave);
          },
          pause: () => gate.close().then(() => undefined),
          proceed: () => gate.open() as undefined,
        });
      });
      workers.push(fake);
      return connectWorker(fake.worker);
    },
    engine: "simd",
    dataset: { name: "tiny" } as Dataset,
    recipe: defaultSettings.recipe,
    scale: defaultSettings.proxy,
    seed: 5,
    silenceSeconds: 60,
    onActivity: (activity) => activities.push(activity),
    onReplaced: (reason) => replaced.push(reason),
  });
  return { pool, workers, loaded, replaced, activities };
}

test("images travel once to each worker, not once per trial", async () => {
  const { pool, loaded } = setUp(2);
  for (let trial = 0; trial < 6; trial += 2) {
    await Promise.all([pool.train(architecture, trial), pool.train(architecture, trial + 1)]);
  }
  expect(loaded).toHaveLength(2);
  pool.dispose();
});

test("a trial's seed depends on its number alone", async () => {
  const seeds = async (size: number) => {
    const seen: Record<string, number> = {};
    const train = async ({ seed }: TrainParams) => {
      seen[Object.keys(seen).length] = seed;
      return { report };
    };
    const { pool } = setUp(size, { train });
    for (const trial of [0, 1, 2]) await pool.train(architecture, trial);
    pool.dispose();
    return seen;
  };
  expect(await seeds(1)).toEqual(await seeds(3));
});

describe("a worker that dies in mid-trial", () => {
  test("is replaced, gets the images, and the trial is retried once", async () => {
    const { pool, workers, loaded, replaced } = setUp(1, {
      train: (_, worker) => (worker === 0 ? new Promise(() => {}) : Promise.resolve({ report })),
    });
    const trained = pool.train(architecture, 0);
    await vi.waitFor(() => expect(loaded).toHaveLength(1));
    workers[0]?.crash("killed");
    expect(await trained).toEqual({ report, retries: ["killed"] });
    expect(workers[0]?.terminated()).toBe(true);
    expect(loaded).toHaveLength(2);
    expect(replaced).toEqual(["killed"]);
    pool.dispose();
  });

  test("twice gives a failed trial with the reason, and the pool still works", async () => {
    const { pool } = setUp(1, {
      train: ({ seed }, worker) =>
        worker < 2 ? Promise.reject(new Error("lost")) : Promise.resolve({ report: { ...report, seed } }),
    });
    const failed = await pool.train(architecture, 0).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(EvaluationError);
    expect(failed).toMatchObject({ failure: { code: "worker-died", stage: "training" }, retries: ["lost"] });
    expect((await pool.train(architecture, 1)).retries).toEqual([]);
    pool.dispose();
  });

  test("that shows no sign of life counts as dead", async () => {
    const { pool } = setUp(1, {
      train: (_, worker) => (worker === 0 ? new Promise(() => {}) : Promise.resolve({ report })),
    });
    const trained = pool.train(architecture, 0);
    await silence(60);
    expect((await trained).retries[0]).toMatch(/No progress/);
    pool.dispose();
  });
});

test("a trainer that hangs does not hold up a pause for ever", async () => {
  const { pool, replaced } = setUp(1, {
    // The first worker never comes to the end of a step.
    train: (_, worker) => (worker === 0 ? new Promise(() => {}) : Promise.resolve({ report })),
  });
  const trained = pool.train(architecture, 0);
  await messages();
  const paused = pool.pause();
  await silence(60);
  await paused;
  expect(replaced).toEqual([]);
  pool.proceed();
  expect((await trained).retries).toHaveLength(1);
  pool.dispose();
});

test("an engine that never starts is replaced once, then the search's fault", async () => {
  const { pool, workers } = setUp(1, { load: () => new Promise(() => {}) });
  const trained = pool.train(architecture, 0).catch((error: unknown) => error);
  await silence(60);
  await silence(60);
  expect(await trained).toMatchObject({ message: expect.stringMatching(/has not started/) });
  expect(workers).toHaveLength(2);
  pool.dispose();
});

test("the end of a study replaces nobody", async () => {
  const { pool, workers, replaced } = setUp(1, { train: () => new Promise(() => {}) });
  const trained = pool.train(architecture, 0).catch((error: unknown) => error);
  pool.dispose();
  expect(await trained).not.toBeInstanceOf(EvaluationError);
  expect(workers).toHaveLength(1);
  expect(replaced).toEqual([]);
});

test("a candidate's own failure is not retried", async () => {
  const failure = { stage: "training", code: "diverged", message: "The loss is not finite." } as const;
  const { pool, workers } = setUp(1, { train: async () => ({ failure }) });
  await expect(pool.train(architecture, 0)).rejects.toMatchObject({ failure, retries: [] });
  expect(workers).toHaveLength(1);
  pool.dispose();
});

test("an engine that cannot start is the search's fault, not the candidate's", async () => {
  const { pool, workers } = setUp(1, { load: () => Promise.reject(new Error("no backend")) });
  const failed = await pool.train(architecture, 0).catch((error: unknown) => error);
  expect(failed).not.toBeInstanceOf(EvaluationError);
  expect(failed).toMatchObject({ message: "no backend" });
  expect(workers).toHaveLength(2);
  pool.dispose();
});

test("trainers are ready when each has its engine; a worker that died on the way is replaced", async () => {
  const { pool, workers } = setUp(2, {
    load: (worker) => (worker === 0 ? Promise.reject(new Error("killed")) : Promise.resolve(undefined)),
  });
  await pool.ready();
  expect(workers).toHaveLength(3);
  expect(workers.map(({ terminated }) => terminated())).toEqual([true, false, false]);
  pool.dispose();
});

test("an engine that this device lacks is told at once, without a second worker", async () => {
  const refusal = engineUnavailable("tfjs-webgl", new Error("WebGL is switched off."));
  const { pool, workers, replaced } = setUp(1, { load: () => Promise.reject(refusal) });
  await expect(pool.ready()).rejects.toMatchObject({ code: "engine-unavailable", message: refusal.message });
  expect(workers).toHaveLength(1);
  expect(replaced).toEqual([]);
  pool.dispose();
});

test("an engine that computes a network's layers wrongly is told at once, and not held against the candidate", async () => {
  const refusal = engineUnavailable("tfjs-webgl", new Error("Its loss is 3 instead of 2."));
  const { pool, workers } = setUp(1, { train: () => Promise.reject(refusal) });
  const failed = await pool.train(architecture, 0).catch((error: unknown) => error);
  expect(failed).not.toBeInstanceOf(EvaluationError);
  expect(failed).toMatchObject({ code: "engine-unavailable", message: refusal.message });
  expect(workers).toHaveLength(1);
  pool.dispose();
});

test.each([
  ["simd", 4, 8, 3], // a core is left for the page
  ["tfjs-wasm", 4, 8, 3],
  ["tfjs-webgl", 16, 8, 1], // trainers would share the GPU
  ["simd", 2, 8, 2], // one trainer would leave half of such a machine idle
  ["simd", 1, 8, 1],
  ["simd", 16, 2, 2], // no more than candidates
  ["simd", 64, 64, 8],
] as const)("%s on %d cores with %d candidates under way: %d trainers", (engine, cores, lookahead, size) => {
  expect(poolSize(engine, cores, lookahead)).toBe(size);
});

test("pause resolves when every trainer stands still, and nothing moves before proceed", async () => {
  let steps = 0;
  let running = true;
  const train = async (_: TrainParams, __: number, step: (count: number) => Promise<void>) => {
    while (running) {
      steps++;
      await step(steps);
    }
    return { report };
  };
  const { pool } = setUp(2, { train });
  const trained = [pool.train(architecture, 0), pool.train(architecture, 1)];
  await vi.waitFor(() => expect(steps).toBeGreaterThan(4));
  await pool.pause();
  const before = steps;
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(steps).toBe(before);
  pool.proceed();
  await vi.waitFor(() => expect(steps).toBeGreaterThan(before + 2));
  running = false;
  await Promise.all(trained);
  pool.dispose();
});

test("activities say what each worker does", async () => {
  const { pool, activities } = setUp(1, {
    async train(_, __, step) {
      await step(1);
      return { report };
    },
  });
  await pool.train(architecture, 7);
  expect(activities).toContainEqual({
    worker: "trainer 1",
    task: "training",
    trial: 7,
    step: 1,
    steps: defaultSettings.recipe.steps,
  });
  expect(activities.at(-1)).toEqual({ worker: "trainer 1", task: "idle" });
  pool.dispose();
});
