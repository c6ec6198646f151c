import { Button, Progress } from "@mantine/core";
import run from "../../panels/run.module.css";
import lab from "../lab.module.css";

/** "pausing": what is under way is done to its end; "stopping": it is given up. */
export type RunPhase = "idle" | "running" | "pausing" | "paused" | "stopping";

interface RunControlsProps {
  phase: RunPhase;
  /** What the button says that begins. */
  title: string;
  /** Says why where nothing can be begun. */
  disabled: boolean;
  /** How long it takes, or how long what is left does. */
  estimate?: string;
  /** How far it is, and what is done now. */
  progress: { done: number; of: number; noun: string; doing?: string };
  /** Does all anew, where something is done already. */
  again?: { title: string; onRun: () => void };
  onRun: () => void;
  onPause: () => void;
  onResume: () => void;
  onStop: () => void;
}

/** Begins an experiment, tells how far it is, pauses, resumes and stops it. */
export function RunControls(props: RunControlsProps) {
  const { phase, title, disabled, estimate, progress, again, onRun, onPause, onResume, onStop } = props;
  if (phase === "idle") {
    return (
      <div className={lab.begin}>
        <Button className={run.primary} disabled={disabled} onClick={onRun}>
          {title}
        </Button>
        {again && (
          <Button variant="default" h={48} disabled={disabled} onClick={again.onRun}>
            {again.title}
          </Button>
        )}
        {estimate && <p className="small dim">{estimate}</p>}
      </div>
    );
  }
  const { done, of, noun, doing } = progress;
  const held = phase === "paused";
  return (
    <div className={lab.round}>
      <p role="status">{statusWords(phase, doing, `${done} of ${of} ${noun}`)}</p>
      {/* Half a step ahead, so that something is seen from the start. */}
      <Progress
        value={(100 * (done + (held ? 0 : 0.5))) / of}
        size={6}
        animated={!held}
        aria-label={`${done} of ${of} ${noun}`}
      />
      <p className="small dim">
        {done} of {of} {noun}
        {estimate && ` · ${estimate}`}
      </p>
      <div className={run.buttons}>
        {held ? (
          <Button className={run.primary} disabled={disabled} onClick={onResume}>
            Resume
          </Button>
        ) : (
          <Button variant="default" h={48} disabled={phase !== "running"} onClick={onPause}>
            Pause
          </Button>
        )}
        <Button
          className={held ? run.secondary : undefined}
          variant="default"
          h={48}
          disabled={phase === "stopping"}
          onClick={onStop}
        >
          Stop
        </Button>
      </div>
    </div>
  );
}

function statusWords(phase: Exclude<RunPhase, "idle">, doing: string | undefined, progress: string): string {
  if (phase === "paused") return `Paused at ${progress}.`;
  if (phase === "stopping") return "Stopping…";
  const present = doing ? `${doing}…` : "";
  return phase === "pausing" ? `${present} Then it pauses.` : `${present} Keep this tab in sight.`;
}
