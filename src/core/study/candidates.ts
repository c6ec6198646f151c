import { architectureKey } from "../architecture/key";
import type { Space } from "../space/space";
import type { Checkpoint, Evaluation, Trial } from "./study";

/** A vector that was asked for and waits to be evaluated or told. */
export interface Candidate {
  number: number;
  decisions: readonly number[];
  key: string;
  /** Number of the earlier trial with the same architecture. */
  repeats?: number;
  /** A stage of its evaluation is being carried out. */
  underWay: boolean;
  /** What is known of it so far. */
  evaluation: Evaluation;
}

/** The candidates of a study in order, and what is known of each architecture so far. */
export interface Queue {
  /** Asked for but not yet told, in order. */
  readonly pending: readonly Candidate[];
  add(decisions: readonly number[]): void;
  /** Takes the first candidate out: it became this trial. */
  settle(trial: Trial): void;
  /** A told trial was measured again: what repeats its network from now on has its present reports. */
  amend(trial: Trial): void;
  /** Evaluations of the trials up to this number, repeats left out. */
  told(upTo: number): Evaluation[];
  /** Candidates so far that were or will be evaluated: all but the repeats. */
  fresh(): number;
  /** Length of the run of repeats at the end of the trials. */
  repeatsInARow(): number;
  save(): Pick<Checkpoint, "pending" | "evaluated">;
}

export function createQueue(space: Space, trials: readonly Trial[], checkpoint: Checkpoint): Queue {
  const pending: Candidate[] = [];
  /** First trial of each architecture. */
  const firstNumber = new Map<string, number>();
  const evaluations = new Map<number, Evaluation>();
  let asked = 0;
  let repeats = 0;
  let repeatsInARow = 0;

  for (const trial of trials) {
    note(trial.key);
    learn(trial);
  }
  for (const decisions of checkpoint.pending) add(decisions);
  for (const candidate of pending) {
    if (candidate.repeats === undefined) candidate.evaluation = checkpoint.evaluated[candidate.key] ?? {};
  }

  /** Counts one more candidate; returns the number of the trial that it repeats. */
  function note(key: string): number | undefined {
    const first = firstNumber.get(key);
    if (first === undefined) firstNumber.set(key, asked);
    else repeats++;
    asked++;
    return first;
  }

  function learn(trial: Trial): void {
    repeatsInARow = trial.repeats === undefined ? 0 : repeatsInARow + 1;
    amend(trial);
  }

  /** Remembers a trial's evaluation, and gives it to the candidates that repeat it. */
  function amend(trial: Trial): void {
    if (trial.repeats !== undefined) return;
    const { accuracy, latency, failure, skipped } = trial;
    const evaluation = { accuracy, latency, failure, skipped };
    evaluations.set(trial.number, evaluation);
    for (const candidate of pending) if (candidate.repeats === trial.number) candidate.evaluation = evaluation;
  }

  function add(decisions: readonly number[]): void {
    const number = asked;
    const key = architectureKey(space.decode(decisions));
    const first = note(key);
    const evaluation = first === undefined ? undefined : evaluations.get(first);
    pending.push({ number, decisions, key, repeats: first, underWay: false, evaluation: evaluation ?? {} });
  }

  return {
    pending,
    add,
    settle(trial) {
      pending.shift();
      learn(trial);
    },
    amend,
    told: (upTo) => [...evaluations].flatMap(([number, evaluation]) => (number <= upTo ? [evaluation] : [])),
    fresh: () => asked - repeats,
    repeatsInARow: () => repeatsInARow,
    save: () => ({
      pending: pending.map(({ decisions }) => decisions),
      evaluated: Object.fromEntries(
        pending.flatMap(({ key, evaluation, repeats: first }) =>
          first === undefined && Object.keys(evaluation).length > 0 ? [[key, evaluation]] : [],
        ),
      ),
    }),
  };
}
