import { spaces } from "../space";
import { toldEvaluation } from "./again";
import { createQueue } from "./candidates";
import { firstCheckpoint, studyController } from "./checkpoint";
import { evidenceOf, rewardOf } from "./judge";
import type { Study, Trial } from "./study";

/** The first place where a study does not follow from its settings and measurements. */
export interface ReplayDifference {
  /** Number of the trial, from 0. */
  trial: number;
  what: "decisions" | "repeats" | "reward";
  /** As the study has it, and as the replay. */
  found: readonly number[] | number | undefined;
  expected: readonly number[] | number | undefined;
}

export interface Replay {
  /** Trials that are the same, from the first on. */
  same: number;
  difference?: ReplayDifference;
}

/**
 * Searches a study once more without training or timing anything: its controller begins anew from the study's seed, is
 * told of every trial what it was told then (the first latency, where it was measured again; the objective of that time,
 * where it was moved), and is asked when the search asked. Every vector and every reward must come out the same, to the bit.
 */
export function replayStudy({ settings, trials }: Pick<Study, "settings" | "trials">): Replay {
  const controller = studyController(settings);
  const queue = createQueue(spaces[settings.space], [], firstCheckpoint(settings));
  for (const trial of trials) {
    while (queue.pending.length < settings.lookahead && queue.fresh() < settings.budget.trials) {
      queue.add(controller.ask());
    }
    const told = { ...trial, ...toldEvaluation(trial) };
    const reward = rewardOf(told, trial.objective);
    const [candidate] = queue.pending;
    const difference = differenceOf(trial, { decisions: candidate?.decisions, repeats: candidate?.repeats, reward });
    if (difference) return { same: trial.number, difference };
    controller.tell(trial.decisions, reward, evidenceOf(told));
    queue.settle(trial);
  }
  return { same: trials.length };
}

interface Expected {
  /** Absent where the search would have ended. */
  decisions?: readonly number[];
  repeats?: number;
  reward: number;
}

function differenceOf(trial: Trial, { decisions, repeats, reward }: Expected): ReplayDifference | undefined {
  const { number, decisions: found } = trial;
  if (!decisions || found.length !== decisions.length || found.some((choice, index) => choice !== decisions[index])) {
    return { trial: number, what: "decisions", found, expected: decisions };
  }
  if (trial.repeats !== repeats) return { trial: number, what: "repeats", found: trial.repeats, expected: repeats };
  if (trial.reward !== reward) return { trial: number, what: "reward", found: trial.reward, expected: reward };
  return undefined;
}
