import { countMultiplyAdds, countParameters, type Device, type Scale } from "../../core";
import type { Timing } from "../../workers/protocol";
import { count, milliseconds, millisecondsRange } from "../format";
import { doubtsAbout } from "./doubts";
import { type Column, columnsCsv, columnsMarkdown, NONE } from "./frame/columns";

/** The columns of a table of timings (times in ms). */
const columns: readonly Column<Timing>[] = [
  {
    name: "Network",
    words: ({ network }) => network,
    cells: { network: ({ network }) => network },
  },
  {
    name: "Input, width",
    words: ({ scale }) => sizeText(scale),
    cells: {
      "input px": ({ scale }) => scale.inputSize,
      "width multiplier": ({ scale }) => scale.widthMultiplier,
      classes: ({ scale }) => scale.classes,
    },
  },
  {
    name: "Platform",
    words: ({ latency: { device } }) => deviceText(device),
    cells: {
      platform: ({ latency }) => latency.device.platform,
      version: ({ latency }) => latency.device.platformVersion,
      gpu: ({ latency }) => latency.device.gpu,
      software: ({ latency }) => String(latency.device.software),
    },
  },
  {
    name: "Single-shot, median (95 % interval)",
    words: ({ latency }) => withInterval(latency),
    cells: {
      "single-shot median ms": ({ latency }) => latency.medianMs,
      "single-shot 95% low ms": ({ latency }) => latency.intervalMs[0],
      "single-shot 95% high ms": ({ latency }) => latency.intervalMs[1],
    },
  },
  {
    name: "Sustained (95 % interval)",
    words: ({ latency: { sustained } }) => (sustained ? withInterval(sustained) : NONE),
    cells: {
      "sustained ms": ({ latency }) => latency.sustained?.medianMs,
      "sustained 95% low ms": ({ latency }) => latency.sustained?.intervalMs[0],
      "sustained 95% high ms": ({ latency }) => latency.sustained?.intervalMs[1],
    },
  },
  {
    name: "p90",
    words: ({ latency }) => milliseconds(latency.p90Ms),
    cells: { "p90 ms": ({ latency }) => latency.p90Ms },
  },
  {
    name: "First run",
    words: ({ latency }) => milliseconds(latency.firstRunMs),
    cells: { "first run ms": ({ latency }) => latency.firstRunMs },
  },
  {
    name: "Parameters",
    words: (timing) => count(parametersOf(timing)),
    cells: { parameters: parametersOf },
  },
  {
    name: "Multiply-adds",
    words: (timing) => count(multiplyAddsOf(timing)),
    cells: { "multiply-adds": multiplyAddsOf },
  },
  {
    name: "Doubts",
    words: (timing) => doubtsAbout(timing).join(" "),
    cells: {
      doubts: (timing) => doubtsAbout(timing).join(" "),
      samples: ({ latency }) => latency.samplesMs.length,
      "taken at": ({ latency }) => latency.takenAt,
      browser: ({ latency }) => latency.device.userAgent,
    },
  },
];

/** A Markdown table, as issues and notes take it. */
export function timingsMarkdown(timings: readonly Timing[]): string {
  return columnsMarkdown(columns, timings);
}

/** One line a timing, nothing rounded. */
export function timingsCsv(timings: readonly Timing[]): string {
  return columnsCsv(columns, timings);
}

/** "224 px, 1×". */
export function sizeText({ inputSize, widthMultiplier }: Pick<Scale, "inputSize" | "widthMultiplier">): string {
  return `${inputSize} px, ${widthMultiplier}×`;
}

/** "tfjs-webgl 4.22.0, Adreno 640"; a GPU that is a program is said to be one. */
export function deviceText({ platform, platformVersion, gpu, software }: Device): string {
  return `${platform} ${platformVersion}, ${gpu}${software ? " (software)" : ""}`;
}

export function parametersOf({ architecture, scale }: Timing): number {
  return countParameters(architecture, scale);
}

export function multiplyAddsOf({ architecture, scale }: Timing): number {
  return countMultiplyAdds(architecture, scale);
}

function withInterval({ medianMs, intervalMs }: Pick<Timing["latency"], "medianMs" | "intervalMs">): string {
  return `${milliseconds(medianMs)} (${millisecondsRange(intervalMs)})`;
}
