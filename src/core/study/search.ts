import type { Objective } from "../objective/objective";
import { spaces } from "../space";
import { type Candidate, createQueue } from "./candidates";
import { studyController } from "./checkpoint";
import { beyondTarget, halfwayLimit, learnsWorse } from "./hopeless";
import { evidenceOf, judge } from "./judge";
import { type Clock, type Journal, type Profiler, type Trainer, Withdrawn } from "./ports";
import type { Skipped } from "./reports";
import type { StudySettings } from "./settings";
import { evaluateStage, isComplete, nextStage, type Stage, type StageOptions } from "./stages";
import type { Checkpoint, Evaluation, Trial } from "./study";

/** Why a search came to rest. */
export type Ending =
  | "budget" // trials or minutes are spent
  | "exhausted" // the controller proposes nothing but known architectures
  | "paused"
  | "stopped"
  | "cancelled";

export interface SearchOptions {
  settings: StudySettings;
  /** Trials that are done already, in order, and the checkpoint after them. */
  trials: readonly Trial[];
  checkpoint: Checkpoint;
  trainer: Trainer;
  profiler: Profiler;
  journal: Journal;
  clock: Clock;
  onTrial(trial: Trial): void;
}

/** The sample-evaluate-update loop of the paper's Figure 1 over one study. */
export interface Search {
  /** Runs until the budget is spent or a verb below ends it. May be called again after a pause. */
  run(): Promise<Ending>;
  /** Begins nothing new; `run` resolves when the stages under way are done. What they found is kept. */
  pause(): void;
  /** Trains nothing more; `run` resolves when what is trained is timed and told. */
  stop(): void;
  /** `run` resolves at once; what is under way is lost. */
  cancel(): void;
  /** The objective of every reward that is told from now on. */
  setObjective(objective: Objective): void;
  /** A told trial was measured again: later repeats of its network are rewarded by its present latency. */
  amend(trial: Trial): void;
  elapsedSeconds(): number;
  /** What the search needs to go on from here, in another one. */
  checkpoint(): Checkpoint;
}

/** So many known architectures in a row mean that the controller has nothing new left. */
const REPEATS_MEAN_EXHAUSTED = 200;

/**
 * Candidates are asked for, evaluated side by side, and told in the order in which they were asked for. The next is asked
 * for exactly when one has been told, so that a study with the same seed and measurements replays exactly, however many
 * workers there are.
 */
