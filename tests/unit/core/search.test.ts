import { describe, expect, test } from "vitest";
import {
  type Checkpoint,
  countMultiplyAdds,
  createSearch,
  defaultSettings,
  type Ending,
  EvaluationError,
  firstCheckpoint,
  type Journal,
  type Search,
  type SearchOptions,
  type StudySettings,
  spaces,
  type Trial,
} from "../../../src/core";
import { accuracyReport, deferred, fakeEvaluators, latencyReport, memoryJournal } from "./fakes";

const settings = (change: Partial<StudySettings> = {}): StudySettings => ({
  ...defaultSettings,
  controller: "random",
  budget: { trials: 12 },
  ...change,
});

interface Setup {
  search: Search;
  trials: Trial[];
  journal: ReturnType<typeof memoryJournal>;
}

function setUp(options: Partial<SearchOptions> & { settings: StudySettings }): Setup {
  const journal = memoryJournal();
  const trials: Trial[] = [...(options.trials ?? [])];
  const search = createSearch({
    trials: [],
    checkpoint: firstCheckpoint(options.settings),
    ...fakeEvaluators(),
    journal,
    clock: () => 0,
    onTrial: (trial) => trials.push(trial),
    ...options,
  });
  return { search, trials, journal };
}

describe("replay", () => {
  test.each(["random", "ppo"] as const)(
    "%s: the same trials whatever the workers and the order in which they finish",
    async (controller) => {
      const same = settings({ controller, budget: { trials: 25 } });
      const alone = setUp({ settings: same });
      await alone.search.run();
      for (const concurrency of [3, 7]) {
        const other = setUp({ settings: same, ...fakeEvaluators({ concurrency, shuffle: concurrency }) });
        expect(await other.search.run()).toBe("budget");
        expect(other.trials).toEqual(alone.trials);
      }
      expect(alone.trials.map(({ number }) => number)).toEqual([...Array(25).keys()]);
    },
  );

  test.each(["random", "ppo"] as const)(
    "%s: a search that dies after any trial goes on from its checkpoint to the same trials",
    async (controller) => {
      const same = settings({ controller, budget: { trials: 24 } });
      const whole = setUp({ settings: same, ...fakeEvaluators({ concurrency: 3, shuffle: 5 }) });
      await whole.search.run();
      for (const cut of [0, 3, 18, 19, 23]) {
        const trials = structuredClone(whole.journal.rows.slice(0, cut + 1));
        const checkpoint = structuredClone(whole.journal.checkpoints[cut] as Checkpoint);
        const rest = setUp({ settings: same, trials, checkpoint, ...fakeEvaluators({ concurrency: 2, shuffle: cut }) });
        await rest.search.run();
        expect(rest.trials).toEqual(whole.trials);
      }
    },
  );

  test("an evaluation that was done out of turn is not run again after a crash", async () => {
    const gate = deferred<void>();
    const evaluators = fakeEvaluators({ concurrency: 3, holdTraining: { 0: gate.promise } });
    const same = settings();
    const { search, journal } = setUp({ settings: same, ...evaluators });
    search.run();
    await journal.until(() => Object.keys(journal.last?.evaluated ?? {}).length === 2);
    const again = fakeEvaluators({ concurrency: 3 });
    const resumed = setUp({ settings: same, checkpoint: structuredClone(journal.last as Checkpoint), ...again });
    await resumed.search.run();
    expect(again.trained).toContain(0);
    expect(again.trained).not.toContain(1);
    expect(again.trained).not.toContain(2);
    gate.resolve();
  });
});

describe("order of work", () => {
  test("never more candidates in training than trainers, and all of them used", async () => {
    const evaluators = fakeEvaluators({ concurrency: 3, shuffle: 1 });
    await setUp({ settings: settings(), ...evaluators }).search.run();
    expect(evaluators.mostAtOnce()).toBe(3);
  });

  test("every finished trial is on disk before the next begins", async () => {
    const evaluators = fakeEvaluators();
    const slow: Journal & { wrote: number } = {
      wrote: 0,
      async record() {
        const begun = evaluators.trained.length;
        await Promise.resolve().then(() => Promise.resolve());
        expect(evaluators.trained.length).toBe(begun);
        slow.wrote++;
      },
      checkpoint: async () => {},
    };
    await setUp({ settings: settings(), ...evaluators, journal: slow }).search.run();
    expect(slow.wrote).toBe(12);
  });
});

describe("repeats", () => {
  const space = spaces["factorized-browser"];
  const vector = space.decisions.map(() => 0);

  test("an architecture that was evaluated already is not evaluated again, and does not count", async () => {
    const evaluators = fakeEvaluators({ concurrency: 2 });
    const checkpoint = { ...firstCheckpoint(settings()), pending: [vector, vector, vector] };
    const { search, trials } = setUp({ settings: settings(), checkpoint, ...evaluators });
    await search.run();
    expect(trials).toHaveLength(12 + 2);
    expect(evaluators.trained).not.toContain(1);
    expect(trials[2]).toMatchObject({ repeats: 0, accuracy: trials[0]?.accuracy, reward: trials[0]?.reward });
  });

  test("a controller that proposes nothing new ends the search", async () => {
    const pending = Array.from({ length: 201 }, () => vector);
    const checkpoint = { ...firstCheckpoint(settings()), pending };
    const { search, trials } = setUp({ settings: settings(), checkpoint });
    expect(await search.run()).toBe("exhausted");
    expect(trials.filter(({ repeats }) => repeats === 0)).toHaveLength(200);
  });
});

