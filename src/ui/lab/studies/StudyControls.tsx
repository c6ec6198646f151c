import type { Study } from "../../../core";
import { durationRange, plural } from "../../format";
import { Message } from "../../panels/Message";
import { MissingData } from "../../panels/MissingData";
import { Warnings } from "../../panels/Warnings";
import { freshTrials } from "../../state/estimate";
import { useRun, useSession } from "../../state/session";
import { RunControls } from "../frame/RunControls";
import { estimateTrials } from "./estimate";
import { useStudyRun } from "./useStudyRun";

interface StudyControlsProps {
  /** Of the latest run. */
  studies: readonly Study[];
  /** Trials of the whole latest run. */
  total: number;
  /** Trials of a new run, with the numbers as they are set. */
  trials: number;
  /** What keeps a new run from being begun. */
  hindrance?: string;
  /** What is being searched, in words. */
  doing: string;
  /** The latest run is not at its end. */
  unfinished: boolean;
  /** Begins a new run. */
  onRun: () => void;
  /** Goes on with the latest. */
  onResume: () => void;
  onStop: () => void;
}

/** Begins, pauses, resumes and stops the studies of an experiment, on the machinery of the Search page. */
export function StudyControls(props: StudyControlsProps) {
  const { studies, total, trials, hindrance, doing, unfinished, onRun, onResume, onStop } = props;
  const { actions, settings } = useSession();
  const problem = useRun((state) => state.problem);
  const wantsData = useRun((state) => state.wantsData);
  const ready = useRun((state) => state.ready);
  const software = useRun((state) => state.device?.software);
  const { phase, opening, elsewhere, failure } = useStudyRun(studies);
  if (elsewhere) return <StudyInTheWay />;
  const anew = opening || (phase === "idle" && !unfinished);
  const done = anew ? 0 : studies.reduce((sum, study) => sum + freshTrials(study.trials).length, 0);
  const of = anew ? trials : total;
  const left = Math.max(0, of - done);
  const { range, basis } = estimateTrials(left, studies[0]?.settings ?? settings.getState().settings, studies);
  const time = durationRange(range);
  return (
    <>
      <RunControls
        phase={phase}
        title={
          unfinished ? `Resume at ${done} of ${of} trials` : studies.length > 0 ? "Run again" : "Run on this device"
        }
        disabled={!ready || (hindrance !== undefined && !unfinished)}
        estimate={
          phase !== "idle"
            ? `${time} left`
            : hindrance && !unfinished
              ? hindrance
              : `${plural(left, "trial")}${unfinished ? " left" : ""}: ${time}, ${bases[basis]}.`
        }
        progress={{ done, of, noun: "trials", doing: opening ? "Preparing" : doing }}
        again={unfinished && !hindrance ? { title: "Begin anew", onRun } : undefined}
        onRun={unfinished ? onResume : onRun}
        onPause={actions.pause}
        onResume={onResume}
        onStop={onStop}
      />
      {software && (
        <Message kind="warning">
          This device's GPU is software, a program on the CPU: its order of networks may not be that of any GPU. A
          smaller timed input, on the Search page, is quicker.
        </Message>
      )}
      {failure && <Message kind="problem">The search stopped: {failure}</Message>}
      {problem && <Message kind="problem">{problem.message}</Message>}
      {wantsData && studies.some(({ id }) => id === wantsData) && <MissingData studyId={wantsData} />}
      {phase !== "idle" && <Warnings />}
    </>
  );
}

const bases = {
  "so far": "as it went so far",
  "rule of thumb": "by a rule of thumb: nothing was searched for this here yet",
};

function StudyInTheWay() {
  return (
    <Message kind="warning">
      Another study is under way. Let it end, or stop it on the <a href="#/">Search page</a>, then come back.
    </Message>
  );
}
