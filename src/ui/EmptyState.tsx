import type { ReactNode } from "react";
import styles from "./empty.module.css";
import { Panel } from "./Panel";
import { useRun, useSettings } from "./state/session";

/** What stands where the charts will, before the first study. */
export function EmptyState({ children }: { children?: ReactNode }) {
  const software = useRun((state) => state.device?.software);
  const platform = useSettings((state) => state.settings.platform);
  const timed = platform === "tfjs-wasm" ? "there" : software ? "on its GPU, which is software" : "on its own GPU";
  return (
    <Panel title="Pareto front" term="front">
      <div className={styles.empty}>
        <svg viewBox="0 0 320 150" className={styles.ghost} aria-hidden>
          <path className={styles.axis} d="M24 8V130H312" />
          <path className={styles.target} d="M214 12V130" />
          <text x="219" y="22">
            T
          </text>
          <path className={styles.front} d="M52 108H92V74H146V46H196V34H300" />
          {[
            [92, 74],
            [52, 108],
            [146, 46],
          ].map(([x, y]) => (
            <circle key={x} className={styles.point} cx={x} cy={y} r="5" />
          ))}
          {[
            [110, 104],
            [166, 84],
            [184, 112],
            [134, 92],
          ].map(([x, y]) => (
            <circle key={x} className={styles.dominated} cx={x} cy={y} r="3.5" />
          ))}
          <circle className={styles.beyond} cx="252" cy="66" r="4" />
          <path className={styles.best} d="M196 25.5l8.5 8.5l-8.5 8.5l-8.5-8.5z" />
        </svg>
        <div className={styles.words}>
          <p>
            <strong>Start</strong> draws networks one after another, trains each for a short while on this device's
            processor, and times each {timed}. Here you will see which networks nothing beats: more accurate, or faster,
            than every other.
          </p>
          <p className="dim">
            The first point comes within about a minute; the default study takes minutes to half an hour, depending on
            the device. It can be paused, and goes on after a reload. Everything happens in this tab: no image and no
            result leaves the device.
          </p>
          {children}
        </div>
      </div>
    </Panel>
  );
}
