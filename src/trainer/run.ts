import {
  type AccuracyReport,
  type Clock,
  deriveSeed,
  EvaluationError,
  mean,
  type Recipe,
  StoppedHalfway,
} from "../core";
import { type Batch, createBatches, type PreparedDataset, validationBatches } from "../data";
import type { TrainingProgress } from "./engine";
import { learningRateAt, statisticsShare } from "./schedule";
import { addScores, type Score } from "./score";

/** A network with its weights, on whatever computes it. */
export interface Trainee {
  /** Most images that `score` takes at once. */
  readonly validationBatch: number;
  /** One step of gradient descent; resolves to the batch's mean loss when no work is queued any more. */
  step(batch: Batch, rates: StepRates): Promise<number>;
  /** Ends the training: from now on predictions come from the averaged weights, where the recipe averages them. */
  finish(): void;
  /** Sums over the batch's images; all NaN where a logit is not a finite number. */
  score(batch: Batch): Promise<Score>;
}

export interface StepRates {
  learningRate: number;
  /** Share of this batch in batch norm's moving statistics. */
  statisticsShare: number;
}

export interface Run {
  trainee: Trainee;
  prepared: PreparedDataset;
  recipe: Recipe;
  seed: number;
  /** As `TrainingJob`. */
  halfwayLimit?: number;
  onStep(progress: TrainingProgress): Promise<void>;
  clock: Clock;
}

/**
 * The training run that every engine shares: steps, time limit, then the scores on held-out images.
 * @throws EvaluationError with code "diverged" or "time-limit"; StoppedHalfway beyond the run's limit.
 */
export async function runTraining(run: Run): Promise<Omit<AccuracyReport, "engine" | "backend">> {
  const { trainee, prepared, recipe, seed, halfwayLimit = Number.POSITIVE_INFINITY } = run;
  const timer = startTimer(run);
  const batches = createBatches(prepared, recipe.batchSize, deriveSeed(seed, "batches"), recipe.augmentation);
  const losses: number[] = [];
  const half = Math.ceil(recipe.steps / 2);
  let halfwayLoss = Number.NaN;
  for (let step = 0; step < recipe.steps; step++) {
    const rates = { learningRate: learningRateAt(step, recipe), statisticsShare: statisticsShare(step) };
    const loss = await trainee.step(batches.next(), rates);
    if (!Number.isFinite(loss)) throw diverged(`The loss was no longer a finite number at step ${step + 1}.`);
    losses.push(loss);
    if (losses.length === half) {
      halfwayLoss = mean(losses.slice(-Math.ceil(half / 8)));
      if (halfwayLoss > halfwayLimit) throw new StoppedHalfway(halfwayLoss);
    }
    await timer.pauseFor({ phase: "training", step: step + 1, steps: recipe.steps });
  }

  trainee.finish();
  const size = Math.min(trainee.validationBatch, prepared.validation.count);
  const validationSteps = Math.ceil(prepared.validation.count / size);
  let sums: Score = { correct: 0, loss: 0, probability: 0 };
  let done = 0;
  for (const batch of validationBatches(prepared, size)) {
    sums = addScores(sums, await trainee.score(batch));
    if (Number.isNaN(sums.correct)) throw diverged("The trained network's outputs were not finite numbers.");
    await timer.pauseFor({ phase: "validating", step: ++done, steps: validationSteps });
  }

  const images = prepared.validation.count;
  const lastQuarter = losses.slice(-Math.ceil(recipe.steps / 4));
  const trainingLoss = mean(lastQuarter);
  return {
    accuracy: sums.correct / images,
    correct: sums.correct,
    images,
    steps: recipe.steps,
    trainingLoss,
    halfwayLoss,
    validationLoss: sums.loss / images,
    probability: sums.probability / images,
    seed,
    seconds: timer.spent(),
  };
}

/** Counts the run's own seconds, without those that `onStep` held it. */
function startTimer({ clock, recipe, onStep }: Run) {
  const start = clock();
  let held = 0;
  const spent = () => clock() - start - held;
  return {
    spent,
    async pauseFor(progress: TrainingProgress): Promise<void> {
      const last = progress.phase === "validating" && progress.step === progress.steps;
      if (spent() > recipe.timeLimitSeconds && !last) {
        throw new EvaluationError({
          stage: "training",
          code: "time-limit",
          message:
            `Training passed its limit of ${recipe.timeLimitSeconds} s after ` +
            `${progress.step} of ${progress.steps} ${progress.phase} steps.`,
        });
      }
      const before = clock();
      await onStep(progress);
      held += clock() - before;
    },
  };
}

function diverged(message: string): EvaluationError {
  return new EvaluationError({ stage: "training", code: "diverged", message });
}
