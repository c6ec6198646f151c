import { Button } from "@mantine/core";
import { saveStudy } from "../files";
import { useRun } from "../state/session";
import { Message } from "./Message";

/** What is doubtful about the running search; stays until the next one starts. */
export function Warnings() {
  const warnings = useRun((state) => state.warnings);
  const study = useRun((state) => state.study);
  return warnings.map(({ code, message }) => (
    <Message key={code} kind="warning">
      {message}
      {code.startsWith("storage-") && study && study.trials.length > 0 && (
        <Button variant="default" h={44} mt={8} onClick={() => saveStudy(study)}>
          Export the study now
        </Button>
      )}
    </Message>
  ));
}
