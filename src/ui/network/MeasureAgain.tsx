import { Button } from "@mantine/core";
import type { Study, Trial } from "../../core";
import { Message } from "../panels/Message";
import { isActive, isBusy, measurementKey } from "../state/runStore";
import { useRun, useSession } from "../state/session";

interface MeasureAgainProps {
  study: Study;
  trial: Trial;
  /** The trial is to stay in sight: with its new latency it may no longer be the best. */
  onAsk: () => void;
}

/** Asks for one more measurement of a trial's latency on this device. */
export function MeasureAgain({ study, trial, onAsk }: MeasureAgainProps) {
  const { actions } = useSession();
  const outcome = useRun((state) => state.measuring[measurementKey(study.id, trial.number)]);
  const elsewhere = useRun((state) => isActive(state.phase) && state.study?.id !== study.id);
  const searching = useRun((state) => isBusy(state.phase));
  const underWay = outcome === "under way";
  return (
    <>
      <Button
        variant="default"
        h={44}
        disabled={underWay || elsewhere}
        onClick={() => {
          onAsk();
          void actions.measureAgain(study.id, trial.number);
        }}
      >
        {underWay ? (searching ? "Waiting to measure…" : "Measuring…") : "Measure again"}
      </Button>
      {elsewhere && <span className="small dim">To measure again, end the running study first.</span>}
      {outcome && !underWay && <Message kind="problem">Not measured again: {outcome.message}</Message>}
    </>
  );
}
