import { milliseconds, millisecondsRange, percent, percentRange } from "../../format";
import { freshTrials } from "../../state/estimate";
import { type Column, NONE } from "../frame/columns";
import { PAPER_DEVICE, publishedPercent } from "../published/published";
import { publishedMs } from "../timing/columns";
import type { PartRow } from "./table5Parts";

export const partColumns: readonly Column<PartRow>[] = [
  {
    name: "Search",
    words: ({ part }) => part.title,
    detail: ({ part }) => `in the space of ${part.spaceTitle}`,
    cells: { search: ({ part }) => part.title, space: ({ part }) => part.spaceTitle },
  },
  {
    name: "Top-1",
    origin: "published",
    words: ({ part }) => publishedPercent(part.published.top1Percent),
    cells: { "top-1 %": ({ part }) => part.published.top1Percent },
  },
  {
    name: PAPER_DEVICE,
    origin: "published",
    words: ({ part }) => publishedMs(part.published.pixel1Ms),
    cells: { "pixel 1 ms": ({ part }) => part.published.pixel1Ms },
  },
  {
    name: "Accuracy of the best",
    origin: "measured",
    words: ({ side }) => (side?.best ? percent(side.best.accuracy) : NONE),
    detail: ({ side }) => side?.best && percentRange(side.best.accuracyInterval),
    cells: {
      accuracy: ({ side }) => side?.best?.accuracy,
      "accuracy 95% low": ({ side }) => side?.best?.accuracyInterval[0],
      "accuracy 95% high": ({ side }) => side?.best?.accuracyInterval[1],
    },
  },
  {
    name: "Latency of the best",
    origin: "measured",
    words: ({ side }) => (side?.best ? milliseconds(side.best.latencyMs) : NONE),
    detail: ({ side }) => side?.best && millisecondsRange(side.best.latencyInterval),
    cells: {
      "median ms": ({ side }) => side?.best?.latencyMs,
      "latency 95% low ms": ({ side }) => side?.best?.latencyInterval[0],
      "latency 95% high ms": ({ side }) => side?.best?.latencyInterval[1],
    },
  },
  {
    name: "Trials",
    words: ({ side }) =>
      side ? `${freshTrials(side.study.trials).length} of ${side.study.settings.budget.trials}` : NONE,
    cells: { trials: ({ side }) => side && freshTrials(side.study.trials).length },
  },
];
