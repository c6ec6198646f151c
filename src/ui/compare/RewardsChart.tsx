import { CartesianGrid, Line, LineChart, XAxis, YAxis } from "recharts";
import { AxisName } from "../charts/AxisName";
import { across, below, frame, upward } from "../charts/axes";
import styles from "../charts/charts.module.css";
import { axisOver } from "../charts/domain";
import { rewardText } from "../format";
import { lookOf } from "./looks";
import { bestSoFar, type Side } from "./side";

/** The best reward so far over the trials of each side, as steps. */
export default function RewardsChart({ sides }: { sides: readonly Side[] }) {
  const lines = sides.map((side) => ({ ...side, steps: bestSoFar(side) }));
  const steps = lines.flatMap((line) => line.steps);
  const x = axisOver([0, ...steps.map(({ trial }) => trial)], 4);
  const y = axisOver(
    steps.map(({ reward }) => reward),
    4,
  );
  const ends = sides.map(({ label, best }) => `${label} ${best ? rewardText(best.reward) : "none yet"}`);
  return (
    <figure className={styles.chart} aria-label={`Best reward so far over trials, now ${ends.join(", ")}`}>
      <LineChart {...frame} style={{ width: "100%", height: 260, pointerEvents: "none" }}>
        <CartesianGrid vertical={false} stroke="var(--hair)" />
        <XAxis {...across} dataKey="trial" {...x} label={below("Trials of each side")} />
        <YAxis {...upward} {...y} width={46} />
        <AxisName words="Best reward so far" />
        {lines.map(({ study, place, steps }) => {
          const { colour, dashes } = lookOf(place);
          return (
            <Line
              key={study.id}
              data={steps}
              dataKey="reward"
              type="stepAfter"
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={dashes}
              dot={false}
              isAnimationActive={false}
            />
          );
        })}
      </LineChart>
    </figure>
  );
}
