import { architectureKey } from "../architecture/key";
import { type Evaluated, EvaluationError, type Profiler, StoppedHalfway, type Trainer } from "./ports";
import type { AccuracyReport, LatencyReport } from "./reports";
import { createSearch, type Search, type SearchOptions } from "./search";
import { createShared } from "./shared";
import type { Evaluation, Trial } from "./study";
import { createTurns } from "./turns";

/** One study of a comparison: a search without what it shares with the others. */
export type SideOptions = Omit<SearchOptions, "trainer" | "profiler">;

/**
 * Searches over several studies, side by side on one trainer and one profiler; one study alone is the simplest case. The
 * caller runs all of them in the same breath.
 *
 * Places are granted in turn, one candidate of each side after the other, so that drift and heat hit all sides alike.
 * An architecture that another side has trained or timed, or is about to, is not trained or timed again: the first asker's
 * report stands in the trials of all. Its training ran from the first asker's seed (`AccuracyReport.seed`), which is that
 * of the number that its trial has there. Whether a training is worth its second half is each side's own affair: its limit
 * is held against a shared report too, so that its trials do not hang on who asked first.
 *
 * Each study keeps its own order of trials, controller, budget and journal.
 */
export function createSearches(sides: readonly SideOptions[], trainer: Trainer, profiler: Profiler): Search[] {
  const trainings = createShared<AccuracyReport>();
  const timings = createShared<LatencyReport>();
  const trainerTurns = createTurns(sides.length, trainer.concurrency);
  const profilerTurns = createTurns(sides.length, 1);

  for (const { trials, checkpoint } of sides) {
    for (const trial of trials) learn(trial.key, trial);
    for (const [key, evaluation] of Object.entries(checkpoint.evaluated)) learn(key, evaluation);
    for (const trial of trials) if (trial.earlierLatencies) amend(trial);
  }

  /** What was evaluated before; of two reports of one architecture the first stands. */
  function learn(key: string, { accuracy, latency, failure, skipped }: Evaluation): void {
    if (accuracy) trainings.learn(key, accuracy);
    if (latency && !timings.get(key)) timings.learn(key, latency);
    if (failure) (failure.stage === "training" ? trainings : timings).learn(key, new EvaluationError(failure));
    if (skipped?.halfwayLoss !== undefined && !trainings.get(key)) {
      trainings.learn(key, new StoppedHalfway(skipped.halfwayLoss));
    }
  }

  /** A trial was measured again: who asks for its network from now on has its present latency. */
  function amend({ key, latency }: Trial): void {
    if (latency) timings.learn(key, latency);
  }

  /** The trainer as one side sees it: the whole of it, for there may be no other side at work. */
  function trainerOf(side: number): Trainer {
    return {
      concurrency: trainer.concurrency,
      async train(architecture, trial, halfwayLimit) {
        const key = architectureKey(architecture);
        for (let known = trainings.get(key); known; ) {
          const shared = await heldAgainst(halfwayLimit, known);
          if (shared) return shared;
          // It was stopped for somebody else, and has to go on here: from its beginning, unless another side is at it.
          const present: typeof known | undefined = trainings.get(key);
          known = present === known ? undefined : present;
        }
        return trainings.evaluate(key, () =>
          trainerTurns.take(side, () => trainer.train(architecture, trial, halfwayLimit)),
        );
      },
    };
  }

  function profilerOf(side: number): Profiler {
    return {
      async profile(architecture, trial) {
        const key = architectureKey(architecture);
        const known = timings.get(key);
        if (known) return { report: await known, retries: [] };
        return timings.evaluate(key, () => profilerTurns.take(side, () => profiler.profile(architecture, trial)));
      },
    };
  }

  return sides.map((options, side) => {
    const search = createSearch({ ...options, trainer: trainerOf(side), profiler: profilerOf(side) });
    const withdraw = () => {
      trainerTurns.withdraw(side);
      profilerTurns.withdraw(side);
    };
    return {
      ...search,
      pause() {
        search.pause();
        withdraw();
      },
      stop() {
        search.stop();
        withdraw();
      },
      cancel() {
        search.cancel();
        withdraw();
      },
      amend(trial) {
        search.amend(trial);
        amend(trial);
      },
    };
  });
}

/**
 * What a training that ran for somebody else is to one with this limit; undefined where it stopped too early for it.
 * @throws StoppedHalfway as if it had run with this limit, or what the training was rejected with.
 */
async function heldAgainst(
  limit: number | undefined,
  training: Promise<AccuracyReport>,
): Promise<Evaluated<AccuracyReport> | undefined> {
  const isBeyond = (loss: number) => limit !== undefined && loss > limit;
  try {
    const report = await training;
    const { halfwayLoss } = report;
    if (halfwayLoss !== undefined && isBeyond(halfwayLoss)) throw new StoppedHalfway(halfwayLoss);
    return { report, retries: [] };
  } catch (error) {
    if (error instanceof StoppedHalfway && !isBeyond(error.halfwayLoss)) return undefined;
    throw error;
  }
}
