import type { Skipped, Trial } from "../../core";
import { plural } from "../format";
import styles from "./charts.module.css";

/** Trials that stand outside the chart, with the reason. */
export function Failures({ trials }: { trials: readonly Trial[] }) {
  const failed = trials.filter((trial) => trial.failure);
  const repeats = trials.filter((trial) => trial.repeats !== undefined && !trial.failure).length;
  const skippedFor = (reason: Skipped["reason"]) =>
    trials.filter((trial) => trial.skipped?.reason === reason && trial.repeats === undefined).length;
  const beyond = skippedFor("beyond-target");
  const worse = skippedFor("learns-worse");
  return (
    <>
      {beyond > 0 && (
        <p className="small dim">
          {plural(beyond, "trial")} so far beyond T that no accuracy could have won: timed, not trained.
        </p>
      )}
      {worse > 0 && (
        <p className="small dim">
          {plural(worse, "trial")} ended halfway: three networks that are no slower had learnt better by then.
        </p>
      )}
      {repeats > 0 && (
        <p className="small dim">
          {plural(repeats, "trial")} drew a network that was evaluated before; it stands once.
        </p>
      )}
      {failed.length > 0 && (
        <details className={styles.failures}>
          <summary>{plural(failed.length, "trial")} failed and scored worst</summary>
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
