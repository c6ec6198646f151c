import { Button } from "@mantine/core";
import { isActive } from "../state/runStore";
import { useRun, useSession, useSettings } from "../state/session";
import styles from "./run.module.css";

interface RunButtonsProps {
  /** A study on disk that could go on; offered while nothing runs. */
  unfinished?: string;
  /** Why no study can start, or nothing. */
  hindrance?: string;
}

/** The one big button, and beside it the two ways to end. */
export function RunButtons({ unfinished, hindrance }: RunButtonsProps) {
  const { actions } = useSession();
  const phase = useRun((state) => state.phase);
  const ready = useRun((state) => state.ready);
  const studyId = useRun((state) => state.study?.id);
  const comparing = useSettings((state) => state.comparing);
  if (!isActive(phase)) {
    return (
      <div className={styles.buttons}>
        {unfinished && (
          <Button className={styles.primary} onClick={() => actions.resume(unfinished)}>
            Resume
          </Button>
        )}
        <Button
          className={styles.primary}
          variant={unfinished ? "default" : "filled"}
          loading={!ready}
          disabled={hindrance !== undefined}
          aria-describedby="start-note"
          onClick={() => (comparing ? actions.compare() : actions.start())}
        >
          {unfinished ? "Start new" : "Start"}
        </Button>
      </div>
    );
  }
  const paused = phase === "paused";
  return (
    <div className={styles.buttons}>
      <Button
        className={styles.primary}
        disabled={paused ? !studyId : phase !== "running"}
        onClick={() => (paused && studyId ? actions.resume(studyId) : actions.pause())}
      >
        {primaryLabel[phase] ?? "Pause"}
      </Button>
      <Ending
        label="Stop"
        meaning={paused ? "end the study here" : "finish current trials, then end"}
        disabled={phase === "stopping" || phase === "preparing"}
        onClick={actions.stop}
      />
      {!paused && (
        <Ending
          label="Cancel"
          meaning={phase === "preparing" ? "end now" : "end now, drop current trials"}
          onClick={actions.cancel}
        />
      )}
    </div>
  );
}

const primaryLabel: Partial<Record<string, string>> = {
  preparing: "Preparing…",
  pausing: "Pausing after the current trials…",
  paused: "Resume",
  stopping: "Stopping after the current trials…",
};

interface EndingProps {
  label: string;
  meaning: string;
  disabled?: boolean;
  onClick: () => void;
}

function Ending({ label, meaning, disabled, onClick }: EndingProps) {
  return (
    <Button className={styles.secondary} variant="default" disabled={disabled} onClick={onClick}>
      <span className={styles.label}>
        {label}
        <span className={styles.meaning}>{meaning}</span>
      </span>
    </Button>
  );
}
