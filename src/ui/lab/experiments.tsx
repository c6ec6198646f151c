import { type ComponentType, lazy } from "react";
import type { ExperimentName } from "../route";
import { NotLoaded } from "./NotLoaded";

/** An experiment as a card in the Lab, and its page, which comes when it is opened. */
export interface Experiment {
  title: string;
  about: string;
  Page: ComponentType;
}

/** In the order of the Lab's list. */
export const experiments: Readonly<Record<ExperimentName, Experiment>> = {
  "figure-3": {
    title: "Figure 3: hard and soft constraints",
    about:
      "What the objective makes of latency, as the paper draws it, beside your own alpha, beta and T. Nothing to run.",
    Page: page(() => import("./experiments/Figure3")),
  },
  "figure-5": {
    title: "Figure 5: scaling",
    about:
      "MnasNet-A1 and MobileNetV2, narrower and wider, on smaller and larger images: is A1 ahead on this device too?",
    Page: page(() => import("./experiments/Figure5")),
  },
  "figure-6": {
    title: "Figure 6: hard against soft",
    about:
      "Two searches side by side, with a hard and a soft constraint on latency: where does each look, and what does its front offer?",
    Page: page(() => import("./experiments/Figure6")),
  },
  "table-1": {
    title: "Table 1: are multiply-adds enough?",
    about:
      "Nine published networks timed on this device: do counts tell which is quicker, and does the paper's order hold?",
    Page: page(() => import("./experiments/Table1")),
  },
  "table-5": {
    title: "Table 5: reward and search space",
    about:
      "Three short searches: NASNet's cells for accuracy alone, the same cells for accuracy and latency, and MnasNet's own space.",
    Page: page(() => import("./experiments/Table5")),
  },
  "table-6": {
    title: "Table 6: layer diversity",
    about: "MnasNet-A1 against four networks that repeat one kind of layer: what does each kind cost on this device?",
    Page: page(() => import("./experiments/Table6")),
  },
  "figure-7": {
    title: "Figure 7: what is in a network",
    about:
      "MnasNet-A1 drawn as the paper draws it, and so every other network: its blocks, shapes and the inside of its layers or cells. As SVG to take along; nothing to run.",
    Page: page(() => import("./experiments/Figure7")),
  },
  time: {
    title: "Time a network",
    about:
      "Any published network, or one that you exported, timed on this device: at any input size and width, on every platform that this browser has. One minute, and a table to take along.",
    Page: page(() => import("./TimePage")),
  },
};

/** A page that comes when it is opened; where it cannot be fetched, that is said in its place. */
function page(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return lazy(() => load().catch(() => ({ default: NotLoaded })));
}
