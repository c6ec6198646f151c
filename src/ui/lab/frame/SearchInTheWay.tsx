import { Button } from "@mantine/core";
import { Message } from "../../panels/Message";
import { useRun, useSession } from "../../state/session";

/** Stands in for a button that would disturb the search that runs. */
export function SearchInTheWay() {
  const { actions } = useSession();
  const phase = useRun((state) => state.phase);
  return (
    <Message kind="warning">
      <p>A search is running. It and a timing would disturb each other: pause it first, then resume it afterwards.</p>
      <Button variant="default" h={44} mt={8} disabled={phase !== "running"} onClick={actions.pause}>
        {phase === "running" ? "Pause the search" : "Waiting until it has paused…"}
      </Button>
    </Message>
  );
}
