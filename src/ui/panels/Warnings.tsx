import { Button } from "@mantine/core";
import { saveStudy } from "../files";
import { useRun } from "../state/session";
import { useSaving } from "../useSaving";
import { Message } from "./Message";

/** What is doubtful about the device and the search. */
export function Warnings() {
  const warnings = useRun((state) => state.warnings);
  const study = useRun((state) => state.study);
  const { problem, save } = useSaving();
  return warnings.map(({ code, message }) => (
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
  ));
}
