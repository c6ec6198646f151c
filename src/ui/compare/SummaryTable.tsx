import charts from "../charts/charts.module.css";
import { milliseconds, millisecondsRange, percent, percentRange, plural, rewardText } from "../format";
import { freshTrials } from "../state/estimate";
import { objectiveWords } from "../state/objective";
import styles from "./compare.module.css";
import { SideIcon } from "./looks";
import type { Side } from "./side";

/** The comparison in figures, a column for each side. */
export function SummaryTable({ sides }: { sides: readonly Side[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls sideways by arrow keys
    <section className={charts.scroll} aria-label="The sides in figures" tabIndex={0}>
      <table className={`${charts.table} ${charts.plain} ${styles.summary}`}>
        <thead>
          <tr>
            <td />
            {sides.map(({ study, label, place }) => (
              <th key={study.id} scope="col">
                <span style={{ display: "inline-flex", gap: 6, alignItems: "center" }}>
                  <SideIcon side={place} /> {label}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, of, more }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {sides.map((side) => (
                <td key={side.study.id}>
                  {of(side)}
                  {more && <div className="dim small">{more(side)}</div>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const NONE = "–";

interface Row {
  name: string;
  of(side: Side): string;
  /** The interval, or what else belongs to the figure. */
  more?(side: Side): string;
}

const rows: readonly Row[] = [
  { name: "Objective", of: ({ objective }) => objectiveWords(objective) },
  {
    name: "Trials",
    of: ({ study }) => String(freshTrials(study.trials).length),
    more: ({ points, front }) => `${plural(points.length, "network")} measured, ${front.length} on the front`,
  },
  {
    name: "Within T",
    of: ({ within: { count, of } }) => (of > 0 ? percent(count / of) : NONE),
    more: ({ within: { interval }, objective }) => `${percentRange(interval)}; T ${milliseconds(objective.targetMs)}`,
  },
  {
    name: "Median latency",
    of: ({ latencies, medianMs }) => (latencies.length > 0 ? milliseconds(medianMs) : NONE),
    more: ({ latencies, medianInterval }) => (latencies.length > 0 ? millisecondsRange(medianInterval) : ""),
  },
  {
    name: "Best by own reward",
    of: ({ best }) => (best ? `trial ${best.number + 1}` : NONE),
    more: ({ best }) => (best ? `reward ${rewardText(best.reward)}` : ""),
  },
  {
    name: "Its accuracy",
    of: ({ best }) => (best ? percent(best.accuracy) : NONE),
    more: ({ best }) => (best ? percentRange(best.accuracyInterval) : ""),
  },
  {
    name: "Its latency",
    of: ({ best }) => (best ? milliseconds(best.latencyMs) : NONE),
    more: ({ best }) => (best ? millisecondsRange(best.latencyInterval) : ""),
  },
];
