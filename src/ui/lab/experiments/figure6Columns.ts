import type { Share, Side } from "../../compare/side";
import { milliseconds, millisecondsRange, percent, percentRange, rewardText } from "../../format";
import { objectiveWords } from "../../state/objective";
import type { ScoredPoint } from "../../state/score";
import { type Column, NONE } from "../frame/columns";
import { marks, spreadOf } from "./figure6Words";

/** A row a setting. */
export const sideColumns: readonly Column<Side>[] = [
  {
    name: "Setting",
    words: ({ label }) => label,
    detail: ({ objective }) => objectiveWords(objective),
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

/** A measured network of one of the studies. */
export interface NetworkRow {
  study: string;
  point: ScoredPoint;
}

/** A row a network, for who takes the figures along. */
export const networkColumns: readonly Column<NetworkRow>[] = [
  { name: "Study", words: ({ study }) => study, cells: { study: ({ study }) => study } },
  { name: "Trial", words: ({ point }) => String(point.number + 1), cells: { trial: ({ point }) => point.number + 1 } },
  {
    name: "Accuracy",
    origin: "measured",
    words: ({ point }) => percent(point.accuracy),
    detail: ({ point }) => percentRange(point.accuracyInterval),
    cells: {
      accuracy: ({ point }) => point.accuracy,
      "accuracy 95% low": ({ point }) => point.accuracyInterval[0],
      "accuracy 95% high": ({ point }) => point.accuracyInterval[1],
    },
  },
  {
    name: "Latency",
    origin: "measured",
    words: ({ point }) => milliseconds(point.latencyMs),
    detail: ({ point }) => millisecondsRange(point.latencyInterval),
    cells: {
      "latency median ms": ({ point }) => point.latencyMs,
      "latency 95% low ms": ({ point }) => point.latencyInterval[0],
      "latency 95% high ms": ({ point }) => point.latencyInterval[1],
    },
  },
  {
    name: "Reward",
    origin: "measured",
    words: ({ point }) => rewardText(point.reward),
    cells: { reward: ({ point }) => point.reward },
  },
  {
    name: "Place",
    words: ({ point }) => placeWords(point),
    cells: { "on the front": ({ point }) => String(point.onFront), network: ({ point }) => point.trial.key },
  },
];

/** The networks of some studies, by the order of their trials. */
export function networkRows(studies: readonly Pick<Side, "label" | "points">[]): NetworkRow[] {
  return studies.flatMap(({ label, points }) =>
    [...points].sort((a, b) => a.number - b.number).map((point) => ({ study: label, point })),
  );
}

function shareColumn(name: string, shareOf: (side: Side) => Share): Column<Side> {
  return {
    name,
    origin: "measured",
    words: (side) => (side.latencies.length > 0 ? percent(shareOf(side).count / shareOf(side).of) : NONE),
    detail: (side) => (side.latencies.length > 0 ? percentRange(shareOf(side).interval) : undefined),
    cells: { [name.toLowerCase()]: (side) => shareOf(side).count },
  };
}

function times(share: number): string {
  return `${share.toFixed(2)}\u00a0T`;
}

function placeWords({ best, onFront }: ScoredPoint): string {
  return best ? "best" : onFront ? "front" : "";
}
