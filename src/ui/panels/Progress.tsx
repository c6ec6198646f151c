import { Progress as Bar } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Study } from "../../core";
import type { Activity } from "../../workers/protocol";
import { duration, durationRange, plural, significant } from "../format";
import { Term } from "../guide/Term";
import { engineTitles } from "../state/choices";
import { freshTrials, remainingSeconds, trialsPerMinute } from "../state/estimate";
import { isActive } from "../state/runStore";
import { useRun } from "../state/session";
import { utilisationAt } from "../state/utilisation";
import styles from "./run.module.css";

/** How far the search is, over all sides of a comparison, how fast it goes, and what each worker does now. */
export function Progress({ studies }: { studies: readonly Study[] }) {
  const phase = useRun((state) => state.phase);
  const told = useRun((state) => state.told);
  const activities = useRun((state) => state.activities);
  const elapsed = useElapsed(studies);
  const utilisation = useRun((state) => state.utilisation);
  const busy = utilisationAt(utilisation, performance.now());
  const finished = sum(studies, ({ trials }) => freshTrials(trials).length);
  const repeats = sum(studies, ({ trials }) => trials.length) - finished;
  const budget = { ...studies[0]?.settings.budget, trials: sum(studies, ({ settings }) => settings.budget.trials) };
  const engine = studies[0]?.settings.engine;
  const rate = trialsPerMinute(finished, elapsed);
  const left = remainingSeconds(
    told.filter(({ trial }) => trial.repeats === undefined).map(({ elapsedSeconds }) => elapsedSeconds),
    finished,
    elapsed,
    budget,
  );
  const workers = Object.values(activities).sort((a, b) => a.worker.localeCompare(b.worker, "en", { numeric: true }));
  const waits = phase === "running" && isWaiting(workers);
  return (
    <div className={styles.progress}>
      <div className={styles.trials}>
        <span>
          <span className={styles.number}>{finished}</span>{" "}
          <span className="dim">
            of {budget.trials} <Term name="trial">trials</Term>
          </span>
        </span>
        <span className="dim small">{waits ? "waiting" : phaseWords[phase]}</span>
      </div>
      <Bar value={(finished / budget.trials) * 100} size={6} aria-label={`${finished} of ${budget.trials} trials`} />
      {studies.length > 1 && (
        <p className={`${styles.repeats} small dim`}>
          {studies
            .map(({ name, comparison, trials }) => `${comparison?.label ?? name} ${freshTrials(trials).length}`)
            .join(" · ")}
        </p>
      )}
      {repeats > 0 && (
        <p className={`${styles.repeats} small dim`}>
          + {plural(repeats, "repeat")} of {repeats === 1 ? "a known network" : "known networks"}, free
        </p>
      )}
      <dl className={styles.facts}>
        <Fact name="Elapsed" value={duration(elapsed)} />
        {isActive(phase) && <Fact name="Remaining" value={left && !waits ? durationRange(left) : "–"} />}
        {busy !== undefined && <Fact name="Trainers busy" value={`${Math.round(100 * busy)} %`} />}
        <Fact name="Trials per minute" value={rate === undefined ? "–" : significant(rate, 2)} />
      </dl>
      {workers.length > 0 && (
        <ul className={styles.workers} aria-label="Workers">
          {workers.map((activity) => (
            <Worker key={activity.worker} activity={activity} />
          ))}
        </ul>
      )}
      {isActive(phase) && engine && <p className={`${styles.engine} small dim`}>Trains with {engineTitles[engine]}</p>}
    </div>
  );
}

const phaseWords = {
  idle: "",
  preparing: "preparing",
  running: "running",
  pausing: "pausing",
  paused: "paused",
  stopping: "stopping",
  finished: "finished",
  failed: "failed",
};

/** Nothing is done: what there is to do waits, as the timing does in a hidden tab. */
function isWaiting(workers: readonly Activity[]): boolean {
  return (
    workers.some(({ task }) => task === "waiting") && workers.every(({ task }) => task === "waiting" || task === "idle")
  );
}

function sum(studies: readonly Study[], of: (study: Study) => number): number {
  return studies.reduce((total, study) => total + of(study), 0);
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const taskWords: Partial<Record<Activity["task"], string>> = { waiting: "waiting with" };

function Worker({ activity: { worker, task, trial, step, steps } }: { activity: Activity }) {
  const words = trial === undefined || task === "idle" ? task : `${taskWords[task] ?? task} trial ${trial + 1}`;
  const share = task === "training" && step !== undefined && steps ? step / steps : undefined;
  return (
    <li className={styles.worker}>
      <span className="dim">{worker}</span>
      <span>{words}</span>
      {share !== undefined && <Bar value={share * 100} size={4} color="gray" aria-label={`step ${step} of ${steps}`} />}
    </li>
  );
}

/** Running time, s: counted on by the page's clock while trials are under way. */
function useElapsed(studies: readonly Study[]): number {
  const phase = useRun((state) => state.phase);
  const at = useRun((state) => state.elapsedAt);
  const ticking = phase === "running" || phase === "pausing" || phase === "stopping";
  const [now, setNow] = useState(at);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  const told = Math.max(0, ...studies.map(({ elapsedSeconds }) => elapsedSeconds));
  return told + (ticking ? Math.max(0, now - at) / 1000 : 0);
}
