import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Study } from "../../core";
import { saveStudy } from "../files";
import { doubtsOfAll } from "../network/doubts";
import { freshTrials } from "../state/estimate";
import { useRun } from "../state/session";
import { useSaving } from "../useSaving";
import { useLowBattery } from "./battery";
import { Message } from "./Message";
import styles from "./run.module.css";

/** What is doubtful about the device and the search. */
export function Warnings() {
  const warnings = useRun((state) => state.warnings);
  const study = useRun((state) => state.study);
  const lowBattery = useLowBattery();
  const { problem, save } = useSaving();
  return (
    <>
      {warnings.map(({ code, message }) => (
        <Message key={code} kind="warning">
          {message}
          {code.startsWith("storage-") && study && study.trials.length > 0 && (
            <>
              <Button variant="default" h={44} mt={8} onClick={() => save(() => saveStudy(study))}>
                Export the study now
              </Button>
              {problem && <p role="alert">{problem}</p>}
            </>
          )}
        </Message>
      ))}
      {lowBattery && <Message kind="warning">{lowBattery}</Message>}
      {study && <DoubtfulLatencies study={study} />}
    </>
  );
}

/** What is doubtful about the latencies measured so far; each network says it of its own again. */
function DoubtfulLatencies({ study: { trials } }: { study: Study }) {
  const sentences = useMemo(() => doubtsOfAll(freshTrials(trials).flatMap(({ latency }) => latency ?? [])), [trials]);
  if (sentences.length === 0) return null;
  return (
    <Message kind="warning">
      <details>
        <summary className={styles.doubts}>Some latencies are doubtful</summary>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </details>
    </Message>
  );
}
