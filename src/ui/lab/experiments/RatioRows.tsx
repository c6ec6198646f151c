import { niceTicks } from "../../charts/ticks";
import { significant } from "../../format";
import { SeriesMark } from "../frame/looks";
import lab from "../lab.module.css";
import type { Ratio } from "./ratios";

const ROW = 54;
const AXIS = 40;

/** Each network's latency as a multiple of the first one's: hollow as published, filled as measured here. */
export function RatioRows({ ratios, base }: { ratios: readonly Ratio[]; base: string }) {
  const values = ratios.flatMap(({ published, measured }) => [published ?? 0, measured?.interval[1] ?? 0]);
  const ticks = niceTicks(0, Math.max(1, ...values), 4);
  const end = ticks.at(-1) ?? 1;
  // A little room on either side, so that no mark is cut.
  const at = (value: number) => `${(2 + (96 * value) / end).toFixed(2)}%`;
  const height = ratios.length * ROW;
  return (
    <figure className={lab.ratios} aria-label={`Latency as a multiple of that of ${base}`}>
      <svg width="100%" height={height + AXIS} role="img" aria-label={ratios.map(sentence).join("; ")}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={at(tick)} x2={at(tick)} y1={0} y2={height} stroke="var(--hair)" />
            <text x={at(tick)} y={height + 14} textAnchor="middle">
              {tick}×
            </text>
          </g>
        ))}
        <text x="50%" y={height + 34} textAnchor="middle">
          Latency as a multiple of that of {base}
        </text>
        {ratios.map(({ key, network, published, measured }, index) => (
          <g key={key}>
            <text x={at(0)} y={index * ROW + 15} className={lab.rowName}>
              {network}
            </text>
            {published !== undefined && (
              <Placed x={at(published)} y={index * ROW + 29}>
                <SeriesMark kind="published" look={0} cx={0} cy={0} />
              </Placed>
            )}
            {measured && (
              <>
                <line
                  x1={at(measured.interval[0])}
                  x2={at(measured.interval[1])}
                  y1={index * ROW + 42}
                  y2={index * ROW + 42}
                  stroke="var(--ink)"
                  strokeOpacity="0.5"
                  strokeWidth="1.5"
                />
                <Placed x={at(measured.ratio)} y={index * ROW + 42}>
                  <SeriesMark kind="measured" look={0} cx={0} cy={0} />
                </Placed>
              </>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** A mark whose place across is a share of the width. */
function Placed({ x, y, children }: { x: string; y: number; children: React.ReactNode }) {
  return (
    <svg x={x} y={y} overflow="visible" aria-hidden>
      {children}
    </svg>
  );
}

function sentence({ network, published, measured }: Ratio): string {
  const told = [
    ...(published === undefined ? [] : [`published ${significant(published)} times`]),
    ...(measured ? [`here ${significant(measured.ratio)} times`] : []),
  ];
  return `${network}: ${told.join(", ") || "unknown"}`;
}
