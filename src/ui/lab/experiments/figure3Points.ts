import { exponents, type Objective, reward } from "../../../core";
import { milliseconds, rewardText, significant } from "../../format";
import { signed } from "../../state/objective";
import type { Column } from "../frame/columns";

/** What Figure 3 assumes. */
export const PAPER_ACCURACY = 0.5;
export const PAPER_TARGET_MS = 80;

const hard: Objective = { targetMs: PAPER_TARGET_MS, ...exponents.hard };
const soft: Objective = { targetMs: PAPER_TARGET_MS, ...exponents.soft };

/** Rewards of one latency under the three objectives. */
export interface CurvePoint {
  latencyMs: number;
  hard: number;
  soft: number;
  own: number;
}

/** The curves at so many latencies, from one step above 0 to the end of the axis, ms. */
export function curvePoints(own: Objective, endMs: number, steps: number): CurvePoint[] {
  return Array.from({ length: steps }, (_, step) => {
    const latencyMs = ((step + 1) / steps) * endMs;
    const of = (objective: Objective) => reward({ accuracy: PAPER_ACCURACY, latencyMs }, objective);
    return { latencyMs, hard: of(hard), soft: of(soft), own: of(own) };
  });
}

/** The curves as a table, which names the objective that it was made for. */
export function pointColumns(own: Objective): Column<CurvePoint>[] {
  const { targetMs, alpha, beta } = own;
  return [
    {
      name: "Latency",
      words: ({ latencyMs }) => `${significant(latencyMs)} ms`,
      cells: { "latency ms": ({ latencyMs }) => latencyMs, accuracy: () => PAPER_ACCURACY },
    },
    { name: "Hard", words: (point) => rewardText(point.hard), cells: { "hard reward": (point) => point.hard } },
    { name: "Soft", words: (point) => rewardText(point.soft), cells: { "soft reward": (point) => point.soft } },
    {
      name: `Yours: T ${milliseconds(targetMs)}, alpha ${signed(alpha)}, beta ${signed(beta)}`,
      words: (point) => rewardText(point.own),
      cells: {
        "your reward": (point) => point.own,
        "your T ms": () => targetMs,
        "your alpha": () => alpha,
        "your beta": () => beta,
      },
    },
  ];
}