export function createSearch(options: SearchOptions): Search {
  const { settings, trainer, profiler, journal, clock } = options;
  const space = spaces[settings.space];
  const controller = studyController(settings, options.checkpoint.controller);
  const queue = createQueue(space, options.trials, options.checkpoint);
  let { objective, elapsedSeconds: finishedSeconds } = options.checkpoint;
  let startedAt: number | undefined;
  let halt: Exclude<Ending, "budget" | "exhausted"> | undefined;
  const inStage: Record<Stage, number> = { training: 0, timing: 0 };
  /** Resolves when everything that is done is on disk. */
  let written: Promise<void> = Promise.resolve();
  let writes = 0;
  let wake: () => void = () => {};
  let failure: unknown;

  const elapsedSeconds = () => finishedSeconds + (startedAt === undefined ? 0 : clock() - startedAt);
  const timeIsUp = () => elapsedSeconds() >= (settings.budget.minutes ?? Number.POSITIVE_INFINITY) * 60;

  async function run(): Promise<Ending> {
    halt = undefined;
    failure = undefined;
    startedAt = clock();
    try {
      return await loop();
    } finally {
      finishedSeconds = elapsedSeconds();
      startedAt = undefined;
    }
  }

  async function loop(): Promise<Ending> {
    fill();
    for (;;) {
      if (failure !== undefined) throw failure;
      if (halt === "cancelled") return halt;
      const head = queue.pending[0];
      if (head && isComplete(head.evaluation)) {
        const trial = tell(head, head.evaluation);
        await written;
        options.onTrial(trial);
        if (queue.repeatsInARow() >= REPEATS_MEAN_EXHAUSTED) return "exhausted";
        continue;
      }
      startSome();
      if (!queue.pending.some((candidate) => candidate.underWay)) {
        if (writes > 0) await written;
        else return head && !timeIsUp() ? (halt ?? "budget") : "budget";
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  /** Asks until as many trials are pending as the study looks ahead. */
  function fill(): void {
    while (queue.pending.length < settings.lookahead && queue.fresh() < settings.budget.trials) {
      queue.add(controller.ask());
    }
  }

  /** Begins stages of pending candidates in order, where there is a free place and everything that is done is on disk. */
  function startSome(): void {
    for (const candidate of queue.pending) {
      if (writes > 0) return;
      if (candidate.underWay || candidate.repeats !== undefined) continue;
      const stage = nextStage(candidate.evaluation, isTimedFirst(candidate));
      if (stage && mayBegin(stage, candidate)) begin(stage, candidate);
    }
  }

  function mayBegin(stage: Stage, { evaluation }: Candidate): boolean {
    if (halt === "paused" || halt === "cancelled") return false;
    if (!evaluation.accuracy && (halt || timeIsUp())) return false;
    return inStage[stage] < (stage === "training" ? trainer.concurrency : 1);
  }

  /** What was told when a candidate was asked for: the same on every machine. */
  const knownTo = (candidate: Candidate) => queue.told(candidate.number - settings.lookahead);

  function isTimedFirst(candidate: Candidate): boolean {
    return settings.skipHopeless && knownTo(candidate).some(({ accuracy }) => accuracy);
  }

  /** What is not worth its training is told by its latency alone. */
  function skipped(candidate: Candidate, { accuracy, latency }: Evaluation): Skipped | undefined {
    if (!settings.skipHopeless || accuracy || !latency) return undefined;
    return beyondTarget(latency.medianMs, objective, knownTo(candidate));
  }

  function begin(stage: Stage, candidate: Candidate): void {
    candidate.underWay = true;
    inStage[stage]++;
    evaluateStage(stage, candidate.evaluation, optionsFor(candidate))
      .then(
        (evaluation) => finish(candidate, evaluation),
        (reason) => {
          if (reason instanceof Withdrawn) return;
          failure = reason ?? new Error("The evaluation failed without a reason.");
        },
      )
      .finally(() => {
        candidate.underWay = false;
        inStage[stage]--;
        wake();
      });
  }

  function optionsFor(candidate: Candidate): StageOptions {
    const known = knownTo(candidate);
    const { latency } = candidate.evaluation;
    return {
      architecture: space.decode(candidate.decisions),
      number: candidate.number,
      trainer,
      profiler,
      halfwayLimit: settings.skipHopeless && latency ? halfwayLimit(latency.medianMs, known) : undefined,
      onStopped: (halfwayLoss) => learnsWorse(halfwayLoss, known),
    };
  }

  function finish(candidate: Candidate, found: Evaluation): void {
    const hopeless = skipped(candidate, found);
    const evaluation = hopeless ? { ...found, skipped: hopeless } : found;
    candidate.evaluation = evaluation;
    if (startedAt === undefined) return; // the run has ended: what is on disk may be another search's by now
    const isNext = candidate === queue.pending[0] && isComplete(evaluation);
    if (!isNext) write(() => journal.checkpoint(checkpoint()));
  }

  function tell(candidate: Candidate, evaluation: Evaluation): Trial {
    const trial = judge(candidate, evaluation, objective);
    controller.tell(trial.decisions, trial.reward, evidenceOf(trial));
    queue.settle(trial);
    fill();
    write(() => journal.record(trial, checkpoint()));
    return trial;
  }

  function write(task: () => Promise<void>): void {
    writes++;
    written = written.then(task).finally(() => {
      writes--;
      wake();
    });
    written.catch((reason) => {
      failure = reason;
    });
  }

  function checkpoint(): Checkpoint {
    return { controller: controller.save(), ...queue.save(), objective, elapsedSeconds: elapsedSeconds() };
  }

  function end(ending: NonNullable<typeof halt>): void {
    halt = ending;
    wake();
  }

  return {
    run,
    pause: () => end("paused"),
    stop: () => end("stopped"),
    cancel: () => end("cancelled"),
    setObjective(next) {
      objective = next;
    },
    amend: queue.amend,
    elapsedSeconds,
    checkpoint,
  };
}
