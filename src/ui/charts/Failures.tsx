import type { Trial } from "../../core";
import { plural } from "../format";
import styles from "./charts.module.css";

/** Trials without a measurement, with the reason; they score zero and stand outside the chart. */
export function Failures({ trials }: { trials: readonly Trial[] }) {
  const failed = trials.filter((trial) => trial.failure);
  const repeats = trials.filter((trial) => trial.repeats !== undefined && !trial.failure).length;
  return (
    <>
      {repeats > 0 && (
        <p className="small dim">
          {plural(repeats, "trial")} drew a network that was evaluated before; it stands once.
        </p>
      )}
      {failed.length > 0 && (
        <details className={styles.failures}>
          <summary>{plural(failed.length, "trial")} failed and scored zero</summary>
          <ul>
            {failed.map(({ number, failure }) => (
              <li key={number}>
                Trial {number + 1}, {failure?.stage}: {failure?.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
