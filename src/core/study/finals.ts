import type { Architecture } from "../architecture/architecture";
import { spaces } from "../space";
import { finalistSeeds, finalsAreDone } from "./finalists";
import { type Evaluated, EvaluationError, type Profiler } from "./ports";
import type { AccuracyReport } from "./reports";
import { withRetries } from "./retries";
import type { Recipe, StudySettings } from "./settings";
import type { Finalist, Finals, Study } from "./study";

/** How one finalist is trained once. */
export interface FinalTraining {
  recipe: Recipe;
  seed: number;
  /** Which of its trainings this is, from 1. */
  repetition: number;
}

/** As `Trainer`, with recipe and seed of its own for every training. */
export interface FinalsTrainer {
  readonly concurrency: number;
  /** @throws EvaluationError where the network failed, as opposed to the stage. */
  train(architecture: Architecture, trial: number, training: FinalTraining): Promise<Evaluated<AccuracyReport>>;
}

/** Keeps the stage on disk: what was handed over is there when the promise has resolved. */
export interface FinalsJournal {
  record(finals: Finals): Promise<void>;
}

export interface FinalsStageOptions {
  study: Pick<Study, "trials"> & { settings: Pick<StudySettings, "space" | "seed"> };
  /** From `beginFinals`, or as it was recorded last. */
  finals: Finals;
  trainer: FinalsTrainer;
  profiler: Profiler;
  journal: FinalsJournal;
  /** After every piece, when it is on disk. */
  onFinals(finals: Finals): void;
}

export type FinalsEnding = "done" | "paused" | "cancelled";

/** The finalists stage: trains each finalist with several seeds and times it once more. */
export interface FinalsStage {
  /** Runs until all is done or a verb below ends it. May be called again after either. */
  run(): Promise<FinalsEnding>;
  /** Nothing new begins; `run` resolves when the pieces under way are done. */
  pause(): void;
  /** `run` resolves at once; pieces under way are lost. */
  cancel(): void;
}

/** One training or one timing of a finalist. */
interface Piece {
  trial: number;
  carryOut(): Promise<(finalist: Finalist) => Finalist>;
}

/**
 * Timings go one after the other beside the trainings, which hold still for them. Each finalist has its first training
 * before any has its second, so that a stage that ends early has compared all of them. Which pieces are done says all: a
 * new stage goes on where the record of another one ends.
 */
export function createFinals(options: FinalsStageOptions): FinalsStage {
  const { study, trainer, profiler, journal } = options;
  const { settings } = options.finals;
  let { finals } = options;
  let halt: Exclude<FinalsEnding, "done"> | undefined;
  /** Counts the runs that were ended from outside: what an ended one still finds is lost. */
  let ended = 0;
  let written: Promise<void> = Promise.resolve();
  let interrupt: () => void = () => {};

  const finalistOf = (trial: number) => finals.finalists.find((finalist) => finalist.trial === trial);
  const failed = (trial: number) => finalistOf(trial)?.failure !== undefined;

  async function run(): Promise<FinalsEnding> {
    halt = undefined;
    const mine = ended;
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    const trainings = trainingsToDo();
    const lanes = [
      lane(timingsToDo(), mine),
      ...Array.from({ length: trainer.concurrency }, () => lane(trainings, mine)),
    ];
    try {
      await Promise.race([Promise.all(lanes), interrupted]);
    } catch (error) {
      ended++;
      throw error;
    }
    return finalsAreDone(finals) ? "done" : (halt ?? "done");
  }

  /** Takes pieces from a list that it may share with other lanes. */
  async function lane(pieces: Piece[], mine: number): Promise<void> {
    while (halt === undefined && mine === ended) {
      const piece = pieces.shift();
      if (!piece) return;
      if (failed(piece.trial)) continue;
      const found = await attempt(piece);
      if (mine !== ended) return;
      await keep(piece.trial, found);
    }
  }

  async function attempt({ carryOut }: Piece): Promise<(finalist: Finalist) => Finalist> {
    try {
      return await carryOut();
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const { failure, retries } = error;
      return (finalist) => withRetries({ ...finalist, failure }, retries);
    }
  }

  /** Of a finalist that has failed meanwhile nothing more is kept. */
  async function keep(trial: number, change: (finalist: Finalist) => Finalist): Promise<void> {
    if (failed(trial)) return;
    finals = {
      ...finals,
      finalists: finals.finalists.map((finalist) => (finalist.trial === trial ? change(finalist) : finalist)),
    };
    const kept = finals;
    written = written.then(() => journal.record(kept));
    await written;
    options.onFinals(kept);
  }

  function timingsToDo(): Piece[] {
    return finals.finalists
      .filter(({ latency, failure }) => !latency && !failure)
      .map(({ trial }) => ({
        trial,
        async carryOut() {
          const { report, retries } = await profiler.profile(architectureOf(trial), trial);
          return (finalist) => withRetries({ ...finalist, latency: report }, retries);
        },
      }));
  }

  function trainingsToDo(): Piece[] {
    const rounds = Array.from({ length: settings.seeds }, (_, index) => index);
    return rounds.flatMap((index) =>
      finals.finalists.flatMap(({ trial, accuracies, failure }) => {
        const seeds = finalistSeeds(study.settings.seed, trial, settings.seeds);
        const seed = seeds[index];
        if (seed === undefined || failure || accuracies.some((report) => report.seed === seed)) return [];
        return training(trial, { recipe: settings.recipe, seed, repetition: index + 1 }, seeds);
      }),
    );
  }

  /** @param seeds of all its trainings, whose reports stand in this order whenever they come */
  function training(trial: number, how: FinalTraining, seeds: readonly number[]): Piece {
    return {
      trial,
      async carryOut() {
        const { report, retries } = await trainer.train(architectureOf(trial), trial, how);
        return (finalist) => {
          const accuracies = [...finalist.accuracies, report];
          accuracies.sort((a, b) => seeds.indexOf(a.seed) - seeds.indexOf(b.seed));
          return withRetries({ ...finalist, accuracies }, retries);
        };
      },
    };
  }

  function architectureOf(number: number): Architecture {
    const trial = study.trials[number];
    if (!trial) throw new RangeError(`The study has no trial ${number + 1}, which is to be a finalist.`);
    return spaces[study.settings.space].decode(trial.decisions);
  }

  return {
    run,
    pause() {
      halt = "paused";
    },
    cancel() {
      halt = "cancelled";
      ended++;
      interrupt();
    },
  };
}
