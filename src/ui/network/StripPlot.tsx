import type { LatencyReport } from "../../core";
import { dayOrTime, milliseconds, millisecondsRange, plural } from "../format";
import type { Strip, StripRow } from "./strip";
import { stripOf } from "./strip";
import styles from "./strip.module.css";

const ROW = { label: 20, dots: 36, gap: 8 };
const PITCH = ROW.label + ROW.dots + ROW.gap;
const AXIS = 38;

/** Every sample of a network's measurements as a dot over one axis of ms: the present one on top, each from its first to its last. */
export function StripPlot({ reports }: { reports: readonly LatencyReport[] }) {
  const measured = reports.filter(({ samplesMs }) => samplesMs.length > 0);
  if (measured.length === 0) return null;
  const strip = stripOf(measured);
  const height = measured.length * PITCH;
  return (
    <figure className={styles.strip}>
      <svg height={height + AXIS} role="img" aria-label={measured.map(sentence).join(" ")}>
        <Axis strip={strip} height={height} />
        {strip.rows.map((row, index) => (
          <Row key={row.report.takenAt} row={row} top={index * PITCH} now={measured[0]?.takenAt ?? ""} />
        ))}
      </svg>
      <figcaption className={styles.caption}>
        A dot is one sample, the first on top; the line is the median, the band its 95 % interval.
      </figcaption>
    </figure>
  );
}

function Axis({ strip: { ticks, domain }, height }: { strip: Strip; height: number }) {
  const [low, high] = domain;
  const inner = ticks.filter((tick) => tick >= low && tick <= high);
  return (
    <g>
      {inner.map((tick, index) => {
        const x = share((tick - low) / (high - low));
        const anchor = index === 0 ? "start" : index === inner.length - 1 ? "end" : "middle";
        return (
          <g key={tick}>
            <line className={styles.grid} x1={x} x2={x} y1={0} y2={height} />
            <text x={x} y={height + 12} textAnchor={anchor}>
              {tick}
            </text>
          </g>
        );
      })}
      <text x="50%" y={height + 32} textAnchor="middle">
        Latency, ms
      </text>
    </g>
  );
}

function Row({ row, top, now }: { row: StripRow; top: number; now: string }) {
  const { report, dots, median, interval, beyond } = row;
  const present = report.takenAt === now;
  const [start, end] = [top + ROW.label, top + ROW.label + ROW.dots];
  const [low, high] = interval;
  return (
    <g className={present ? styles.present : styles.earlier}>
      <text className={styles.taken} x="0" y={top + 13}>
        {dayOrTime(report.takenAt, now)}
      </text>
      <text x="100%" y={top + 13} textAnchor="end">
        {beyond > 0 && `${beyond} slower, to ${milliseconds(Math.max(...report.samplesMs))} →`}
      </text>
      <rect className={styles.band} x={share(low)} width={share(high - low)} y={start} height={ROW.dots} />
      {interval.map((edge, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the ends of the interval, which may be equal
        <line key={index} className={styles.edge} x1={share(edge)} x2={share(edge)} y1={start} y2={end} />
      ))}
      <line className={styles.median} x1={share(median)} x2={share(median)} y1={start - 3} y2={end + 3} />
      {dots.map(({ at, order, beyond }) => (
        <circle
          key={order}
          className={beyond ? styles.beyond : styles.dot}
          cx={share(at)}
          cy={start + order * ROW.dots}
          r={beyond ? 3 : 2.2}
        />
      ))}
    </g>
  );
}

function share(part: number): string {
  return `${(part * 100).toFixed(2)}%`;
}

function sentence({ samplesMs, medianMs, intervalMs }: LatencyReport, index: number): string {
  const range = `${milliseconds(Math.min(...samplesMs))} to ${milliseconds(Math.max(...samplesMs))}`;
  const which = index === 0 ? "" : "Measured before: ";
  return `${which}${plural(samplesMs.length, "sample")} from ${range}, median ${milliseconds(medianMs)}, 95 % interval ${millisecondsRange(intervalMs)}.`;
}
