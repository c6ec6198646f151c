import { type LatencyReport, latencyRule, type ReferenceDrift } from "../../core";
import { milliseconds, percent, plural, significant } from "../format";

/** What the profiler asks of a measurement is what is doubted where it did not come about. */
const { quietShare, stepsPerSample } = latencyRule;

/** One way in which a measurement can be doubtful. */
interface Doubt {
  /** A sentence about this measurement; undefined where there is nothing to say. */
  about(report: LatencyReport): string | undefined;
  /** What to say of several such measurements, after their number. */
  aboutMany: string;
}

const kinds: readonly Doubt[] = [
  {
    about: ({ device }) =>
      device.software
        ? "The GPU is software, a program on the CPU: its times say nothing about a real GPU."
        : undefined,
    aboutMany: "the GPU is software, a program on the CPU: its times say nothing about a real GPU.",
  },
  {
    about({ reference }) {
      if (!reference) return undefined;
      const { beforeMs, betweenMs = beforeMs, afterMs } = reference;
      const [least, most] = [Math.min(beforeMs, betweenMs, afterMs), Math.max(beforeMs, betweenMs, afterMs)];
      if (most <= least * (1 + quietShare)) return undefined;
      return `The device changed meanwhile: the reference network took from ${milliseconds(least)} to ${milliseconds(most)}.`;
    },
    aboutMany: "the device changed its speed meanwhile.",
  },
  {
    about({ reference }) {
      if (!reference || reference.beforeMs <= reference.quietMs * (1 + quietShare)) return undefined;
      const { beforeMs, quietMs } = reference;
      const slow = `${milliseconds(beforeMs)}, when quiet ${milliseconds(quietMs)}`;
      return `The device was busy or hot: right before, the reference network took ${slow}.`;
    },
    aboutMany: "the device was busy or hot.",
  },
  {
    about({ medianMs, timerStepMs }) {
      if (medianMs >= stepsPerSample * timerStepMs) return undefined;
      const step = significant(timerStepMs, 1);
      return `The browser's clock is coarse: it moves in steps of ${step} ms, so single inferences of this length cannot be told apart.`;
    },
    aboutMany: "the browser's clock is coarse beside them.",
  },
  {
    about({ droppedSamples }) {
      if (droppedSamples === 0) return undefined;
      return `${plural(droppedSamples, "sample")} did not count: the tab was hidden, or the device was busy.`;
    },
    aboutMany: "some samples did not count: the tab was hidden, or the device was busy.",
  },
  {
    about({ ended, medianMs, intervalMs: [low, high] }) {
      if (ended === "precise") return undefined;
      const reach = Math.max(high - medianMs, medianMs - low) / medianMs;
      return `Time was up before the median was known to 3 %: it is known to ${percent(reach)}.`;
    },
    aboutMany: "time was up before the median was known to 3 %.",
  },
];

/** Why a measurement is doubtful, in plain sentences; none where it is not. */
export function doubts(report: LatencyReport): string[] {
  return kinds.flatMap(({ about }) => about(report) ?? []);
}

/** The same over many measurements: for each reason, how many it concerns. */
export function doubtsOfAll(reports: readonly LatencyReport[]): string[] {
  return kinds.flatMap(({ about, aboutMany }) => {
    const doubtful = reports.filter((report) => about(report) !== undefined).length;
    return doubtful > 0 ? [`${doubtful} of ${plural(reports.length, "measurement")}: ${aboutMany}`] : [];
  });
}

/** Change of the reference network over a measurement, as a share of its time before. */
export function drift({ beforeMs, afterMs }: ReferenceDrift): number {
  return afterMs / beforeMs - 1;
}
