import charts from "../charts/charts.module.css";
import { milliseconds, millisecondsRange, percent, percentRange, rewardText } from "../format";
import { SideIcon } from "./looks";
import type { Side } from "./side";

/** The networks of all fronts in figures, by rising latency. */
export function FrontsTable({ sides }: { sides: readonly Side[] }) {
  const rows = sides
    .flatMap(({ label, place, front }) => front.map((point) => ({ label, side: place, point })))
    .sort((a, b) => a.point.latencyMs - b.point.latencyMs || a.side - b.side);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls sideways by arrow keys
    <section className={charts.scroll} aria-label="Networks of the fronts" tabIndex={0}>
      <table className={`${charts.table} ${charts.plain}`}>
        <thead>
          <tr>
            <th scope="col">Side</th>
            <th scope="col">Trial</th>
            <th scope="col">Accuracy</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Latency</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Reward of the side</th>
            <th scope="col">Place</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, side, point }) => (
            <tr key={`${side}/${point.number}`}>
              <td>
                <span style={{ display: "inline-flex", gap: 6, alignItems: "center" }}>
                  <SideIcon side={side} /> {label}
                </span>
              </td>
              <td>{point.number + 1}</td>
              <td>{percent(point.accuracy)}</td>
              <td className="dim">{percentRange(point.accuracyInterval)}</td>
              <td>{milliseconds(point.latencyMs)}</td>
              <td className="dim">{millisecondsRange(point.latencyInterval)}</td>
              <td>{rewardText(point.reward)}</td>
              <td>
                {[point.best ? "best" : "", point.beyondTarget ? "beyond T" : "within T"].filter(Boolean).join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
