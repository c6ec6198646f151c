import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Architecture,
  architectureKey,
  type Checkpoint,
  createRandom,
  createSearches,
  defaultSettings,
  deriveSeed,
  type Ending,
  EvaluationError,
  exponents,
  firstCheckpoint,
  isCellArchitecture,
  type Objective,
  type SideOptions,
  StoppedHalfway,
  type StudySettings,
  spaces,
  type Trial,
  type TrialFailure,
} from "../../../src/core";
import { accuracyReport, deferred, latencyReport, memoryJournal } from "./fakes";

const settings = (change: Partial<StudySettings> = {}): StudySettings => ({
  ...defaultSettings,
  controller: "random",
  budget: { trials: 12 },
  skipHopeless: false,
  ...change,
});
const hard = { targetMs: 20, ...exponents.hard };
const soft = { targetMs: 20, ...exponents.soft };
const random = createRandom(7);
/** A few networks; what is asked for is drawn from them. */
const vectors = Array.from({ length: 6 }, () =>
  spaces[defaultSettings.space].decisions.map(({ choices }) => random.integer(choices.length)),
);
const keyOf = (decisions: readonly number[]) => architectureKey(spaces[defaultSettings.space].decode(decisions));

interface Side {
  settings: StudySettings;
  trials?: readonly Trial[];
  checkpoint?: Checkpoint;
  onTrial?(trial: Trial): void;
}

interface Surroundings {
  places?: number;
  /** Turns of the event loop that a training or a timing takes. */
  turns?(architecture: Architecture): number;
  /** What a network's evaluation fails of. */
  failure?(key: string): TrialFailure | undefined;
  /** What every training waits for. */
  hold?: Promise<void>;
  /** A network's training loss halfway. */
  loss?(key: string): number;
  /** A training begins. */
  onTraining?(architecture: Architecture): void;
}

