import { type Objective, targetIsInert } from "../../../core";
import type { Share, Side } from "../../compare/side";
import { milliseconds, millisecondsRange, percent, percentRange } from "../../format";
import { signed } from "../../state/objective";
import { type Column, NONE } from "../frame/columns";
import { marks, spreadOf } from "./figure6Words";

/** A row a setting. */
export const sideColumns: readonly Column<Side>[] = [
  {
    name: "Setting",
    words: ({ label }) => label,
    detail: ({ objective }) => exponentWords(objective),
    cells: { setting: ({ label }) => label },
  },
  {
    name: "Networks timed",
    origin: "measured",
    words: ({ latencies }) => String(latencies.length),
    cells: { networks: ({ latencies }) => latencies.length },
  },
  shareColumn("Within T", ({ within }) => within),
  shareColumn(`Below ${times(marks.below)}`, (side) => spreadOf(side.latencies, side.objective.targetMs).below),
  shareColumn("In between", (side) => spreadOf(side.latencies, side.objective.targetMs).around),
  shareColumn(`Beyond ${times(marks.beyond)}`, (side) => spreadOf(side.latencies, side.objective.targetMs).beyond),
  {
    name: "Median latency",
    origin: "measured",
    words: ({ latencies, medianMs }) => (latencies.length > 0 ? milliseconds(medianMs) : NONE),
    detail: ({ latencies, medianInterval }) => (latencies.length > 0 ? millisecondsRange(medianInterval) : undefined),
    cells: { "median ms": ({ medianMs }) => medianMs },
  },
  {
    name: "On the front",
    origin: "measured",
    words: ({ front }) => String(front.length),
    cells: { "on the front": ({ front }) => front.length },
  },
];

function shareColumn(name: string, shareOf: (side: Side) => Share): Column<Side> {
  return {
    name,
    origin: "measured",
    words: (side) => (side.latencies.length > 0 ? percent(shareOf(side).count / shareOf(side).of) : NONE),
    detail: (side) => (side.latencies.length > 0 ? percentRange(shareOf(side).interval) : undefined),
    cells: { [name.toLowerCase()]: (side) => shareOf(side).count },
  };
}

/** "alpha 0, beta −1, T 20.0 ms": the setting's name says hard or soft already. T is left out where it changes nothing. */
function exponentWords(objective: Objective): string {
  const exponents = `alpha\u00a0${signed(objective.alpha)}, beta\u00a0${signed(objective.beta)}`;
  return targetIsInert(objective) ? exponents : `${exponents}, T\u00a0${milliseconds(objective.targetMs)}`;
}

function times(share: number): string {
  return `${share.toFixed(2)}\u00a0T`;
}
