import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import type { Timing } from "../../workers/protocol";
import { download } from "../files";
import { plural } from "../format";
import { Panel } from "../Panel";
import styles from "./lab.module.css";
import { TimingTable } from "./TimingTable";
import { timingsCsv, timingsMarkdown } from "./tables";

interface TimingsPanelProps {
  timings: readonly Timing[];
  onRemove: (ids: readonly string[]) => void;
}

/** What was timed so far, and the ways to take it along. */
export function TimingsPanel({ timings, onRemove }: TimingsPanelProps) {
  const [told, setTold] = useState("");
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
  const copy = async (form: keyof typeof forms) => {
    try {
      await navigator.clipboard.writeText(forms[form].write(timings));
      setTold(`Copied as ${forms[form].title}.`);
    } catch {
      setTold("This browser did not let the page copy: save the file instead.");
    }
  };
  const save = (form: keyof typeof forms) => {
    const { write, type, extension } = forms[form];
    download(`mnasium-timings.${extension}`, write(timings), type);
    setTold("");
  };
  return (
    <Panel
      title="Results"
      aside={
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button variant="default" h={44}>
              Copy or save
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {formNames.map((form) => (
              <Menu.Item key={form} mih={44} onClick={() => copy(form)}>
                Copy as {forms[form].title}
              </Menu.Item>
            ))}
            {formNames.map((form) => (
              <Menu.Item key={form} mih={44} onClick={() => save(form)}>
                Save as {forms[form].title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      <p className="small dim" role="status">
        {told}
      </p>
      <TimingTable timings={timings} onRemove={(id) => onRemove([id])} />
      <RemoveAll number={timings.length} onRemove={() => onRemove(timings.map(({ id }) => id))} />
    </Panel>
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

const forms = {
  markdown: { title: "Markdown", write: timingsMarkdown, type: "text/markdown", extension: "md" },
  csv: { title: "CSV", write: timingsCsv, type: "text/csv", extension: "csv" },
} as const;

const formNames = ["markdown", "csv"] as const;