/** Searches side by side on a trainer and a profiler that note the key of everything they begin. */
function setUp(
  sides: readonly Side[],
  { places = 1, turns = () => 1, failure, hold, loss, onTraining }: Surroundings = {},
) {
  const trained: string[] = [];
  const timed: string[] = [];
  const training: Architecture[] = [];
  const mostAtOnce = { training: 0, timing: 0 };
  let timing = 0;

  async function work(architecture: Architecture, stage: TrialFailure["stage"]): Promise<void> {
    for (let turn = turns(architecture); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
    const failed = failure?.(architectureKey(architecture));
    if (failed?.stage === stage) throw new EvaluationError(failed, ["It died once."]);
  }

  const trainer = {
    concurrency: places,
    async train(architecture: Architecture, number: number, halfwayLimit = Number.POSITIVE_INFINITY) {
      const halfwayLoss = loss?.(architectureKey(architecture));
      trained.push(architectureKey(architecture));
      training.push(architecture);
      mostAtOnce.training = Math.max(mostAtOnce.training, training.length);
      try {
        onTraining?.(architecture);
        await hold;
        await work(architecture, "training");
        if (halfwayLoss !== undefined && halfwayLoss > halfwayLimit) throw new StoppedHalfway(halfwayLoss, ["Once."]);
        // No two trainings give the same report: equal reports are shared ones.
        const report = { ...accuracyReport(architecture), halfwayLoss, seed: number, seconds: trained.length };
        return { report, retries: ["Once."] };
      } finally {
        training.splice(training.indexOf(architecture), 1);
      }
    },
  };
  const profiler = {
    async profile(architecture: Architecture) {
      timed.push(architectureKey(architecture));
      mostAtOnce.timing = Math.max(mostAtOnce.timing, ++timing);
      try {
        await work(architecture, "timing");
        return { report: latencyReport(architecture), retries: [] };
      } finally {
        timing--;
      }
    },
  };

  const journals = sides.map(() => memoryJournal());
  const trials = sides.map((side) => [...(side.trials ?? [])]);
  const options = sides.map(
    (side, index): SideOptions => ({
      settings: side.settings,
      trials: side.trials ?? [],
      checkpoint: side.checkpoint ?? firstCheckpoint(side.settings),
      journal: journals[index] ?? memoryJournal(),
      clock: () => 0,
      onTrial(trial) {
        trials[index]?.push(trial);
        side.onTrial?.(trial);
      },
    }),
  );
  const searches = createSearches(options, trainer, profiler);
  const run = () => Promise.all(searches.map((search) => search.run()));
  return { searches, run, trials, journals, trained, timed, training, mostAtOnce };
}

describe("turns", () => {
  /** Over different spaces: a network says whose it is. */
  const sides = [settings(), settings({ space: "factorized-mobilenet-v2" })];
  const blocksOf = (architecture: Architecture) => (isCellArchitecture(architecture) ? 0 : architecture.blocks.length);
  const blocks = sides.map(({ space }) => blocksOf(spaces[space].decode(spaces[space].decisions.map(() => 0))));
  const sideOf = (architecture: Architecture) => blocks.indexOf(blocksOf(architecture));

  test.each([
    ["both are equally fast", 1, [1, 1]],
    ["the first is slower", 1, [9, 1]],
    ["the second is slower, on two places", 2, [2, 15]],
    ["the first is slower, on three", 3, [7, 1]],
  ] as const)("trials are begun one by one: %s", async (_, places, slowness) => {
    const begun: number[] = [];
    const { run } = setUp(
      sides.map((side) => ({ settings: side })),
      {
        places,
        turns: (architecture) => slowness[sideOf(architecture)] ?? 0,
        onTraining: (architecture) => begun.push(sideOf(architecture)),
      },
    );
    expect(await run()).toEqual(["budget", "budget"]);
    expect(begun).toHaveLength(24);
    const counts = [0, 0];
    for (const side of begun) {
      counts[side] = (counts[side] ?? 0) + 1;
      const [first = 0, second = 0] = counts;
      if (Math.max(first, second) < 12) expect(Math.abs(first - second)).toBeLessThanOrEqual(1);
    }
  });

  test("a side that has ended leaves its share to the others", async () => {
    const [first = settings(), second = settings()] = sides;
    const { run, mostAtOnce, trials, ...rest } = setUp(
      [{ settings: { ...first, budget: { trials: 2 } } }, { settings: second }],
      {
        places: 3,
        turns: () => 5,
        onTraining(architecture) {
          if (sideOf(architecture) === 0) mostOfSecond = 0;
          const ofSecond = rest.training.filter((each) => sideOf(each) === 1).length;
          mostOfSecond = Math.max(mostOfSecond, ofSecond);
        },
      },
    );
    let mostOfSecond = 0;
    expect(await run()).toEqual(["budget", "budget"]);
    expect(trials.map(({ length }) => length)).toEqual([2, 12]);
    expect(mostOfSecond).toBe(3);
    expect(mostAtOnce).toEqual({ training: 3, timing: 1 });
  });
});

describe("shared evaluations", () => {
  /** A side that asks for these networks, in this order, and for no others. */
  function asking(asked: readonly number[], objective: Objective = hard): Side {
    const decisions = asked.map((index) => vectors[index] ?? []);
    const distinct = new Set(asked).size;
    const its = settings({ objective, budget: { trials: distinct } });
    return { settings: its, checkpoint: { ...firstCheckpoint(its), pending: decisions } };
  }

  const asks = fc.array(fc.integer({ min: 0, max: vectors.length - 1 }), { minLength: 1, maxLength: 12 });

  test("each network is trained and timed once, whoever asks for it and when; all trials have the same reports", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(asks, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer(),
        async (sequences, places, seed) => {
          const pace = createRandom(seed);
          const { run, trials, trained, timed } = setUp(
            sequences.map((asked, side) => asking(asked, side === 0 ? hard : soft)),
            { places, turns: () => pace.integer(6) },
          );
          await run();
          const wanted = new Set(sequences.flat().map((index) => keyOf(vectors[index] ?? [])));
          expect(trained.toSorted()).toEqual([...wanted].toSorted());
          expect(timed.toSorted()).toEqual([...wanted].toSorted());
          const reports = new Map<string, Trial>();
          for (const [side, asked] of sequences.entries()) {
            expect(trials[side]?.map(({ key }) => key)).toEqual(asked.map((index) => keyOf(vectors[index] ?? [])));
            for (const trial of trials[side] ?? []) {
              const { accuracy, latency } = reports.get(trial.key) ?? trial;
              reports.set(trial.key, trial);
              expect(trial.accuracy).toBe(accuracy);
              expect(trial.latency).toBe(latency);
              expect(accuracy && latency).toBeDefined();
            }
          }
        },
      ),
      { numRuns: 40 },
    ));

  test("the first asker's report stands in both, its lost attempts with the first asker alone", async () => {
    // Network 0 is the third of the first side, and the first of the second, which begins after the first's first.
    const { run, trials } = setUp([asking([1, 2, 0]), asking([0, 3])]);
    await run();
    const [first, second] = trials.map((side) => side.find(({ key }) => key === keyOf(vectors[0] ?? [])));
    expect(second).toMatchObject({ number: 0, accuracy: { seed: 0 }, retries: ["Once."] });
    expect(first).toMatchObject({ number: 2, accuracy: { seed: 0 } });
    expect(first?.retries).toBeUndefined();
  });

  test.each(["training", "timing"] as const)("a failure in %s is shared too", async (stage) => {
    const bad = keyOf(vectors[0] ?? []);
    const failed: TrialFailure = { stage, code: "out-of-memory", message: "Too large." };
    const { run, trials, trained, timed } = setUp([asking([1, 0, 2]), asking([0, 3])], {
      places: 2,
      failure: (key) => (key === bad ? failed : undefined),
    });
    expect(await run()).toEqual(["budget", "budget"]);
    for (const side of trials) {
      expect(side.find(({ key }) => key === bad)).toMatchObject({ failure: failed, reward: 0 });
    }
    expect((stage === "training" ? trained : timed).filter((key) => key === bad)).toHaveLength(1);
    expect(trials.flat().filter(({ retries }) => retries?.includes("It died once."))).toHaveLength(1);
    expect(timed.includes(bad)).toBe(stage === "timing");
  });

  test("what one side has on disk serves the other", async () => {
    const before = setUp([asking([0, 1, 2])]);
    await before.run();
    const [{ rows, last } = memoryJournal()] = before.journals;
    const after = setUp([{ ...asking([0, 1, 2]), trials: rows, checkpoint: last }, asking([2, 3, 0, 1])]);
    await after.run();
    expect(after.trained).toEqual([keyOf(vectors[3] ?? [])]);
    expect(after.timed).toEqual(after.trained);
    expect(after.trials[1]).toHaveLength(4);
  });

  test("also what is known only in part", async () => {
    const key = keyOf(vectors[0] ?? []);
    const accuracy = accuracyReport(spaces[defaultSettings.space].decode(vectors[0] ?? []));
    const half = asking([0]);
    const checkpoint = { ...firstCheckpoint(half.settings), ...half.checkpoint, evaluated: { [key]: { accuracy } } };
    const { run, trained, timed, trials } = setUp([asking([0]), { ...half, checkpoint }]);
    await run();
    expect([trained, timed]).toEqual([[], [key]]);
    expect(trials.flat().map((trial) => trial.accuracy)).toEqual([accuracy, accuracy]);
  });

  test("an error that is not the candidate's is not shared: another run may do better", async () => {
    let broken = true;
    const { searches, trials, trained } = setUp([asking([0]), asking([0])], {
      onTraining() {
        if (broken) throw new Error("no engine");
      },
    });
    const outcomes = await Promise.allSettled(searches.map((search) => search.run()));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    broken = false;
    expect(await Promise.all(searches.map((search) => search.run()))).toEqual(["budget", "budget"]);
    expect(trials.map(({ length }) => length)).toEqual([1, 1]);
    expect(trained).toHaveLength(2);
  });

  test("a network that was measured again is shared with its present latency", async () => {
    const { searches, trials } = setUp([asking([0]), asking([1, 0])]);
    await searches[0]?.run();
    const [trial] = trials[0] ?? [];
    if (!trial?.latency) throw new Error("It was timed.");
    searches[0]?.amend({ ...trial, latency: { ...trial.latency, medianMs: 99 }, earlierLatencies: [trial.latency] });
    await searches[1]?.run();
    expect(trials[1]?.map(({ latency }) => latency?.medianMs === 99)).toEqual([false, true]);
  });
});

