import { Button } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { chooseFinalists, type Finals, finalsAreDone, type Objective, rankFinalists, type Study } from "../../core";
import { saveFinalists } from "../files";
import { Panel } from "../Panel";
import { Message } from "../panels/Message";
import { isUnderWay } from "../state/finals";
import { isBusy } from "../state/runStore";
import { useRun, useSession } from "../state/session";
import { useSaving } from "../useSaving";
import { keepAwake } from "../wakeLock";
import { BeginFinals } from "./BeginFinals";
import { FinalsProgress } from "./FinalsProgress";
import { FinalsTable } from "./FinalsTable";
import styles from "./finals.module.css";
import { verdict } from "./words";

interface FinalsPanelProps {
  study: Study;
  objective: Objective;
  selected?: number;
  onSelect: (trial: number) => void;
}

/** The finalists stage of a study: what it is for, how far it is, and what it has found. */
export function FinalsPanel({ study, objective, selected, onSelect }: FinalsPanelProps) {
  const { actions } = useSession();
  const run = useRun((state) => state.finalsRun);
  const searching = useRun((state) => isBusy(state.phase));
  const stage = run?.studyId === study.id ? run : undefined;
  const underWay = isUnderWay(stage);
  useEffect(() => (underWay ? keepAwake() : undefined), [underWay]);

  const { finals } = study;
  const front = useMemo(() => chooseFinalists(study.trials, objective, 1), [study.trials, objective]);
  if (!finals && (searching || front.length === 0)) return null;
  const hindrance = searching
    ? "Only after the search, or in a pause: they need the same workers."
    : isUnderWay(run) && !stage
      ? "The finalists of another study are being trained."
      : undefined;
  const unfinished = finals !== undefined && !finalsAreDone(finals);
  return (
    <Panel
      title="Finalists"
      term="finalist"
      aside={finals && <span className="dim small">{placeWords(finals, underWay)}</span>}
    >
      {!finals && (
        <p className={styles.why}>
          The top of one short, noisy ranking is partly luck. Training the best of the front again, longer and from
          several seeds, shows which of them really lead.
        </p>
      )}
      {stage && underWay && <FinalsProgress stage={stage} />}
      {finals && <Result study={study} finals={finals} objective={objective} selected={selected} onSelect={onSelect} />}
      {!underWay && unfinished && (
        <div className={styles.tools}>
          <Button
            h={44}
            disabled={hindrance !== undefined}
            onClick={() => actions.trainFinalists({ studyId: study.id, objective })}
          >
            Go on
          </Button>
          {hindrance && <span className="small dim">{hindrance}</span>}
        </div>
      )}
      {!underWay && !finals && <BeginFinals study={study} objective={objective} hindrance={hindrance} anew={false} />}
      {!underWay && finals && (
        <details className={styles.anew}>
          <summary>Choose the finalists anew</summary>
          <p className="small dim">What is known of a network that takes part again is kept.</p>
          <BeginFinals study={study} objective={objective} hindrance={hindrance} anew />
        </details>
      )}
      {stage?.problem && !underWay && (
        <Message kind="problem">The finalists were not trained to the end: {stage.problem}</Message>
      )}
    </Panel>
  );
}

interface ResultProps extends FinalsPanelProps {
  finals: Finals;
}

function Result({ study, finals, objective, selected, onSelect }: ResultProps) {
  const rows = useMemo(() => rankFinalists(study, objective), [study, objective]);
  const { problem, save } = useSaving();
  const { settings } = finals;
  return (
    <div className={styles.stage}>
      {finalsAreDone(finals) ? (
        verdict(rows).map((sentence) => <p key={sentence}>{sentence}</p>)
      ) : (
        <p className="small dim">Places so far: they may change until the last training is done.</p>
      )}
      <FinalsTable rows={rows} settings={settings} selected={selected} onSelect={onSelect} />
      <p className="small dim">
        Each trained {settings.recipe.steps.toLocaleString("en")} steps from each of {settings.seeds} seeds and timed
        again. The intervals are over the seeds; all were counted on the same held-out images. Export of a finalist
        takes these figures along.
      </p>
      <div className={styles.tools}>
        <Button variant="default" h={44} onClick={() => save(() => saveFinalists(study, objective))}>
          Finalists (CSV)
        </Button>
      </div>
      {problem && <Message kind="problem">{problem}</Message>}
    </div>
  );
}

function placeWords(finals: Finals, underWay: boolean): string {
  if (underWay) return "under way";
  return finalsAreDone(finals) ? "done" : "not finished";
}
