import { describe, expect, test, vi } from "vitest";
import { type AccuracyReport, createRandom, presets, recipes } from "../../../src/core";
import { table6Subjects } from "../../../src/ui/lab/experiments/table6Subjects";
import { accuracyOrder } from "../../../src/ui/lab/trainings/AccuracyExperiment";
import { meanAccuracies, trainingsOf, type Way } from "../../../src/ui/lab/trainings/accuracies";
import { estimateTrainings } from "../../../src/ui/lab/trainings/estimate";
import { createTrainingRun, type Job } from "../../../src/ui/lab/trainings/trainingRun";
import type { StudyRequests, Training } from "../../../src/workers/protocol";
import { RemoteError } from "../../../src/workers/rpc";
import { fakeTraining } from "../../fixtures/fakeTrainings";

const scale = { inputSize: 32, widthMultiplier: 0.5, classes: 10, channels: 3 } as const;
const recipe = recipes.standard;
const way: Way = { recipe, scale, images: "Built-in images, medium" };
const job = (key: "mnasnet-a1" | "mbconv3-k3", seed: number): Job => ({
  key,
  network: key,
  architecture: presets[key],
  recipe,
  scale,
  seed,
});
const jobs = [job("mnasnet-a1", 1), job("mbconv3-k3", 1), job("mnasnet-a1", 2), job("mbconv3-k3", 2)];
const trained = ({ network, architecture, seed }: Job, change: Partial<Training> = {}): Training => ({
  ...fakeTraining({ network, architecture, seed, scale, recipe, data: { kind: "builtin" } }, seed),
  ...change,
});

describe("which kept trainings count", () => {
  const networks = jobs.slice(0, 2);

  test("those of the same network, recipe, scale and images; of one seed the latest", () => {
    const again = trained(job("mnasnet-a1", 1), { id: "later" });
    const others = [
      trained(job("mnasnet-a1", 3), { recipe: recipes.quick }),
      trained(job("mnasnet-a1", 4), { scale: { ...scale, inputSize: 64 } }),
      trained(job("mnasnet-a1", 5), { scale: { ...scale, widthMultiplier: 1 } }),
      trained(job("mnasnet-a1", 6), { data: { ...again.data, name: "Built-in images, hard" } }),
    ];
    const found = trainingsOf(networks, [...jobs.slice(0, 3).map((one) => trained(one)), again, ...others], way);
    expect(found.reports.get("mnasnet-a1")).toEqual([again.accuracy, trained(job("mnasnet-a1", 2)).accuracy]);
    expect(found.reports.get("mbconv3-k3")).toHaveLength(1);
  });

  test("never those on images of an older generator beside today's", () => {
    const old = trained(job("mnasnet-a1", 1), {
      data: { ...trained(job("mnasnet-a1", 1)).data, hash: "f".repeat(64) },
    });
    const found = trainingsOf(networks, [old, trained(job("mbconv3-k3", 1))], way);
    expect(found.reports.get("mnasnet-a1")).toEqual([]);
  });
});

describe("mean accuracies", () => {
  /** Of an accuracy with noise between seeds. */
  function report(truth: number, deviation: number, random: ReturnType<typeof createRandom>): AccuracyReport {
    const { accuracy } = trained(job("mnasnet-a1", 1));
    const images = 4000;
    // The sum of twelve uniform numbers has deviation 1.
    const normal = Array.from({ length: 12 }, () => random.uniform()).reduce((sum, each) => sum + each, -6);
    const correct = Math.round(images * (truth + deviation * normal));
    return { ...accuracy, accuracy: correct / images, correct, images };
  }

  test("their intervals hold the truth about as often as they say", () => {
    const random = createRandom(5);
    let held = 0;
    const rounds = 300;
    for (let round = 0; round < rounds; round++) {
      const reports = ["a", "b", "c", "d", "e"].map(
        (key) => [key, [report(0.6, 0.02, random), report(0.6, 0.02, random)]] as const,
      );
      for (const { interval } of meanAccuracies({ reports: new Map(reports) }, recipe).values()) {
        if (interval[0] <= 0.6 && 0.6 <= interval[1]) held++;
      }
    }
    // The noise of counting, which all seeds share, is not in these numbers: a little more than 95 %.
    expect(held / (5 * rounds)).toBeGreaterThan(0.93);
    expect(held / (5 * rounds)).toBeLessThan(0.999);
  });

  test("more seeds narrow them; one seed each leaves what was measured elsewhere", () => {
    const random = createRandom(7);
    const of = (seeds: number) =>
      meanAccuracies(
        { reports: new Map([["a", Array.from({ length: seeds }, () => report(0.6, 0.02, random))]]) },
        recipe,
      ).get("a");
    const width = (seeds: number) => {
      const [low = 0, high = 0] = of(seeds)?.interval ?? [];
      return high - low;
    };
    expect(width(1)).toBeGreaterThan(width(10));
    expect(meanAccuracies({ reports: new Map([["a", []]]) }, recipe).size).toBe(0);
  });

  test("published accuracies in another order are told as flips, close ones not", () => {
    const subjects = table6Subjects(224);
    const row = (index: number, centre: number) => ({
      subject: subjects[index] as (typeof subjects)[number],
      measured: { mean: centre, interval: [centre - 0.01, centre + 0.01] as const, trainings: 2 },
    });
    // A1 75.2, MBConv3 3x3 71.8, MBConv3 5x5 72.5 in the paper.
    const { verdict, flips } = accuracyOrder([row(0, 0.5), row(1, 0.6), row(2, 0.605)]);
    expect(verdict.at(-1)).toMatch(
      /Of 3.pairs, 0 stand here as they do in the paper, 2 the other way round and 1 too close/,
    );
    expect(flips).toHaveLength(2);
    // 75.2 and 74.9 % are no order, on 50,000 images.
    expect(accuracyOrder([row(0, 0.5), row(3, 0.7), row(1, 0.9)]).flips).toEqual([
      expect.stringMatching(/^MnasNet-A1 is less accurate than MBConv3 3×3 only here/),
      expect.stringMatching(/^MBConv6 3×3 only is less accurate than MBConv3 3×3 only here/),
    ]);
    expect(accuracyOrder([row(0, 0.5)]).verdict).toEqual([expect.stringMatching(/once three networks are trained/)]);
  });
});