describe("the same trials", () => {
  const sides = [hard, soft].map((objective) =>
    settings({ objective, controller: "ppo", skipHopeless: true, budget: { trials: 9 }, lookahead: 3 }),
  );
  /** Seeded by the network alone. */
  const loss = (key: string) =>
    createRandom(
      deriveSeed(
        key.length,
        ...key
          .slice(-40)
          .split("")
          .map((c) => c.charCodeAt(0)),
      ),
    ).uniform();
  /** Without what says when an evaluation was done, and for whom. */
  const essence = ({ retries: _, accuracy, ...trial }: Trial) => ({ ...trial, correct: accuracy?.correct });

  test("as each study alone has, where the reports depend on the network alone", async () => {
    const together = setUp(
      sides.map((side) => ({ settings: side })),
      { places: 3, turns: paced(3), loss },
    );
    await together.run();
    for (const [index, side] of sides.entries()) {
      const alone = setUp([{ settings: side }], { loss });
      await alone.run();
      expect(together.trials[index]?.map(essence)).toEqual(alone.trials[0]?.map(essence));
    }
  });

  test("whoever trains a network, and however far: each side's limits hold for what it shares", async () => {
    /** Trials that were ended halfway in one study, and have an accuracy in another. */
    let apart = 0;
    const property = fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      async (seed, places, atOnce) => {
        // All ask for the same networks, but have heard of different ones by then.
        const limited = [1, 2, 4].map((lookahead) => settings({ objective: soft, lookahead, skipHopeless: true }));
        const asking = [...limited, settings({ objective: soft })].map((each) => ({ settings: { ...each, seed } }));
        const together = setUp(asking, { places, turns: paced(seed), loss });
        if (atOnce) await together.run();
        else for (const search of together.searches) await search.run();
        for (const [index, side] of asking.entries()) {
          const alone = setUp([side], { loss });
          await alone.run();
          expect(together.trials[index]?.map(essence)).toEqual(alone.trials[0]?.map(essence));
        }
        const told = together.trials.flat();
        const full = new Set(told.flatMap(({ key, accuracy }) => (accuracy ? [key] : [])));
        apart += told.filter(({ key, skipped }) => skipped && full.has(key)).length;
      },
    );
    await fc.assert(property, { numRuns: 15 });
    expect(apart).toBeGreaterThan(20);
  });

  test("after a crash at any trial, and nothing that was on disk is evaluated again", async () => {
    /** What was on disk whenever a trial of either side had been written. */
    const disk: { trials: Trial[]; checkpoint: Checkpoint }[][] = [];
    const whole = setUp(
      sides.map((side) => ({
        settings: side,
        onTrial() {
          disk.push(
            whole.journals.map(({ rows, last }, index) =>
              structuredClone({ trials: rows, checkpoint: last ?? firstCheckpoint(sides[index] ?? settings()) }),
            ),
          );
        },
      })),
      { places: 2, turns: paced(11), loss },
    );
    await whole.run();
    expect(disk).toHaveLength(18);
    for (const [cut, found] of disk.entries()) {
      const rest = setUp(
        found.map((side, index) => ({ settings: sides[index] ?? settings(), ...side })),
        { places: 1 + (cut % 3), turns: paced(cut), loss },
      );
      await rest.run();
      expect(rest.trials.map((side) => side.map(essence))).toEqual(whole.trials.map((side) => side.map(essence)));
      const trials = found.flatMap(({ trials, checkpoint }) => [
        ...trials.map(({ key, accuracy, latency }) => ({ key, accuracy, latency })),
        ...Object.entries(checkpoint.evaluated).map(([key, evaluation]) => ({ key, ...evaluation })),
      ]);
      for (const { key, accuracy, latency } of trials) {
        if (accuracy) expect(rest.trained).not.toContain(key);
        if (latency) expect(rest.timed).not.toContain(key);
      }
    }
  });
});