describe("failures", () => {
  const failure = { stage: "training", code: "diverged", message: "The loss is not finite." } as const;

  test("a failed candidate scores worst, with its reason, and the study goes on", async () => {
    const { trainer, profiler } = fakeEvaluators();
    const failing = {
      concurrency: 1,
      train: (architecture: Parameters<typeof trainer.train>[0], trial: number) =>
        trial === 3
          ? Promise.reject(new EvaluationError(failure, ["it died once"]))
          : trainer.train(architecture, trial),
    };
    const { search, trials } = setUp({ settings: settings(), trainer: failing, profiler });
    expect(await search.run()).toBe("budget");
    expect(trials[3]).toMatchObject({ failure, reward: 0, retries: ["it died once"] });
    expect(trials[3]?.accuracy).toBeUndefined();
    expect(trials).toHaveLength(12);
  });

  test("an error that is not the candidate's stops the search, which can go on afterwards", async () => {
    const { trainer, profiler } = fakeEvaluators();
    let broken = true;
    const breaking = {
      concurrency: 1,
      train: (architecture: Parameters<typeof trainer.train>[0], trial: number) =>
        trial === 3 && broken ? Promise.reject(new Error("no engine")) : trainer.train(architecture, trial),
    };
    const { search, trials } = setUp({ settings: settings(), trainer: breaking, profiler });
    await expect(search.run()).rejects.toThrow("no engine");
    broken = false;
    expect(await search.run()).toBe("budget");
    expect(trials).toHaveLength(12);
  });
});

describe("ends", () => {
  /** A run that a verb ends when trial 4 is told. */
  async function endAfterFour(verb: "pause" | "stop") {
    const evaluators = fakeEvaluators({ concurrency: 2 });
    const setup = setUp({
      settings: settings(),
      ...evaluators,
      onTrial(trial) {
        setup.trials.push(trial);
        if (trial.number === 4) setup.search[verb]();
      },
    });
    return { ...setup, evaluators, ending: await setup.search.run() };
  }

  test("pause ends the stages under way, begins none, and keeps what they found", async () => {
    const { search, trials, evaluators, journal, ending } = await endAfterFour("pause");
    expect(ending).toBe("paused");
    expect(trials.length).toBeLessThan(12);
    const { trained } = evaluators;
    expect(trained.length).toBeGreaterThan(trials.length);
    // Trained, but not timed: on disk.
    const kept = Object.values(journal.last?.evaluated ?? {}).filter(({ accuracy }) => accuracy);
    expect(trials.length + kept.length).toBe(trained.length);
    expect(await search.run()).toBe("budget");
    expect(trials).toHaveLength(12);
    expect(new Set(trained).size).toBe(trained.length);
  });

  test("stop lets what was trained be timed, and trains nothing new", async () => {
    const { trials, evaluators, ending } = await endAfterFour("stop");
    expect(ending).toBe("stopped");
    expect(trials.length).toBe(evaluators.trained.length);
    expect(trials.length).toBeLessThan(12);
  });

  test("cancel ends at once, though a candidate never comes back", async () => {
    const never = deferred<void>();
    const { search, trials } = setUp({
      settings: settings(),
      ...fakeEvaluators({ holdTraining: { 2: never.promise } }),
    });
    const ending: Promise<Ending> = search.run();
    await deferredUntil(() => trials.length === 2);
    search.cancel();
    expect(await ending).toBe("cancelled");
  });

  test("minutes end it too; pauses do not count", async () => {
    let now = 0;
    const { trainer, profiler } = fakeEvaluators();
    const slow = {
      concurrency: 1,
      train(architecture: Parameters<typeof trainer.train>[0], trial: number) {
        now += 30;
        return trainer.train(architecture, trial);
      },
    };
    const { search, trials } = setUp({
      settings: settings({ budget: { trials: 100, minutes: 2 } }),
      trainer: slow,
      profiler,
      clock: () => now,
      onTrial(trial) {
        trials.push(trial);
        if (trial.number === 0) search.pause();
      },
    });
    expect(await search.run()).toBe("paused");
    now += 1000;
    expect(await search.run()).toBe("budget");
    expect(trials).toHaveLength(4);
    expect(search.elapsedSeconds()).toBe(120);
  });
});

test("a new objective holds from the next trial on", async () => {
  const objective = { targetMs: 5, alpha: -0.07, beta: -0.07 };
  const { search, trials } = setUp({
    settings: settings(),
    onTrial(trial) {
      trials.push(trial);
      if (trial.number === 4) search.setObjective(objective);
    },
  });
  await search.run();
  expect(trials[4]?.objective).toEqual(defaultSettings.objective);
  expect(trials[5]?.objective).toEqual(objective);
  const last = trials[11] as Trial;
  const latency = last.latency?.medianMs as number;
  expect(last.reward).toBeCloseTo((last.accuracy?.accuracy as number) * (latency / 5) ** -0.07, 12);
});

test("the fixtures measure what they say", () => {
  const architecture = spaces["factorized-browser"].decode(spaces["factorized-browser"].decisions.map(() => 1));
  expect(latencyReport(architecture).medianMs).toBeCloseTo(
    countMultiplyAdds(architecture, defaultSettings.deploy) / 1e6,
  );
  expect(accuracyReport(architecture).accuracy).toBeGreaterThan(0);
});

async function deferredUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