test("the work of an untrained network grows with its steps, and cores share it", () => {
  const one = { architectures: [presets["mnasnet-a1"]], recipe, scale, earlier: [], concurrency: 1 };
  const [low, high] = estimateTrainings(one);
  expect(low).toBeLessThan(high);
  expect(estimateTrainings({ ...one, recipe: { ...recipe, steps: 2 * recipe.steps } })[0]).toBeCloseTo(2 * low);
  const four = { ...one, architectures: Array.from({ length: 4 }, () => presets["mnasnet-a1"]) };
  expect(estimateTrainings({ ...four, concurrency: 4 })[0]).toBeCloseTo(low);
});

describe("a run of trainings", () => {
  type Answer = StudyRequests["trainNetwork"]["result"];

  function setUp(concurrency = 2) {
    const asked: { job: Job; resolve(answer: Answer): void; reject(error: Error): void }[] = [];
    const stop = vi.fn(() => {
      for (const { reject } of asked) reject(new RemoteError("stopped", "Stopped."));
    });
    const run = createTrainingRun({
      train: (one) => new Promise((resolve, reject) => asked.push({ job: one, resolve, reject })),
      stop,
      concurrency,
    });
    const finish = async (index: number) => {
      const one = asked[index];
      one?.resolve({ training: trained(one.job) });
      await settle();
    };
    return { run, asked, stop, finish, state: () => run.store.getState() };
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  test("has so many under way at a time, and ends with all of them", async () => {
    const { run, asked, finish, state } = setUp();
    run.begin(jobs);
    run.begin(jobs);
    expect(asked.map(({ job: { key, seed } }) => [key, seed])).toEqual([
      ["mnasnet-a1", 1],
      ["mbconv3-k3", 1],
    ]);
    for (const index of [1, 0, 2, 3]) await finish(index);
    expect(asked).toHaveLength(4);
    expect(state()).toMatchObject({ phase: "idle", current: [] });
    expect(state().trained).toHaveLength(4);
  });

  test("a pause lets what is under way end; resuming goes on with the rest", async () => {
    const { run, asked, finish, state } = setUp();
    run.begin(jobs);
    run.pause();
    await finish(0);
    expect(state().phase).toBe("pausing");
    await finish(1);
    expect(state()).toMatchObject({ phase: "paused", done: 2, of: 4 });
    expect(asked).toHaveLength(2);
    run.resume();
    await settle();
    expect(asked).toHaveLength(4);
  });

  test("a network that fails is told and passed over; what concerns all ends the run", async () => {
    const { run, asked, finish, state } = setUp(1);
    run.begin(jobs);
    asked[0]?.reject(new RemoteError("training-failed", "It diverged."));
    await settle();
    expect(state().failures).toEqual({ "mnasnet-a1": "It diverged." });
    await finish(1);
    asked[2]?.reject(new RemoteError("engine-unavailable", "There is no WebAssembly SIMD."));
    await settle();
    expect(state()).toMatchObject({ phase: "idle", problem: "There is no WebAssembly SIMD." });
    expect(asked).toHaveLength(3);
  });

  test("a stop gives up all, begins none and says no problem; in a pause it ends at once", async () => {
    const { run, asked, stop, finish, state } = setUp();
    run.begin(jobs);
    run.stop();
    expect(stop).toHaveBeenCalledOnce();
    await settle();
    expect(state()).toMatchObject({ phase: "idle", trained: [], problem: undefined });
    expect(asked).toHaveLength(2);
    run.begin(jobs);
    run.pause();
    await finish(2);
    await finish(3);
    run.stop();
    expect(state().phase).toBe("idle");
  });
});
