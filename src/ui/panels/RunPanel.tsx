import { useEffect } from "react";
import { missingHere } from "../environment";
import { milliseconds, plural } from "../format";
import layout from "../layout.module.css";
import { freshTrials } from "../state/estimate";
import { firstProblem } from "../state/fields";
import { isActive, isBusy } from "../state/runStore";
import { useRun, useSettings } from "../state/session";
import { comparisonName, sidesProblem } from "../state/sides";
import { keepAwake } from "../wakeLock";
import { Message } from "./Message";
import { MissingData } from "./MissingData";
import { Progress } from "./Progress";
import { RunButtons } from "./RunButtons";
import styles from "./run.module.css";
import { SoftwareGpu } from "./SoftwareGpu";
import { Warnings } from "./Warnings";

/** Start, Pause, Resume; progress; and everything that is to be said about the run. */
export function RunPanel() {
  const phase = useRun((state) => state.phase);
  const reason = useRun((state) => state.reason);
  const study = useRun((state) => state.study);
  const problem = useRun((state) => state.problem);
  const wantsData = useRun((state) => state.wantsData);
  const studies = useRun((state) => state.studies);
  const hindrance = useHindrance();
  const busy = isBusy(phase);
  useEffect(() => (busy ? keepAwake() : undefined), [busy]);

  const active = isActive(phase);
  const openOnDisk = studies.find((kept) => kept.status === "open" && kept.id !== study?.id);
  const sides = useRun((state) => state.sides);
  const trained = (study?.trials.length ?? 0) > 0;
  const failedHere =
    phase === "failed" && study && trained ? { ...study, trials: freshTrials(study.trials).length } : undefined;
  const unfinished = active ? undefined : (failedHere ?? (study ? undefined : openOnDisk));

  return (
    <section className={`${layout.panel} ${layout.run}`} aria-label="Run">
      {unfinished && (
        <p className={styles.offer}>
          <strong>{comparisonName(unfinished)}</strong> is not finished: go on after trial {unfinished.trials} of{" "}
          {failedHere ? failedHere.settings.budget.trials : openOnDisk?.budgetTrials}
          {unfinished.comparison && " on each side"}, or start a new study.
        </p>
      )}
      <RunButtons unfinished={unfinished?.id} hindrance={hindrance} />
      {!active && <StartNote hindrance={hindrance} />}
      {phase === "preparing" && (
        <p className={`${styles.note} small dim`}>
          Preparing the images, the training engine and the timing. The first search takes longest.
        </p>
      )}
      {study && <Progress studies={sides.length > 0 ? sides : [study]} />}
      <div className={styles.messages}>
        {phase === "failed" && (
          <Message kind="problem">
            {trained ? "The search stopped: " : ""}
            {reason ?? "no reason was given."}
          </Message>
        )}
        {problem && <Message kind="problem">{problem.message}</Message>}
        {wantsData && <MissingData studyId={wantsData} />}
        {(phase === "paused" || phase === "finished") && reason && <p className="dim small">{reason}</p>}
        {!active && <SoftwareGpu />}
        <Warnings />
        {missingHere().map((sentence) => (
          <p key={sentence} className="dim small">
            {sentence}
          </p>
        ))}
      </div>
    </section>
  );
}

function StartNote({ hindrance }: { hindrance?: string }) {
  const { settings, comparing, sides } = useSettings((state) => state);
  const { budget, objective } = settings;
  const data = useRun((state) =>
    state.data.kind === "builtin"
      ? `built-in images, ${state.data.difficulty ?? "medium"}`
      : (state.preview?.name ?? "own files"),
  );
  const limit = budget.minutes === undefined ? "" : ` or ${budget.minutes} min`;
  const trials = plural(budget.trials, "trial");
  const what = comparing
    ? `${trials}${limit} for each side on ${data}: ${sides.map(({ label }) => label).join(" against ")}.`
    : `${trials}${limit} on ${data}, T\u00a0${milliseconds(objective.targetMs)}.`;
  return (
    <p id="start-note" className={`${styles.note} small ${hindrance ? "error" : "dim"}`}>
      {hindrance ?? what}
    </p>
  );
}

/** Why Start is not to be pressed: the first number out of range, or images that cannot be used. */
function useHindrance(): string | undefined {
  const { settings, comparing, sides } = useSettings((state) => state);
  const { data, preview, dataProblem, readingData } = useRun((state) => state);
  if (data.kind === "files" && readingData) return "Reading the images…";
  if (data.kind === "files" && dataProblem) return `The chosen images cannot be used: ${dataProblem}`;
  if (data.kind === "files" && !preview) return "Choose the image files first.";
  return firstProblem(settings) ?? (comparing ? sidesProblem(sides) : undefined);
}
