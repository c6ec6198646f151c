import type { Side } from "../../compare/side";
import { milliseconds, millisecondsRange, percent, percentRange, rewardText } from "../../format";
import type { ScoredPoint } from "../../state/score";
import type { Column } from "../frame/columns";

/** A measured network of one of the studies. */
export interface NetworkRow {
  study: Pick<Side, "label" | "objective">;
  point: ScoredPoint;
}

/** A row a network, for who takes the figures along. */
export const networkColumns: readonly Column<NetworkRow>[] = [
  {
    name: "Study",
    words: ({ study }) => study.label,
    cells: {
      study: ({ study }) => study.label,
      "target ms": ({ study }) => study.objective.targetMs,
      alpha: ({ study }) => study.objective.alpha,
      beta: ({ study }) => study.objective.beta,
    },
  },
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
export function networkRows(studies: readonly Pick<Side, "label" | "objective" | "points">[]): NetworkRow[] {
  return studies.flatMap((study) =>
    [...study.points].sort((a, b) => a.number - b.number).map((point) => ({ study, point })),
  );
}

function placeWords({ best, onFront }: ScoredPoint): string {
  return best ? "best" : onFront ? "front" : "";
}
