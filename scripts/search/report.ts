import { accuracyInterval, type LatencyReport, paretoFront, reward, type Study, type Trial } from "../../src/core";

/** What a report must know of the study. */
export type ReportedStudy = Pick<Study, "settings" | "data">;

/** A trial that has both measurements. */
type Measured = Trial & Required<Pick<Trial, "accuracy" | "latency">>;

/** One line on a finished trial; `best` where no earlier one had its reward. */
export function trialLine(trial: Trial, study: ReportedStudy, best: boolean): string {
  const { trials } = study.settings.budget;
  const place = `trial ${String(trial.number + 1).padStart(String(trials).length)}`;
  if (!isMeasured(trial)) return `${place}  ${whyUnmeasured(trial)}`;
  const note = trial.repeats === undefined ? "" : `  repeats trial ${trial.repeats + 1}`;
  return `${place}  ${measurements(trial, study)}  reward ${trial.reward.toFixed(3)}${best ? "  best" : ""}${note}`;
}

/** The Pareto front as a table, by rising latency. */
export function frontTable(trials: readonly Trial[], study: ReportedStudy): string {
  const { objective } = study.settings;
  const front = frontOf(trials);
  const best = bestOf(trials);
  const rows = front.map((trial) => {
    const value = reward({ accuracy: trial.accuracy.accuracy, latencyMs: trial.latency.medianMs }, objective);
    const mark = trial === best ? "  best" : "";
    return `${String(trial.number + 1).padStart(5)}  ${measurements(trial, study)}  ${value.toFixed(3)}${mark}`;
  });
  return ["Pareto front", "trial  accuracy (95 %)           latency (95 %)                reward", ...rows].join("\n");
}

/** The measured trial with the highest reward, the first of equals; undefined where there is none. */
export function bestOf(trials: readonly Trial[]): Trial | undefined {
  return trials
    .filter(isMeasured)
    .reduce<Trial | undefined>((best, trial) => (best && best.reward >= trial.reward ? best : trial), undefined);
}

function frontOf(trials: readonly Trial[]): Measured[] {
  const points = trials.filter(isMeasured).map((trial) => ({
    trial,
    accuracy: trial.accuracy.accuracy,
    latencyMs: trial.latency.medianMs,
  }));
  return paretoFront(points).map(({ trial }) => trial);
}

const skips = { "beyond-target": "not trained: beyond T", "learns-worse": "ended halfway" } as const;

/** A failure with its reason; what was timed and not trained to its end with its latency, where the others have theirs. */
function whyUnmeasured({ failure, skipped, latency }: Trial): string {
  if (failure) return `failed: ${failure.message}`;
  if (!skipped || !latency) return "failed: no measurement";
  return `${skips[skipped.reason].padEnd(24)}  ${timing(latency).trimEnd()}`;
}

function measurements({ accuracy, latency }: Measured, { settings, data }: ReportedStudy): string {
  const [low, high] = accuracyInterval(accuracy, settings.recipe, { hash: data.hash });
  const share = `${percent(accuracy.accuracy)} % (${percent(low)} to ${percent(high)})`;
  return `${share.padEnd(24)}  ${timing(latency)}`;
}

function timing({ medianMs, intervalMs: [fast, slow] }: LatencyReport): string {
  return `${milliseconds(medianMs)} ms (${milliseconds(fast)} to ${milliseconds(slow)})`.padEnd(28);
}

function isMeasured(trial: Trial): trial is Measured {
  return trial.accuracy !== undefined && trial.latency !== undefined;
}

const percent = (share: number) => (share * 100).toFixed(1).padStart(5);
const milliseconds = (value: number) => value.toPrecision(3).padStart(5);
