import { durationRange, plural } from "../../format";
import { RunControls } from "../frame/RunControls";
import type { Estimate } from "./estimate";
import type { useTimingExperiment } from "./useTimingExperiment";

interface TimingControlsProps {
  experiment: ReturnType<typeof useTimingExperiment>;
}

/** Times the chosen networks: those that are missing first, then all again. */
export function TimingControls({ experiment }: TimingControlsProps) {
  const { chosen, missing, done, of, current, device, platform, phase } = experiment;
  const begun = missing < chosen;
  const all = chosen > 0 && missing === 0;
  const some = begun ? `Run the ${missing} that ${missing === 1 ? "is" : "are"} missing` : "Run on this device";
  return (
    <RunControls
      phase={phase}
      title={all ? "Run again" : some}
      disabled={chosen === 0 || !device}
      estimate={estimateWords(experiment)}
      progress={{ done, of, noun: "networks", doing: current && `Timing ${current.network} on ${platform}` }}
      again={begun && !all ? { title: "Run all again", onRun: experiment.runAll } : undefined}
      onRun={all ? experiment.runAll : experiment.runMissing}
      onPause={experiment.pause}
      onResume={experiment.resume}
      onStop={experiment.stop}
    />
  );
}

function estimateWords(experiment: TimingControlsProps["experiment"]): string | undefined {
  const { looking, chosen, missing, phase, estimate } = experiment;
  if (looking) return undefined;
  if (chosen === 0) return "Choose a network below.";
  const time = durationRange(estimate.range);
  if (phase !== "idle") return `${time} left`;
  return `${plural(missing > 0 ? missing : chosen, "network")}: ${time}, ${bases[estimate.basis]}.`;
}

const bases: Record<Estimate["basis"], string> = {
  "this run": "as this run goes",
  "earlier timings": "as earlier timings here took",
  "rule of thumb": "by a rule of thumb: nothing was timed here yet at this size",
};
