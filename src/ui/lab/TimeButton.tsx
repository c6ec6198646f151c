import { Button, Progress } from "@mantine/core";
import run from "../panels/run.module.css";
import { platformTitles } from "../state/choices";
import { SearchInTheWay } from "./frame/SearchInTheWay";
import styles from "./lab.module.css";
import type { Round } from "./useTimings";

interface TimeButtonProps {
  round: Round | undefined;
  /** A search is running. */
  searching: boolean;
  /** Something to be timed is missing. */
  disabled: boolean;
  onTime: () => void;
  onStop: () => void;
}

/** Starts a round of timings, shows how far it is, and stops it; while a search runs, asks to pause that. */
export function TimeButton({ round, searching, disabled, onTime, onStop }: TimeButtonProps) {
  if (searching) return <SearchInTheWay />;
  if (!round) {
    return (
      <Button className={run.primary} disabled={disabled} onClick={onTime}>
        Time on this device
      </Button>
    );
  }
  const { network, platform, done, of } = round;
  return (
    <div className={styles.round}>
      <p role="status">
        Timing {network} on {platformTitles[platform]}
        {of > 1 && ` (${done + 1} of ${of})`}… <span className="dim">Keep this tab in sight.</span>
      </p>
      {/* Half a step ahead, so that something is seen from the start. */}
      <Progress value={(100 * (done + 0.5)) / of} size={6} animated aria-label={`${done} of ${of} timed`} />
      <Button className={run.primary} variant="default" onClick={onStop}>
        Stop
      </Button>
    </div>
  );
}
