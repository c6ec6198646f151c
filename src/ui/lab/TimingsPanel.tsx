import { Button } from "@mantine/core";
import { useState } from "react";
import type { Timing } from "../../workers/protocol";
import { plural } from "../format";
import { Panel } from "../Panel";
import { CopyOrSave } from "./frame/CopyOrSave";
import styles from "./lab.module.css";
import { TimingTable } from "./TimingTable";
import { timingsCsv, timingsMarkdown } from "./tables";

interface TimingsPanelProps {
  timings: readonly Timing[];
  onRemove: (ids: readonly string[]) => void;
}

/** What was timed so far, and the ways to take it along. */
export function TimingsPanel({ timings, onRemove }: TimingsPanelProps) {
  if (timings.length === 0) {
    return (
      <Panel title="Results">
        <p className="dim">
          Nothing has been timed yet. Single-shot is what an app feels that waits for each answer, from dispatch to
          readable output; sustained is the time of one more network where many are queued. Results stay on this device
          until you remove them.
        </p>
      </Panel>
    );
  }
  return (
    <CopyOrSave file="mnasium-timings" markdown={() => timingsMarkdown(timings)} csv={() => timingsCsv(timings)}>
      {({ button, news }) => (
        <Panel title="Results" aside={button}>
          {news}
          <TimingTable timings={timings} onRemove={(id) => onRemove([id])} />
          <RemoveAll number={timings.length} onRemove={() => onRemove(timings.map(({ id }) => id))} />
        </Panel>
      )}
    </CopyOrSave>
  );
}

function RemoveAll({ number, onRemove }: { number: number; onRemove: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button variant="default" h={44} mt={16} onClick={() => setAsking(true)}>
        Remove all
      </Button>
    );
  }
  return (
    <div className={styles.asking}>
      <span className="small">Remove {plural(number, "timing")}?</span>
      <Button variant="default" h={44} className={styles.danger} onClick={onRemove}>
        Remove for good
      </Button>
      <Button variant="default" h={44} onClick={() => setAsking(false)} autoFocus>
        Keep
      </Button>
    </div>
  );
}
