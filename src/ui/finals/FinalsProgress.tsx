import { Progress as Bar, Button } from "@mantine/core";
import { type Finals, finalsProgress } from "../../core";
import type { Activity } from "../../workers/protocol";
import run from "../panels/run.module.css";
import type { FinalsRun } from "../state/runStore";
import { useSession } from "../state/session";
import styles from "./finals.module.css";

/** How far the stage is, what each worker does now, and the two ways to end it. */
export function FinalsProgress({ stage }: { stage: FinalsRun }) {
  const { actions } = useSession();
  const { state, finals, activities } = stage;
  const workers = Object.values(activities).sort((a, b) => a.worker.localeCompare(b.worker, "en", { numeric: true }));
  return (
    <div className={styles.stage}>
      {finals && <Done finals={finals} />}
      <p className="small dim" role="status">
        {stateWords[state]}
      </p>
      {finals && workers.length > 0 && (
        <ul className={run.workers} aria-label="Workers">
          {workers.map((activity) => (
            <Worker key={activity.worker} activity={activity} finals={finals} />
          ))}
        </ul>
      )}
      <div className={styles.tools}>
        <Button h={44} variant="default" disabled={state !== "running"} onClick={() => actions.stopFinals(false)}>
          Pause
        </Button>
        <Button h={44} variant="default" onClick={() => actions.stopFinals(true)}>
          Stop now
        </Button>
      </div>
    </div>
  );
}

const stateWords: Record<FinalsRun["state"], string> = {
  preparing: "Preparing the images, the training engine and the timing.",
  running: "Pause ends it after the trainings under way, Stop now without them. It can go on later.",
  pausing: "Pausing after the trainings under way.",
  ended: "",
};

function Done({ finals }: { finals: Finals }) {
  const { trainings, timings } = finalsProgress(finals);
  const words = `${trainings.done} of ${trainings.total} trainings, ${timings.done} of ${timings.total} timings done`;
  const share = (trainings.done + timings.done) / Math.max(1, trainings.total + timings.total);
  return (
    <div>
      <p>{words}</p>
      <Bar value={100 * share} size={6} mt={6} aria-label={words} />
    </div>
  );
}

function Worker({ activity, finals }: { activity: Activity; finals: Finals }) {
  const { worker, task, step, steps } = activity;
  const share = task === "training" && step !== undefined && steps ? step / steps : undefined;
  return (
    <li className={run.worker}>
      <span className="dim">{worker}</span>
      <span>{taskWords(activity, finals)}</span>
      {share !== undefined && <Bar value={share * 100} size={4} color="gray" aria-label={`step ${step} of ${steps}`} />}
    </li>
  );
}

/** "training finalist 2 of 5, seed 1 of 3", "timing finalist 3 of 5". */
function taskWords({ task, trial, repetition }: Activity, { finalists, settings }: Finals): string {
  const index = finalists.findIndex((finalist) => finalist.trial === trial);
  if (index < 0 || task === "idle") return task;
  const place = `${task === "waiting" ? "waiting with" : task} finalist ${index + 1} of ${finalists.length}`;
  return repetition === undefined ? place : `${place}, seed ${repetition} of ${settings.seeds}`;
}
