import { ActionIcon } from "@mantine/core";
import type { Timing } from "../../workers/protocol";
import { count, milliseconds, millisecondsRange } from "../format";
import { doubtsAbout } from "./doubts";
import styles from "./lab.module.css";
import { multiplyAddsOf, parametersOf, sizeText } from "./tables";

interface TimingTableProps {
  timings: readonly Timing[];
  onRemove: (id: string) => void;
}

const numbers = ["Single-shot", "Sustained", "p90", "First run", "Parameters", "Multiply-adds"] as const;

/** A row a timing; on a phone each row becomes a card, its cells named by their columns. */
export function TimingTable({ timings, onRemove }: TimingTableProps) {
  return (
    <table className={styles.table}>
      <caption className="hidden">Timed networks</caption>
      <thead>
        <tr>
          <th scope="col">Network</th>
          {numbers.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">
            <span className="hidden">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {timings.map((timing) => (
          <Row key={timing.id} timing={timing} onRemove={onRemove} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ timing, onRemove }: { timing: Timing; onRemove: (id: string) => void }) {
  const { id, network, scale, latency } = timing;
  const { device, sustained } = latency;
  const cells: Record<(typeof numbers)[number], React.ReactNode> = {
    "Single-shot": <WithInterval {...latency} />,
    Sustained: sustained ? <WithInterval {...sustained} /> : "–",
    p90: milliseconds(latency.p90Ms),
    "First run": milliseconds(latency.firstRunMs),
    Parameters: count(parametersOf(timing)),
    "Multiply-adds": count(multiplyAddsOf(timing)),
  };
  return (
    <tr>
      <th scope="row">
        <span className={styles.name}>{network}</span>
        <span className={styles.detail}>
          {sizeText(scale)} · {device.platform}
        </span>
        <span className={styles.detail}>
          {device.gpu}
          {device.software && <span className={styles.software}>software</span>}
        </span>
        {doubtsAbout(timing).map((doubt) => (
          <span key={doubt} className={styles.doubt}>
            {doubt}
          </span>
        ))}
      </th>
      {numbers.map((name) => (
        <td key={name} data-name={name}>
          {cells[name]}
        </td>
      ))}
      <td className={styles.tools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={`Remove ${network}, ${sizeText(scale)}, ${device.platform}`}
          onClick={() => onRemove(id)}
        >
          <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="var(--dim)" strokeWidth="1.6" aria-hidden>
            <path d="M5 5L15 15M15 5L5 15" strokeLinecap="round" />
          </svg>
        </ActionIcon>
      </td>
    </tr>
  );
}

function WithInterval({ medianMs, intervalMs }: Pick<Timing["latency"], "medianMs" | "intervalMs">) {
  return (
    <>
      <span className={styles.figure}>{milliseconds(medianMs)}</span>
      <span className={styles.detail}>{millisecondsRange(intervalMs)}</span>
    </>
  );
}
