import type { FinalsSettings, RankedFinalist } from "../../core";
import charts from "../charts/charts.module.css";
import { milliseconds, millisecondsRange, percent, percentRange, rewardText } from "../format";
import styles from "./finals.module.css";
import { neighbour } from "./words";

interface FinalsTableProps {
  rows: readonly RankedFinalist[];
  settings: FinalsSettings;
  selected?: number;
  onSelect: (trial: number) => void;
}

/** The finalists by their new places: what each was before, and what it is known by now. */
export function FinalsTable({ rows, settings, selected, onSelect }: FinalsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls sideways by arrow keys
    <section className={charts.scroll} aria-label="Finalists in figures" tabIndex={0}>
      <table className={charts.table}>
        <thead>
          <tr>
            <th scope="col">Trial</th>
            <th scope="col">Place before → now</th>
            <th scope="col">Mean accuracy</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Latency</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Reward</th>
            <th scope="col">Lead over the next</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.finalist.trial} row={row} settings={settings} selected={selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps extends Omit<FinalsTableProps, "rows"> {
  row: RankedFinalist;
}

function Row({ row, settings, selected, onSelect }: RowProps) {
  const { finalist, placeBefore, place, accuracy, reward } = row;
  const { trial, accuracies, latency, failure } = finalist;
  return (
    <tr data-selected={trial === selected || undefined}>
      <td>
        <button
          type="button"
          className={charts.rowButton}
          aria-pressed={trial === selected}
          aria-label={`Trial ${trial + 1}`}
          onClick={() => onSelect(trial)}
        >
          {trial + 1}
        </button>
      </td>
      <td>
        <span className="hidden">
          before {placeBefore}, now {place ?? "none"}
        </span>
        <span aria-hidden>
          {placeBefore} → <strong className={styles.place}>{place ?? "–"}</strong>
        </span>
      </td>
      <td>
        {accuracy ? percent(accuracy.mean) : "–"}{" "}
        <span className="dim small">
          {accuracies.length} of {settings.seeds}
        </span>
      </td>
      <td className="dim">{accuracy?.interval ? percentRange(accuracy.interval) : "–"}</td>
      <td>{latency ? milliseconds(latency.medianMs) : "–"}</td>
      <td className="dim">{latency ? millisecondsRange(latency.intervalMs) : "–"}</td>
      <td>{reward === undefined ? "–" : rewardText(reward)}</td>
      <td>{failure ? `failed: ${failure.message}` : neighbour(row)}</td>
    </tr>
  );
}
