import { CartesianGrid, Scatter, ScatterChart, useXAxisScale, useYAxisScale, XAxis, YAxis } from "recharts";
import { AxisName } from "../../charts/AxisName";
import { across, below, frame, upward } from "../../charts/axes";
import charts from "../../charts/charts.module.css";
import { axisOver } from "../../charts/domain";
import { ROW, TargetLines } from "../../compare/TargetLines";
import { rewardText } from "../../format";
import type { CurvePoint } from "./figure3Points";

export const curves = [
  { name: "hard", label: "Hard: alpha 0, beta −1", colour: "var(--ink)", width: 2, dashes: undefined },
  { name: "soft", label: "Soft: alpha = beta = −0.07", colour: "var(--side-2)", width: 2, dashes: "7 4" },
  { name: "own", label: "Yours", colour: "var(--accent)", width: 3, dashes: "2 4" },
] as const;

interface RewardChartProps {
  points: readonly CurvePoint[];
  targets: readonly number[];
}

/** Reward over latency under the paper's two objectives and one's own; what rises above 1 is left out. */
export default function RewardChart({ points, targets }: RewardChartProps) {
  const end = points.at(-1)?.latencyMs ?? 1;
  const x = axisOver([0, end]);
  const label = curves.map(({ name, label }) => `${label}: ${inWords(points, name)}`).join("; ");
  return (
    <figure className={charts.chart} style={{ cursor: "auto" }} aria-label={`Reward over latency. ${label}`}>
      <ScatterChart
        {...frame}
        margin={{ ...frame.margin, top: frame.margin.top + ROW * (targets.length - 1) }}
        style={{ width: "100%", height: 320, pointerEvents: "none" }}
      >
        <CartesianGrid vertical={false} stroke="var(--hair)" />
        <XAxis {...across} dataKey="x" {...x} label={below("Latency, ms")} />
        <YAxis {...upward} dataKey="y" ticks={[0, 0.25, 0.5, 0.75, 1]} domain={[0, 1]} width={44} />
        <AxisName words="Reward" />
        <TargetLines targets={targets} />
        {/* The axes take their scale from a series; the layer below draws what it stands for. */}
        <Scatter data={[{ x: end, y: 0 }]} isAnimationActive={false} shape={() => <g />} />
        <Curves points={points} />
      </ScatterChart>
    </figure>
  );
}

function Curves({ points }: { points: readonly CurvePoint[] }) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  if (!toX || !toY) return null;
  return curves.map(({ name, colour, width, dashes }) => (
    <path
      key={name}
      d={`M${points
        .filter((point) => point[name] <= 1)
        .map((point) => `${(toX(point.latencyMs) ?? 0).toFixed(1)} ${(toY(point[name]) ?? 0).toFixed(1)}`)
        .join("L")}`}
      fill="none"
      stroke={colour}
      strokeWidth={width}
      strokeDasharray={dashes}
    />
  ));
}

function inWords(points: readonly CurvePoint[], name: (typeof curves)[number]["name"]): string {
  const quarters = [0.25, 0.5, 0.75, 1].map((share) => points[Math.round(share * points.length) - 1]);
  return quarters
    .flatMap((point) => (point ? `${rewardText(point[name])} at ${Math.round(point.latencyMs)} ms` : []))
    .join(", ");
}