describe("ends", () => {
  const sides = [settings(), settings({ seed: 2 })];

  test.each([
    ["pause", "paused"],
    ["stop", "stopped"],
  ] as const)(
    "%s begins no training that waits for its turn; a run after it comes to the same",
    async (verb, ending) => {
      const gate = deferred<void>();
      const { searches, run, trained, trials } = setUp(
        sides.map((side) => ({ settings: side })),
        { places: 2, hold: gate.promise },
      );
      const ended = run();
      await until(() => trained.length === 2);
      for (const search of searches) search[verb]();
      gate.resolve();
      expect(await ended).toEqual([ending, ending]);
      expect(trained).toHaveLength(2);
      expect(await run()).toEqual(["budget", "budget"]);
      for (const [index, side] of sides.entries()) {
        const alone = setUp([{ settings: side }]);
        await alone.run();
        expect(trials[index]?.map(({ key }) => key)).toEqual(alone.trials[0]?.map(({ key }) => key));
      }
    },
  );

  test("cancel ends all at once, though a training never comes back", async () => {
    const { searches, run, trained } = setUp(
      sides.map((side) => ({ settings: side })),
      { hold: new Promise(() => {}) },
    );
    const ended: Promise<Ending[]> = run();
    await until(() => trained.length === 1);
    for (const search of searches) search.cancel();
    expect(await ended).toEqual(["cancelled", "cancelled"]);
  });
});

function paced(seed: number): () => number {
  const pace = createRandom(seed);
  return () => pace.integer(8);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
