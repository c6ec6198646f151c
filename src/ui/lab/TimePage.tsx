import { type DragEvent, useState } from "react";
import type { Platform } from "../../core";
import type { Timing } from "../../workers/protocol";
import { milliseconds } from "../format";
import layout from "../layout.module.css";
import { Message } from "../panels/Message";
import place from "../place.module.css";
import { problemOf } from "../state/actions";
import styles from "./lab.module.css";
import { NetworkFields } from "./NetworkFields";
import { publishedSize, sizeProblems } from "./networks";
import { PlatformFields } from "./PlatformFields";
import { TimeButton } from "./TimeButton";
import { TimingsPanel } from "./TimingsPanel";
import { useCandidates } from "./useCandidates";
import { useTimings } from "./useTimings";

/** Times networks on this device, outside any search. */
export default function TimePage() {
  const { platforms, timings, round, latest, problems, searching, time, stop, remove, report } = useTimings();
  const { candidates, key, chosen: candidate, choose, open } = useCandidates();
  const [size, setSize] = useState(publishedSize);
  const [refused, setRefused] = useState<readonly Platform[]>([]);
  const available = platforms?.flatMap(({ platform, device }) => (device ? [platform] : [])) ?? [];
  const wanted = available.filter((platform) => !refused.includes(platform));

  async function openFile(file: File): Promise<void> {
    try {
      setSize(await open(file));
    } catch (error) {
      report(problemOf(error).message);
    }
  }

  const ready = candidate && wanted.length > 0 && Object.keys(sizeProblems(size)).length === 0;
  return (
    <main className={layout.page}>
      <p className="small">
        <a className={place.back} href="#/lab">
          ← Lab
        </a>
      </p>
      <h1 className={place.title}>Time a network</h1>
      <div className={layout.stack}>
        <DropArea onFile={openFile}>
          <NetworkFields
            candidates={candidates}
            chosen={key}
            size={size}
            disabled={round !== undefined}
            onChoose={choose}
            onResize={setSize}
            onFile={openFile}
          />
          <PlatformFields
            platforms={platforms}
            refused={refused}
            disabled={round !== undefined}
            waiting={searching}
            onChange={setRefused}
          />
          <TimeButton
            round={round}
            searching={searching}
            disabled={!ready}
            onTime={() => {
              if (!candidate) return;
              const { title: network, architecture, output } = candidate;
              void time({ network, architecture, scale: { ...size, ...output } }, wanted);
            }}
            onStop={stop}
          />
          <LatestResults timings={latest} />
          {problems.map((problem) => (
            <Message key={problem} kind="problem">
              {problem}
            </Message>
          ))}
        </DropArea>
        <TimingsPanel timings={timings} onRemove={remove} />
      </div>
    </main>
  );
}

/** The round's results beside the button, for whoever does not see the table. */
function LatestResults({ timings }: { timings: readonly Timing[] }) {
  return (
    <div className={styles.latest} role="status">
      {timings.map(({ id, network, latency: { medianMs, device } }) => (
        <p key={id}>
          {network} on {device.platform}: <strong>{milliseconds(medianMs)}</strong>
        </p>
      ))}
    </div>
  );
}

/** A panel on which files can be dropped. */
function DropArea({ onFile, children }: { onFile: (file: File) => Promise<void>; children: React.ReactNode }) {
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <section
      className={`${layout.panel} ${styles.form}`}
      aria-label="What to time"
      data-over={over || undefined}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={async (event) => {
        drag(event, false);
        for (const file of [...event.dataTransfer.files]) await onFile(file);
      }}
    >
      {children}
    </section>
  );
}
