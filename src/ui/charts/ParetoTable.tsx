import { Button } from "@mantine/core";
import { useState } from "react";
import { count, milliseconds, millisecondsRange, percent, percentRange, rewardText } from "../format";
import type { ScoredPoint } from "../state/score";
import styles from "./charts.module.css";
import { MarkIcon, markNames, markOf } from "./marks";

const ROWS = 50;

interface ParetoTableProps {
  points: readonly ScoredPoint[];
  selected?: ScoredPoint;
  onSelect: (number: number) => void;
}

/** The Pareto chart in figures, best reward first. */
export function ParetoTable({ points, selected, onSelect }: ParetoTableProps) {
  const [rows, setRows] = useState(ROWS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls sideways by arrow keys
    <section className={styles.scroll} aria-label="Networks" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Trial</th>
            <th scope="col">Accuracy</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Latency</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Reward</th>
            <th scope="col">Multiply-adds</th>
            <th scope="col">Place</th>
          </tr>
        </thead>
        <tbody>
          {points.slice(0, rows).map((point) => (
            <tr key={point.number} data-selected={point.number === selected?.number || undefined}>
              <td>
                <button
                  type="button"
                  className={styles.rowButton}
                  aria-pressed={point.number === selected?.number}
                  aria-label={`Trial ${point.number + 1}`}
                  onClick={() => onSelect(point.number)}
                >
                  {point.number + 1}
                </button>
              </td>
              <td>{percent(point.accuracy)}</td>
              <td className="dim">{percentRange(point.accuracyInterval)}</td>
              <td>{milliseconds(point.latencyMs)}</td>
              <td className="dim">{millisecondsRange(point.latencyInterval)}</td>
              <td>{rewardText(point.reward)}</td>
              <td>{count(point.multiplyAdds)}</td>
              <td>
                <span style={{ display: "inline-flex", gap: 6, verticalAlign: "middle", alignItems: "center" }}>
                  <MarkIcon kind={markOf(point)} /> {markNames[markOf(point)]}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {points.length > rows && (
        <Button variant="subtle" h={44} onClick={() => setRows(rows + ROWS)}>
          Show {Math.min(ROWS, points.length - rows)} more of {points.length - rows}
        </Button>
      )}
    </section>
  );
}
