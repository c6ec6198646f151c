import { milliseconds } from "../format";
import styles from "./compare.module.css";
import { lookOf, SideIcon } from "./looks";
import { type Side, targetsOf } from "./side";

/** The share of each side's networks within T, as a mark on its 95 % interval, over one axis. */
export function Shares({ sides }: { sides: readonly Side[] }) {
  const own = targetsOf(sides).length > 1;
  return (
    <ul
      className={styles.shares}
      aria-label={own ? "Share of networks within each side's T" : "Share of networks within T"}
    >
      {sides
        .filter(({ within }) => within.of > 0)
        .map((side) => (
          <li key={side.study.id}>
            <span className={styles.shareName}>
              <SideIcon side={side.place} />
              {side.label}
            </span>
            <ShareBar side={side} />
            <span>
              {percentage(side.within.count / side.within.of)}{" "}
              <span className="dim">within {milliseconds(side.objective.targetMs)}</span>
            </span>
          </li>
        ))}
      <li aria-hidden>
        <span className={styles.shareAxis}>
          <span>0&nbsp;%</span>
          <span>50&nbsp;%</span>
          <span>100&nbsp;%</span>
        </span>
      </li>
    </ul>
  );
}

function ShareBar({ side: { within, place } }: { side: Side }) {
  const at = (share: number) => `${(share * 100).toFixed(1)}%`;
  const [low, high] = within.interval;
  const share = at(within.count / within.of);
  const { colour } = lookOf(place);
  return (
    <svg className={styles.shareBar} height="14" aria-hidden>
      <line x1="0" x2="100%" y1="7" y2="7" stroke="var(--hair)" strokeWidth="2" />
      <line x1={at(low)} x2={at(high)} y1="7" y2="7" stroke={colour} strokeWidth="2" />
      <line x1={share} x2={share} y1="1" y2="13" stroke={colour} strokeWidth="4" />
    </svg>
  );
}

function percentage(share: number): string {
  return `${(share * 100).toFixed(0)}\u00a0%`;
}
